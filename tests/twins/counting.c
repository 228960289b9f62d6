/* counting.c - twins of what counts rows, and equal values. */
#include <math.h>
#include <stdlib.h>

#include "tests/twins/twins_parts.h"

struct group {
	double value;
	int count, first; /* the row where it was first seen */
};

/* The groups of equal values, the most frequent first, of equals the one seen first. */
static int
by_frequency(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	return x->count != y->count ? y->count - x->count : x->first - y->first;
}

static struct group *
group(const struct data *d, struct rows r, int *n)
{
	struct group *groups = malloc((size_t)(r.hi - r.lo + 1) * sizeof *groups);
	int k;

	*n = 0;
	for (int i = r.lo; i < r.hi; i++) {
		if (isnan(d->x[i]))
			continue;
		for (k = 0; k < *n && groups[k].value != d->x[i]; k++)
			;
		if (k == *n)
			groups[(*n)++] = (struct group){ d->x[i], 0, i };
		groups[k].count++;
	}
	qsort(groups, (size_t)*n, sizeof *groups, by_frequency);
	return groups;
}

double
distinct_twin(const struct data *d, struct rows r, double *scale)
{
	int n;

	(void)scale;
	free(group(d, r, &n));
	return n;
}

static double
top_twin(const struct data *d, struct rows r, int k)
{
	int n;
	struct group *groups = group(d, r, &n);
	double v = k <= n ? groups[k - 1].value : NAN;

	free(groups);
	return v;
}

double
top1_twin(const struct data *d, struct rows r, double *scale)
{
	(void)scale;
	return top_twin(d, r, 1);
}

double
top3_twin(const struct data *d, struct rows r, double *scale)
{
	(void)scale;
	return top_twin(d, r, 3);
}

double
entropy_twin(const struct data *d, struct rows r, double *scale)
{
	int n, all = 0;
	struct group *groups = group(d, r, &n);
	long double bits = 0;

	for (int i = 0; i < n; i++)
		all += groups[i].count;
	for (int i = 0; i < n; i++) {
		long double share = (long double)groups[i].count / all;

		bits -= share * log2l(share);
	}
	free(groups);
	*scale = 1e-13;
	return n > 0 ? fabs((double)bits) : NAN;
}

double
share_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	int yes = 0;

	(void)scale;
	for (int i = 0; i < a.n; i++)
		yes += a.v[i] != 0;
	free(a.v);
	return a.n > 0 ? (double)yes / a.n : NAN;
}

double
missing_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);

	(void)scale;
	free(a.v);
	return r.hi - r.lo - a.n;
}

double
per_second_twin(const struct data *d, struct rows r, double *scale)
{
	double seconds = r.lo < r.hi ? (double)(d->time[r.hi - 1] - d->time[r.lo]) * 1e-9 : 0;

	(void)scale;
	if (r.by_time > 0)
		return (r.hi - r.lo) / ((double)r.by_time * 1e-9);
	return seconds > 0 ? (r.hi - r.lo - 1) / seconds : NAN;
}
