/* saved_order.c - sources take the places that they had when the state was saved.
 *
 * One that had no rows for a while came later, behind the others, or had not come yet: so the order
 * is not that of the command line. Which is which is told by their numbers there. */
#include <limits.h>
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

static bool
is_among(const int *given, int n, int wanted)
{
	for (int i = 0; i < n; i++)
		if (given[i] == wanted)
			return true;
	return false;
}

/* The one that was given so is moved to place i of n, those between move up. One that was added
 * while rows went is now given behind those: it is the first that is none of them. */
static bool
take_place(struct engine *e, const int *given, int i, int n)
{
	int at = i;
	struct stream *s;

	while (at < e->nstreams && (given[i] >= 0 ? e->streams[at]->given != given[i]
						  : is_among(given, n, e->streams[at]->given)))
		at++;
	if (at == e->nstreams)
		return false;
	s = e->streams[at];
	for (; at > i; at--)
		e->streams[at] = e->streams[at - 1];
	e->streams[i] = s;
	return true;
}

static bool
take_places(struct engine *e, const int *given, int n)
{
	int i = 0;

	while (i < n && take_place(e, given, i, n))
		i++;
	for (int k = 0; k < e->nstreams; k++)
		e->streams[k]->index = k;
	return i == n;
}

/* Those for which there is no place have not come by then: that can be said of live ones alone. */
static bool
may_come_later(const struct engine *e, int n)
{
	for (int i = n; i < e->nstreams; i++)
		if (!e->options.joins || !feed_live(e->streams[i]->feed))
			return false;
	return true;
}

int
saved_order_take(struct engine *e, bool back, struct reader *in, int *n, struct error *err)
{
	uint32_t saved, number;
	bool fits;
	int *given;

	if (reader_u32(in, &saved) != 0)
		return state_damaged("engine", err);
	if (saved > (uint32_t)e->nstreams)
		return other_sources(e, saved, err);
	given = memory_new((size_t)saved + 1, sizeof *given);
	*n = 0;
	while (*n < (int)saved && reader_u32(in, &number) == 0)
		given[(*n)++] = number <= (uint32_t)e->nstreams ? (int)number - 1 : INT_MAX;
	fits = *n == (int)saved && (back ? *n == e->nstreams : take_places(e, given, *n)) &&
	       may_come_later(e, *n);
	free(given);
	return fits ? 0 : other_sources(e, saved, err);
}
