/* batch.c - rows and what is told of them, copied for another thread. */
#include "data/store/batch.h"

#include <stdlib.h>
#include <string.h>

void
batch_clear(struct batch *b)
{
	b->log.len = b->state.len = 0;
	b->rows = 0;
	b->checkpoint = b->ended = b->last = false;
	b->out = -1;
	b->next = NULL;
}

void
batch_free(struct batch *b)
{
	if (b == NULL)
		return;
	buffer_done(&b->log);
	buffer_done(&b->state);
	free(b);
}

size_t
batch_size(const struct batch *b)
{
	return b->log.cap + b->state.cap;
}

static void
put_text(struct buffer *b, const char *s)
{
	buffer_text(b, s != NULL ? s : "", s != NULL ? strlen(s) : 0);
}

void
batch_run(struct batch *b, const struct batch_run *run)
{
	struct buffer *log = &b->log;

	buffer_u32(log, BATCH_RUN);
	buffer_u32(log, run->resumed);
	put_text(log, run->version);
	put_text(log, run->command);
	put_text(log, run->config);
	buffer_u32(log, (uint32_t)run->nsources);
	for (int i = 0; i < run->nsources; i++) {
		const struct schema *s = run->sources[i].schema;

		put_text(log, s->source);
		buffer_u32(log, run->sources[i].stamps);
		buffer_u32(log, (uint32_t)(s->time + 1));
		buffer_u32(log, (uint32_t)s->n);
		for (int c = 0; c < s->n; c++) {
			put_text(log, s->columns[c].name);
			buffer_u32(log, (uint32_t)s->columns[c].type);
			put_text(log, s->columns[c].unit);
		}
	}
}

static void
put_texts(struct buffer *log, const struct cell_text *cells, int n)
{
	for (int i = 0; i < n; i++)
		buffer_u32(log, cells[i].s != NULL ? cells[i].n : UINT32_MAX);
	for (int i = 0; i < n; i++)
		if (cells[i].s != NULL)
			buffer_put(log, cells[i].s, cells[i].n);
}

void
batch_rows(struct batch *b, int source, const struct block *block, int columns, int at, int n)
{
	struct buffer *log = &b->log;

	buffer_u32(log, BATCH_ROWS);
	buffer_u32(log, (uint32_t)source);
	buffer_u32(log, (uint32_t)n);
	buffer_u64(log, block->first_row + (uint64_t)at);
	buffer_put(log, block->time + at, (size_t)n * sizeof *block->time);
	for (int c = 0; c < columns; c++) {
		union cells cells = block->cells[c];

		switch (block->schema->columns[c].type) {
		case COLUMN_NUMBER:
			buffer_put(log, cells.number + at, (size_t)n * sizeof *cells.number);
			break;
		case COLUMN_TIME:
			buffer_put(log, cells.time + at, (size_t)n * sizeof *cells.time);
			break;
		case COLUMN_TEXT:
			put_texts(log, cells.text + at, n);
			break;
		}
	}
	b->rows += (uint64_t)n;
}

void
batch_fact(struct batch *b, const struct fact_row *fact)
{
	struct buffer *log = &b->log;

	buffer_u32(log, BATCH_FACT);
	buffer_u32(log, (uint32_t)fact->kind);
	buffer_u32(log, (uint32_t)(fact->source + 1));
	buffer_u64(log, fact->row);
	buffer_i64(log, fact->time);
	put_texts(log, fact->texts, FACT_TEXTS);
}
