/* series.c - the recent past of a column, in the units in which methods work.
 *
 * The points lie in one straight piece of memory, so that a lag is a pointer and a path can be
 * written on behind the newest; once the slack is used up the newest are moved to the front, which
 * costs a few nanoseconds a point. The drift is kept as a running mean and co-moment: sums of t z
 * would lose all digits on a long series far from 0. */
#include "data/ops/forecast/series/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/series/lanes.h"
#include "data/ops/forecast/series/power.h"

void
series_init(struct series *s, int keep, bool log)
{
	*s = (struct series){ .keep = keep,
		.room = keep + (keep < SERIES_SMALL ? 16 : 512),
		.spare = keep < SERIES_SMALL ? 1 : SERIES_PATH,
		.log = log };
	s->z = memory_zero((size_t)(s->room + s->spare), sizeof *s->z);
}

void
series_done(struct series *s)
{
	free(s->z);
	s->z = NULL;
}

static void
add(struct series *s, double z)
{
	double before = s->mean, n;

	if (s->len == s->room) {
		memmove(s->z, s->z + s->len - s->keep, (size_t)s->keep * sizeof *s->z);
		s->len = s->keep;
	}
	s->z[s->len++] = z;
	s->n++;
	n = (double)s->n;
	s->mean += (z - before) / n;
	s->cross += 0.5 * (n - 1) * (z - before);
	s->slope = s->n < 2 ? 0 : s->cross * 12 / (n * (n * n - 1));
}

/* Forecasts stay within the range of what was seen on either side of it, and above 0 if that was.
 * One value may widen the range to eleven times what it was, so that a spike of 1e15 does not lift
 * the limits for good, while a series that has really moved has its range after a few points. */
static void
widen(struct series *s, double y)
{
	double range = s->hi - s->lo, most = 10 * (range > 0 ? range : fabs(s->hi));

	if (s->seen == 0)
		s->lo = s->hi = y;
	else if (most == 0)
		most = fabs(y);
	if (y < s->lo)
		s->lo = fmax(y, s->lo - most);
	if (y > s->hi)
		s->hi = fmin(y, s->hi + most);
	range = s->hi - s->lo;
	s->low = s->lo >= 0 && s->lo < range ? 0 : s->lo - range;
	s->high = s->hi + range;
	s->zlow = !s->log ? s->low : s->low > 0 ? power_log(s->low) : -700;
	s->zhigh = s->log ? power_log(s->high) : s->high;
}

/* Points of a positive series become plain values; the drift is that of what is kept. */
static void
end_logarithms(struct series *s)
{
	double mean = 0, cross = 0, len = s->len, n = (double)s->n;
	int i;

	for (i = 0; i < s->len; i++)
		s->z[i] = series_value(s, s->z[i]);
	s->log = false;
	for (i = 0; i < s->len; i++)
		mean += s->z[i] / len;
	for (i = 0; i < s->len; i++)
		cross += (i - 0.5 * (len - 1)) * (s->z[i] - mean);
	s->mean = mean;
	s->cross = s->len < 2 ? 0 : cross / (len * (len * len - 1)) * (n * (n * n - 1));
}

bool
series_push(struct series *s, double y)
{
	bool ended = s->log && y <= 0;

	if (ended)
		end_logarithms(s);
	if (s->seen == 0 || y < s->lo || y > s->hi)
		widen(s, y);
	s->seen++;
	add(s, s->log ? power_log(y) : y);
	return ended;
}

void
series_skip(struct series *s, double z)
{
	add(s, z);
}

static inline double
within(double y, double low, double high)
{
	y = y > low ? y : low;
	return y < high ? y : high;
}

double
series_value(const struct series *s, double z)
{
	z = within(z, s->zlow, s->zhigh);
	return s->log ? power_exp(z) : z;
}

WIDE void
series_values(const struct series *s, double *y, const double *z, int n)
{
	lanes low = (lanes){ 0 } + s->zlow, high = (lanes){ 0 } + s->zhigh, v;
	lanes_bits beyond;
	int i;

	for (i = 0; i < n; i += LANES) {
		v = *lanes_of(z + i);
		beyond = v < low;
		lanes_set(&v, &beyond, &low);
		beyond = v > high;
		lanes_set(&v, &beyond, &high);
		if (s->log)
			power_exps(&v);
		*lanes_at(y + i) = v;
	}
}

void
series_save(const struct series *s, struct buffer *b)
{
	struct series bytes = *s;

	bytes.z = NULL;
	buffer_put(b, &bytes, sizeof bytes);
	buffer_put(b, s->z, (size_t)s->len * sizeof *s->z);
}

/* Of the same size as one that is here; none is missing of those that are to be kept. */
static bool
series_right(const struct series *s, const struct series *here)
{
	if (s->room != here->room || s->keep != here->keep || s->spare != here->spare ||
	    !bytes_bool(&s->log) || s->len < 0 || s->len > s->room || s->seen > s->n)
		return false;
	return s->n == (uint64_t)s->len || (s->n > (uint64_t)s->len && s->len >= s->keep);
}

int
series_load(struct series *s, struct reader *r)
{
	struct series old = *s;

	if (reader_get(r, s, sizeof *s) != 0 || !series_right(s, &old)) {
		*s = old;
		return -1;
	}
	s->z = old.z;
	return reader_get(r, s->z, (size_t)s->len * sizeof *s->z);
}

size_t
series_held(const struct series *s)
{
	return (size_t)(s->room + s->spare) * sizeof *s->z;
}
