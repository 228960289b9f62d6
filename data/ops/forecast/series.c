/* series.c - the recent past of a column, in the units in which methods work.
 *
 * The points lie in one straight piece of memory, so that a lag is a pointer and a path can be
 * written on behind the newest; once the slack is used up the newest are moved to the front, which
 * costs a few nanoseconds a point. The drift is kept as a running mean and co-moment: sums of t z
 * would lose all digits on a long series far from 0. */
#include "data/ops/forecast/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/power.h"

void
series_init(struct series *s, int keep, bool log)
{
	*s = (struct series){ .keep = keep, .room = keep + (keep < 1024 ? 32 : 512), .log = log };
	s->z = memory_zero((size_t)(s->room + SERIES_PATH), sizeof *s->z);
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
	double before = s->mean;

	if (s->len == s->room) {
		memmove(s->z, s->z + s->len - s->keep, (size_t)s->keep * sizeof *s->z);
		s->len = s->keep;
	}
	s->z[s->len++] = z;
	s->n++;
	s->mean += (z - before) / (double)s->n;
	s->cross += 0.5 * (double)(s->n - 1) * (z - before);
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
	if (s->seen == 0 || y < s->lo)
		s->lo = y;
	if (s->seen == 0 || y > s->hi)
		s->hi = y;
	s->seen++;
	add(s, s->log ? log(y) : y);
	return ended;
}

void
series_skip(struct series *s, double z)
{
	add(s, z);
}

double
series_slope(const struct series *s)
{
	double n = (double)s->n;

	return s->n < 2 ? 0 : s->cross / (n * (n * n - 1) / 12);
}

/* What a forecast may be: within the range of what was seen on either side of it. */
struct limits {
	double low, high;
};

static struct limits
limits(const struct series *s)
{
	double range = s->hi - s->lo, low = s->lo - range, high = s->hi + range;

	if (s->lo >= 0 && low < 0)
		low = 0;
	return (struct limits){ low > -1e300 ? low : -1e300, high < 1e300 ? high : 1e300 };
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
	struct limits l = limits(s);

	if (s->log)
		z = power_exp(within(z, -700, 690));
	return within(z, l.low, l.high);
}

/* Eight at once: short loops of a fixed length are what the compiler vectorises. */
static void
eight_within(double *y, double low, double high)
{
	int i;

	for (i = 0; i < 8; i++)
		y[i] = y[i] > low ? y[i] : low;
	for (i = 0; i < 8; i++)
		y[i] = y[i] < high ? y[i] : high;
}

void
series_values(const struct series *s, const double *z, double *y, int n)
{
	struct limits l = limits(s);
	double v[8];
	int i, j;

	for (i = 0; i < n; i += 8) {
		for (j = 0; j < 8; j++)
			v[j] = z[i + j];
		if (s->log) {
			eight_within(v, -700, 690);
			for (j = 0; j < 8; j++)
				v[j] = power_exp(v[j]);
		}
		eight_within(v, l.low, l.high);
		for (j = 0; j < 8; j++)
			y[i + j] = v[j];
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

int
series_load(struct series *s, struct reader *r)
{
	struct series old = *s;

	if (reader_get(r, s, sizeof *s) != 0 || s->room != old.room || s->keep != old.keep ||
	    s->len < 0 || s->len > s->room) {
		*s = old;
		return -1;
	}
	s->z = old.z;
	return reader_get(r, s->z, (size_t)s->len * sizeof *s->z);
}

size_t
series_held(const struct series *s)
{
	return (size_t)(s->room + SERIES_PATH) * sizeof *s->z;
}
