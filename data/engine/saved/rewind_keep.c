/* rewind_keep.c - from time to time what is needed to come back to a row is kept in memory.
 *
 * A new one is kept when the rows since the one before took WORK to go, so that going again from it
 * takes no longer; so also on the way of rows that go again: step after step back is cheap.
 * When they are too many, that one goes whose neighbours stand closest, measured by how long ago
 * they were: what is far back is kept more and more sparsely. */
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/saved/rewind_parts.h"

enum { PARTS = 16 };
#define WORK 20000000    /* ns */
#define SHARE 25         /* keeping takes no more than one part of so many of the time */
#define LONGEST 50000000 /* ns that nobody waits for; of very many keys it takes longer: */
#define SELDOM 1000      /* then it is that part */

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
	if (r != NULL && r->saving.out != NULL)
		kept_done(&r->making);
	free(r);
}

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

void
rewind_forget_unreached(struct engine *e)
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

	if (r->n >= REWIND_KEPT || r->bytes > r->most)
		rewind_forget_unreached(e);
	while (r->n >= REWIND_KEPT || (r->bytes > r->most && r->n > 2))
		drop(r, least_missed(r, e->gone));
}

int
rewind_last_before(const struct rewind *r, uint64_t gone)
{
	int i = r->n - 1;

	while (i >= 0 && r->all[i].gone > gone)
		i--;
	return i;
}

static void
keep_begin(struct engine *e)
{
	struct rewind *r = e->rewind;
	struct kept *k = &r->making;

	query_move_all(e);
	engine_follow(e);
	*k = (struct kept){ .gone = e->gone,
		.row = engine_first(e)->row,
		.time = engine_first(e)->time,
		.lap = e->lap };
	k->places = memory_zero((size_t)e->nstreams, sizeof *k->places);
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone)
			k->places[i] = stream_place(e->streams[i]);
	r->saving = engine_saving(e, false, &k->state);
	r->took = 0;
}

/* The part of the listeners comes last, and all of it takes its place. */
static void
keep_end(struct engine *e)
{
	struct rewind *r = e->rewind;
	struct kept *k = &r->making;
	int at = rewind_last_before(r, k->gone) + 1;

	k->listeners = k->state.len;
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].save != NULL)
			e->listeners[i].save(e->listeners[i].self, &k->state);
	k->state.data = memory_grow(k->state.data, k->state.len, 1); /* no room beyond */
	k->state.cap = k->state.len;
	r->bytes += k->state.cap;
	memmove(&r->all[at + 1], &r->all[at], (size_t)(r->n - at) * sizeof *r->all);
	r->all[at] = *k;
	r->n++;
	r->saving.out = NULL;
}

void
rewind_keep_on(struct engine *e, int64_t until)
{
	struct rewind *r = e->rewind;
	int64_t began = engine_clock();
	bool whole = engine_saving_on(e, &r->saving, until);

	if (whole)
		keep_end(e);
	r->took += engine_clock() - began;
	if (!whole)
		return;
	r->cost = r->took;
	thin_out(e);
}

bool
rewind_keeps(const struct engine *e)
{
	return e->rewind != NULL && e->rewind->saving.out != NULL;
}

void
rewind_lost(struct engine *e)
{
	if (!rewind_keeps(e))
		return;
	kept_done(&e->rewind->making);
	e->rewind->saving.out = NULL;
}

void
rewind_keep_here(struct engine *e, int64_t until)
{
	const struct rewind *r = e->rewind;
	int at = rewind_last_before(r, e->gone);

	if (!rewind_keeps(e)) {
		if (at >= 0 && r->all[at].gone == e->gone)
			return;
		keep_begin(e);
	}
	rewind_keep_on(e, until);
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
	rewind_lost(e);
	rewind_keep_here(e, INT64_MAX);
}

void
rewind_keep(struct engine *e, int64_t took)
{
	struct rewind *r = e->rewind;
	int64_t share;
	int at;

	if (r == NULL || e->nstreams == 0 || r->most == 0 || e->moving != NULL)
		return;
	share = r->cost > LONGEST ? SELDOM : SHARE;
	r->worked += took;
	r->away = r->away && engine_is_back(e);
	at = rewind_last_before(r, e->gone);
	if (at >= 0 && r->all[at].gone == e->gone)
		r->worked = 0;
	if (e->lap > 0 && r->n > 0 && (r->worked < WORK || r->worked < share * r->cost) &&
	    !(at >= 0 && runs_out(e, &r->all[at])))
		return;
	rewind_keep_here(e, e->until);
	r->worked = 0;
}

void
rewind_keep_first(struct engine *e)
{
	struct rewind *r = e->rewind;

	if (r == NULL || (e->lap > 0 && r->n > 0))
		return;
	r->resumed = r->resumed || (e->lap > 0 && !r->cut);
	rewind_keep(e, 0);
}
