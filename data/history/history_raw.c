/* history_raw.c - the last rows as they came: each cell as it stood there.
 *
 * Those that never stood anywhere, of derived columns and of rows that were stored, are kept typed
 * and become text when somebody looks. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/history/history_parts.h"

enum {
	RAW_CELLS = 1 << 19, /* of a source: where columns are many, fewer rows are kept */
	RAW_TEXT = HISTORY_RAW_CELL
};
_Static_assert(RAW_TEXT + NUMBER_CHARS + TIME_CHARS <= RAW_CHARS, "a cell as text fits");

/* Those that are shown, and as many before them. */
static size_t
ring_rows(const struct lane *lane)
{
	return 2 * (size_t)lane->nraw;
}

static void
raw_init(struct lane *lane, int columns)
{
	int rows = RAW_CELLS / (columns > 0 ? columns : 1);

	lane->columns = columns;
	lane->nraw = rows > HISTORY_RAW ? HISTORY_RAW : rows < 1 ? 1 : rows;
	lane->raw = memory_zero(ring_rows(lane), sizeof *lane->raw);
	for (size_t i = 0; i < ring_rows(lane); i++)
		lane->raw[i].cells = memory_zero((size_t)columns, sizeof(struct raw_cell));
}

static void
raw_text(struct raw_row *row, struct raw_cell *cell, struct cell_text text)
{
	uint32_t n = text.n < RAW_TEXT ? text.n : RAW_TEXT;

	if (row->cap - row->len < n) {
		row->cap = (row->len + n) * 2;
		row->bytes = memory_grow(row->bytes, row->cap, 1);
	}
	if (n > 0)
		memcpy(row->bytes + row->len, text.s, n);
	cell->kind = RAW_TEXTUAL;
	cell->v.at = row->len;
	cell->len = (uint8_t)n;
	row->len += n;
}

static void
raw_set(struct raw_row *row, struct raw_cell *cell, enum column_type type, union cells cells, int i)
{
	*cell = (struct raw_cell){ .kind = RAW_MISSING };
	if (type == COLUMN_NUMBER && !number_missing(cells.number[i])) {
		cell->kind = RAW_NUMBER;
		cell->v.number = cells.number[i];
	} else if (type == COLUMN_TIME && cells.time[i] != TIME_NONE) {
		cell->kind = RAW_TIME;
		cell->v.time = cells.time[i];
	} else if (type == COLUMN_TEXT && cells.text[i].s != NULL) {
		raw_text(row, cell, cells.text[i]);
	}
}

static void
keep_raw(struct lane *lane, const struct block *b, int i)
{
	struct raw_row *row;

	assert(lane->nraw > 0);
	row = &lane->raw[lane->raw_end++ % ring_rows(lane)];
	row->number = b->first_row + (uint64_t)i;
	row->len = 0;
	for (int c = 0; c < lane->columns; c++) {
		const struct cell_text *written = c < b->nwritten ? b->written[c] : NULL;

		raw_set(row, &row->cells[c], b->schema->columns[c].type, b->cells[c], i);
		if (written != NULL && written[i].s != NULL)
			raw_text(row, &row->cells[c], written[i]);
	}
}

/* The first fault of row i or a later one. */
static int
fault_from(const struct block *b, int i)
{
	int lo = 0, hi = b->nfaults;

	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;

		if (b->faults[mid].row < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* What stood in a cell that did not fit its column. */
static void
keep_faults(struct lane *lane, const struct block *b, int at, int end)
{
	for (int f = fault_from(b, at); f < b->nfaults && b->faults[f].row < end; f++) {
		const struct fault *fault = &b->faults[f];
		uint64_t back = (uint64_t)(end - fault->row);
		struct raw_row *row;

		if (back > (uint64_t)lane->nraw || fault->column < 0 ||
		    fault->column >= lane->columns)
			continue;
		row = &lane->raw[(lane->raw_end - back) % ring_rows(lane)];
		row->cells[fault->column].bad = true;
		if (fault->text.s == NULL)
			continue;
		raw_text(row, &row->cells[fault->column], fault->text);
	}
}

void
raw_keep(struct lane *lane, const struct block *b, int at, int n)
{
	int first;

	if (lane->raw == NULL)
		raw_init(lane, b->schema->n);
	first = n > lane->nraw ? at + n - lane->nraw : at;
	for (int i = first; i < at + n; i++)
		keep_raw(lane, b, i);
	if (lane->raw_end > lane->raw_most)
		lane->raw_most = lane->raw_end;
	if (b->nfaults > 0)
		keep_faults(lane, b, first, at + n);
}

void
raw_renew(struct lane *lane, const struct engine *e, int source)
{
	int columns = engine_schema(e, source)->n;

	for (size_t r = 0; r < ring_rows(lane); r++) {
		struct raw_row *row = &lane->raw[r];
		struct raw_cell *cells = memory_zero((size_t)columns, sizeof *cells);

		for (int c = 0; c < columns; c++) {
			int was = query_column_was(engine_query(e), source, c);

			if (was >= 0 && was < lane->columns)
				cells[c] = row->cells[was];
		}
		free(row->cells);
		row->cells = cells;
	}
	if (lane->raw != NULL)
		lane->columns = columns;
}

void
raw_done(struct lane *lane)
{
	for (size_t r = 0; r < ring_rows(lane); r++) {
		free(lane->raw[r].cells);
		free(lane->raw[r].bytes);
	}
	free(lane->raw);
}

/* --- looking ---------------------------------------------------------------------------------- */

int
history_raw(const struct history *h, int source)
{
	const struct lane *lane = source < h->nlanes ? &h->lanes[source] : NULL;
	uint64_t kept;

	if (lane == NULL)
		return 0;
	kept = lane->raw_end - lane->raw_low;
	return kept < (uint64_t)lane->nraw ? (int)kept : lane->nraw;
}

/* Row i of those kept, from the oldest. */
static const struct raw_row *
raw_at(const struct history *h, int source, int i)
{
	const struct lane *lane = &h->lanes[source];
	uint64_t first = lane->raw_end - (uint64_t)history_raw(h, source);

	return &lane->raw[(first + (uint64_t)i) % ring_rows(lane)];
}

const char *
history_raw_cell(const struct history *h, int source, int i, int column, bool *bad)
{
	const struct raw_row *row = raw_at(h, source, i);
	const struct raw_cell *cell = &row->cells[column];
	size_t n = 0;

	*bad = cell->bad;
	if (cell->kind == RAW_MISSING)
		return NULL;
	if (cell->kind == RAW_NUMBER) {
		n = (size_t)number_format(cell->v.number, h->text);
	} else if (cell->kind == RAW_TIME) {
		n = (size_t)time_format(cell->v.time, h->text);
	} else if (cell->kind == RAW_TEXTUAL) {
		n = cell->len;
		memcpy(h->text, row->bytes + cell->v.at, n);
	}
	h->text[n] = '\0';
	return h->text;
}

uint64_t
history_raw_number(const struct history *h, int source, int i)
{
	return raw_at(h, source, i)->number;
}
