/* decoder_blocks.c - the blocks that a decoder holds, and going on from another place. */
#include "data/rows/decoder_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

void
decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	blocks_done(&d->blocks);
	late_keys_done(&d->late);
	free(d->columns);
	for (int i = 0; i < d->map->tags; i++)
		text_done(&d->tags[i]);
	free(d->tags);
	cell_reader_done(&d->reader);
	free(d->used);
	free(d);
}

void
decoder_go_on(struct decoder *d)
{
	d->goes_on = true;
}

struct record_sink *
decoder_sink(struct decoder *d)
{
	return &d->sink;
}

struct block *
decoder_add(struct decoder *d)
{
	struct block *block = blocks_add(&d->blocks, &d->map->schema, d->used);

	if (d->written)
		block_keep_written(block);
	block->first_row = d->rows + 1;
	block->from = d->at;
	return block;
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
decoder_keep_written(struct decoder *d)
{
	d->written = true;
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
	d->block = decoder_add(d);
	block_carry(from, d->block, d->named || d->cells > width ? width : d->cells);
	d->told -= from->nfaults;
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

/* The newest row is in the block that was filled last, even where that is full by now. */
void
decoder_set_after(struct decoder *d, const struct position *after)
{
	struct block *last = d->blocks.n > 0 ? blocks_at(&d->blocks, d->blocks.n - 1) : NULL;

	if (last == NULL || last->n == 0)
		return;
	last->after[last->n - 1] = d->at = *after;
}

void
decoder_places(const struct decoder *d, uint64_t row, void (*take)(void *, const struct position *),
    void *self)
{
	const struct block *first = blocks_first(&d->blocks);

	for (int i = 0; first != NULL && i < first->n; i++)
		if (first->first_row + (uint64_t)i <= row)
			take(self, &first->after[i]);
}

void
decoder_finish(struct decoder *d)
{
	uint64_t left = late_keys_left(&d->late, d->rows);
	char text[64];

	decoder_forget(d);
	if (left > 0 && (d->at.flags & POSITION_END) == 0) {
		decoder_wait(d, "cells left out, whose keys came too late", text,
		    (size_t)snprintf(text, sizeof text, "%llu", (unsigned long long)left));
		d->dropped.flags |= POSITION_END;
	}
	decoder_close(d);
}

void
decoder_rest(struct decoder *d)
{
	if (!d->begun && d->nwaiting > 0)
		decoder_close(d);
}

void
decoder_resume(struct decoder *d, const struct position *at, uint64_t row, int64_t stamp)
{
	while (blocks_first(&d->blocks) != NULL)
		blocks_drop(&d->blocks);
	d->block = NULL;
	d->begun = false;
	d->fresh = 0;
	d->nwaiting = 0;
	d->rows = row;
	d->at = *at;
	d->pass = at->passed;
	d->other = (at->flags & POSITION_OTHER) != 0;
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

void
decoder_unlearn(struct decoder *d)
{
	cell_reader_done(&d->reader);
	cell_reader_init(&d->reader, d->map);
}

void
decoder_save_lessons(const struct decoder *d, uint64_t row, struct buffer *b)
{
	lessons_save(&d->reader.lessons, row, b);
}

int
decoder_load_lessons(struct decoder *d, struct reader *r)
{
	int n = d->map->schema.n;

	if (lessons_load(&d->reader.lessons, d->reader.times, n, r) < 0)
		return -1;
	for (int i = 0; i < n; i++)
		d->reader.known[i] = d->reader.times[i].news;
	d->reader.bytes_told = lessons_have(&d->reader.lessons, NEWS_BYTES);
	return 0;
}
