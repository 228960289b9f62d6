/* dispatch.c - a run of rows goes: through the graph, past the alert rules, to the listeners.
 *
 * A run is cut where the key changes, where a row came too late for windows, and where the key's
 * clock was set back, so that all rows of a run step the same graph alike. Of each row is told:
 * what was bad, the row, alerts, remarks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

void
dispatch(struct engine *e, const struct event *event)
{
	for (int i = 0; i < e->nlisteners; i++)
		if ((e->listeners[i].wants & event->type) != 0 &&
		    !(e->again && e->listeners[i].once))
			e->listeners[i].event(e->listeners[i].self, event);
}

/* --- telling ---------------------------------------------------------------------------------- */

struct event
event_of(const struct engine *e, const struct stream *s, enum event_type type,
    const struct block *view, int row)
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
	if (e->query->sources[s->index].by >= 0 && s->now != NULL)
		event.key = s->now->key;
	return event;
}

/* With the flag that reads that one. */
static const char *
other_table(struct engine *e, const struct fault *fault)
{
	unsigned long line;

	text_clear(&e->note);
	text_addn(&e->note, fault->text.s, fault->text.n);
	line = strtoul(e->note.s, NULL, 10);
	text_clear(&e->note);
	text_addf(&e->note,
	    "another table begins at line %lu: its lines are skipped (--skip %lu reads it)", line,
	    line - 1);
	return text_get(&e->note);
}

/* What is said of a line that is none of the table; each kind is told the first time. */
static const char *
skip_words(struct engine *e, const struct fault *fault)
{
	if (strcmp(fault->what, fault_header_again) == 0)
		return "the header line again: skipped, and so are further ones";
	if (strcmp(fault->what, fault_other_header) == 0)
		return other_table(e, fault);
	if (strcmp(fault->what, fault_other_columns) == 0)
		return "a header with other columns: rows go on in the old ones (a new start takes "
		       "the new ones)";
	return "a line of another table: skipped, and so are further ones";
}

static void
dispatch_skip(struct engine *e, struct stream *s, struct event *event, const struct fault *fault)
{
	bool header = strcmp(fault->what, fault_header_again) == 0;
	bool other = !header && strcmp(fault->what, fault_comment) != 0;
	bool told = header ? s->counts.headers > 0 : !other || s->other_told;

	s->counts.skipped++;
	s->counts.headers += header;
	s->other_told = s->other_told || other;
	if (told)
		return;
	event->type = EVENT_NOTE;
	event->what = skip_words(e, fault);
	dispatch(e, event);
}

static void
dispatch_note(struct engine *e, struct stream *s, const struct fault *fault)
{
	struct event event = event_of(e, s, EVENT_NOTE, s->block, fault->row);

	text_clear(&e->note);
	text_addn(&e->note, fault->text.s, fault->text.n);
	text_addf(&e->note, ": %s", fault->what);
	event.what = text_get(&e->note);
	dispatch(e, &event);
}

static void
dispatch_fault(struct engine *e, struct stream *s, const struct fault *fault)
{
	struct event event = event_of(e, s, EVENT_BAD, s->block, fault->row);

	if (fault->column == FAULT_NOTE) {
		dispatch_note(e, s, fault);
		return;
	}
	if (fault_skips(fault)) {
		dispatch_skip(e, s, &event, fault);
		return;
	}
	s->counts.bad++;
	event.column = fault->column;
	event.what = fault->what;
	event.text = fault->text;
	dispatch(e, &event);
}

void
dispatch_faults(struct engine *e, struct stream *s, int end)
{
	const struct block *b = s->block;
	bool again = e->again;

	for (; s->fault < b->nfaults && b->faults[s->fault].row < end; s->fault++) {
		e->again = s->nfaults < s->most_faults;
		dispatch_fault(e, s, &b->faults[s->fault]);
		if (++s->nfaults > s->most_faults)
			s->most_faults = s->nfaults;
	}
	e->again = again;
}

/* "late by 3h" */
static void
dispatch_late(struct engine *e, struct stream *s, const struct block *view, int row)
{
	struct event event = event_of(e, s, EVENT_BAD, view, row);
	char what[16 + TIME_CHARS] = "late by ", text[TIME_CHARS];

	what[8 + duration_brief(view->late[row], what + 8)] = '\0';
	event.what = what;
	event.column = s->own->time;
	event.text.s = text;
	event.text.n = (uint32_t)time_format(s->block->time[row], text);
	dispatch(e, &event);
}

static void
dispatch_row(struct engine *e, struct stream *s, const struct block *view, int at, int i)
{
	struct event event;

	dispatch_faults(e, s, at + i + 1);
	if (s->late)
		dispatch_late(e, s, view, at + i);
	if ((e->wants & EVENT_ROW) != 0) {
		event = event_of(e, s, EVENT_ROW, view, at + i);
		event.before = i > 0 ? view->time[at + i - 1] : s->key_time;
		dispatch(e, &event);
	}
	pending_dispatch(e, s, view, at, i);
}

int
engine_reply(struct engine *e, int source, uint32_t lane, const char *line, struct error *err)
{
	e->streams[source]->replied = true;
	return feed_reply(e->streams[source]->feed, lane, line, err);
}

/* Whoever waits for an answer to each row has one. That it is gone shows in what it sends next. */
static void
acknowledge(struct engine *e, struct stream *s, const struct block *view, int row)
{
	const char *ack = feed_ack(s->feed);

	if (ack != NULL && !s->replied)
		engine_reply(e, s->index, block_position(view, row + 1)->lane, ack, NULL);
	s->replied = false;
}

static void
dispatch_rows(struct engine *e, struct stream *s, const struct block *view, int at, int n)
{
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].rows != NULL && !(e->again && e->listeners[i].once))
			e->listeners[i].rows(e->listeners[i].self, s->index, view, at, n);
	if ((e->wants & EVENT_ROW) == 0 && e->pending.n == 0 && s->fault == view->nfaults &&
	    !s->late && feed_ack(s->feed) == NULL)
		return;
	for (int i = 0; i < n; i++) {
		dispatch_row(e, s, view, at, i);
		acknowledge(e, s, view, at + i);
	}
}

void
engine_bad(struct engine *e, int source, uint64_t row, const char *what, const char *text, size_t n)
{
	struct event event = { .type = EVENT_BAD,
		.source = source,
		.row = row,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = what,
		.text = { .s = text, .n = (uint32_t)n } };

	dispatch(e, &event);
}

/* --- stepping --------------------------------------------------------------------------------- */

/* Came it later than rows are held back? */
static bool
is_late(const struct stream *s, int row)
{
	return s->own->time >= 0 && s->block->late[row] > 0;
}

/* How many of the n rows from s->at are of one key, and all late or none; which of them is left in
 * s->late. keys: of the rows; NULL: there are none. */
static int
stretch(struct stream *s, const struct row_key *keys, int n)
{
	int i, end = s->at + n;

	s->late = is_late(s, s->at);
	for (i = s->at + 1; i < end && is_late(s, i) == s->late; i++)
		if (keys != NULL &&
		    (keys[i].hash != keys[s->at].hash || keys[i].n != keys[s->at].n ||
			memcmp(keys[i].s, keys[s->at].s, keys[i].n) != 0))
			break;
	return i - s->at;
}

/* The first key that is forgotten is told; each of the others would be a line of its own. */
static void
tell_eviction(struct engine *e, struct stream *s)
{
	struct event event = event_of(e, s, EVENT_NOTE, s->block, s->at);
	char what[128];

	snprintf(what, sizeof what,
	    "more keys than %d: the least recently seen are forgotten "
	    "(--max-keys holds more)",
	    s->states.max);
	event.what = what;
	dispatch(e, &event);
}

static int
step_graph(struct engine *e, struct stream *s, int n, struct error *err)
{
	struct block view = row_view_inner(e, s, n);

	return graph_step(s->now->graph, &view, s->at, n, s->late ? e->all_late : NULL, err);
}

static void
lend_columns(struct engine *e, const struct stream *s, const struct block *view, int row)
{
	for (int i = 0; i < e->query->njoined && !s->late; i++)
		if (e->query->joined[i].from == s->index)
			joined_value_take(&e->joined[i], &e->query->joined[i], view, row);
}

static void
count_rows(struct engine *e, struct stream *s, int n)
{
	s->counts.rows += (uint64_t)n;
	for (int i = s->at; i < s->at + n; i++)
		s->counts.late += s->late || e->times.by[i] > 0;
}

/* Rows of one key whose clock has one shift. */
static int
go_run(struct engine *e, struct stream *s, int n, struct error *err)
{
	int last = s->at + n - 1;
	struct block view;

	if (step_graph(e, s, n, err) != 0)
		return -1;
	view = row_view_shown(e, s, n);
	s->row = view.first_row + (uint64_t)last;
	s->time = s->block->time[last];
	if (s->first == 0) {
		s->first = view.first_row + (uint64_t)s->at;
		s->first_time = s->block->time[s->at];
	}
	s->key_time = s->now->time;
	s->now->time = view.time[last];
	s->now->row = s->row;
	ticks_restart(e, s, e->now);
	count_rows(e, s, n);
	count_times(e, s, n);
	pending_gather(e, s, &view, s->at, n);
	dispatch_rows(e, s, &view, s->at, n);
	lend_columns(e, s, &view, last);
	s->at += n;
	return 0;
}

/* How many of the n rows from s->at have one shift. */
static int
same_shift(const struct engine *e, const struct stream *s, int n)
{
	int i = 1;

	while (i < n && e->times.shift[s->at + i] == e->times.shift[s->at])
		i++;
	return i;
}

static int
go_stretch(struct engine *e, struct stream *s, const struct row_key *key, int n, struct error *err)
{
	uint64_t evicted = s->states.evicted;

	s->now = key_states_get(&s->states, e->query, s->index, key, err);
	if (s->now == NULL)
		return -1;
	query_move_key(e, s->index, s->now);
	if (s->looked == NULL && s->now->key != NULL)
		engine_look_at(e, s->index, s->now->key, s->now->len);
	else if (s->now->key != NULL && s->now->time == TIME_NONE && engine_looks(e, s->index))
		graph_watch(s->now->graph, true); /* it was forgotten, and is back */
	if (evicted == 0 && s->states.evicted > 0)
		tell_eviction(e, s);
	row_times_find(e, s, n);
	while (n > 0) {
		int run = same_shift(e, s, n);

		if (go_run(e, s, run, err) != 0)
			return -1;
		n -= run;
	}
	return 0;
}

int
stream_go(struct engine *e, struct stream *s, int n, struct error *err)
{
	static const struct row_key none;
	int by = e->query->sources[s->index].by, end = s->at + n;

	engine_follow(e);
	if (by >= 0)
		row_keys_find(e, s, by, n);
	while (s->at < end) {
		const struct row_key *key = by >= 0 ? &e->keys[s->at] : &none;
		int part = stretch(s, by >= 0 ? e->keys : NULL, end - s->at);

		if (by >= 0)
			row_keys_fetch(e, s, s->at, end);
		if (go_stretch(e, s, key, part, err) != 0)
			return -1;
	}
	return 0;
}
