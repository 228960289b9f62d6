/* window_twins.c - slow, obvious twins of the operators over a window: each recounts it from
 * scratch. */
#include "tests/window_twins.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The values present in the window, in their order; owned by the caller. */
struct values {
	double *v;
	int n;
	double most; /* greatest absolute value */
};

static struct values
present(const double *x, struct rows r)
{
	struct values all = { malloc((size_t)(r.hi - r.lo + 1) * sizeof(double)), 0, 0 };

	for (int i = r.lo; i < r.hi; i++)
		if (!isnan(x[i])) {
			all.v[all.n++] = x[i];
			all.most = fmax(all.most, fabs(x[i]));
		}
	return all;
}

static double
as_double(long double v)
{
	return isfinite((double)v) ? (double)v : NAN;
}

/* --- moments ---------------------------------------------------------------------------------- */

/* The mean above the first value, which no offset costs digits. */
static long double
mean_above(struct values a)
{
	long double sum = 0;

	for (int i = 0; i < a.n; i++)
		sum += (long double)a.v[i] - (long double)a.v[0];
	return sum / a.n;
}

static long double
mean_of(struct values a)
{
	return (long double)a.v[0] + mean_above(a);
}

/* Sum of the k-th powers of the deviations. */
static long double
deviations(struct values a, int k)
{
	long double mean = a.n > 0 ? mean_above(a) : 0, sum = 0;

	for (int i = 0; i < a.n; i++) {
		long double deviation = (long double)a.v[i] - (long double)a.v[0] - mean, power = 1;

		for (int j = 0; j < k; j++)
			power *= deviation;
		sum += power;
	}
	return sum;
}

static double
count_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);

	(void)scale;
	free(a.v);
	return a.n;
}

static double
mean_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double mean = a.n > 0 ? (double)mean_of(a) : NAN;

	*scale = 4e-16 * a.most;
	free(a.v);
	return mean;
}

static double
sum_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double sum = a.n > 0 ? (double)(mean_of(a) * a.n) : NAN;

	*scale = 4e-16 * a.most * a.n;
	free(a.v);
	return sum;
}

static long double
long_var(struct values a)
{
	return a.n > 1 ? deviations(a, 2) / (a.n - 1) : NAN;
}

static double
var_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double var = as_double(long_var(a));

	(void)scale;
	free(a.v);
	return var;
}

static double
sd_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double sd = as_double(sqrtl(long_var(a)));

	(void)scale;
	free(a.v);
	return sd;
}

static double
cv_twin(const struct data *d, struct rows r, double *scale)
{
	double mean = mean_twin(d, r, scale), sd = sd_twin(d, r, scale);

	*scale = fabs(sd / mean) * fmin(1, fabs(*scale / mean));
	return isfinite(sd / mean) ? sd / mean : NAN;
}

/* Of the last row of the window, which is not the row itself between multiples of every=. */
static double
z_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double z = NAN;

	if (a.n > 0 && !isnan(d->x[r.hi - 1]))
		z = as_double(((long double)d->x[r.hi - 1] - (long double)a.v[0] - mean_above(a)) /
			      sqrtl(long_var(a)));
	*scale = 1e-11;
	free(a.v);
	return z;
}

/* Equal values have no shape; computed means of them may be off in the last digit. */
static bool
all_equal(struct values a)
{
	for (int i = 1; i < a.n; i++)
		if (a.v[i] != a.v[0])
			return false;
	return true;
}

static double
skew_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double skew = NAN;

	if (!all_equal(a))
		skew = (double)(sqrtl(a.n) * deviations(a, 3) / powl(deviations(a, 2), 1.5L));
	*scale = 1e-9;
	free(a.v);
	return skew;
}

static double
kurt_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double kurt = NAN;

	if (!all_equal(a))
		kurt = (double)(a.n * deviations(a, 4) / powl(deviations(a, 2), 2) - 3);
	*scale = 3e-9;
	free(a.v);
	return kurt;
}

/* --- pairs ------------------------------------------------------------------------------------ */

struct pairs {
	int n;
	long double xx, yy, xy;
};

/* Deviations of x and y about their means over the rows where both are present. */
static struct pairs
pair_up(const long double *x, const long double *y, int n)
{
	struct pairs p = { .n = n };
	long double mx = 0, my = 0;

	for (int i = 0; i < n; i++) {
		mx += (x[i] - x[0]) / n;
		my += (y[i] - y[0]) / n;
	}
	for (int i = 0; i < n; i++) {
		long double dx = x[i] - x[0] - mx, dy = y[i] - y[0] - my;

		p.xx += dx * dx;
		p.yy += dy * dy;
		p.xy += dx * dy;
	}
	return p;
}

static struct pairs
pairs_of(const struct data *d, struct rows r)
{
	long double *x = calloc((size_t)(r.hi - r.lo + 1), sizeof *x);
	long double *y = calloc((size_t)(r.hi - r.lo + 1), sizeof *y);
	struct pairs p;
	int n = 0;

	for (int i = r.lo; i < r.hi; i++)
		if (!isnan(d->x[i]) && !isnan(d->y[i])) {
			x[n] = (long double)d->x[i];
			y[n++] = (long double)d->y[i];
		}
	p = pair_up(x, y, n);
	free(x);
	free(y);
	return p;
}

static double
cov_twin(const struct data *d, struct rows r, double *scale)
{
	struct pairs p = pairs_of(d, r);

	*scale = p.n > 1 ? 1e-12 * (double)(sqrtl(p.xx) * sqrtl(p.yy)) / (p.n - 1) : 0;
	if (!isfinite(*scale))
		*scale = 0;
	return p.n > 1 ? as_double(p.xy / (p.n - 1)) : NAN;
}

static double
corr_twin(const struct data *d, struct rows r, double *scale)
{
	struct pairs p = pairs_of(d, r);
	struct values x = present(d->x, r), y = present(d->y, r);
	bool flat = all_equal(x) || all_equal(y) || p.xx == 0 || p.yy == 0;

	*scale = 1e-9;
	free(x.v);
	free(y.v);
	return p.n > 1 && !flat ? (double)(p.xy / (sqrtl(p.xx) * sqrtl(p.yy))) : NAN;
}

static double
slope_twin(const struct data *d, struct rows r, double *scale)
{
	long double *t = calloc((size_t)(r.hi - r.lo + 1), sizeof *t);
	long double *x = calloc((size_t)(r.hi - r.lo + 1), sizeof *x);
	struct pairs p;
	int n = 0;

	for (int i = r.lo; i < r.hi; i++)
		if (!isnan(d->x[i])) {
			t[n] = i;
			if (r.by_time > 0)
				t[n] = (long double)(d->time[i] - d->time[r.lo]) * 1e-9L;
			x[n++] = (long double)d->x[i];
		}
	p = pair_up(t, x, n);
	free(t);
	free(x);
	if (n < 2 || p.xx < 1e-25L)
		return NAN;
	*scale = 1e-12 * (double)(sqrtl(p.yy) / sqrtl(p.xx));
	return (double)(p.xy / p.xx);
}

/* --- order ------------------------------------------------------------------------------------ */

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

static double
min_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0);
}

static double
max_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 1);
}

static double
range_twin(const struct data *d, struct rows r, double *scale)
{
	return max_twin(d, r, scale) - min_twin(d, r, scale);
}

static double
q13_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.13);
}

static double
median_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.5);
}

static double
p90_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.9);
}

static double
p95_twin(const struct data *d, struct rows r, double *scale)
{
	return quantile_twin(d, r, scale, 0.95);
}

static double
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

static double
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

static double
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

static double
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

/* --- ends ------------------------------------------------------------------------------------- */

/* The first and the last row with a value; -1: none. */
static struct rows
ends_of(const struct data *d, struct rows r)
{
	while (r.lo < r.hi && isnan(d->x[r.lo]))
		r.lo++;
	while (r.lo < r.hi && isnan(d->x[r.hi - 1]))
		r.hi--;
	return r.lo < r.hi ? (struct rows){ r.lo, r.hi - 1, 0 } : (struct rows){ -1, -1, 0 };
}

static double
first_twin(const struct data *d, struct rows r, double *scale)
{
	struct rows ends = ends_of(d, r);

	(void)scale;
	return ends.lo < 0 ? NAN : d->x[ends.lo];
}

static double
delta_twin(const struct data *d, struct rows r, double *scale)
{
	struct rows ends = ends_of(d, r);

	(void)scale;
	return ends.lo < 0 ? NAN : d->x[ends.hi] - d->x[ends.lo];
}

static double
rate_twin(const struct data *d, struct rows r, double *scale)
{
	struct rows ends = ends_of(d, r);

	if (ends.lo < 0 || d->time[ends.lo] == d->time[ends.hi])
		return NAN;
	return delta_twin(d, r, scale) / ((double)(d->time[ends.hi] - d->time[ends.lo]) * 1e-9);
}

/* --- counting --------------------------------------------------------------------------------- */

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

static double
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

static double
top1_twin(const struct data *d, struct rows r, double *scale)
{
	(void)scale;
	return top_twin(d, r, 1);
}

static double
top3_twin(const struct data *d, struct rows r, double *scale)
{
	(void)scale;
	return top_twin(d, r, 3);
}

static double
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

static double
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

static double
missing_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);

	(void)scale;
	free(a.v);
	return r.hi - r.lo - a.n;
}

static double
per_second_twin(const struct data *d, struct rows r, double *scale)
{
	double seconds = r.lo < r.hi ? (double)(d->time[r.hi - 1] - d->time[r.lo]) * 1e-9 : 0;

	(void)scale;
	if (r.by_time > 0)
		return (r.hi - r.lo) / ((double)r.by_time * 1e-9);
	return seconds > 0 ? (r.hi - r.lo - 1) / seconds : NAN;
}

const struct twin twins[] = {
	{ "count(x, ", count_twin, false },
	{ "sum(x, ", sum_twin, false },
	{ "mean(x, ", mean_twin, false },
	{ "var(x, ", var_twin, false },
	{ "sd(x, ", sd_twin, false },
	{ "cv(x, ", cv_twin, false },
	{ "z(x, ", z_twin, false },
	{ "skew(x, ", skew_twin, false },
	{ "kurt(x, ", kurt_twin, false },
	{ "cov(x, y, ", cov_twin, false },
	{ "corr(x, y, ", corr_twin, false },
	{ "slope(x, ", slope_twin, false },
	{ "min(x, ", min_twin, false },
	{ "max(x, ", max_twin, false },
	{ "range(x, ", range_twin, false },
	{ "quantile(x, 0.13, ", q13_twin, false },
	{ "median(x, ", median_twin, false },
	{ "p50(x, ", median_twin, false },
	{ "p90(x, ", p90_twin, false },
	{ "p95(x, ", p95_twin, false },
	{ "p99(x, ", p99_twin, false },
	{ "iqr(x, ", iqr_twin, false },
	{ "mad(x, ", mad_twin, false },
	{ "rank(x, ", rank_twin, false },
	{ "first(x, ", first_twin, false },
	{ "delta(x, ", delta_twin, false },
	{ "rate(x, ", rate_twin, false },
	{ "distinct(x, ", distinct_twin, true },
	{ "top(x, 1, ", top1_twin, true },
	{ "top(x, 3, ", top3_twin, true },
	{ "entropy(x, ", entropy_twin, true },
	{ "share(x, ", share_twin, false },
	{ "missing(x, ", missing_twin, false },
	{ "per_second(", per_second_twin, false },
};
const int twins_n = sizeof twins / sizeof *twins;
