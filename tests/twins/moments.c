/* moments.c - twins of counts, sums and the moments of a window's values. */
#include <math.h>
#include <stdlib.h>

#include "tests/twins/twins_parts.h"

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

double
count_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);

	(void)scale;
	free(a.v);
	return a.n;
}

double
mean_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double mean = a.n > 0 ? (double)mean_of(a) : NAN;

	*scale = 4e-16 * a.most;
	free(a.v);
	return mean;
}

double
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

double
var_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double var = as_double(long_var(a));

	(void)scale;
	free(a.v);
	return var;
}

double
sd_twin(const struct data *d, struct rows r, double *scale)
{
	struct values a = present(d->x, r);
	double sd = as_double(sqrtl(long_var(a)));

	(void)scale;
	free(a.v);
	return sd;
}

double
cv_twin(const struct data *d, struct rows r, double *scale)
{
	double mean = mean_twin(d, r, scale), sd = sd_twin(d, r, scale);

	*scale = fabs(sd / mean) * fmin(1, fabs(*scale / mean));
	return isfinite(sd / mean) ? sd / mean : NAN;
}

/* Of the last row of the window, which is not the row itself between multiples of every=. */
double
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

double
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

double
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
