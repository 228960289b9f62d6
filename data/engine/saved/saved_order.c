/* saved_order.c - sources take the places that they had when the state was saved.
 *
 * One that had no rows for a while came later, behind the others, or had not come yet: so the order
 * is not that of the command line. Which is which is told by their numbers there. */
#include <stdlib.h>

#include "data/base/state.h"
#include "data/engine/engine_parts.h"

void
saved_order_put(const struct engine *e, struct buffer *out)
{
	buffer_u32(out, (uint32_t)e->nstreams);
	for (int i = 0; i < e->nstreams; i++)
		buffer_u32(out, (uint32_t)(e->streams[i]->given + 1));
}

static int
other_sources(const struct engine *e, uint32_t n, struct error *err)
{
	return error_set(err,
	    "saved state: is of %u source%s, not of %d (give the same sources in the same order)",
	    n, n == 1 ? "" : "s", e->nstreams);
}

/* The one given so is moved to place i, those between move up; false: there is none. */
static bool
take_place(struct engine *e, int i, int given)
{
	int at = i;
	struct stream *s;

	while (at < e->nstreams && e->streams[at]->given != given)
		at++;
	if (given < 0 || at == e->nstreams)
		return false;
	s = e->streams[at];
	for (; at > i; at--)
		e->streams[at] = e->streams[at - 1];
	e->streams[i] = s;
	return true;
}

/* Those for which there is no place have not come by then: that can be said of live ones alone. */
static bool
may_come_later(const struct engine *e, uint32_t n)
{
	for (int i = (int)n; i < e->nstreams; i++)
		if (!e->options.joins || !feed_live(e->streams[i]->feed))
			return false;
	return true;
}

int
saved_order_take(struct engine *e, bool back, struct reader *in, int *n, struct error *err)
{
	uint32_t saved, given;

	if (reader_u32(in, &saved) != 0)
		return state_damaged("engine", err);
	if (saved > (uint32_t)e->nstreams || (back && saved != (uint32_t)e->nstreams))
		return other_sources(e, saved, err);
	for (uint32_t i = 0; i < saved; i++) {
		if (reader_u32(in, &given) != 0)
			return state_damaged("engine", err);
		if (!back && !take_place(e, (int)i, given > INT32_MAX ? -1 : (int)given - 1))
			return other_sources(e, saved, err);
	}
	for (int i = 0; i < e->nstreams && !back; i++)
		e->streams[i]->index = i;
	*n = (int)saved;
	return may_come_later(e, saved) ? 0 : other_sources(e, saved, err);
}
