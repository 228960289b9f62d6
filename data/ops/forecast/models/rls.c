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
#include "data/ops/forecast/models/rls.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "data/ops/forecast/series/lanes.h"

static const double CLIP = 3.75, SCALE_GAIN = 0.03, SCALE_CLIP = 10, PRIOR = 0.3, TRACE_MAX = 1000,
		    LEVERAGE_MAX = 1e5;

void
rls_init(struct rls *r, enum rls_kind kind, int m, int M, double lambda, int wait)
{
	static const int size[] = { 5, 6, 7, 7 };

	*r = (struct rls){ .kind = kind,
		.m = m,
		.M = M,
		.wait = wait,
		.lambda = lambda,
		.inflate = 1 / lambda,
		.size = size[kind] };
}

/* Points before the first that can be learned. */
static int
needs(const struct rls *r)
{
	switch (r->kind) {
	case RLS_LAST:
		return 12;
	case RLS_SEASON:
		return (2 + r->wait) * r->m + 3;
	default:
		return r->M + (1 + r->wait) * r->m + 3;
	}
}

/* The point that the forecast of *z starts from. */
INLINED double
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

/* x: the constant one, then differences, all of them times u; what lies behind them is 0. */
INLINED void
regressors(enum rls_kind kind, const struct rls *r, const double *z, double one, double u, lanes *x)
{
	ptrdiff_t m = r->m, M = r->M;
	double c = r->center;

	switch (kind) {
	case RLS_LAST:
		x[0] = (lanes){ one, z[-1], z[-2], z[-3] } - (lanes){ 0, z[-2], z[-3], z[-4] };
		x[1] = (lanes){ z[-1], 0, 0, 0 } - (lanes){ c, 0, 0, 0 };
		break;
	case RLS_SEASON:
		x[0] = (lanes){ one, z[-1], z[-2], z[-m] } -
		       (lanes){ 0, z[-1 - m], z[-2 - m], z[-2 * m] };
		x[1] = (lanes){ z[-m - 1], z[-m], 0, 0 } - (lanes){ z[-2 * m - 1], c, 0, 0 };
		break;
	case RLS_LONG:
		x[0] = (lanes){ one, z[-1], z[-2], z[-m] } -
		       (lanes){ 0, z[-1 - M], z[-2 - M], z[-m - M] };
		x[1] =
		    (lanes){ z[-m - 1], z[-m], z[-M], 0 } - (lanes){ z[-m - 1 - M], z[-M], c, 0 };
		break;
	default:
		x[0] = (lanes){ one, z[-1], z[-2], z[-m] } -
		       (lanes){ 0, z[-1 - m], z[-2 - m], z[-2 * m] };
		x[1] = (lanes){ z[-M], z[-M - 1], z[-m], 0 } -
		       (lanes){ z[-M - m], z[-M - m - 1], c, 0 };
		break;
	}
	x[0] *= (lanes){ 1, u, u, u };
	x[1] *= u;
}

INLINED double
product(const lanes *a, const lanes *b)
{
	lanes p = a[0] * b[0] + a[1] * b[1];

	return lanes_sum(&p);
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
	t += (uint64_t)needs(r);
	if (s->n < t || needs(r) > s->keep) /* and its lags must stay */
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
INLINED double
clipped(struct rls *r, double e)
{
	double size = fabs(e), limit = CLIP * r->scale, most = SCALE_CLIP * r->scale + 1e-9;
	double rate = r->count < 1 / SCALE_GAIN ? 1 / (r->count + 1) : SCALE_GAIN;

	if (r->count++ > 20) {
		e = size > limit ? copysign(limit, e) : e;
		size = size < most ? size : most;
	}
	r->scale += rate * (size - r->scale);
	return e;
}

/* One point: gain g = P x, error e, and P without what the point has told. n: of the coefficients,
 * known to the compiler; what lies behind them stays 0. */
INLINED void
update(struct rls *r, int n, const lanes *x, double target)
{
	lanes g[2] = { { 0 } }, *theta = lanes_at(r->theta), *row;
	double e = target - product(theta, x), q, trace = 0, up, step, part;
	int i;

#pragma GCC unroll 8
	for (i = 0; i < n; i++) {
		row = lanes_at(r->P[i]);
		g[0] += row[0] * x[i / LANES][i % LANES];
		g[1] += row[1] * x[i / LANES][i % LANES];
	}
	q = r->lambda + product(x, g);
	if (!(q >= r->lambda) || !(fabs(e) < 1e150)) {
		forget(r);
		return;
	}
	if (q > LEVERAGE_MAX && r->count > 50)
		return;
	q = 1 / q;
#pragma GCC unroll 8
	for (i = 0; i < n; i++)
		trace += r->P[i][i];
	up = trace - product(g, g) * q < TRACE_MAX ? r->inflate : 1;
	part = q * up;
	step = q * clipped(r, e);
	theta[0] += g[0] * step;
	theta[1] += g[1] * step;
#pragma GCC unroll 8
	for (i = 0; i < n; i++) { /* in an order that keeps P symmetric to the bit */
		row = lanes_at(r->P[i]);
		row[0] = row[0] * up - g[0] * g[i / LANES][i % LANES] * part;
		row[1] = row[1] * up - g[1] * g[i / LANES][i % LANES] * part;
	}
}

INLINED void
learn_one(enum rls_kind kind, int n, struct rls *r, const double *z)
{
	double u = r->per_unit;
	lanes x[2] = { { 0 } };

	regressors(kind, r, z, 1, u, x);
	update(r, n, x, (*z - base_of(kind, r, z)) * u);
}

WIDE static void
learn_points(struct rls *r, const double *z, int n)
{
	for (; n-- > 0; z++)
		switch (r->kind) { /* compiled for each kind */
		case RLS_LAST:
			learn_one(RLS_LAST, 5, r, z);
			break;
		case RLS_SEASON:
			learn_one(RLS_SEASON, 6, r, z);
			break;
		case RLS_LONG:
			learn_one(RLS_LONG, 7, r, z);
			break;
		case RLS_SHORT_LONG:
			learn_one(RLS_SHORT_LONG, 7, r, z);
			break;
		}
}

bool
rls_learn(struct rls *r, const struct series *s, int most)
{
	uint64_t left = s->n - r->at;
	int n = left < (uint64_t)most ? (int)left : most;

	assert(r->at >= series_oldest(s));
	learn_points(r, series_at(s, r->at), n);
	r->at += (uint64_t)n;
	return r->at == s->n;
}

void
rls_skip(struct rls *r, const struct series *s, int most)
{
	if (r->ready && r->at + 1 == s->n)
		r->at++;
	else if (r->ready) /* the filled point is learned like any other, and none may be lost */
		rls_learn(r, s, most);
}

INLINED void
path_of(enum rls_kind kind, const struct rls *r, double *z, int h, double *path)
{
	double base, f;
	lanes x[2] = { { 0 } };
	int i;

	for (i = 0; i < h; i++, z++) {
		base = base_of(kind, r, z);
		regressors(kind, r, z, r->unit, 1, x);
		f = base + product(lanes_of(r->theta), x);
		/* an unstable row's path must stay a number */
		path[i] = *z = fabs(f) < 1e150 ? f : base;
	}
}

WIDE void
rls_path(const struct rls *r, const struct series *s, int h, double *path)
{
	double *z = s->z + s->len;

	switch (r->kind) { /* compiled for each kind */
	case RLS_LAST:
		path_of(RLS_LAST, r, z, h, path);
		return;
	case RLS_SEASON:
		path_of(RLS_SEASON, r, z, h, path);
		return;
	case RLS_LONG:
		path_of(RLS_LONG, r, z, h, path);
		return;
	case RLS_SHORT_LONG:
		path_of(RLS_SHORT_LONG, r, z, h, path);
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

/* As one that is here: seasons that its kind does not look at may be older. */
static bool
alike(const struct rls *r, const struct rls *here)
{
	if (r->kind != here->kind || r->wait != here->wait || r->size != here->size)
		return false;
	if (r->kind != RLS_LAST && r->m != here->m)
		return false;
	return r->kind == RLS_LAST || r->kind == RLS_SEASON || r->M == here->M;
}

int
rls_load(struct rls *r, const struct series *s, struct reader *from)
{
	struct rls here = *r;

	if (reader_get(from, r, sizeof *r) != 0 || !bytes_bool(&r->ready) || !alike(r, &here)) {
		*r = here;
		return -1;
	}
	r->lambda = here.lambda;
	r->inflate = here.inflate;
	if (!r->ready)
		return 0;
	if (needs(r) > s->keep || r->at > s->n || r->at < series_lasting(s) + (uint64_t)needs(r))
		return -1;
	return 0;
}
