/* recent.c - the last so many values as a whole.
 *
 * A season that is missing, a noise that goes still and one that grows show in no value: all of
 * them were there before. They show in the range of the last values, and a rhythm that changes in
 * the mean of their steps. Both are asked "seen before?" like a value, with one difference: ranges
 * of rows that overlap are near each other however odd they are, so one joins the places only when
 * none of its rows is among the last any more. */
#include "data/ops/anomaly/recent.h"

#include <math.h>
#include <string.h>

enum { KNOWN_FROM = 8 };

void
recent_init(struct recent *r)
{
	*r = (struct recent){ .at = RECENT_ROWS };
	places_init(&r->span, PLACES_HALF);
	places_init(&r->move, PLACES_HALF);
}

void
recent_done(struct recent *r)
{
	places_done(&r->span);
	places_done(&r->move);
}

static void
push(struct recent *r, double x)
{
	if (r->at == 2 * RECENT_ROWS) {
		memmove(r->x, r->x + RECENT_ROWS, RECENT_ROWS * sizeof *r->x);
		r->at = RECENT_ROWS;
	}
	r->x[r->at++] = x;
	r->rows++;
}

/* Eight times the rows, of which any two that overlap tell little more than one. */
static bool
is_known(const struct recent *r)
{
	return r->rows >= KNOWN_FROM * RECENT_ROWS;
}

/* Over the last rows: from the least to the greatest, and the mean step. */
static struct recent_evidence
measure(const struct recent *r)
{
	const double *x = r->x + r->at - RECENT_ROWS;
	double low = x[0], high = x[0], steps = 0;

	for (int i = 1; i < RECENT_ROWS; i++) {
		low = x[i] < low ? x[i] : low;
		high = x[i] > high ? x[i] : high;
		steps += fabs(x[i] - x[i - 1]);
	}
	return (struct recent_evidence){ high - low, steps / (RECENT_ROWS - 1) };
}

struct recent_evidence
recent_step(struct recent *r, double x)
{
	struct recent_evidence now, e = { 0, 0 };

	push(r, x);
	if (r->rows < RECENT_ROWS)
		return e;
	now = measure(r);
	if (r->rows >= 2 * RECENT_ROWS) {
		e.span = places_against(&r->span, now.span, r->spans[r->slot]);
		e.move = places_against(&r->move, now.move, r->moves[r->slot]);
	}
	r->spans[r->slot] = now.span;
	r->moves[r->slot] = now.move;
	r->slot = r->slot + 1 < RECENT_ROWS ? r->slot + 1 : 0;
	return is_known(r) ? e : (struct recent_evidence){ 0, 0 };
}

void
recent_save(const struct recent *r, struct buffer *b)
{
	buffer_double(b, r->rows);
	buffer_put(b, r->x, sizeof r->x);
	buffer_u32(b, (uint32_t)r->at);
	buffer_put(b, r->spans, sizeof r->spans);
	buffer_put(b, r->moves, sizeof r->moves);
	buffer_u32(b, (uint32_t)r->slot);
	places_save(&r->span, b);
	places_save(&r->move, b);
}

int
recent_load(struct recent *r, struct reader *in)
{
	uint32_t at, slot;

	if (reader_double(in, &r->rows) < 0 || reader_get(in, r->x, sizeof r->x) < 0 ||
	    reader_below(in, 2 * RECENT_ROWS, &at) < 0 || at < RECENT_ROWS ||
	    reader_get(in, r->spans, sizeof r->spans) < 0 ||
	    reader_get(in, r->moves, sizeof r->moves) < 0 ||
	    reader_below(in, RECENT_ROWS - 1, &slot) < 0)
		return -1;
	r->at = (int)at;
	r->slot = (int)slot;
	return places_load(&r->span, in) < 0 ? -1 : places_load(&r->move, in);
}

size_t
recent_held(const struct recent *r)
{
	return places_held(&r->span) + places_held(&r->move);
}
