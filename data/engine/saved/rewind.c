/* rewind.c - an engine that goes back: from time to time what is needed to come back to a row is
 * kept in memory, and rows go again from the last one before the row that is wanted.
 *
 * A new one is kept when the rows since the one before took WORK to go, so that going again from it
 * takes no longer; so also on the way of rows that go again: step after step back is cheap.
 * When they are too many, that one goes whose neighbours stand closest, measured by how long ago
 * they were: what is far back is kept more and more sparsely. What was told and done is not told
 * and done again: see struct listener. */
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum { KEPT = 64, PARTS = 16 };
#define WORK 20000000    /* ns */
#define SHARE 25         /* keeping takes no more than one part of so many of the time */
#define LONGEST 50000000 /* ns that nobody waits for; of very many keys it takes longer: */
#define SELDOM 1000      /* then it is that part */

struct kept {
	uint64_t gone, row; /* rows by then: of all sources; the number in the first */
	int64_t time;       /* of the first source */
	uint64_t lap;
	struct buffer state;
	size_t listeners;          /* where in it the part of those begins */
	struct feed_place *places; /* of each source */
};

struct rewind {
	struct kept all[KEPT]; /* in their order */
	int n;
	size_t bytes, most;
	int64_t worked; /* since the last one kept, or passed */
	int64_t cost;   /* of the last one, ns */
	bool paused;    /* as it was before going back */
	bool away;      /* it went back, and has not returned */
	bool cut;       /* a source was added or ended since the first row */
};

void
engine_keep(struct engine *e, int64_t bytes)
{
	if (e->rewind == NULL)
		e->rewind = memory_zero(1, sizeof *e->rewind);
	e->rewind->most = (size_t)bytes;
	for (int i = 0; i < e->nstreams; i++)
		rewind_source(e, e->streams[i]);
}

void
rewind_source(struct engine *e, struct stream *s)
{
	if (e->rewind != NULL)
		feed_keep(s->feed, e->rewind->most);
}

static void
kept_done(struct kept *k)
{
	buffer_done(&k->state);
	free(k->places);
}

void
rewind_free(struct rewind *r)
{
	for (int i = 0; r != NULL && i < r->n; i++)
		kept_done(&r->all[i]);
	free(r);
}

/* --- keeping ---------------------------------------------------------------------------------- */

static void
drop(struct rewind *r, int i)
{
	r->bytes -= r->all[i].state.cap;
	kept_done(&r->all[i]);
	memmove(&r->all[i], &r->all[i + 1], (size_t)(r->n - i - 1) * sizeof *r->all);
	r->n--;
}

/* The one that is missed least; never the first, nor the last. */
static int
least_missed(const struct rewind *r, uint64_t now)
{
	double least = 0;
	int which = -1;

	for (int i = 1; i < r->n - 1; i++) {
		double gap = (double)(r->all[i + 1].gone - r->all[i - 1].gone);
		double ago = now > r->all[i + 1].gone ? (double)(now - r->all[i + 1].gone) : 0;
		double missed = gap / (ago + 1);

		if (which < 0 || missed < least) {
			least = missed;
			which = i;
		}
	}
	return which;
}

static bool
is_reached(const struct engine *e, const struct kept *k)
{
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone && !feed_reaches(e->streams[i]->feed, k->places[i]))
			return false;
	return true;
}

/* What sources give no more is of no use any more. */
static void
forget_unreached(struct engine *e)
{
	struct rewind *r = e->rewind;

	for (int i = r->n - 1; i >= 0; i--)
		if (!is_reached(e, &r->all[i]))
			drop(r, i);
}

static void
thin_out(struct engine *e)
{
	struct rewind *r = e->rewind;

	if (r->n >= KEPT || r->bytes > r->most)
		forget_unreached(e);
	while (r->n >= KEPT || (r->bytes > r->most && r->n > 2))
		drop(r, least_missed(r, e->gone));
}

/* The last one at or before so many rows; -1: there is none. */
static int
last_before(const struct rewind *r, uint64_t gone)
{
	int i = r->n - 1;

	while (i >= 0 && r->all[i].gone > gone)
		i--;
	return i;
}

static void
keep_here(struct engine *e)
{
	struct rewind *r = e->rewind;
	int64_t began = engine_clock();
	int at = last_before(r, e->gone) + 1;
	struct kept *k;

	if (at > 0 && r->all[at - 1].gone == e->gone)
		return;
	memmove(&r->all[at + 1], &r->all[at], (size_t)(r->n - at) * sizeof *r->all);
	r->n++;
	k = &r->all[at];
	*k = (struct kept){ .gone = e->gone,
		.row = engine_first(e)->row,
		.time = engine_first(e)->time,
		.lap = e->lap };
	k->places = memory_zero((size_t)e->nstreams, sizeof *k->places);
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone)
			k->places[i] = stream_place(e->streams[i]);
	engine_save_all(e, false, &k->state);
	k->listeners = k->state.len;
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].save != NULL)
			e->listeners[i].save(e->listeners[i].self, &k->state);
	k->state.data = memory_grow(k->state.data, k->state.len, 1); /* no room beyond */
	k->state.cap = k->state.len;
	r->bytes += k->state.cap;
	r->cost = engine_clock() - began;
	thin_out(e);
}

/* Has a source of which only the last bytes are kept given a part of them since? */
static bool
runs_out(const struct engine *e, const struct kept *last)
{
	for (int i = 0; i < e->nstreams; i++) {
		struct feed_place place;

		if (e->streams[i]->gone || feed_repeats(e->streams[i]->feed))
			continue;
		place = stream_place(e->streams[i]);
		if (place.document != last->places[i].document ||
		    place.offset - last->places[i].offset > e->rewind->most / PARTS)
			return true;
	}
	return false;
}

void
rewind_restart(struct engine *e)
{
	struct rewind *r = e->rewind;

	if (r == NULL || r->most == 0)
		return;
	while (r->n > 0)
		drop(r, r->n - 1);
	r->away = false;
	r->cut = true;
	keep_here(e);
}

void
rewind_keep(struct engine *e, int64_t took)
{
	struct rewind *r = e->rewind;
	int64_t share;
	int at;

	if (r == NULL || e->nstreams == 0 || r->most == 0)
		return;
	share = r->cost > LONGEST ? SELDOM : SHARE;
	r->worked += took;
	r->away = r->away && engine_is_back(e);
	at = last_before(r, e->gone);
	if (at >= 0 && r->all[at].gone == e->gone)
		r->worked = 0;
	if (e->lap > 0 && (r->worked < WORK || r->worked < share * r->cost) &&
	    !(at >= 0 && runs_out(e, &r->all[at])))
		return;
	keep_here(e);
	r->worked = 0;
}

/* --- going ------------------------------------------------------------------------------------ */

static struct reader
listeners_part(const struct kept *k)
{
	return (struct reader){ k->state.data + k->listeners, k->state.data + k->state.len };
}

/* Would all listeners have the whole of what they keep? */
static bool
all_hold(const struct engine *e, const struct kept *k)
{
	struct reader in = listeners_part(k);

	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].holds != NULL &&
		    !e->listeners[i].holds(e->listeners[i].self, in))
			return false;
	return true;
}

static uint64_t
reach_of(const struct engine *e)
{
	uint64_t reach = 0;

	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].reach > reach)
			reach = e->listeners[i].reach;
	return reach;
}

static int
come_back(struct engine *e, const struct kept *k, struct error *err)
{
	struct reader pieces = { k->state.data, k->state.data + k->listeners };
	struct reader in = listeners_part(k);

	if (engine_load_back(e, &pieces, err) != 0)
		return -1;
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].go_back != NULL &&
		    e->listeners[i].go_back(e->listeners[i].self, &in) != 0)
			return error_set(
			    err, "what was kept of the rows before is damaged (restart)");
	e->rewind->worked = 0;
	return 0;
}

static int
can_go_back(struct engine *e, struct error *err)
{
	if (e->rewind == NULL || e->rewind->n == 0)
		return error_set(
		    err, "nothing is kept to go back to (it is, as soon as rows went)");
	forget_unreached(e);
	return e->rewind->n > 0
		   ? 0
		   : error_set(err, "what was read cannot be read again, so there is no way back "
				    "(record it with --store, and replay that)");
}

/* From the one before: of a row that went all is known that is told of it. */
static int
go_from(struct engine *e, uint64_t gone, struct error *err)
{
	struct rewind *r = e->rewind;
	uint64_t reach = reach_of(e);
	int i = last_before(r, gone > 0 ? gone - 1 : 0);

	if (i >= 0 && !all_hold(e, &r->all[i]))
		i = last_before(r, gone > reach ? gone - reach : 0);
	return come_back(e, &r->all[i < 0 ? 0 : i], err);
}

static int
go_to_gone(struct engine *e, uint64_t gone, struct error *err)
{
	struct rewind *r = e->rewind;

	if (!r->away) {
		keep_here(e);
		r->paused = e->pacer.paused;
		r->away = true;
	}
	e->seek = (struct limit){ 0, TIME_NONE };
	if (go_from(e, gone, err) != 0) {
		e->state = ENGINE_FAILED;
		return -1;
	}
	e->seek_gone = e->gone < gone ? gone : 0;
	e->returning = e->seek_gone > 0;
	return 0;
}

static int
too_far(const struct engine *e, struct error *err)
{
	if (e->rewind->cut)
		return error_set(err,
		    "that is before the last source was added or ended: there is no way back "
		    "behind that");
	return error_set(err, "that is further back than is kept (--rewind-memory keeps more)");
}

int
engine_go_back(struct engine *e, uint64_t rows, struct error *err)
{
	uint64_t lap = e->lap, target = rows < lap ? e->gone - rows : e->gone - lap;

	if (can_go_back(e, err) != 0)
		return -1;
	if (lap == 0)
		return error_set(err, "this is before the first row");
	if (last_before(e->rewind, target > 0 ? target - 1 : 0) < 0)
		return too_far(e, err);
	if (go_to_gone(e, target, err) != 0)
		return -1;
	pacer_pause(&e->pacer, true, engine_clock());
	return 0;
}

/* The last one of this lap before a row of the first source, or a time. */
static const struct kept *
kept_before(const struct engine *e, uint64_t row, int64_t time)
{
	const struct rewind *r = e->rewind;
	const struct kept *found = NULL;

	for (int i = 0; i < r->n; i++) {
		const struct kept *k = &r->all[i];

		if (k->gone < e->gone - e->lap || k->gone > e->gone)
			continue;
		if (k->lap == 0 || (row > 0 && k->row < row) ||
		    (time != TIME_NONE && k->time != TIME_NONE && k->time < time))
			found = k;
	}
	return found;
}

int
engine_seek_back(struct engine *e, uint64_t row, int64_t time, struct error *err)
{
	const struct kept *k;

	if (can_go_back(e, err) != 0)
		return -1;
	k = kept_before(e, row, time);
	if (k == NULL)
		return too_far(e, err);
	/* so much before it that listeners have their reach */
	if (go_to_gone(e, k->gone + 1, err) != 0)
		return -1;
	e->seek_gone = 0;
	if (row > 0 || time != TIME_NONE)
		e->seek = (struct limit){ row, row > 0 ? TIME_NONE : time };
	e->returning = row > 0 || time != TIME_NONE;
	pacer_pause(&e->pacer, true, engine_clock());
	return 0;
}

bool
engine_is_back(const struct engine *e)
{
	return e->gone < e->most_gone;
}

uint64_t
engine_kept_bytes(const struct engine *e)
{
	return e->rewind != NULL ? e->rewind->bytes : 0;
}

bool
engine_is_going(const struct engine *e)
{
	return e->returning;
}

void
engine_return(struct engine *e)
{
	struct error err;

	if (!engine_is_back(e) || can_go_back(e, &err) != 0)
		return;
	if (go_to_gone(e, e->most_gone, &err) == 0)
		pacer_pause(&e->pacer, e->rewind->paused && !engine_live(e), engine_clock());
}

int
engine_return_now(struct engine *e, struct error *err)
{
	struct rewind *r = e->rewind;
	int i;

	if (!engine_is_back(e))
		return 0;
	i = last_before(r, e->most_gone);
	if (i < 0 || r->all[i].gone != e->most_gone)
		return error_set(err,
		    "what was kept of the last row is gone (--rewind-memory keeps "
		    "more)");
	return come_back(e, &r->all[i], err);
}
