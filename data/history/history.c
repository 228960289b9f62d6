/* history.c - rings of the last rows: tracks of values, their stamps, and marks.
 *
 * Everything is a ring of fixed size, so a run of rows costs copying and nothing else. */
#include "data/history/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/history/history_parts.h"

/* --- rows ------------------------------------------------------------------------------------- */

static void
lanes_grow(struct history *h, int source)
{
	if (source < h->nlanes)
		return;
	h->lanes = memory_grow(h->lanes, (size_t)source + 1, sizeof *h->lanes);
	for (; h->nlanes <= source; h->nlanes++) {
		h->lanes[h->nlanes] = (struct lane){ 0 };
		h->lanes[h->nlanes].time = memory_new(RING_ROWS, sizeof(int64_t));
	}
}

/* Copies n values of size bytes to the ring, from row on; n is at most BLOCK_ROWS. */
static void
ring_copy(void *ring, const void *from, uint64_t row, int n, size_t size)
{
	size_t at = row & ROW_MASK, total = (size_t)n, head = RING_ROWS - at;

	if (head > total)
		head = total;
	memcpy((char *)ring + at * size, from, head * size);
	memcpy(ring, (const char *)from + head * size, (total - head) * size);
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct history *h = self;
	struct lane *lane;

	lanes_grow(h, source);
	lane = &h->lanes[source];
	raw_keep(lane, b, at, n);
	lane->base = lane->end;
	lane->at = at;
	if (!engine_looks(h->engine, source))
		return;
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
	lane->end += (uint64_t)n;
	if (lane->end > lane->most)
		lane->most = lane->end;
}

/* --- marks ------------------------------------------------------------------------------------ */

static double
first_value(const struct history *h, const struct event *event)
{
	const struct rule *r =
	    event->rule >= 0 ? &engine_query(h->engine)->rules[event->rule] : NULL;
	const struct schema *schema = engine_schema(h->engine, event->source);

	if (r == NULL || r->ncolumns == 0 || schema->columns[r->columns[0]].type != COLUMN_NUMBER)
		return NAN;
	return event->block->cells[r->columns[0]].number[event->at];
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
add_mark(struct history *h, const struct event *event)
{
	const struct lane *lane;
	const char *what =
	    event->rule >= 0 ? engine_rule(h->engine, event->rule)->name : event->what;
	struct mark *m = next_mark(h, event);

	lanes_grow(h, event->source);
	lane = &h->lanes[event->source];
	*m = (struct mark){ .type = event->type,
		.source = event->source,
		.rule = event->rule,
		.state = event->state,
		.row = lane->end,
		.number = event->row,
		.time = event->time,
		.value = NAN };
	if (event->block != NULL) {
		m->row = engine_looks(h->engine, event->source)
			     ? lane->base + (uint64_t)(event->at - lane->at)
			     : UINT64_MAX;
		m->time = event->block->time[event->at];
		m->value = first_value(h, event);
	}
	strncpy(m->what, what, sizeof m->what - 1);
	if (event->key != NULL)
		strncpy(m->key, event->key, sizeof m->key - 1);
}

/* --- asked anew ------------------------------------------------------------------------------- */

/* The number now of the column or KPI that a track draws; -1: it is gone. */
static int
track_now(const struct engine *e, const struct track *t)
{
	int n = t->is_kpi ? engine_kpis(e) : engine_schema(e, t->source)->n;

	for (int i = 0; i < n; i++) {
		int was = t->is_kpi ? engine_kpi(e, i)->was
				    : query_column_was(engine_query(e), t->source, i);

		if (was == t->index && (!t->is_kpi || engine_kpi(e, i)->source == t->source))
			return i;
	}
	return -1;
}

static void
renew_tracks(struct history *h)
{
	int n = 0;

	for (int i = 0; i < h->ntracks; i++) {
		struct track t = h->tracks[i];

		t.index = track_now(h->engine, &t);
		if (t.index >= 0)
			h->tracks[n++] = t;
		else
			free(t.values);
	}
	h->ntracks = n;
}

static int
rule_now(const struct engine *e, int was)
{
	for (int i = 0; i < engine_rules(e); i++)
		if (engine_query(e)->rules[i].was == was)
			return i;
	return -1;
}

/* The marks of rules that are gone go with them. */
static void
renew_marks(struct history *h)
{
	struct mark *kept = memory_new(HISTORY_MARKS, sizeof *kept);
	size_t n = 0;

	for (int i = history_marks(h) - 1; i >= 0; i--) {
		kept[n] = *history_mark(h, i);
		if (kept[n].type == EVENT_ALERT)
			kept[n].rule = rule_now(h->engine, kept[n].rule);
		n += kept[n].type != EVENT_ALERT || kept[n].rule >= 0;
	}
	memcpy(h->marks, kept, n * sizeof *kept);
	h->nmarks = n;
	free(kept);
}

static void
renew(struct history *h)
{
	renew_tracks(h);
	renew_marks(h);
	for (int s = 0; s < h->nlanes; s++)
		raw_renew(&h->lanes[s], h->engine, s);
}

static void
on_event(void *self, const struct event *event)
{
	struct history *h = self;

	if (event->type == EVENT_REPLACED)
		renew(h);
	else
		add_mark(h, event);
}

/* --- made and asked --------------------------------------------------------------------------- */

struct history *
history_new(struct engine *e)
{
	struct history *h = memory_zero(1, sizeof *h);
	struct listener listener = { .wants =
					 EVENT_ALERT | EVENT_DRIFT | EVENT_BAD | EVENT_REPLACED,
		.event = on_event,
		.rows = on_rows,
		.written = true,
		.save = history_save,
		.holds = history_holds,
		.go_back = history_go_back,
		.reach = HISTORY_ROWS,
		.self = h };

	h->engine = e;
	h->text = memory_new(RAW_CHARS, 1);
	engine_listen(e, &listener);
	return h;
}

void
history_free(struct history *h)
{
	if (h == NULL)
		return;
	for (int i = 0; i < h->ntracks; i++)
		free(h->tracks[i].values);
	for (int i = 0; i < h->nlanes; i++) {
		raw_done(&h->lanes[i]);
		free(h->lanes[i].time);
	}
	free(h->text);
	free(h->tracks);
	free(h->lanes);
	free(h);
}

static int
track_of(struct history *h, int source, int index, bool is_kpi)
{
	struct track t = { source, index, is_kpi, NULL };

	for (int i = 0; i < h->ntracks; i++)
		if (h->tracks[i].source == source && h->tracks[i].index == index &&
		    h->tracks[i].is_kpi == is_kpi)
			return i;
	t.values = memory_new(RING_ROWS, sizeof *t.values);
	/* before the first row every one will be written before it is read */
	for (int i = 0; i < RING_ROWS && history_end(h, source) > 0; i++)
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

	uint64_t kept = end > HISTORY_ROWS ? end - HISTORY_ROWS : 0;

	if (source < h->nlanes && h->lanes[source].low > kept)
		kept = h->lanes[source].low;
	return source < h->nlanes && h->lanes[source].from > kept ? h->lanes[source].from : kept;
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
history_extent(
    const struct history *h, int track, uint64_t from, uint64_t to, double *min, double *max)
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

/* The texts of raw rows aside, which are few. */
uint64_t
history_bytes(const struct history *h)
{
	uint64_t bytes = sizeof *h + (uint64_t)h->ntracks * RING_ROWS * sizeof *h->tracks->values;

	for (int i = 0; i < h->nlanes; i++)
		bytes += RING_ROWS * sizeof *h->lanes->time +
			 (uint64_t)h->lanes[i].nraw *
			     (sizeof *h->lanes->raw +
				 (uint64_t)h->lanes[i].columns * sizeof *h->lanes->raw->cells);
	return bytes;
}
