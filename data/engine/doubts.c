/* doubts.c - what of a source looks as if something else was meant: each is told once, with
 * the way out.
 *
 * Durations count in the rows' own times, so a recording without any has none to count. Cells that
 * were said to be times, most of which are not, leave rows where they stand. And where no column
 * holds numbers there is nothing that the default KPIs could show. */
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum { JUDGED_ROWS = 100, NAMES_MOST = 8 };

static const char time_forms[] =
    "read are times such as 2026-01-31T10:15:00, 31.12.2025 10:15, Jan 31 2026, epoch seconds: "
    "weir --manual lists them";

static void
tell(struct engine *e, const struct stream *s, struct text *what)
{
	struct event event = { .type = EVENT_DOUBT,
		.source = s->index,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = text_get(what) };

	if (what->len > 0)
		dispatch(e, &event);
	text_clear(what);
}

/* --- at the start ----------------------------------------------------------------------------- */

/* The first thing asked of a source that counts in durations; NULL: nothing does. */
static const char *
first_timed(const struct query *q, int source)
{
	const struct plan *plan = q->sources[source].plan;

	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].source == source && plan_counts_time(plan, q->kpis[i].root))
			return q->kpis[i].name;
	for (int i = 0; i < q->nrules; i++) {
		const struct alert_rule *r = &q->rules[i].rule;

		if (q->rules[i].source == source && q->rules[i].when >= 0 &&
		    (r->lasting.unit == SPAN_TIME || r->keep > 0 || r->cooldown > 0 ||
			plan_counts_time(plan, q->rules[i].when)))
			return r->name;
	}
	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].source == source && q->derived[i].root >= 0 &&
		    plan_counts_time(plan, q->derived[i].root))
			return q->derived[i].name;
	return NULL;
}

static void
doubt_durations(const struct engine *e, const struct stream *s, struct text *out)
{
	const char *name;

	if (s->own->time >= 0 || s->own->n == 0 || feed_live(s->feed))
		return;
	name = first_timed(e->query, s->index);
	if (name != NULL)
		text_addf(out,
		    "'%.100s' counts in time, and no column of %s is one: it goes by when rows are "
		    "read (-t COLUMN names a column of times)",
		    name, s->own->source);
}

static bool
has_kpi(const struct query *q, int source)
{
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].source == source)
			return true;
	return false;
}

static void
doubt_numbers(const struct engine *e, const struct stream *s, struct text *out)
{
	const struct schema *own = s->own;

	if (!e->query->options.default_kpis || own->n == 0 || has_kpi(e->query, s->index))
		return;
	text_addf(out, "no column of %s holds numbers: ", own->source);
	for (int i = 0; i < own->n && i < NAMES_MOST; i++)
		text_addf(out, "%s%.60s is %s", i > 0 ? ", " : "", own->columns[i].name,
		    column_type_name(own->columns[i].type));
	text_addf(out,
	    "%s (--types COLUMN=number tells it; --delimiter, --decimal and -F tell how "
	    "cells are written)",
	    own->n > NAMES_MOST ? ", ..." : "");
}

void
tell_doubts(struct engine *e)
{
	struct text what = { 0 };

	for (int i = 0; i < e->nstreams; i++) {
		doubt_durations(e, e->streams[i], &what);
		tell(e, e->streams[i], &what);
		doubt_numbers(e, e->streams[i], &what);
		tell(e, e->streams[i], &what);
	}
	text_done(&what);
}

/* --- times that are none ---------------------------------------------------------------------- */

/* A cell that stands there and is no time; NULL: none does. */
static const struct fault *
no_time(const struct stream *s)
{
	for (int i = 0; i < s->block->nfaults; i++)
		if (s->block->faults[i].column == s->own->time)
			return &s->block->faults[i];
	return NULL;
}

/* Of a recording, whose first block has all that was looked at. */
int
check_times(struct stream *s, struct error *err)
{
	const struct fault *fault;

	if (s->times_checked || s->own->time < 0)
		return 0;
	s->times_checked = true;
	fault = feed_live(s->feed) ? NULL : no_time(s);
	for (int i = 0; i < s->block->n && fault != NULL; i++)
		if (s->block->cells[s->own->time].time[i] != TIME_NONE)
			fault = NULL;
	if (fault == NULL)
		return 0;
	error_set(err, "no cell of '%.100s' is a time, such as '%.*s' (%s)",
	    s->own->columns[s->own->time].name, (int)(fault->text.n < 60 ? fault->text.n : 60),
	    fault->text.s != NULL ? fault->text.s : "", time_forms);
	return error_subject(err, ERROR_TIME, s->index, NULL);
}

static void
tell_times(struct engine *e, const struct stream *s)
{
	struct text what = { 0 };

	if (s->own->time < 0 || s->times_judged * 2 >= s->rows_judged)
		return;
	text_addf(&what, "%d of the first %d cells of '%.100s' %s a time (%s)", s->times_judged,
	    s->rows_judged, s->own->columns[s->own->time].name, s->times_judged == 1 ? "is" : "are",
	    time_forms);
	tell(e, s, &what);
	text_done(&what);
}

void
count_times(struct engine *e, struct stream *s, int n)
{
	const int64_t *cells = s->own->time >= 0 ? s->block->cells[s->own->time].time : NULL;

	for (int i = s->at; i < s->at + n && cells != NULL && s->rows_judged < JUDGED_ROWS; i++) {
		s->rows_judged++;
		s->times_judged += cells[i] != TIME_NONE;
		if (s->rows_judged == JUDGED_ROWS)
			tell_times(e, s);
	}
}

void
tell_last_doubts(struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++)
		if (e->streams[i]->own != NULL && e->streams[i]->rows_judged < JUDGED_ROWS)
			tell_times(e, e->streams[i]);
}
