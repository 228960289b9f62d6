/* digest.c - a t-digest (Dunning and Ertl, 2019): neighbouring values in groups that are small near
 * the ends, where quantiles are asked for, and larger in the middle.
 *
 * A group at quantile q holds at most 4 N q (1 - q) / SHARPNESS of the N values. That makes about a
 * thousand groups for a million values and, growing with log N, never more than DIGEST_MOST. */
#include "data/ops/window/structures/digest.h"

#include <math.h>
#include <string.h>

enum { SHARPNESS = 200, ROOM = DIGEST_MOST * 3 / 4 };

static double
limit(double weight, double before, double own)
{
	double q = (before + own / 2) / weight;

	return fmax(1, 4 * weight * q * (1 - q) / SHARPNESS);
}

/* Joins neighbours while the limit, times slack, lets them. */
static void
squeeze(struct digest *d, double slack)
{
	size_t k = 0;
	double before = 0;

	for (size_t i = 1; i < d->n; i++) {
		struct centroid *a = &d->c[k], b = d->c[i];
		double both = a->weight + b.weight;

		if (both <= slack * limit(d->weight, before, both)) {
			a->mean += (b.mean - a->mean) * (b.weight / both);
			a->weight = both;
		} else {
			before += a->weight;
			d->c[++k] = b;
		}
	}
	d->n = k + 1;
}

static void
make_room(struct digest *d)
{
	for (double slack = 1; d->n > ROOM; slack *= 1.5)
		squeeze(d, slack);
}

void
digest_build(struct digest *d, const struct order *o)
{
	const double *v;
	double before = 0, scratch[ORDER_PAGE];
	size_t n, k = 0;

	d->weight = (double)o->n;
	d->min = order_at(o, 0);
	d->max = order_at(o, o->n - 1);
	d->c[0] = (struct centroid){ d->min, 0 };
	for (size_t page = 0; (v = order_values(o, page, scratch, &n)) != NULL; page++)
		for (size_t i = 0; i < n; i++) {
			struct centroid *c = &d->c[k];

			if (c->weight > 0 &&
			    c->weight + 1 > limit(d->weight, before, c->weight + 1)) {
				before += c->weight;
				c = &d->c[++k];
				*c = (struct centroid){ v[i], 0 };
			}
			c->weight++;
			c->mean += (v[i] - c->mean) / c->weight;
		}
	d->n = k + 1;
	make_room(d);
}

/* The first centroid whose mean is not below v. */
static size_t
place(const struct digest *d, double v)
{
	size_t lo = 0, hi = d->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (d->c[mid].mean < v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void
digest_add(struct digest *d, double v)
{
	size_t at = place(d, v), near = at;
	double before = 0;

	if (at == d->n || (at > 0 && v - d->c[at - 1].mean < d->c[at].mean - v))
		near = at - 1;
	for (size_t i = 0; i < near; i++)
		before += d->c[i].weight;
	d->weight++;
	d->min = fmin(d->min, v);
	d->max = fmax(d->max, v);
	if (d->c[near].weight + 1 <= limit(d->weight, before, d->c[near].weight + 1)) {
		d->c[near].weight++;
		d->c[near].mean += (v - d->c[near].mean) / d->c[near].weight;
		return;
	}
	memmove(d->c + at + 1, d->c + at, (d->n - at) * sizeof *d->c);
	d->c[at] = (struct centroid){ v, 1 };
	if (++d->n == DIGEST_MOST)
		make_room(d);
}

/* Values are taken to lie evenly between the means of neighbours, the first and last of all at min
 * and max. So a curve of (rank, value) through the centroids' middles is read either way. */
double
digest_quantile(const struct digest *d, double q)
{
	double rank = q * (d->weight - 1), before = 0, r0 = 0, v0 = d->min;

	for (size_t i = 0; i < d->n; i++) {
		double r1 = before + (d->c[i].weight - 1) / 2, v1 = d->c[i].mean;

		if (rank < r1)
			return v0 + (v1 - v0) * ((rank - r0) / (r1 - r0));
		before += d->c[i].weight;
		r0 = r1;
		v0 = v1;
	}
	if (rank >= d->weight - 1)
		return d->max;
	return v0 + (d->max - v0) * ((rank - r0) / (d->weight - 1 - r0));
}

double
digest_share(const struct digest *d, double v)
{
	double before = 0, r0 = 0, v0 = d->min, r1 = d->weight - 1, v1 = d->max;

	if (v < d->min)
		return 0;
	if (v >= d->max)
		return 1;
	for (size_t i = 0; i < d->n; i++) {
		if (d->c[i].mean > v) {
			r1 = before + (d->c[i].weight - 1) / 2;
			v1 = d->c[i].mean;
			break;
		}
		r0 = before + (d->c[i].weight - 1) / 2;
		v0 = d->c[i].mean;
		before += d->c[i].weight;
	}
	return fmin(1, (r0 + (r1 - r0) * ((v - v0) / (v1 - v0)) + 1) / d->weight);
}

/* The distance within which half of the values lie about the median, by bisection. */
double
digest_mad(const struct digest *d)
{
	double median = digest_quantile(d, 0.5), lo = 0;
	double hi = fmax(d->max - median, median - d->min);

	for (int i = 0; i < 60 && lo < hi; i++) {
		double mid = lo + (hi - lo) / 2;

		if (digest_share(d, median + mid) - digest_share(d, median - mid) < 0.5)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

bool
digest_right(const struct digest *d)
{
	double weight = 0;

	if (d->n < 1 || d->n >= DIGEST_MOST || !isfinite(d->min) || !isfinite(d->max))
		return false;
	for (size_t i = 0; i < d->n; i++) {
		if (!(d->c[i].weight >= 1) || !isfinite(d->c[i].mean))
			return false;
		weight += d->c[i].weight;
	}
	return isfinite(weight) && weight == d->weight; /* counts: the sum is exact */
}
