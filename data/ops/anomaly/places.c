/* places.c - the places where a series has been, and how usual its gaps are.
 *
 * A value is surprising when the series has never been near it: its gap to the nearest value ever
 * seen is judged against all earlier gaps. Values closer than a two-hundredth of the range so far
 * count as the same place. Memory of the whole past is the point: one of the last 2,000 rows alone
 * finds far less. */
#include "data/ops/anomaly/places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

static const double RESOLUTION = 1.0 / 200;
/* Of records: rows before they are counted, how many make a trend, fewer where they come often; the
 * memory of their rate, and the rate at which they are nothing special. */
static const double EARLY = 30, MANY = 30, SOME = 10, OFTEN = 0.02, RATE = 0.002, COMMON = 0.05;

void
places_init(struct places *p, enum places_size size)
{
	static const int places[] = { 512, 256, 96 };
	static const int bins[] = { TAIL_BINS, TAIL_BINS_HALF, TAIL_BINS_COMPACT };

	*p = (struct places){ .most = places[size] };
	p->at = memory_new((size_t)p->most, sizeof *p->at);
	tail_init(&p->gaps, bins[size]);
}

void
places_done(struct places *p)
{
	free(p->at);
	tail_done(&p->gaps);
}

/* The first place that is not below z. */
static int
find(const struct places *p, double z)
{
	int lo = 0, n = p->n;

	while (n > 0) {
		int half = n / 2;

		if (p->at[lo + half] < z) {
			lo += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return lo;
}

static double
range(const struct places *p)
{
	return p->n > 0 ? p->at[p->n - 1] - p->at[0] : 0;
}

static double
nearest(const struct places *p, double z)
{
	int i = find(p, z);

	if (i == p->n)
		return p->at[i - 1];
	return i > 0 && z - p->at[i - 1] < p->at[i] - z ? p->at[i - 1] : p->at[i];
}

/* The range has grown since: places that are close by its measure become one. */
static void
thin(struct places *p)
{
	double step = range(p) / (p->most / 2), last = p->at[p->n - 1];
	int kept = 1;

	for (int i = 1; i < p->n - 1; i++)
		if (p->at[i] - p->at[kept - 1] >= step)
			p->at[kept++] = p->at[i];
	p->at[kept++] = last;
	p->n = kept;
}

static void
join(struct places *p, double z)
{
	int i;

	if (p->n > 0 && fabs(z - nearest(p, z)) <= RESOLUTION * range(p))
		return;
	if (p->n == p->most)
		thin(p);
	i = find(p, z);
	memmove(&p->at[i + 1], &p->at[i], (size_t)(p->n - i) * sizeof *p->at);
	p->at[i] = z;
	p->n++;
}

/* A trend sets records for ever: then one is judged against those before, by the chance that so
 * many reach so far, and not against gaps inside of the range. */
static double
record_evidence(struct places *p, double over, double evidence)
{
	double chance;

	if (++p->rows <= EARLY)
		return evidence;
	p->rate += fmax(1 / (p->rows - EARLY), RATE) * ((over > 0) - p->rate);
	if (!(over > 0))
		return evidence;
	if (p->records >= MANY || (p->records >= SOME && p->rate > OFTEN)) {
		chance = fmin(1, p->rate / COMMON);
		evidence =
		    fmin(evidence, over / (p->overshoot / p->records) / M_LN10 - log10(chance));
	}
	p->records++;
	p->overshoot += over;
	return evidence;
}

/* How far from the nearest place; nothing within the resolution. */
static void
measure(struct places *p, double z)
{
	p->nearest = nearest(p, z);
	p->gap = fabs(z - p->nearest);
	if (p->gap <= RESOLUTION * range(p))
		p->gap = 0;
}

/* What rounding makes of equal values is no gap. */
static double
least_gap(const struct places *p)
{
	return 1e-12 * fmax(fabs(p->at[0]), fabs(p->at[p->n - 1])) + 1e-300;
}

double
places_step(struct places *p, double z)
{
	double evidence, least, over;

	if (!p->any) {
		p->before = z;
		p->any = true;
		return 0;
	}
	join(p, p->before);
	measure(p, z);
	p->gap = fmin(p->gap, fabs(z - p->before));
	p->before = z;
	least = least_gap(p);
	if (p->gap <= least)
		p->gap = 0;
	over = p->n > 1 ? fmax(z - p->at[p->n - 1], p->at[0] - z) : 0;
	evidence = record_evidence(p, over, tail_evidence(&p->gaps, p->gap, least));
	tail_add(&p->gaps, p->gap);
	return evidence;
}

double
places_against(struct places *p, double z, double old)
{
	double least, evidence;

	join(p, old);
	measure(p, z);
	least = least_gap(p);
	if (p->gap <= least)
		p->gap = 0;
	evidence = tail_evidence(&p->gaps, p->gap, least);
	tail_add(&p->gaps, p->gap);
	return evidence;
}

size_t
places_held(const struct places *p)
{
	return (size_t)p->most * sizeof *p->at +
	       (size_t)p->gaps.bins * (sizeof *p->gaps.count + sizeof *p->gaps.sum);
}

void
places_save(const struct places *p, struct buffer *b)
{
	buffer_u32(b, (uint32_t)p->n);
	buffer_u32(b, p->any);
	buffer_double(b, p->before);
	buffer_double(b, p->gap);
	buffer_double(b, p->nearest);
	buffer_double(b, p->records);
	buffer_double(b, p->overshoot);
	buffer_double(b, p->rate);
	buffer_double(b, p->rows);
	buffer_put(b, p->at, (size_t)p->n * sizeof *p->at);
	tail_save(&p->gaps, b);
}

int
places_load(struct places *p, struct reader *r)
{
	uint32_t n, any;

	if (reader_below(r, (uint32_t)p->most, &n) < 0 || reader_below(r, 1, &any) < 0 ||
	    reader_double(r, &p->before) < 0 || reader_double(r, &p->gap) < 0 ||
	    reader_double(r, &p->nearest) < 0 || reader_double(r, &p->records) < 0 ||
	    reader_double(r, &p->overshoot) < 0 || reader_double(r, &p->rate) < 0 ||
	    reader_double(r, &p->rows) < 0 || reader_get(r, p->at, n * sizeof *p->at) < 0)
		return -1;
	for (uint32_t i = 1; i < n; i++)
		if (!(p->at[i] > p->at[i - 1])) /* thinning relies on it */
			return -1;
	p->n = (int)n;
	p->any = any;
	return tail_load(&p->gaps, r);
}
