/* decoder.c - records to typed rows in blocks.
 *
 * A row is written in its place behind the last whole row of the block, and counts when its record
 * is whole: so dropping it costs nothing. What is wrong with a record that gave no row waits until
 * the next row begins, so that faults stand at the same rows however the bytes were cut. */
#include "data/rows/decoder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/times.h"
#include "data/rows/cell.h"
#include "data/rows/late_keys.h"

enum {
	WAITING = 256 /* faults without a row; when there are more they get a block of their own */
};

struct waiting {
	const char *what;
	char text[FAULT_TEXT];
	size_t n;
};

struct decoder {
	struct record_sink sink;
	const struct row_map *map;
	bool named;
	bool *used; /* columns; NULL: all */
	struct blocks blocks;
	struct block *block; /* the one being filled; NULL: the next row begins a new one */
	uint64_t rows;
	int64_t arrival, stamp;  /* stamp: of the row before */
	int64_t gone;            /* stamp of the last row that was dropped with its block */
	struct position at;      /* behind the last row, and the faults that got a block */
	struct position dropped; /* behind the last record that gave no row */

	/* the record under way */
	bool begun;
	int row;          /* its place in the block */
	int cells;        /* cells by position: how many came */
	int next;         /* cells by key: the column after the last one */
	int mark;         /* faults in the block before it began */
	bool like_header; /* all cells so far are those of the header */
	bool fresh;       /* it is the first of a new document: a header is none to tell of */
	uint32_t pass;    /* so many records are still to be passed over: they went before */

	struct waiting waiting[WAITING];
	int nwaiting;
	struct late_keys late;
};

/* --- the row under way ------------------------------------------------------------------------ */

static void
flush_waiting(struct decoder *d, struct block *block, int row)
{
	for (int i = 0; i < d->nwaiting; i++) {
		const struct waiting *w = &d->waiting[i];

		block_fault(block, row, -1, w->what, w->text, w->n);
	}
	d->nwaiting = 0;
}

static struct block *
add_block(struct decoder *d)
{
	struct block *block = blocks_add(&d->blocks, &d->map->schema, d->used);

	block->first_row = d->rows + 1;
	block->from = d->at;
	return block;
}

static void
begin_row(struct decoder *d)
{
	if (d->block == NULL)
		d->block = add_block(d);
	d->begun = true;
	d->row = d->block->n;
	d->cells = 0;
	d->next = 0;
	d->like_header = d->map->named && !d->named;
	flush_waiting(d, d->block, d->row);
	d->mark = d->block->nfaults;
	if (d->named)
		for (int i = 0; i < d->map->schema.n; i++)
			cell_set_missing(d->block, d->row, i);
}

static void
forget_row(struct decoder *d)
{
	if (d->begun)
		d->block->nfaults = d->mark;
	d->begun = false;
}

/* Closes the block; faults that wait for a row get a block without rows behind it. */
static void
close_with_waiting(struct decoder *d)
{
	if (d->nwaiting > 0 && (d->block == NULL || d->block->n > 0))
		d->block = add_block(d);
	if (d->nwaiting > 0)
		d->block->after[0] = d->at = d->dropped;
	flush_waiting(d, d->block, 0);
	d->block = NULL;
}

static void
wait_fault(struct decoder *d, const char *what, const char *s, size_t n)
{
	struct waiting *waiting;

	if (d->pass > 0)
		return;
	d->dropped = d->sink.after;
	if (d->nwaiting == WAITING)
		close_with_waiting(d);
	waiting = &d->waiting[d->nwaiting++];
	waiting->what = what;
	waiting->n = n > FAULT_TEXT ? FAULT_TEXT : n;
	if (waiting->n > 0)
		memcpy(waiting->text, s, waiting->n);
}

/* --- cells ------------------------------------------------------------------------------------ */

static void
row_fault(struct decoder *d, const char *what, const char *s, size_t n)
{
	block_fault(d->block, d->row, -1, what, s, n);
}

static void
take_cell(void *self, int position, const struct field *field)
{
	struct decoder *d = self;

	if (!d->begun)
		begin_row(d);
	d->cells = position + 1;
	if (position >= d->map->schema.n)
		return;
	d->like_header =
	    d->like_header && row_map_same(d->map->names[position], field->s, field->n);
	cell_set(d->block, d->row, position, d->map, field);
}

/* A key that came after the columns were settled: told once, its cells are passed over. */
static void
meet_late_key(struct decoder *d, const char *key, size_t n)
{
	if (d->map->told)
		return;
	switch (late_keys_meet(&d->late, key, n, d->rows + 1)) {
	case LATE_KEY_NEW:
		row_fault(d, "a key that came too late to be a column", key, n);
		break;
	case LATE_KEY_FIRST_LEFT:
		row_fault(d, "a key that came too late, as 1000 before: further ones are counted",
		    key, n);
		break;
	case LATE_KEY_KNOWN:
		break;
	}
}

static void
take_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct decoder *d = self;
	int column = d->next;
	const struct schema *schema = &d->map->schema;

	if (!d->begun)
		begin_row(d);
	/* Keys mostly come in the same order in every record. */
	if (column >= schema->n || !row_map_same(schema->columns[column].name, key, n))
		column = name_index_find(&d->map->keys, key, n);
	if (column < 0) {
		meet_late_key(d, key, n);
		return;
	}
	cell_set(d->block, d->row, column, d->map, field);
	d->next = column + 1;
}

/* --- records ---------------------------------------------------------------------------------- */

static void
check_width(struct decoder *d)
{
	int width = d->map->schema.n;
	char text[64];
	int n;

	if (d->cells == width)
		return;
	n = snprintf(text, sizeof text, "%d of %d", d->cells, width);
	row_fault(d, d->cells < width ? "too few fields" : "too many fields", text, (size_t)n);
	for (int i = d->cells; i < width; i++)
		cell_set_missing(d->block, d->row, i);
}

/* The stamp of a row without a time of its own is that of the row before. */
static int64_t
row_stamp(struct decoder *d)
{
	int column = d->map->schema.time;
	int64_t time;

	if (column < 0)
		return d->arrival;
	time = d->block->cells[column].time[d->row];
	if (time != TIME_NONE)
		d->stamp = time;
	return d->stamp;
}

/* Is the record a row? It may be one that went before, or a header line again. */
static bool
counts(struct decoder *d)
{
	bool fresh = d->fresh;

	d->fresh = false;
	if (d->pass > 0) {
		d->pass--;
		return false;
	}
	if (!d->like_header || d->cells != d->map->schema.n)
		return true;
	if (!fresh)
		wait_fault(d, row_map_header_again, NULL, 0);
	return false;
}

static void
take_record(void *self)
{
	struct decoder *d = self;

	if (!d->begun)
		begin_row(d);
	if (!counts(d)) {
		forget_row(d);
		return;
	}
	if (!d->named)
		check_width(d);
	d->block->time[d->row] = row_stamp(d);
	d->block->after[d->row] = d->at = d->sink.after;
	d->block->n++;
	d->rows++;
	d->begun = false;
	if (block_full(d->block))
		d->block = NULL;
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct decoder *d = self;

	forget_row(d);
	wait_fault(d, what, s, n);
}

static void
take_fault(void *self, const char *what, const char *s, size_t n)
{
	struct decoder *d = self;

	if (!d->begun)
		begin_row(d);
	row_fault(d, what, s, n);
}

static void
take_document(void *self)
{
	struct decoder *d = self;

	d->fresh = true;
}

/* --- its life --------------------------------------------------------------------------------- */

struct decoder *
decoder_new(const struct row_map *map, bool named, int64_t stamp)
{
	struct decoder *d = memory_zero(1, sizeof *d);

	d->map = map;
	d->named = named;
	d->stamp = stamp;
	d->sink = (struct record_sink){
		.cell = take_cell,
		.named = take_named,
		.record = take_record,
		.drop = take_drop,
		.fault = take_fault,
		.document = take_document,
		.self = d,
	};
	return d;
}

void
decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	blocks_done(&d->blocks);
	late_keys_done(&d->late);
	free(d->used);
	free(d);
}

struct record_sink *
decoder_sink(struct decoder *d)
{
	return &d->sink;
}

void
decoder_use(struct decoder *d, const bool *used)
{
	size_t n = (size_t)d->map->schema.n;

	free(d->used);
	d->used = NULL;
	if (used != NULL) {
		d->used = memory_new(n, sizeof *used);
		memcpy(d->used, used, n * sizeof *used);
	}
	blocks_renew(&d->blocks);
	if (d->block != NULL && !d->begun && d->block->n > 0)
		d->block = NULL;
}

void
decoder_arrival(struct decoder *d, int64_t now)
{
	if (now > d->arrival) /* the clock may be set back; stamps never go back */
		d->arrival = now;
}

bool
decoder_ready(const struct decoder *d)
{
	const struct block *first = blocks_first(&d->blocks);

	return first != NULL && first != d->block;
}

uint64_t
decoder_rows(const struct decoder *d)
{
	return d->rows;
}

bool
decoder_holds(const struct decoder *d)
{
	const struct block *first = blocks_first(&d->blocks);

	return first != NULL && (first->n > 0 || (first != d->block && first->nfaults > 0));
}

/* The row under way goes on in a new block. */
static void
close_block(struct decoder *d)
{
	struct block *from = d->block;
	int width = d->map->schema.n;

	d->block = NULL;
	if (!d->begun)
		return;
	d->block = add_block(d);
	block_carry(from, d->block, d->named || d->cells > width ? width : d->cells);
	d->mark -= from->nfaults;
	d->row = 0;
}

struct block *
decoder_block(struct decoder *d, bool partial)
{
	struct block *first = blocks_first(&d->blocks);

	if (!decoder_holds(d) || (first == d->block && !partial))
		return NULL;
	if (first == d->block)
		close_block(d);
	return first;
}

void
decoder_drop(struct decoder *d)
{
	const struct block *first = blocks_first(&d->blocks);

	if (first->n > 0)
		d->gone = first->time[first->n - 1];
	late_keys_forget(&d->late, first->first_row + (uint64_t)first->n - 1);
	blocks_drop(&d->blocks);
}

void
decoder_finish(struct decoder *d)
{
	uint64_t left = late_keys_left(&d->late, d->rows);
	char text[64];

	forget_row(d);
	if (left > 0 && (d->at.flags & POSITION_END) == 0) {
		wait_fault(d, "cells left out, whose keys came too late", text,
		    (size_t)snprintf(text, sizeof text, "%llu", (unsigned long long)left));
		d->dropped.flags |= POSITION_END;
	}
	close_with_waiting(d);
}

void
decoder_resume(struct decoder *d, const struct position *at, uint64_t row, int64_t stamp)
{
	while (blocks_first(&d->blocks) != NULL)
		blocks_drop(&d->blocks);
	d->block = NULL;
	d->begun = d->fresh = false;
	d->nwaiting = 0;
	d->rows = row;
	d->at = *at;
	d->pass = at->passed;
	d->stamp = d->gone = stamp;
}

struct position
decoder_position(const struct decoder *d, uint64_t *row)
{
	const struct block *first = blocks_first(&d->blocks);

	*row = first != NULL ? first->first_row - 1 : d->rows;
	return first != NULL ? first->from : d->at;
}

int64_t
decoder_stamp(const struct decoder *d, uint64_t row)
{
	for (int i = 0; i < d->blocks.n; i++) {
		const struct block *b = blocks_at(&d->blocks, i);

		if (row >= b->first_row && row - b->first_row < (uint64_t)b->n)
			return b->time[row - b->first_row];
	}
	return d->gone;
}

struct late_keys *
decoder_late_keys(struct decoder *d)
{
	return &d->late;
}
