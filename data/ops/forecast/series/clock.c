/* clock.c - the step of a stream's time stamps, and the points missing in it.
 *
 * The usual step is the median of the last 32; it counts as regular when at least 9 in 10 of them
 * equal it (months and quarters: nearly). A stream with more holes than that - trading days, events
 * - is better taken row by row. Looked at after 4, 8, 16 and then every 32 rows. */
#include "data/ops/forecast/series/clock.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/times/clock.h"

static int
by_size(const void *a, const void *b)
{
	int64_t x, y;

	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return x < y ? -1 : x > y;
}

/* Is it the usual step, give or take what months, quarters and leap seconds do? */
static bool
is_usual(int64_t step, int64_t usual)
{
	int64_t off = step > usual ? elapsed(usual, step) : elapsed(step, usual);

	return off <= usual / 8;
}

static int64_t
find_usual(const struct clock *c, int n)
{
	int64_t sorted[CLOCK_STEPS], usual;
	int i, regular = 0;

	memcpy(sorted, c->step, (size_t)n * sizeof *sorted);
	qsort(sorted, (size_t)n, sizeof *sorted, by_size);
	usual = sorted[n / 2];
	for (i = 0; i < n; i++)
		regular += is_usual(sorted[i], usual);
	return usual > 0 && 10 * regular >= 9 * n ? usual : 0;
}

int64_t
clock_row(struct clock *c, int64_t t)
{
	int64_t step = c->rows > 0 ? elapsed(c->last, t) : 0, missing = 0;
	int n;

	c->last = t;
	if (c->rows++ == 0)
		return 0;
	if (c->usual > 0 && step > c->usual && !is_usual(step, c->usual))
		missing = (step - c->usual + c->usual / 2) / c->usual;
	c->step[(c->rows - 2) % CLOCK_STEPS] = step;
	n = c->rows - 1 < CLOCK_STEPS ? (int)(c->rows - 1) : CLOCK_STEPS;
	if (c->rows == 4 || c->rows == 8 || c->rows == 16 || (c->rows - 1) % CLOCK_STEPS == 0)
		c->usual = find_usual(c, n);
	return missing;
}

/* Time never goes back, so no step is below 0. */
bool
clock_right(const struct clock *c)
{
	for (int i = 0; i < CLOCK_STEPS; i++)
		if (c->step[i] < 0)
			return false;
	return c->usual >= 0;
}
