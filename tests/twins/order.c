/* order.c - twins of the least, the greatest, and those between. */
#include <math.h>
#include <stdlib.h>

#include "tests/twins/twins_parts.h"

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Hyndman and Fan's type 7, of values that it sorts. */
static double
quantile_of(struct values a, double q)
{
	double h = (a.n - 1) * q;
	int k = (int)floor(h);

	if (a.n == 0)
		return NAN;
	qsort(a.v, (size_t)a.n, sizeof *a.v, by_value);
	return k + 1 < a.n ? a.v[k] + (h - k) * (a.v[k + 1] - a.v[k]) : a.v[a.n - 1];
}

static double
quantile_twin(const struct data *d, struct rows r, double *scale, double q)
{
	struct values a = present(d->x, r);
	double v = quantile_of(a, q);

	*scale = 4e-16 * a.most;
	free(a.v);
	return v;
}

double
min_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0);
}

double
max_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 1);
}

double
range_twin(const struct data *d, struct rows r, double *scale)
{
	return max_twin(d, r, scale) - min_twin(d, r, scale);
}

double
q13_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.13);
}

double
median_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.5);
}

double
p90_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.9);
}

double
p95_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.95);
}

double
p99_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.99);
}

/* Quantile q above the value at rank `from` of what is sorted. */
static long double
quantile_above(struct values a, double q, int from)
{
	double h = (a.n - 1) * q;
	int k = (int)floor(h), next = k + 1 < a.n ? k + 1 : k;

	return (long double)a.v[k] - (long double)a.v[from] +
	       (h - k) * ((long double)a.v[next] - (long double)a.v[k]);
}

double
iqr_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	int low = (int)floor((a.n - 1) * 0.25);
	double iqr = NAN;

	(void)scale;
	qsort(a.v, (size_t)a.n, sizeof *a.v, by_value);
	if (a.n > 0)
		iqr = as_double(quantile_above(a, 0.75, low) - quantile_above(a, 0.25, low));
	free(a.v);
	return iqr;
}

double
mad_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	int low = (a.n - 1) / 2;
	long double median;
	double mad;

	(void)scale;
	qsort(a.v, (size_t)a.n, sizeof *a.v, by_value);
	if (a.n > 0) {
		double from = a.v[low];

		median = quantile_above(a, 0.5, low);
		for (int i = 0; i < a.n; i++)
			a.v[i] = (double)fabsl((long double)a.v[i] - (long double)from - median);
	}
	mad = quantile_of(a, 0.5);
	free(a.v);
	return mad;
}

double
rank_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	int below = 0;

	(void)scale;
	for (int i = 0; i < a.n; i++)
		below += a.v[i] <= d->x[r.hi - 1];
	free(a.v);
	return isnan(d->x[r.hi - 1]) ? NAN : (double)below / a.n;
}
