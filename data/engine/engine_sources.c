/* engine_sources.c - sources that are added while rows go, and those that are ended.
 *
 * One that is added is read beside the others until its columns are known; then all that was asked
 * for is asked for anew of one source more, and every state that was there goes on. One that is
 * ended keeps its place, without columns, so that the numbers of the others stay; what was asked of
 * it alone goes with it. */
#include <stdlib.h>
#include <string.h>

#include "data/engine/engine_parts.h"

enum { NAMES_MOST = 8 }; /* columns that a note names */

/* --- in and out ------------------------------------------------------------------------------- */

/* Between the rows of several recordings taken in turn it is as if it had given as many. */
static uint64_t
turns_of_others(const struct engine *e, const struct stream *s)
{
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < e->nstreams; i++) {
		const struct stream *other = e->streams[i];

		if (other != s && !other->gone && !feed_live(other->feed) &&
		    other->counts.rows + other->ahead < least)
			least = other->counts.rows + other->ahead;
	}
	return least < UINT64_MAX ? least : 0;
}

static void
append(struct engine *e, struct stream *s)
{
	s->index = e->nstreams;
	e->streams = memory_grow(e->streams, (size_t)e->nstreams + 1, sizeof(struct stream *));
	e->streams[e->nstreams++] = s;
}

/* Sources that were given from the start and have not come yet. */
static int
count_expected(const struct engine *e)
{
	int n = 0;

	for (int i = 0; i < e->njoining; i++)
		n += !e->joining[i]->added;
	return n;
}

/* Its columns are known. -1 with err: they do not fit what is asked for; nothing has changed. */
static int
join(struct engine *e, struct stream *s, struct error *err)
{
	struct query *staged;
	struct text what = { 0 };
	int status = -1;

	s->own = feed_schema(s->feed);
	s->index = e->nstreams;
	if (stream_check(e, s, err) != 0)
		return -1;
	query_expect(e->query, count_expected(e) > 0);
	staged = query_with_source(e->query, s->own, err);
	if (staged == NULL)
		return -1;
	append(e, s);
	text_addf(&what, "%s: a source more, from its first row on; columns: ",
	    staged->sources[s->index].shown.source);
	for (int i = 0; i < s->own->n && i < NAMES_MOST; i++)
		text_addf(&what, "%s%.60s", i > 0 ? ", " : "", s->own->columns[i].name);
	text_add(&what, s->own->n > NAMES_MOST ? ", ..." : "");
	status = engine_exchange(e, staged, s->index, text_get(&what), err);
	text_done(&what);
	if (status != 0) {
		e->nstreams--;
		query_free(staged);
		return -1;
	}
	s->ahead = turns_of_others(e, s);
	rewind_restart(e);
	return stream_open(e, s, err);
}

static void
add_joining(struct engine *e, struct stream *s)
{
	e->joining = memory_grow(e->joining, (size_t)e->njoining + 1, sizeof(struct stream *));
	e->joining[e->njoining++] = s;
}

/* --- added ------------------------------------------------------------------------------------ */

int
engine_attach(
    struct engine *e, const char *source, const struct feed_options *options, struct error *err)
{
	struct stream *s;

	if (engine_is_back(e))
		return error_set(err, "rows of before are shown (End goes to the last one first)");
	s = stream_new(e, source, options, err);
	if (s == NULL)
		return -1;
	s->added = true;
	s->given = -1;
	add_joining(e, s);
	feed_on_ready(s->feed, e->ready, e->ready_arg);
	rewind_source(e, s);
	return 0;
}

static void
take_out(struct engine *e, int i)
{
	e->njoining--;
	memmove(&e->joining[i], &e->joining[i + 1], (size_t)(e->njoining - i) * sizeof *e->joining);
}

static void
tell_doubt(struct engine *e, const char *what)
{
	struct event event = { .type = EVENT_DOUBT,
		.source = -1,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = what };

	dispatch(e, &event);
}

static void
tell_refused(struct engine *e, const struct stream *s, const struct error *err)
{
	struct text what = { 0 };

	text_addf(&what, "%s is no source now: %s", feed_name(s->feed), error_what(err));
	tell_doubt(e, text_get(&what));
	text_done(&what);
}

/* One that was given from the start failed for good: so has the run. */
static void
fail_all(struct engine *e, const struct stream *s, enum feed_state state, struct error *err)
{
	if (err->subject == ERROR_NOTHING)
		err->subject = ERROR_SOURCE;
	err->index = s->given;
	e->state = state == FEED_FAIL ? ENGINE_FAILED : ENGINE_WRONG;
}

/* One step on the way of a source that is not there yet. true: it was the last. */
static bool
open_joining(struct engine *e, int i, bool *more, struct error *why)
{
	struct stream *s = e->joining[i];
	struct error err = { 0 };
	enum feed_state state = feed_fill(s->feed, &err);

	tell_early_news(e, s);
	*more |= state == FEED_MORE;
	s->ended = state == FEED_END;
	if (state != FEED_FAIL && state != FEED_WRONG) {
		if (state == FEED_WAIT || feed_schema(s->feed) == NULL)
			return false;
		take_out(e, i);
		if (join(e, s, &err) == 0)
			return true;
	} else {
		take_out(e, i);
	}
	if (s->added) {
		tell_refused(e, s, &err);
	} else {
		fail_all(e, s, state, &err);
		*why = err;
	}
	stream_free(s);
	return true;
}

bool
engine_join(struct engine *e, int64_t now, int64_t *wake, struct error *err)
{
	int before = e->nstreams;
	bool more = false;

	if (e->njoining == 0 || !e->query->bound || engine_is_back(e))
		return false;
	for (int i = 0; i < e->njoining;)
		i += !open_joining(e, i, &more, err);
	if (more && now < *wake)
		*wake = now;
	return e->nstreams > before;
}

void
engine_set_aside(struct engine *e)
{
	int n = 0;

	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];

		if (s->own == NULL) {
			add_joining(e, s);
			continue;
		}
		s->index = n;
		e->streams[n++] = s;
	}
	e->nstreams = n;
	query_expect(e->query, true);
}

static void
tell_waiting(struct engine *e)
{
	struct text what = { 0 }, waiting = { 0 };

	if (query_waiting(e->query, &waiting) > 0) {
		text_addf(&what,
		    "%s: no source has the columns named there yet (done when one has)",
		    text_get(&waiting));
		tell_doubt(e, text_get(&what));
	}
	text_done(&waiting);
	text_done(&what);
}

void
tell_set_aside(struct engine *e)
{
	struct text what = { 0 };

	for (int i = 0; i < e->njoining; i++) {
		text_clear(&what);
		text_addf(&what, "%s has no rows yet: it is added when it has",
		    feed_name(e->joining[i]->feed));
		tell_doubt(e, text_get(&what));
	}
	if (e->njoining > 0)
		tell_waiting(e);
	text_done(&what);
}

/* --- ended ------------------------------------------------------------------------------------ */

int
engine_source_named(const struct engine *e, const char *name)
{
	for (int i = 0; i < e->nstreams && e->query->bound; i++)
		if (!e->streams[i]->gone && strcmp(e->query->sources[i].shown.source, name) == 0)
			return i;
	return -1;
}

static int
count_there(const struct engine *e)
{
	int n = 0;

	for (int i = 0; i < e->nstreams; i++)
		n += !e->streams[i]->gone;
	return n;
}

/* What goes with it: "; its 3 columns, KPI 'x', alert 'y' go with it". */
static void
add_losses(const struct query *q, int source, struct text *out)
{
	int n = q->sources[source].own->n;

	text_addf(out, "its %d column%s", n, n == 1 ? "" : "s");
	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].source == source && q->derived[i].root >= 0)
			text_addf(out, ", column '%.60s'", q->derived[i].name);
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].source == source && q->kpis[i].expr != NULL)
			text_addf(out, ", KPI '%.60s'", q->kpis[i].name);
	for (int i = 0; i < q->nrules; i++)
		if (q->rules[i].source == source && q->rules[i].when >= 0)
			text_addf(out, ", alert '%.60s'", q->rules[i].rule.name);
	text_add(out, " go with it; what of it was read counts on");
}

/* The columns of one that is ended: none, under its name. */
static void
stream_empty(struct stream *s, const char *name, size_t n)
{
	if (s->none.source == NULL)
		s->none = (struct schema){ .source = memory_text(name, n), .time = -1 };
}

void
stream_end_named(struct stream *s, const char *name, size_t n)
{
	if (!s->gone && s->own != NULL && s->reorder == NULL)
		feed_leave(s->feed, stream_row(s)); /* brokers are told what went */
	stream_empty(s, name, n);
	s->own = &s->none;
	key_states_done(&s->states);
	s->now = NULL;
	reorder_free(s->reorder);
	s->reorder = NULL;
	s->block = NULL;
	s->at = s->end = s->fault = 0;
	s->gone = s->ended = s->stopped = true;
	s->failed = s->more = s->silent = s->pushed = false;
	s->tick = INT64_MAX;
	feed_stop(s->feed);
}

static int
end_joining(struct engine *e, const char *name, struct error *err)
{
	for (int i = 0; i < e->njoining; i++)
		if (strcmp(feed_name(e->joining[i]->feed), name) == 0) {
			stream_free(e->joining[i]);
			take_out(e, i);
			tell_waiting(e); /* for whom, is not known: it may have been this one */
			return 0;
		}
	return error_set(err, "no source is called '%.100s'", name);
}

int
engine_detach(struct engine *e, const char *name, struct error *err)
{
	int source = engine_source_named(e, name);
	struct stream *s = source >= 0 ? e->streams[source] : NULL;
	struct query *staged;
	struct text what = { 0 };
	int status;

	if (s == NULL)
		return end_joining(e, name, err);
	if (count_there(e) == 1)
		return error_set(
		    err, "'%.100s' is the only source (:source adds one, q quits)", name);
	if (engine_is_back(e))
		return error_set(err, "rows of before are shown (End goes to the last one first)");
	stream_empty(s, s->own->source, strlen(s->own->source));
	staged = query_without_source(e->query, source, &s->none, err);
	if (staged == NULL)
		return -1;
	text_addf(&what, "%s is ended: ", name);
	add_losses(e->query, source, &what);
	s->own = &s->none;
	status = engine_exchange(e, staged, source, text_get(&what), err);
	text_done(&what);
	if (status != 0) {
		s->own = feed_schema(s->feed);
		query_free(staged);
		return -1;
	}
	stream_end_named(s, s->own->source, strlen(s->own->source));
	rewind_restart(e);
	return 0;
}
