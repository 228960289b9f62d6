/* history.c - rings of the last rows: tracks of values, stamps, raw cells, and marks.
 *
 * Everything is a ring of fixed size, so a run of rows costs copying and nothing else. Raw cells are
 * kept typed and only become text when somebody looks. */
#include "data/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/number.h"
#include "data/base/times.h"

enum {
	ROW_MASK = HISTORY_ROWS - 1,
	RAW_CELLS = 1 << 19, /* of a source: where columns are many, fewer rows are kept */
	RAW_TEXT = 64        /* bytes of a cell */
};

struct track {
	int source, index; /* column or KPI */
	bool is_kpi;
	double *values;    /* ring; row r stands at r & ROW_MASK */
};

struct raw_cell {
	enum { RAW_MISSING, RAW_NUMBER, RAW_TIME, RAW_TEXTUAL } kind;
	bool bad;
	uint8_t len;
	union {
		double number;
		int64_t time;
		uint32_t at; /* in the row's bytes */
	} v;
};

struct raw_row {
	uint64_t number;
	struct raw_cell *cells;
	char *bytes;
	uint32_t len, cap;
};

struct lane { /* of one source */
	uint64_t end;       /* rows seen */
	int64_t *time;      /* ring */
	uint64_t base;      /* end before the run just seen ... */
	int at;             /* ... which stood there in its block */
	struct raw_row *raw; /* ring */
	int nraw, columns;
	uint64_t raw_end;
};

struct history {
	const struct engine *engine;
	struct lane *lanes;
	int nlanes;
	struct track *tracks;
	int ntracks;
	struct mark marks[HISTORY_MARKS]; /* ring */
	uint64_t nmarks;                  /* ever made */
	char *text;                       /* the cell last asked for */
};

/* --- rows --------------------------------------------------------------------------------------- */

static void
lanes_grow(struct history *h, int source)
{
	if (source < h->nlanes)
		return;
	h->lanes = memory_grow(h->lanes, (size_t)source + 1, sizeof *h->lanes);
	for (; h->nlanes <= source; h->nlanes++) {
		h->lanes[h->nlanes] = (struct lane){0};
		h->lanes[h->nlanes].time = memory_new(HISTORY_ROWS, sizeof(int64_t));
	}
}

/* Copies n values of size bytes to the ring, from row on; n is at most BLOCK_ROWS. */
static void
ring_copy(void *ring, const void *from, uint64_t row, int n, size_t size)
{
	size_t at = row & ROW_MASK, total = (size_t)n, head = HISTORY_ROWS - at;

	if (head > total)
		head = total;
	memcpy((char *)ring + at * size, from, head * size);
	memcpy(ring, (const char *)from + head * size, (total - head) * size);
}

static void
raw_init(struct lane *lane, int columns)
{
	int rows = RAW_CELLS / (columns > 0 ? columns : 1);

	lane->columns = columns;
	lane->nraw = rows > HISTORY_RAW ? HISTORY_RAW : rows < 1 ? 1 : rows;
	lane->raw = memory_zero((size_t)lane->nraw, sizeof *lane->raw);
	for (int i = 0; i < lane->nraw; i++)
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
	*cell = (struct raw_cell){.kind = RAW_MISSING};
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
	struct raw_row *row = &lane->raw[lane->raw_end++ % (uint64_t)lane->nraw];

	row->number = b->first_row + (uint64_t)i;
	row->len = 0;
	for (int c = 0; c < lane->columns; c++)
		raw_set(row, &row->cells[c], b->schema->columns[c].type, b->cells[c], i);
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

		if (back > (uint64_t)lane->nraw || fault->column < 0 || fault->column >= lane->columns)
			continue;
		row = &lane->raw[(lane->raw_end - back) % (uint64_t)lane->nraw];
		row->cells[fault->column].bad = true;
		if (fault->text.s == NULL)
			continue;
		raw_text(row, &row->cells[fault->column], fault->text);
	}
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct history *h = self;
	struct lane *lane;
	int first;

	lanes_grow(h, source);
	lane = &h->lanes[source];
	if (lane->raw == NULL)
		raw_init(lane, b->schema->n);
	for (int i = 0; i < h->ntracks; i++) {
		const struct track *t = &h->tracks[i];
		const double *values;

		if (t->source != source)
			continue;
		values = t->is_kpi ? engine_kpi_values(h->engine, t->index)
		    : b->cells[t->index].number + at;
		ring_copy(t->values, values, lane->end, n, sizeof(double));
	}
	ring_copy(lane->time, b->time + at, lane->end, n, sizeof(int64_t));
	first = n > lane->nraw ? at + n - lane->nraw : at;
	for (int i = first; i < at + n; i++)
		keep_raw(lane, b, i);
	if (b->nfaults > 0)
		keep_faults(lane, b, first, at + n);
	lane->base = lane->end;
	lane->at = at;
	lane->end += (uint64_t)n;
}

/* --- marks -------------------------------------------------------------------------------------- */

static double
first_value(const struct history *h, const struct event *event)
{
	const int *columns;
	int n = event->rule >= 0 ? engine_rule_columns(h->engine, event->rule, &columns) : 0;

	if (n == 0 || engine_schema(h->engine, event->source)->columns[columns[0]].type != COLUMN_NUMBER)
		return NAN;
	return event->block->cells[columns[0]].number[event->at];
}

/* Many bad cells one after the other are one mark, so that they do not push the alerts out. */
static struct mark *
next_mark(struct history *h, const struct event *event)
{
	struct mark *last = h->nmarks > 0 ? &h->marks[(h->nmarks - 1) % HISTORY_MARKS] : NULL;

	if (last != NULL && event->type == EVENT_BAD && last->type == EVENT_BAD &&
	    last->source == event->source && strcmp(last->what, event->what) == 0)
		return last;
	return &h->marks[h->nmarks++ % HISTORY_MARKS];
}

static void
on_event(void *self, const struct event *event)
{
	struct history *h = self;
	const struct lane *lane;
	const char *what = event->rule >= 0 ? engine_rule(h->engine, event->rule)->name : event->what;
	struct mark *m = next_mark(h, event);

	lanes_grow(h, event->source);
	lane = &h->lanes[event->source];
	*m = (struct mark){.type = event->type, .source = event->source, .rule = event->rule,
	    .state = event->state, .row = lane->end, .number = event->row, .time = event->time,
	    .value = NAN};
	if (event->block != NULL) {
		m->row = lane->base + (uint64_t)(event->at - lane->at);
		m->time = event->block->time[event->at];
		m->value = first_value(h, event);
	}
	strncpy(m->what, what, sizeof m->what - 1);
}

/* --- made and asked ----------------------------------------------------------------------------- */

struct history *
history_new(struct engine *e)
{
	struct history *h = memory_zero(1, sizeof *h);
	struct listener listener = {EVENT_ALERT | EVENT_DRIFT | EVENT_BAD, on_event, on_rows, h};

	h->engine = e;
	h->text = memory_new(RAW_TEXT + NUMBER_CHARS + TIME_CHARS, 1);
	engine_listen(e, &listener);
	return h;
}

void
history_free(struct history *h)
{
	for (int i = 0; i < h->ntracks; i++)
		free(h->tracks[i].values);
	for (int i = 0; i < h->nlanes; i++) {
		struct lane *lane = &h->lanes[i];

		for (int r = 0; r < lane->nraw; r++) {
			free(lane->raw[r].cells);
			free(lane->raw[r].bytes);
		}
		free(lane->raw);
		free(lane->time);
	}
	free(h->text);
	free(h->tracks);
	free(h->lanes);
	free(h);
}

static int
track_of(struct history *h, int source, int index, bool is_kpi)
{
	struct track t = {source, index, is_kpi, NULL};

	for (int i = 0; i < h->ntracks; i++)
		if (h->tracks[i].source == source && h->tracks[i].index == index &&
		    h->tracks[i].is_kpi == is_kpi)
			return i;
	t.values = memory_new(HISTORY_ROWS, sizeof *t.values);
	for (int i = 0; i < HISTORY_ROWS; i++)
		t.values[i] = NAN;
	h->tracks = memory_grow(h->tracks, (size_t)h->ntracks + 1, sizeof *h->tracks);
	h->tracks[h->ntracks] = t;
	return h->ntracks++;
}

int
history_column(struct history *h, int source, int column)
{
	return track_of(h, source, column, false);
}

int
history_kpi(struct history *h, int kpi)
{
	return track_of(h, engine_kpi(h->engine, kpi)->source, kpi, true);
}

uint64_t
history_end(const struct history *h, int source)
{
	return source < h->nlanes ? h->lanes[source].end : 0;
}

uint64_t
history_begin(const struct history *h, int source)
{
	uint64_t end = history_end(h, source);

	return end > HISTORY_ROWS ? end - HISTORY_ROWS : 0;
}

static bool
is_kept(const struct history *h, int source, uint64_t row)
{
	return row >= history_begin(h, source) && row < history_end(h, source);
}

double
history_at(const struct history *h, int track, uint64_t row)
{
	const struct track *t = &h->tracks[track];

	return is_kept(h, t->source, row) ? t->values[row & ROW_MASK] : NAN;
}

int64_t
history_time(const struct history *h, int source, uint64_t row)
{
	return is_kept(h, source, row) ? h->lanes[source].time[row & ROW_MASK] : TIME_NONE;
}

bool
history_extent(const struct history *h, int track, uint64_t from, uint64_t to, double *min, double *max)
{
	const struct track *t = &h->tracks[track];
	uint64_t begin = history_begin(h, t->source), end = history_end(h, t->source);

	*min = INFINITY;
	*max = -INFINITY;
	if (from < begin)
		from = begin;
	if (to > end)
		to = end;
	for (; from < to; from++) {
		double v = t->values[from & ROW_MASK];

		*min = v < *min ? v : *min;
		*max = v > *max ? v : *max;
	}
	return *min <= *max;
}

int
history_marks(const struct history *h)
{
	return h->nmarks < HISTORY_MARKS ? (int)h->nmarks : HISTORY_MARKS;
}

const struct mark *
history_mark(const struct history *h, int i)
{
	return &h->marks[(h->nmarks - 1 - (uint64_t)i) % HISTORY_MARKS];
}

void
history_acknowledge(struct history *h, int i)
{
	h->marks[(h->nmarks - 1 - (uint64_t)i) % HISTORY_MARKS].seen = true;
}

/* --- raw rows ----------------------------------------------------------------------------------- */

int
history_raw(const struct history *h, int source)
{
	const struct lane *lane = source < h->nlanes ? &h->lanes[source] : NULL;

	if (lane == NULL)
		return 0;
	return lane->raw_end < (uint64_t)lane->nraw ? (int)lane->raw_end : lane->nraw;
}

/* Row i of those kept, from the oldest. */
static const struct raw_row *
raw_at(const struct history *h, int source, int i)
{
	const struct lane *lane = &h->lanes[source];
	uint64_t first = lane->raw_end - (uint64_t)history_raw(h, source);

	return &lane->raw[(first + (uint64_t)i) % (uint64_t)lane->nraw];
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
