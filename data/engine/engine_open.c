/* engine_open.c - until the columns of all sources are known, and what is told then. */
#include <stdlib.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum { OPEN_NS = 30000000 };
static const int64_t patience = 2 * TIME_SECOND; /* that some have for the others */

/* *more: there is more to read before the columns are known. */
static enum engine_state
open_streams(struct engine *e, bool *more, struct error *err)
{
	bool waits = false;

	*more = false;

	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];
		enum feed_state state = s->own != NULL ? FEED_READY : feed_fill(s->feed, err);

		tell_early_news(e, s);
		if (state == FEED_FAIL || state == FEED_WRONG) {
			if (err->subject == ERROR_NOTHING)
				err->subject = ERROR_SOURCE;
			err->index = i;
			return state == FEED_FAIL ? ENGINE_FAILED : ENGINE_WRONG;
		}
		s->ended = state == FEED_END;
		*more |= state == FEED_MORE;
		if (state == FEED_WAIT || feed_schema(s->feed) == NULL)
			waits = true;
		else
			s->own = feed_schema(s->feed);
	}
	return waits ? ENGINE_OPENING : ENGINE_RUNNING;
}

static void
tell_start(struct engine *e)
{
	struct event event = {
		.type = EVENT_START, .source = -1, .time = TIME_NONE, .rule = -1, .column = -1
	};

	dispatch(e, &event);
	event.type = EVENT_NOTE;
	for (int i = 0; i < e->nnotes; i++) {
		event.what = e->notes[i];
		dispatch(e, &event);
	}
	tell_doubts(e);
	tell_set_aside(e);
}

void
tell_resumed(struct engine *e)
{
	struct event event = {
		.type = EVENT_RESUMED, .source = -1, .time = TIME_NONE, .rule = -1, .column = -1
	};

	e->resumed = false;
	engine_follow(e); /* of who listens since it was loaded, before the first row is made */
	dispatch(e, &event);
	event.type = EVENT_NOTE;
	event.what = engine_changes(e);
	if (event.what != NULL)
		dispatch(e, &event);
	tell_set_aside(e);
}

int
engine_bind(struct engine *e, struct error *err)
{
	for (int i = 0; i < e->nstreams; i++) {
		query_add_source(e->query, e->streams[i]->own);
		if (e->streams[i]->gone)
			query_end_source(e->query, i);
	}
	for (int i = 0; i < e->nstreams; i++)
		if (stream_open(e, e->streams[i], err) != 0)
			return -1;
	if (query_bind(e->query, err) != 0)
		return -1;
	engine_follow(e);
	return 0;
}

/* Are some there, and all others live? */
static bool
goes_without(const struct engine *e)
{
	int n = 0;

	for (int i = 0; i < e->nstreams; i++)
		if (e->streams[i]->own != NULL)
			n++;
		else if (!feed_live(e->streams[i]->feed))
			return false;
	return n > 0 && n < e->nstreams;
}

/* Why nothing comes though some have rows. */
static void
tell_held_up(struct engine *e)
{
	struct event event = {
		.type = EVENT_DOUBT, .source = -1, .time = TIME_NONE, .rule = -1, .column = -1
	};
	struct text what = { 0 };

	for (int i = 0; i < e->nstreams; i++)
		if (e->streams[i]->own == NULL)
			text_addf(&what, "%s%s", what.len > 0 ? ", " : "",
			    feed_name(e->streams[i]->feed));
	text_addf(
	    &what, ": no rows yet, and the other sources wait for them (%s)", e->options.together);
	event.what = text_get(&what);
	dispatch(e, &event);
	text_done(&what);
}

/* Those that have no rows for so long are left to come later. *wake: when to look again. */
static bool
leave_behind(struct engine *e, int64_t *wake)
{
	int64_t now = engine_clock(), until = e->began + patience;

	if (!e->options.joins && (e->options.together == NULL || e->held_up_told))
		return false;
	if (now < until) {
		*wake = until < *wake ? until : *wake;
		return false;
	}
	if (!goes_without(e))
		return false;
	if (!e->options.joins) {
		tell_held_up(e);
		e->held_up_told = true;
		return false;
	}
	engine_set_aside(e);
	return true;
}

enum engine_state
engine_open(struct engine *e, int64_t *wake, struct error *err)
{
	int64_t until = engine_clock() + OPEN_NS;
	enum engine_state state;
	bool more;

	do
		state = open_streams(e, &more, err);
	while (state == ENGINE_OPENING && more && engine_clock() < until);
	if (state == ENGINE_OPENING && more)
		*wake = until;
	if (state == ENGINE_OPENING && leave_behind(e, wake))
		state = ENGINE_RUNNING;
	if (state != ENGINE_RUNNING)
		return state;
	if (engine_bind(e, err) != 0)
		return ENGINE_WRONG;
	tell_start(e);
	return ENGINE_RUNNING;
}
