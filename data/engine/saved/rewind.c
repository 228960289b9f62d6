/* rewind.c - an engine that goes back: rows go again from the last place before the row that is
 * wanted of which enough is kept (rewind_keep.c). What was told and done is not told and done
 * again: see struct listener. */
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/saved/rewind_parts.h"

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
	rewind_forget_unreached(e);
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
	int i = rewind_last_before(r, gone > 0 ? gone - 1 : 0);

	if (i >= 0 && !all_hold(e, &r->all[i]))
		i = rewind_last_before(r, gone > reach ? gone - reach : 0);
	return come_back(e, &r->all[i < 0 ? 0 : i], err);
}

static int
go_to_gone(struct engine *e, uint64_t gone, struct error *err)
{
	struct rewind *r = e->rewind;

	if (!r->away) {
		rewind_keep_here(e, INT64_MAX);
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
	if (e->rewind->resumed)
		return error_set(err,
		    "that is before the run went on, or further back than is kept "
		    "(--rewind-memory keeps more)");
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
	if (rewind_last_before(e->rewind, target > 0 ? target - 1 : 0) < 0)
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
	i = rewind_last_before(r, e->most_gone);
	if (i < 0 || r->all[i].gone != e->most_gone)
		return error_set(err,
		    "what was kept of the last row is gone (--rewind-memory keeps "
		    "more)");
	return come_back(e, &r->all[i], err);
}
