/* dispatch.c - a run of rows goes: through the graph, past the alert rules, to the listeners.
 *
 * A run is cut where the key changes and where a late row stands, so that all rows of a stretch
 * step the same graph. What is to be told of each row is gathered rule by rule, which is how the
 * graph gives its values, and told row by row: bad, row, alerts, drifts, notes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/number.h"
#include "data/base/times.h"
#include "data/engine/engine_parts.h"

void
tell(struct engine *e, const struct event *event)
{
	for (int i = 0; i < e->nlisteners; i++)
		if ((e->listeners[i].wants & event->type) != 0)
			e->listeners[i].event(e->listeners[i].self, event);
}

/* --- gathering -------------------------------------------------------------------------------- */

static void
gather(struct engine *e, int row, struct told told)
{
	if (e->ntold == e->told_cap) {
		e->told_cap = e->told_cap > 0 ? 2 * e->told_cap : 64;
		e->told = memory_grow(e->told, (size_t)e->told_cap, sizeof *e->told);
	}
	told.next = -1;
	e->told[e->ntold] = told;
	if (e->first_told[row] < 0)
		e->first_told[row] = e->ntold;
	else
		e->told[e->last_told[row]].next = e->ntold;
	e->last_told[row] = e->ntold++;
}

static bool
holds(double truth)
{
	return truth != 0 && !number_missing(truth);
}

/* Most rules are quiet over most runs: nothing pends or fires and no condition holds. */
static bool
quiet(const struct alert *a, const double *when, int n)
{
	bool any = false;

	if (a->state != ALERT_INACTIVE && a->state != ALERT_RESOLVED)
		return false;
	for (int i = 0; i < n; i++)
		any |= when[i] != 0 && when[i] == when[i];
	return !any;
}

static void
step_rule(struct engine *e, struct stream *s, int index, const int64_t *time, int n)
{
	struct rule *r = &e->rules[index];
	struct alert *a = &s->now->alerts[index];
	const double *when = graph_out(s->now->graph, r->when);
	const double *clear = r->clear >= 0 ? graph_out(s->now->graph, r->clear) : NULL;

	if (quiet(a, when, n))
		return;
	for (int i = 0; i < n; i++) {
		if (!alert_step(
			a, &r->rule, holds(when[i]), clear != NULL && holds(clear[i]), time[i]))
			continue;
		if (a->state == ALERT_FIRING) {
			r->fired++;
			e->stop_here = e->stop_here || (r->rule.pause && e->options.pauses);
		}
		gather(e, i, (struct told){ .rule = index, .state = a->state });
	}
}

static void
look_for_drift(struct engine *e, struct stream *s, int root, int n)
{
	const double *out = graph_out(s->now->graph, root);

	for (int i = 0; i < n; i++)
		if (out[i] == 1)
			gather(e, i, (struct told){ .rule = -1, .what = plan_key(s->plan, root) });
}

/* What forecasters have to say of these rows: a season found, a method that diverged. */
static void
look_for_notes(struct engine *e, struct stream *s, int n)
{
	struct key_state *k = s->now;
	uint64_t first = graph_rows(k->graph) - (uint64_t)n;

	key_state_forecasters(k, s->plan);
	for (int i = 0; i < k->nforecasters; i++) {
		const struct forecast_note *notes;
		int count = forecaster_notes(k->forecasters[i], &notes);

		for (int t = 0; t < count; t++)
			gather(e, (int)(notes[t].row - first),
			    (struct told){
				.rule = -1, .op = k->forecasters[i], .note = &notes[t] });
	}
}

static void
gather_all(struct engine *e, struct stream *s, const struct block *view, int at, int n)
{
	for (int i = 0; i < n; i++)
		e->first_told[i] = -1;
	e->ntold = 0;
	if (s->late)
		return;
	for (int r = 0; r < e->nrules; r++)
		if (e->rules[r].source == s->index && e->rules[r].when >= 0)
			step_rule(e, s, r, view->time + at, n);
	for (int d = 0; d < s->ndrifts; d++)
		look_for_drift(e, s, s->drifts[d], n);
	if ((e->wants & EVENT_NOTE) != 0)
		look_for_notes(e, s, n);
}

/* --- telling ---------------------------------------------------------------------------------- */

static struct event
event_of(const struct stream *s, enum event_type type, const struct block *view, int row)
{
	const int64_t *stamps = s->own->time >= 0 ? view->cells[s->own->time].time : view->time;
	struct event event = { .type = type,
		.source = s->index,
		.time = TIME_NONE,
		.column = -1,
		.rule = -1,
		.row = view->first_row + (uint64_t)row,
		.at = row };

	if (row >= view->n)
		return event;
	event.block = view;
	if (s->own->stamps_tell)
		event.time = stamps[row];
	if (s->by >= 0 && s->now != NULL)
		event.key = s->now->key;
	return event;
}

static void
tell_fault(struct engine *e, struct stream *s, const struct block *view, const struct fault *fault)
{
	struct event event = event_of(s, EVENT_BAD, view, fault->row);

	s->counts.bad++;
	event.column = fault->column;
	event.what = fault->what;
	event.text = fault->text;
	tell(e, &event);
}

void
tell_faults(struct engine *e, struct stream *s, int end)
{
	const struct block *b = s->block;

	for (; s->fault < b->nfaults && b->faults[s->fault].row < end; s->fault++)
		tell_fault(e, s, b, &b->faults[s->fault]);
}

static const char *
note_text(struct engine *e, const struct told *told)
{
	text_clear(&e->note);
	forecast_note_print(told->op, told->note, &e->note);
	return text_get(&e->note);
}

static void
tell_row(struct engine *e, struct stream *s, const struct block *view, int at, int i)
{
	struct event event;

	tell_faults(e, s, at + i + 1);
	if ((e->wants & EVENT_ROW) != 0) {
		event = event_of(s, EVENT_ROW, view, at + i);
		tell(e, &event);
	}
	for (int t = e->first_told[i]; t >= 0; t = e->told[t].next) {
		const struct told *told = &e->told[t];

		event = event_of(s,
		    told->rule >= 0    ? EVENT_ALERT
		    : told->op != NULL ? EVENT_NOTE
				       : EVENT_DRIFT,
		    view, at + i);
		event.rule = told->rule;
		event.state = told->state;
		event.what = told->op != NULL ? note_text(e, told) : told->what;
		tell(e, &event);
	}
}

static void
tell_rows(struct engine *e, struct stream *s, const struct block *view, int at, int n)
{
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].rows != NULL)
			e->listeners[i].rows(e->listeners[i].self, s->index, view, at, n);
	if ((e->wants & EVENT_ROW) == 0 && e->ntold == 0 && s->fault == view->nfaults)
		return;
	for (int i = 0; i < n; i++)
		tell_row(e, s, view, at, i);
}

/* --- stepping --------------------------------------------------------------------------------- */

struct key { /* the key of a row as text: borrowed, or in buf */
	const char *s;
	size_t n;
	char buf[TIME_CHARS + NUMBER_CHARS];
};

static void
key_of(struct key *k, const struct stream *s, int row)
{
	union cells cells = s->block->cells[s->by];

	k->s = k->buf;
	k->n = 0;
	switch (s->own->columns[s->by].type) {
	case COLUMN_NUMBER:
		if (!number_missing(cells.number[row]))
			k->n = (size_t)number_format(cells.number[row], k->buf);
		break;
	case COLUMN_TIME:
		if (cells.time[row] != TIME_NONE)
			k->n = (size_t)time_format(cells.time[row], k->buf);
		break;
	case COLUMN_TEXT:
		if (cells.text[row].s != NULL) {
			k->s = cells.text[row].s;
			k->n = cells.text[row].n;
		}
		break;
	}
}

static bool
is_late(const struct stream *s, int row)
{
	return s->own->time >= 0 && (s->block->late[row] || s->block->time[row] < s->high);
}

/* How many of the n rows from s->at can go at once: all late, or none and of one key. Whether they
 * are late is left in s->late. */
static int
stretch(struct stream *s, int n, struct key *key)
{
	const int64_t *time = s->block->time;
	int i, end = s->at + n;

	s->late = is_late(s, s->at);
	if (s->by >= 0)
		key_of(key, s, s->at);
	for (i = s->at; i < end && is_late(s, i) == s->late; i++) {
		struct key other;

		if (s->by >= 0 && i > s->at) {
			key_of(&other, s, i);
			if (other.n != key->n || memcmp(other.s, key->s, key->n) != 0)
				break;
		}
		if (!s->late)
			s->high = time[i];
	}
	return i - s->at;
}

static int
step_graph(struct engine *e, struct stream *s, int n, struct error *err)
{
	struct block view = *s->block;

	view.schema = &s->inner;
	view.cells = s->inner_cells;
	memcpy(view.cells, s->block->cells, (size_t)s->own->n * sizeof *view.cells);
	for (int i = 0; i < e->njoined; i++)
		if (e->joined[i]->to == s->index)
			joined_fill(e->joined[i], s->at, n);
	return graph_step(s->now->graph, &view, s->at, n, s->late ? e->all_late : NULL, err);
}

/* A derived column is computed by the graph; those who look read it as a column like the others. */
static void
fill_derived(struct engine *e, struct stream *s, const struct derivation *d, int n)
{
	const double *out = s->late ? e->missing : graph_out(s->now->graph, d->root);

	if (s->shown.columns[d->column].type == COLUMN_NUMBER) {
		memcpy(d->cells.number + s->at, out, (size_t)n * sizeof *out);
		return;
	}
	for (int i = 0; i < n; i++) {
		const char *text = number_missing(out[i]) ? NULL : names_text(e->names, out[i]);

		d->cells.text[s->at + i].s = text;
		d->cells.text[s->at + i].n = text != NULL ? (uint32_t)strlen(text) : 0;
	}
}

static struct block
view_of(struct engine *e, struct stream *s, int n)
{
	struct block view = *s->block;

	view.schema = &s->shown;
	view.cells = s->shown_cells;
	memcpy(view.cells, s->block->cells, (size_t)s->own->n * sizeof *view.cells);
	for (int i = 0; i < e->nderived; i++)
		if (e->derived[i].source == s->index && e->derived[i].column >= 0)
			fill_derived(e, s, &e->derived[i], n);
	return view;
}

/* The first key that is forgotten is told; each of the others would be a line of its own. */
static void
tell_eviction(struct engine *e, struct stream *s)
{
	struct event event = event_of(s, EVENT_NOTE, s->block, s->at);
	char what[128];

	snprintf(what, sizeof what,
	    "more keys than %d: the least recently seen are forgotten "
	    "(--max-keys holds more)",
	    s->states.max);
	event.what = what;
	tell(e, &event);
}

static int
go_stretch(struct engine *e, struct stream *s, const struct key *key, int n, struct error *err)
{
	uint64_t evicted = s->states.evicted;
	struct block view;
	int last = s->at + n - 1;

	s->now =
	    key_states_get(&s->states, s->plan, s->by >= 0 ? key->s : NULL, key->n, e->nrules, err);
	if (s->now == NULL || step_graph(e, s, n, err) != 0)
		return -1;
	if (evicted == 0 && s->states.evicted > 0)
		tell_eviction(e, s);
	view = view_of(e, s, n);
	s->row = view.first_row + (uint64_t)last;
	s->time = view.time[last];
	s->counts.rows += (uint64_t)n;
	if (s->late)
		s->counts.late += (uint64_t)n;
	gather_all(e, s, &view, s->at, n);
	tell_rows(e, s, &view, s->at, n);
	for (int i = 0; i < e->njoined && !s->late; i++)
		if (e->joined[i]->from == s->index)
			joined_take(e->joined[i], &view, last);
	s->at += n;
	return 0;
}

int
stream_go(struct engine *e, struct stream *s, int n, struct error *err)
{
	struct key key = { 0 };

	while (n > 0) {
		int part = stretch(s, n, &key);

		if (go_stretch(e, s, &key, part, err) != 0)
			return -1;
		n -= part;
	}
	return 0;
}
