/* reorder_state.c - rows that are held back, as bytes and back. See reorder_save. */
#include "data/rows/reorder_parts.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/state.h"

static const char class[] = "rows held back";
enum { VERSION = 3 };

/* --- saved ------------------------------------------------------------------------------------ */

static void
save_span(const struct held_text *text, struct buffer *b)
{
	buffer_u32(b, text->missing);
	buffer_u64(b, text->at);
	buffer_u64(b, text->n);
}

static void
save_cell(const union held *cell, enum column_type type, struct buffer *b)
{
	switch (type) {
	case COLUMN_NUMBER:
		buffer_double(b, cell->number);
		break;
	case COLUMN_TIME:
		buffer_i64(b, cell->time);
		break;
	case COLUMN_TEXT:
		save_span(&cell->text, b);
		break;
	}
}

static void
save_slot(const struct reorder *r, const struct slot *s, struct buffer *b)
{
	buffer_i64(b, s->time);
	buffer_u64(b, s->row);
	position_save(&s->after, b);
	buffer_i64(b, s->late);
	buffer_u32(b, s->empty);
	buffer_text(b, text_get(&s->bytes), s->bytes.len);
	for (int c = 0; c < r->schema->n && !s->empty; c++)
		save_cell(&s->cells[c], r->schema->columns[c].type, b);
	buffer_u32(b, s->written != NULL);
	for (int c = 0; c < r->schema->n && s->written != NULL; c++)
		save_span(&s->written[c], b);
	buffer_u64(b, (uint64_t)s->nfaults);
	for (int f = 0; f < s->nfaults; f++) {
		buffer_i64(b, s->faults[f].column);
		buffer_text(b, s->faults[f].what, strlen(s->faults[f].what));
		buffer_u64(b, s->faults[f].at);
		buffer_u64(b, s->faults[f].n);
	}
}

/* What the rows are of: columns, and how long they are held. */
static uint64_t
kind_hash(const struct reorder *r)
{
	struct buffer b = { 0 };
	uint64_t hash;

	buffer_i64(&b, r->lateness);
	for (int c = 0; c < r->schema->n; c++)
		buffer_u32(&b, r->schema->columns[c].type);
	hash = bytes_hash(b.data, b.len);
	buffer_done(&b);
	return hash;
}

/* The rows given last that did not go. */
static void
save_given(const struct reorder *r, int gone, struct buffer *b)
{
	const struct block *out = r->out;
	int rows = out->n > 0 ? out->n : out->nfaults > 0, fault = 0;
	struct slot slot = { .cells = memory_new((size_t)r->schema->n, sizeof *slot.cells) };

	while (fault < out->nfaults && out->faults[fault].row < gone)
		fault++;
	buffer_u64(b, gone < rows ? (uint64_t)(rows - gone) : 0);
	for (int i = gone; i < rows; i++) {
		reorder_copy(r, &slot, out, i, &fault);
		save_slot(r, &slot, b);
	}
	reorder_slot_done(&slot);
}

void
reorder_save(const struct reorder *r, int gone, struct buffer *b)
{
	size_t begun = state_piece_begin(b, class, VERSION);

	buffer_u64(b, kind_hash(r));
	buffer_i64(b, r->watermark);
	buffer_u32(b, r->begun);
	buffer_u64(b, r->taken);
	position_save(&r->behind, b);
	save_given(r, gone, b);
	buffer_u64(b, (uint64_t)r->n);
	for (int i = 0; i < r->n; i++)
		save_slot(r, r->heap[i], b);
	state_piece_end(b, begun);
}

/* --- loaded ----------------------------------------------------------------------------------- */

/* A text among the slot's bytes. */
static int
load_span(const struct slot *s, size_t *at, size_t *n, struct reader *r)
{
	uint64_t from, length;

	if (reader_u64(r, &from) < 0 || reader_u64(r, &length) < 0 || from > s->bytes.len ||
	    length > s->bytes.len - from || length > UINT32_MAX)
		return -1;
	*at = (size_t)from;
	*n = (size_t)length;
	return 0;
}

static int
load_text(const struct slot *s, struct held_text *text, struct reader *r)
{
	uint32_t missing;

	if (reader_below(r, 1, &missing) < 0)
		return -1;
	text->missing = missing;
	return load_span(s, &text->at, &text->n, r);
}

static int
load_cell(const struct slot *s, union held *cell, enum column_type type, struct reader *r)
{
	switch (type) {
	case COLUMN_NUMBER:
		return reader_double(r, &cell->number);
	case COLUMN_TIME:
		return reader_i64(r, &cell->time);
	case COLUMN_TEXT:
		return load_text(s, &cell->text, r);
	}
	return -1;
}

static int
load_written(const struct reorder *r, struct slot *s, struct reader *in)
{
	uint32_t kept;

	free(s->written);
	s->written = NULL;
	if (reader_below(in, 1, &kept) < 0)
		return -1;
	if (kept)
		s->written = memory_zero((size_t)r->schema->n, sizeof *s->written);
	for (int c = 0; c < r->schema->n && kept; c++)
		if (load_text(s, &s->written[c], in) < 0)
			return -1;
	return 0;
}

/* Words that are told are static elsewhere; of a loaded state the buffer keeps them. */
static int
load_fault(struct reorder *r, struct slot *s, struct reader *in)
{
	int64_t column;
	const char *what;
	size_t nwhat, at, n;
	int word;

	if (reader_i64(in, &column) < 0 || column < FAULT_NOTE || column >= r->schema->n ||
	    reader_text(in, &what, &nwhat) < 0 || load_span(s, &at, &n, in) < 0)
		return -1;
	word = name_index_add(&r->words, what, nwhat);
	reorder_fault(s, (int)column, r->words.names[word], NULL, 0);
	s->faults[s->nfaults - 1].at = at;
	s->faults[s->nfaults - 1].n = n;
	return 0;
}

static int
load_slot(struct reorder *r, struct slot *s, struct reader *in)
{
	uint32_t empty;
	const char *bytes;
	size_t n;

	s->nfaults = 0;
	text_clear(&s->bytes);
	if (reader_i64(in, &s->time) < 0 || reader_u64(in, &s->row) < 0 ||
	    position_load(&s->after, in) < 0 || reader_i64(in, &s->late) < 0 || s->late < 0 ||
	    reader_below(in, 1, &empty) < 0 || reader_text(in, &bytes, &n) < 0)
		return -1;
	s->empty = empty;
	text_addn(&s->bytes, bytes, n);
	for (int c = 0; c < r->schema->n && !s->empty; c++)
		if (load_cell(s, &s->cells[c], r->schema->columns[c].type, in) < 0)
			return -1;
	if (load_written(r, s, in) < 0 || reader_count(in, 32, &n) < 0)
		return -1;
	while (n-- > 0)
		if (load_fault(r, s, in) < 0)
			return -1;
	return 0;
}

/* Rows of a block follow each other, or it has none, and faults alone. */
static bool
follows(const struct reorder *r, const struct slot *s)
{
	const struct block *out = r->out;

	if (out->n == 0)
		return out->nfaults == 0;
	return !s->empty && out->n < out->cap && s->row == out->first_row + (uint64_t)out->n;
}

static int
load_given(struct reorder *r, struct reader *in)
{
	struct slot *s = reorder_slot(r);
	size_t n;
	int failed = reader_count(in, 32, &n);

	for (size_t i = 0; failed == 0 && i < n; i++) {
		failed = load_slot(r, s, in);
		if (failed == 0 && !follows(r, s))
			failed = -1;
		if (failed == 0)
			reorder_give(r, s);
	}
	reorder_spare(r, s);
	r->given = r->out->n > 0 || r->out->nfaults > 0;
	return failed;
}

static int
load_held(struct reorder *r, struct reader *in)
{
	size_t n;

	if (reader_count(in, 32, &n) < 0 || n > REORDER_ROWS + 1)
		return -1;
	while (n-- > 0) {
		struct slot *s = reorder_slot(r);

		if (load_slot(r, s, in) < 0) {
			reorder_spare(r, s);
			return -1;
		}
		reorder_hold(r, s);
	}
	return 0;
}

int
reorder_load(struct reorder *r, struct reader *pieces, struct error *err)
{
	struct reader in;
	uint64_t kind;
	uint32_t begun;

	if (state_piece(pieces, class, VERSION, &in, err) < 0)
		return -1;
	if (reader_u64(&in, &kind) < 0 || kind != kind_hash(r) ||
	    reader_i64(&in, &r->watermark) < 0 || reader_below(&in, 1, &begun) < 0 ||
	    reader_u64(&in, &r->taken) < 0 || position_load(&r->behind, &in) < 0 ||
	    load_given(r, &in) < 0 || load_held(r, &in) < 0)
		return state_damaged(class, err);
	r->begun = begun;
	return state_piece_done(&in, class, err);
}
