/* ends.c - twins of the first and the last value of a window. */
#include <math.h>

#include "tests/twins/twins_parts.h"

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

double
first_twin(const struct data *d, struct rows r, double *scale)
{
	struct rows ends = ends_of(d, r);

	(void)scale;
	return ends.lo < 0 ? NAN : d->x[ends.lo];
}

double
delta_twin(const struct data *d, struct rows r, double *scale)
{
	struct rows ends = ends_of(d, r);

	(void)scale;
	return ends.lo < 0 ? NAN : d->x[ends.hi] - d->x[ends.lo];
}

double
rate_twin(const struct data *d, struct rows r, double *scale)
{
	struct rows ends = ends_of(d, r);

	if (ends.lo < 0 || d->time[ends.lo] == d->time[ends.hi])
		return NAN;
	return delta_twin(d, r, scale) / ((double)(d->time[ends.hi] - d->time[ends.lo]) * 1e-9);
}
