/* pairs.c - twins of what two values of a row have to do with each other. */
#include <math.h>
#include <stdlib.h>

#include "tests/twins/twins_parts.h"

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

double
cov_twin(const struct data *d, struct rows r, double *scale)
{
	struct pairs p = pairs_of(d, r);

	*scale = p.n > 1 ? 1e-12 * (double)(sqrtl(p.xx) * sqrtl(p.yy)) / (p.n - 1) : 0;
	if (!isfinite(*scale))
		*scale = 0;
	return p.n > 1 ? as_double(p.xy / (p.n - 1)) : NAN;
}

double
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

double
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
