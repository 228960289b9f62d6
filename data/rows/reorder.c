/* reorder.c - a heap of rows by time and order of arrival, in front of the engine.
 *
 * The watermark is the greatest time seen. A row is held until it is the lateness or more behind
 * it; one that is further behind when it comes is late. The slots that hold rows, and the bytes of
 * their texts, are used again: in the long run nothing is allocated. */
#include "data/rows/reorder_parts.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/base/error.h"
#include "data/base/times/times.h"

struct reorder *
reorder_new(const struct schema *schema, int64_t lateness)
{
	struct reorder *r = memory_zero(1, sizeof *r);

	r->schema = schema;
	r->lateness = lateness;
	r->watermark = TIME_NONE;
	r->out = block_new(schema, NULL);
	return r;
}

void
reorder_slot_done(struct slot *s)
{
	text_done(&s->bytes);
	free(s->cells);
	free(s->written);
	free(s->faults);
}

static void
slot_free(struct slot *s)
{
	reorder_slot_done(s);
	free(s);
}

void
reorder_free(struct reorder *r)
{
	if (r == NULL)
		return;
	for (int i = 0; i < r->n; i++)
		slot_free(r->heap[i]);
	for (int i = 0; i < r->nspare; i++)
		slot_free(r->spare[i]);
	free(r->heap);
	free(r->spare);
	block_free(r->out);
	name_index_done(&r->words);
	free(r);
}

/* --- the heap --------------------------------------------------------------------------------- */

static bool
before(const struct slot *a, const struct slot *b)
{
	return a->time != b->time ? a->time < b->time : a->row < b->row;
}

void
reorder_hold(struct reorder *r, struct slot *s)
{
	int i = r->n++;

	for (int parent; i > 0 && before(s, r->heap[parent = (i - 1) / 2]); i = parent)
		r->heap[i] = r->heap[parent];
	r->heap[i] = s;
}

static struct slot *
heap_pop(struct reorder *r)
{
	struct slot *top = r->heap[0], *s = r->heap[--r->n];
	int i = 0;

	for (int child; (child = 2 * i + 1) < r->n; i = child) {
		if (child + 1 < r->n && before(r->heap[child + 1], r->heap[child]))
			child++;
		if (!before(r->heap[child], s))
			break;
		r->heap[i] = r->heap[child];
	}
	r->heap[i] = s;
	return top;
}

struct slot *
reorder_slot(struct reorder *r)
{
	struct slot *s;

	if (r->n == r->cap) {
		r->cap = r->cap > 0 ? 2 * r->cap : 256;
		r->heap = memory_grow(r->heap, (size_t)r->cap, sizeof(struct slot *));
		r->spare = memory_grow(r->spare, (size_t)r->cap, sizeof(struct slot *));
	}
	if (r->nspare > 0)
		return r->spare[--r->nspare];
	s = memory_zero(1, sizeof *s);
	s->cells = memory_new((size_t)r->schema->n, sizeof *s->cells);
	return s;
}

/* --- in --------------------------------------------------------------------------------------- */

static struct held_text
hold_text(struct slot *s, struct cell_text text)
{
	struct held_text held = { s->bytes.len, text.n, text.s == NULL };

	if (!held.missing)
		text_addn(&s->bytes, text.s, text.n);
	return held;
}

static void
hold_written(const struct reorder *r, struct slot *s, const struct block *b, int row)
{
	size_t n = (size_t)r->schema->n;

	if (s->written == NULL)
		s->written = memory_new(n, sizeof *s->written);
	for (size_t c = 0; c < n; c++) {
		const struct cell_text *written = b->written[c];

		s->written[c] =
		    hold_text(s, written != NULL ? written[row] : (struct cell_text){ NULL, 0 });
	}
}

static void
hold_cell(struct slot *s, union held *cell, enum column_type type, union cells cells, int row)
{
	switch (type) {
	case COLUMN_NUMBER:
		cell->number = cells.number[row];
		break;
	case COLUMN_TIME:
		cell->time = cells.time[row];
		break;
	case COLUMN_TEXT:
		cell->text = hold_text(s, cells.text[row]);
		break;
	}
}

void
reorder_fault(struct slot *slot, int column, const char *what, const char *s, size_t n)
{
	if ((slot->nfaults & (slot->nfaults + 1)) == 0) /* 0, 1, 3, 7 ...: grow to 1, 3, 7, 15 */
		slot->faults =
		    memory_grow(slot->faults, (size_t)slot->nfaults * 2 + 1, sizeof *slot->faults);
	slot->faults[slot->nfaults++] = (struct held_fault){ column, what, slot->bytes.len, n };
	text_addn(&slot->bytes, s != NULL ? s : "", n);
}

/* How far a time lies behind the watermark; 0: not at all. The difference of two times far apart is
 * beyond an int64_t; as unsigned it is right. */
static uint64_t
behind(const struct reorder *r, int64_t time)
{
	return time < r->watermark ? (uint64_t)r->watermark - (uint64_t)time : 0;
}

void
reorder_copy(const struct reorder *r, struct slot *s, const struct block *b, int i, int *fault)
{
	s->empty = i >= b->n;
	s->time = s->empty ? INT64_MAX : b->time[i];
	s->row = b->first_row + (uint64_t)i;
	s->after = b->after[b->n == 0 || i < b->n ? i : b->n - 1];
	s->late = s->empty ? 0 : b->late[i];
	s->nfaults = 0;
	text_clear(&s->bytes);
	for (int c = 0; c < r->schema->n && !s->empty; c++)
		hold_cell(s, &s->cells[c], r->schema->columns[c].type, b->cells[c], i);
	if (b->written != NULL && !s->empty) {
		hold_written(r, s, b, i);
	} else {
		free(s->written);
		s->written = NULL;
	}
	for (; *fault < b->nfaults && b->faults[*fault].row <= i; ++*fault) {
		const struct fault *f = &b->faults[*fault];

		reorder_fault(s, f->column, f->what, f->text.s, f->text.n);
	}
}

void
reorder_push(struct reorder *r, const struct block *b)
{
	if (b != NULL && !r->begun) {
		r->taken = b->first_row - 1;
		r->behind = b->from;
		r->begun = true;
	}
	if (b != NULL && b->written != NULL)
		block_keep_written(r->out);
	r->in = b;
	r->at = r->fault = 0;
}

/* Takes the next row in; false: there is none. One by one, for what may go is decided at each row:
 * so the order does not depend on how the rows were cut into blocks. */
static bool
take_row(struct reorder *r)
{
	const struct block *b = r->in;
	struct slot *s;

	if (b == NULL || (r->at >= b->n && r->fault >= b->nfaults))
		return false;
	s = reorder_slot(r);
	reorder_copy(r, s, b, r->at++, &r->fault);
	r->behind = s->after;
	if (!s->empty) {
		if (behind(r, s->time) > (uint64_t)r->lateness)
			s->late = elapsed(s->time, r->watermark);
		r->taken = s->row;
		r->watermark = s->time > r->watermark ? s->time : r->watermark;
	}
	reorder_hold(r, s);
	return true;
}

/* --- out -------------------------------------------------------------------------------------- */

static struct cell_text
give_text(struct block *out, const struct slot *s, const struct held_text *held)
{
	return held->missing ? (struct cell_text){ NULL, 0 }
			     : block_text(out, text_get(&s->bytes) + held->at, held->n);
}

static void
give_cell(struct block *out, int c, int i, const struct slot *s, enum column_type type)
{
	const union held *cell = &s->cells[c];

	switch (type) {
	case COLUMN_NUMBER:
		out->cells[c].number[i] = cell->number;
		break;
	case COLUMN_TIME:
		out->cells[c].time[i] = cell->time;
		break;
	case COLUMN_TEXT:
		out->cells[c].text[i] = give_text(out, s, &cell->text);
		break;
	}
	if (out->written != NULL && out->written[c] != NULL)
		out->written[c][i] = s->written != NULL ? give_text(out, s, &s->written[c])
							: (struct cell_text){ NULL, 0 };
}

void
reorder_give(struct reorder *r, const struct slot *s)
{
	struct block *out = r->out;
	int i = out->n;

	if (i == 0)
		out->first_row = s->row;
	out->after[i] = s->after;
	if (!s->empty) {
		out->late[i] = s->late;
		out->time[out->n++] = s->time;
	}
	for (int c = 0; c < r->schema->n && !s->empty; c++)
		give_cell(out, c, i, s, r->schema->columns[c].type);
	for (int f = 0; f < s->nfaults; f++)
		block_fault(out, i, s->faults[f].column, s->faults[f].what,
		    text_get(&s->bytes) + s->faults[f].at, s->faults[f].n);
}

static bool
may_go(const struct reorder *r, const struct slot *first, bool flush)
{
	return flush || r->n > REORDER_ROWS ||
	       (!first->empty && behind(r, first->time) >= (uint64_t)r->lateness);
}

static bool
fits_in(const struct block *out, const struct slot *s)
{
	if (out->n == 0)
		return out->nfaults == 0;
	return !s->empty && !block_full(out) && s->row == out->first_row + (uint64_t)out->n;
}

struct block *
reorder_pop(struct reorder *r, bool flush)
{
	struct block *out = r->out;

	if (r->given) {
		r->given = false;
		return out;
	}
	block_clear(out);
	do {
		while (r->n > 0 && may_go(r, r->heap[0], flush)) {
			if (!fits_in(out, r->heap[0]))
				return out;
			r->spare[r->nspare] = heap_pop(r);
			reorder_give(r, r->spare[r->nspare++]);
		}
	} while (take_row(r));
	return out->n > 0 || out->nfaults > 0 ? out : NULL;
}

bool
reorder_taken(const struct reorder *r, uint64_t *rows, struct position *behind)
{
	*rows = r->taken;
	*behind = r->behind;
	return r->begun;
}

void
reorder_spare(struct reorder *r, struct slot *s)
{
	r->spare[r->nspare++] = s;
}

void
reorder_clear(struct reorder *r)
{
	while (r->n > 0)
		reorder_spare(r, r->heap[--r->n]);
	block_clear(r->out);
	r->in = NULL;
	r->begun = r->given = false;
	r->watermark = TIME_NONE;
}

uint64_t
reorder_held(const struct reorder *r)
{
	return (uint64_t)r->n;
}
