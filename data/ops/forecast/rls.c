/* rls.c - a row of recursive least squares on lags: an autoregression that learns at every point.
 *
 * Plackett (1950) with exponential forgetting. Some things keep it from the known accidents: P is
 * inflated by 1/lambda only while its trace is below 1000 (in quiet times it would grow without
 * bound and the next point would throw the coefficients anywhere), and an error beyond 3.75 times
 * the mean error counts as one of that size. A point with regressors out of all measure, from a
 * spike among the lags, teaches nothing: it would freeze the coefficients for good. Rounding can
 * make P indefinite, the sooner the less symmetric it is: so it is kept symmetric to the bit, and a
 * row where x'Px is negative starts anew. P starts at 0.3 I, which shrinks towards the naive
 * forecast until the data say otherwise. */
#include "data/ops/forecast/rls.h"

#include <math.h>
#include <string.h>

#include "data/ops/forecast/power.h"

static const double CLIP = 3.75, SCALE_GAIN = 0.03, SCALE_CLIP = 10, PRIOR = 0.3, TRACE_MAX = 1000,
		    LEVERAGE_MAX = 1e5;

void
rls_init(struct rls *r, enum rls_kind kind, int m, int M, double lambda)
{
	static const int size[] = { 5, 6, 7, 7 };

	*r = (struct rls){ .kind = kind,
		.m = m,
		.M = M,
		.lambda = lambda,
		.inflate = 1 / lambda,
		.size = size[kind] };
}

int
rls_needs(const struct rls *r)
{
	switch (r->kind) {
	case RLS_LAST:
		return 12;
	case RLS_SEASON:
		return 3 * r->m + 3;
	default:
		return r->M + 2 * r->m + 3;
	}
}

/* The point that the forecast of *z starts from. */
static inline double
base_of(enum rls_kind kind, const struct rls *r, const double *z)
{
	switch (kind) {
	case RLS_LAST:
		return z[-1];
	case RLS_LONG:
		return z[-r->M];
	default:
		return z[-r->m];
	}
}

/* In units of 1 / u. */
static inline void
regressors(enum rls_kind kind, const struct rls *r, const double *z, double u, double *restrict x)
{
	ptrdiff_t m = r->m, M = r->M;

	x[0] = 1;
	switch (kind) {
	case RLS_LAST:
		x[1] = (z[-1] - z[-2]) * u;
		x[2] = (z[-2] - z[-3]) * u;
		x[3] = (z[-3] - z[-4]) * u;
		x[4] = (z[-1] - r->center) * u;
		return;
	case RLS_SEASON:
		x[1] = (z[-1] - z[-1 - m]) * u;
		x[2] = (z[-2] - z[-2 - m]) * u;
		x[3] = (z[-m] - z[-2 * m]) * u;
		x[4] = (z[-m - 1] - z[-2 * m - 1]) * u;
		x[5] = (z[-m] - r->center) * u;
		return;
	case RLS_LONG:
		x[1] = (z[-1] - z[-1 - M]) * u;
		x[2] = (z[-2] - z[-2 - M]) * u;
		x[3] = (z[-m] - z[-m - M]) * u;
		x[4] = (z[-m - 1] - z[-m - 1 - M]) * u;
		x[5] = (z[-m] - z[-M]) * u;
		x[6] = (z[-M] - r->center) * u;
		return;
	case RLS_SHORT_LONG:
		x[1] = (z[-1] - z[-1 - m]) * u;
		x[2] = (z[-2] - z[-2 - m]) * u;
		x[3] = (z[-m] - z[-2 * m]) * u;
		x[4] = (z[-M] - z[-M - m]) * u;
		x[5] = (z[-M - 1] - z[-M - m - 1]) * u;
		x[6] = (z[-m] - r->center) * u;
		return;
	}
}

/* The mean size of the differences that are regressed, so that coefficients and P have no unit. */
static void
measure(struct rls *r, const struct series *s)
{
	int d = r->kind == RLS_LAST ? 1 : r->kind == RLS_LONG ? r->M : r->m;
	double sum = 0, spread = 0;
	int i;

	r->center = 0;
	for (i = 0; i < s->len; i++)
		r->center += s->z[i] / s->len;
	for (i = d; i < s->len; i++)
		sum += fabs(s->z[i] - s->z[i - d]);
	for (i = 0; i < s->len; i++)
		spread += fabs(s->z[i] - r->center);
	r->unit = sum / (s->len - d);
	if (!(r->unit > 0))
		r->unit = spread / s->len;
	if (!(r->unit > 0))
		r->unit = 1e-3 * fabs(r->center) + 1e-9;
	r->per_unit = 1 / r->unit;
}

/* Knows nothing: the forecast is the base. */
static void
forget(struct rls *r)
{
	int i;

	memset(r->theta, 0, sizeof r->theta);
	memset(r->P, 0, sizeof r->P);
	for (i = 0; i < r->size; i++)
		r->P[i][i] = PRIOR;
}

bool
rls_start(struct rls *r, const struct series *s, uint64_t t)
{
	t += (uint64_t)rls_needs(r);
	if (s->n < t)
		return false;
	measure(r, s);
	forget(r);
	r->scale = 0;
	r->count = 0;
	r->at = t;
	r->ready = true;
	return true;
}

/* The mean error; a large one moves the coefficients by no more than one CLIP times the mean. */
static inline double
clipped(struct rls *r, double e)
{
	double size = fabs(e), limit = CLIP * r->scale, rate = SCALE_GAIN;

	if (r->count < 1 / SCALE_GAIN)
		rate = 1 / (r->count + 1);
	if (r->count++ > 20) {
		e = size > limit ? copysign(limit, e) : e;
		size = fmin(size, SCALE_CLIP * r->scale + 1e-9);
	}
	r->scale += rate * (size - r->scale);
	return e;
}

/* One point: gain g = P x, error e, and P without what the point has told. n: of the coefficients,
 * known to the compiler; what lies behind them stays 0. */
static inline void
update(struct rls *restrict r, int n, const double *restrict x, double target)
{
	double g[RLS_MAX] = { 0 }, q = r->lambda, e = target, trace = 0, up, step, part;
	int i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < RLS_MAX; j++)
			g[j] += r->P[i][j] * x[i];
	for (i = 0; i < n; i++) {
		q += x[i] * g[i];
		e -= r->theta[i] * x[i];
	}
	if (!(q >= r->lambda) || !(fabs(e) < 1e150)) {
		forget(r);
		return;
	}
	if (q > LEVERAGE_MAX && r->count > 50)
		return;
	q = 1 / q;
	for (i = 0; i < n; i++)
		trace += r->P[i][i] - g[i] * g[i] * q;
	up = trace < TRACE_MAX ? r->inflate : 1;
	part = q * up;
	step = q * clipped(r, e);
	for (j = 0; j < RLS_MAX; j++)
		r->theta[j] += g[j] * step;
	for (i = 0; i < n; i++)
		for (j = 0; j < RLS_MAX; j++) /* in an order that keeps P symmetric to the bit */
			r->P[i][j] = r->P[i][j] * up - g[i] * g[j] * part;
}

WIDE static void
learn_one(struct rls *r, const double *z)
{
	double x[RLS_MAX], target = (*z - base_of(r->kind, r, z)) * r->per_unit;

	switch (r->kind) { /* compiled for each kind: their loops have a known length */
	case RLS_LAST:
		regressors(RLS_LAST, r, z, r->per_unit, x);
		update(r, 5, x, target);
		return;
	case RLS_SEASON:
		regressors(RLS_SEASON, r, z, r->per_unit, x);
		update(r, 6, x, target);
		return;
	case RLS_LONG:
		regressors(RLS_LONG, r, z, r->per_unit, x);
		update(r, 7, x, target);
		return;
	case RLS_SHORT_LONG:
		regressors(RLS_SHORT_LONG, r, z, r->per_unit, x);
		update(r, 7, x, target);
		return;
	}
}

bool
rls_learn(struct rls *r, const struct series *s, int most)
{
	for (; r->at < s->n && most-- > 0; r->at++)
		learn_one(r, series_at(s, r->at));
	return r->at == s->n;
}

void
rls_skip(struct rls *r, const struct series *s)
{
	if (r->ready && r->at + 1 == s->n)
		r->at++;
}

static inline double
next_one(enum rls_kind kind, int n, const struct rls *r, const double *z)
{
	double x[RLS_MAX], f = 0, base = base_of(kind, r, z);
	int i;

	regressors(kind, r, z, 1, x);
	for (i = 1; i < n; i++)
		f += r->theta[i] * x[i];
	f += base + r->theta[0] * r->unit;
	return fabs(f) < 1e150 ? f : base; /* an unstable row's path must stay a number */
}

static inline void
path_of(enum rls_kind kind, int n, const struct rls *r, double *z, int h, double *path)
{
	int i;

	for (i = 0; i < h; i++)
		path[i] = z[i] = next_one(kind, n, r, z + i);
}

void
rls_path(const struct rls *r, const struct series *s, int h, double *path)
{
	double *z = s->z + s->len;

	switch (r->kind) { /* compiled for each kind */
	case RLS_LAST:
		path_of(RLS_LAST, 5, r, z, h, path);
		return;
	case RLS_SEASON:
		path_of(RLS_SEASON, 6, r, z, h, path);
		return;
	case RLS_LONG:
		path_of(RLS_LONG, 7, r, z, h, path);
		return;
	case RLS_SHORT_LONG:
		path_of(RLS_SHORT_LONG, 7, r, z, h, path);
		return;
	}
}

double
rls_next(const struct rls *r, const struct series *s)
{
	double f = 0;

	rls_path(r, s, 1, &f);
	return f;
}
