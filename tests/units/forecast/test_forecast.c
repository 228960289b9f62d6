/* test_forecast.c - the parts of the forecaster against slow and obvious twins. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/times/times.h"
#include "data/ops/forecast/models/es.h"
#include "data/ops/forecast/intervals.h"
#include "data/ops/forecast/models/mix.h"
#include "data/ops/forecast/series/power.h"
#include "data/ops/forecast/models/rls.h"
#include "data/ops/forecast/series/seasons.h"
#include "tests/support.h"

#define PI 3.14159265358979323846

START_TEST(exponential)
{
	for (double x = -690; x < 690; x += 0.37) {
		lanes several = { x, x + 1e-3, -x, 1 };

		ck_assert_msg(fabs(power_exp(x) / exp(x) - 1) < 1e-15, "%g", x);
		power_exps(&several);
		ck_assert(several[0] == power_exp(x) && several[1] == power_exp(x + 1e-3));
		ck_assert(several[2] == power_exp(-x) && several[3] == power_exp(1));
	}
}
END_TEST

START_TEST(logarithm)
{
	static const double odd[] = { 5e-324, 1e-310, 2.3e-308, 0x1p-1000, 0x1p-1001, 1.7e308 };

	for (double x = 1e-300; x < 1e300; x *= 1.0373)
		ck_assert_msg(near(power_log(x), log(x), 1e-15), "%g", x);
	for (double x = 0.5; x < 2; x += 1e-4) /* to all digits near 1, too */
		ck_assert_msg(fabs(power_log(x) - log(x)) <= 1e-15 * fabs(log(x)), "%g", x);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		ck_assert_msg(near(power_log(odd[i]), log(odd[i]), 1e-15), "%g", odd[i]);
	ck_assert(power_log(1) == 0);
}
END_TEST

/* One row, one number at a time, as the formulas in es.h are written. */
struct es_twin {
	struct {
		double alpha, beta, phi, gamma, ar, rho, drift;
	} row;
	int m;
	double level, trend, rest, scale, season[64];
	int count;
};

static double
es_twin_forecast(const struct es_twin *w, int h, double slope)
{
	double f = w->level + h * w->row.drift * slope + pow(w->row.rho, h) * w->rest;

	for (int i = 1; i <= h; i++)
		f += pow(w->row.phi, i) * w->trend;
	return w->m > 0 ? f + w->season[(w->count + h - 1) % w->m] : f;
}

static void
es_twin_learn(struct es_twin *w, double z, double slope)
{
	double e = z - es_twin_forecast(w, 1, slope), size = fabs(e), a = w->row.alpha,
	       g = w->row.gamma;

	if (w->count > 10 && size > 3.75 * w->scale)
		e = e > 0 ? 3.75 * w->scale : -3.75 * w->scale;
	if (w->count > 10)
		size = fmin(size, 11.25 * w->scale + 1e-12);
	w->scale += fmax(1.0 / (w->count + 1), 0.03) * (size - w->scale);
	if (w->m == 0)
		a = fmax(a, 1.0 / (w->count + 1));
	else
		g = fmax(g, 0.5 * (1 - a) / (w->count / w->m + 2));
	w->level += w->row.phi * w->trend + a * e;
	w->trend = w->row.phi * w->trend + w->row.beta * e;
	w->rest = w->row.rho * w->rest + w->row.ar * e;
	if (w->m > 0)
		w->season[w->count % w->m] += g * e;
	w->count++;
}

/* Five: a full four and one more. */
enum { TWINS = 5 };
static const struct es_rows es_rows = {
	.rows = TWINS,
	.alpha = { 1, 0.6, 0.02, 0.8, 0.3 },
	.beta = { 0, 0.1, 0, 0, 0.01 },
	.phi = { 0, 0.9, 0, 0, 1 },
	.gamma = { 0, 0.2, 0.3, 0.1, 0.1 },
	.ar = { 0, 0, 0.8, 0, 0 },
	.rho = { 0, 0, 0.95, 0, 0 },
	.drift = { 0, 0, 0, 0.5, 0 },
};

static struct es_twin
es_twin_of(int k, int m)
{
	const struct es_rows *r = &es_rows;

	return (struct es_twin){ .row = { r->alpha[k], r->beta[k], r->phi[k], r->gamma[k], r->ar[k],
				     r->rho[k], r->drift[k] },
		.m = m };
}

static void
compare_es(int m, int rows, int n, double spike)
{
	struct rng r = { 5 };
	struct series s;
	struct es es;
	struct es_twin twin[TWINS];
	double f[ES_ROWS], path[20], y, digits = m > 0 ? 1e-5 : 1e-9; /* seasons are floats */

	series_init(&s, 4096, false);
	es_init(&es, &es_rows, rows, m);
	for (int k = 0; k < rows; k++)
		twin[k] = es_twin_of(k, m);
	for (int t = 0; t < n; t++) {
		y = 0.01 * t + (m > 0 ? 5 * sin(2 * PI * t / m) : 0) + rng_normal(&r) +
		    (t == 90 ? spike : 0);
		series_push(&s, y);
		if (!es.ready && es_start(&es, &s, 0))
			for (int k = 0; k < rows; k++) {
				twin[k].level = es.level[k];
				for (int i = 0; i < m; i++)
					twin[k].season[i] = (double)es.season[i * es.stride + k];
				for (uint64_t i = 0; i < s.n; i++)
					es_twin_learn(&twin[k], *series_at(&s, i), s.slope);
			}
		else if (es.ready)
			for (int k = 0; k < rows; k++)
				es_twin_learn(&twin[k], y, s.slope);
		if (!es.ready)
			continue;
		ck_assert(es_learn(&es, &s, 1000));
		es_next(&es, s.slope, f);
		for (int k = 0; k < rows; k++) {
			ck_assert(near(f[k], es_twin_forecast(&twin[k], 1, s.slope), digits));
			es_path(&es, k, s.slope, 20, path);
			ck_assert(near(path[0], f[k], 1e-9));
			ck_assert(near(path[19], es_twin_forecast(&twin[k], 20, s.slope), digits));
		}
	}
	es_done(&es);
	series_done(&s);
}

START_TEST(smoothing_rows)
{
	for (int rows = 1; rows <= TWINS; rows++) {
		compare_es(0, rows, 300, 0);
		compare_es(0, rows, 300, 1e6);
		compare_es(7, rows, 300, 0);
		compare_es(24, rows, 300, 1e6);
	}
}
END_TEST

/* Weighted least squares from scratch: minimise sum lambda^(n-i) (y_i - theta'x_i)^2 plus the
 * prior's lambda^n / 0.3 |theta|^2, by elimination in long double. */
static void
solve(long double a[5][6])
{
	for (int i = 0; i < 5; i++)
		for (int j = 0; j < 5; j++) {
			long double c = a[j][i] / a[i][i];

			for (int k = i; k < 6 && j != i; k++)
				a[j][k] -= c * a[i][k];
		}
}

START_TEST(least_squares_rows)
{
	static double z[400];
	struct rng r = { 11 };
	struct series s;
	struct rls row;
	long double a[5][6] = { { 0 } };
	double x[6];

	series_init(&s, 4096, false);
	rls_init(&row, RLS_LAST, 0, 0, 0.99, 0);
	for (int t = 0; t < 400; t++) {
		z[t] = (t > 1 ? 1.2 * z[t - 1] - 0.5 * z[t - 2] : 0) + 0.5 * rng_normal(&r);
		series_push(&s, z[t]);
		if (!row.ready && !rls_start(&row, &s, 0))
			continue;
		ck_assert(rls_learn(&row, &s, 1000));
	}
	for (int i = 0; i < 5; i++)
		a[i][i] = powl(0.99L, 400 - 12) / 0.3L;
	for (int t = 12; t < 400; t++) {
		x[0] = 1;
		x[1] = (z[t - 1] - z[t - 2]) / row.unit;
		x[2] = (z[t - 2] - z[t - 3]) / row.unit;
		x[3] = (z[t - 3] - z[t - 4]) / row.unit;
		x[4] = (z[t - 1] - row.center) / row.unit;
		x[5] = (z[t] - z[t - 1]) / row.unit;
		for (int i = 0; i < 5; i++)
			for (int j = 0; j < 6; j++)
				a[i][j] += powl(0.99L, 399 - t) * x[i] * x[j];
	}
	solve(a);
	for (int i = 0; i < 5; i++) /* a few errors were clipped */
		ck_assert_msg(near(row.theta[i], (double)(a[i][5] / a[i][i]), 0.03), "%d: %g %g", i,
		    row.theta[i], (double)(a[i][5] / a[i][i]));
	for (int i = 0; i < row.size; i++)
		for (int j = 0; j < row.size; j++)
			ck_assert(row.P[i][j] == row.P[j][i]);
	series_done(&s);
}
END_TEST

/* Two pure waves excite few directions: P must not run away. */
START_TEST(least_squares_stay_definite)
{
	struct rng r = { 1 };
	struct series s;
	struct rls row;

	series_init(&s, 4096, false);
	rls_init(&row, RLS_LONG, 24, 168, 0.99, 0);
	for (int t = 0; t < 50000; t++) {
		series_push(&s, 50 + 10 * sin(2 * PI * t / 24) + 5 * sin(2 * PI * t / 168) +
				    1e-6 * rng_normal(&r));
		if (row.ready || rls_start(&row, &s, series_oldest(&s)))
			ck_assert(rls_learn(&row, &s, 1000));
		if (t > 1000)
			ck_assert(fabs(rls_next(&row, &s) - 50) < 30);
	}
	series_done(&s);
}
END_TEST

START_TEST(weights)
{
	static const double error[3] = { 1, 1.1, 2.5 };
	struct mix mix;
	double w[EXPERTS], sum = 0;

	mix_init(&mix, 1);
	for (int i = 0; i < 500; i++) {
		for (int k = 0; k < 3; k++)
			mix.next[k] = error[k];
		mix_score(&mix, (uint64_t)i, 0);
	}
	mix_weights(&mix, 0, w);
	for (int k = 0; k < EXPERTS; k++)
		sum += w[k];
	ck_assert(near(sum, 1, 1e-12));
	ck_assert(near(w[1] / w[0], pow(1 / 1.1, 8), 1e-9));
	ck_assert(w[2] == 0 && w[3] == 0); /* over twice the best error; silent */
	mix.next[0] = NAN;
	mix_weights(&mix, 0, w);
	ck_assert(w[0] == 0 && w[1] > 0);
	mix_forget(&mix, 0, EXPERTS);
	mix_weights(&mix, 0, w);
	for (int k = 0; k < EXPERTS; k++)
		ck_assert(w[k] == 0);
	mix_done(&mix);
}
END_TEST

START_TEST(leads_cover_all)
{
	static const int horizons[] = { 1, 2, 3, 12, 13, 18, 48, 50, 200 };

	for (size_t i = 0; i < sizeof horizons / sizeof *horizons; i++) {
		struct leads l;
		int before = 0;

		leads_init(&l, horizons[i]);
		ck_assert(l.slots * l.stride >= l.h || l.h == 1);
		for (int h = 1; h <= l.h; h++) {
			struct lead_blend b = leads_blend(&l, h);

			ck_assert(b.own == before || b.own == before + 1);
			ck_assert(b.share >= 0 && b.share < 1);
			ck_assert(b.other >= 0 && b.other < l.buckets && abs(b.other - b.own) <= 1);
			before = b.own;
		}
		ck_assert_int_eq(before, l.buckets - 1);
	}
}
END_TEST

static double
heavy(struct rng *r) /* Cauchy */
{
	return tan(PI * (rng_uniform(r) - 0.5));
}

START_TEST(intervals_keep_their_word)
{
	struct intervals iv;
	struct rng r = { 17 };
	double w[LEVELS], y, hit[LEVELS] = { 0 }, between = 0, n = 20000;

	for (int kind = 0; kind < 3; kind++) {
		intervals_init(&iv, 1);
		memset(hit, 0, sizeof hit);
		between = 0;
		for (int t = 0; t < n; t++) {
			y = kind == 0   ? rng_normal(&r)
			    : kind == 1 ? heavy(&r)
					: (t / 2000 % 2 + 0.1) * rng_normal(&r);
			intervals_widths(&iv, 1, w);
			for (int k = 0; k < LEVELS; k++)
				hit[k] += (fabs(y) <= w[k]) / n;
			between += (fabs(y) <= widths_at(w, 1, 0.9)) / n;
			intervals_score(&iv, (uint64_t)t, y, 0, 1, 10);
		}
		for (int k = 0; k < LEVELS; k++)
			ck_assert_msg(fabs(hit[k] - interval_levels[k]) < 0.015, "%d %g: %g", kind,
			    interval_levels[k], hit[k]);
		ck_assert_msg(fabs(between - 0.9) < 0.02, "%d: %g", kind, between);
		intervals_done(&iv);
	}
}
END_TEST

START_TEST(seasons_of_steps)
{
	static const struct {
		int64_t step;
		int m, M;
	} known[] = { { 3600, 24, 168 }, { 1800, 48, 336 }, { 300, 288, 2016 }, { 60, 60, 1440 },
		{ 86400, 7, 0 }, { 7 * 86400, 52, 0 }, { 30 * 86400, 12, 0 }, { 31 * 86400, 12, 0 },
		{ 91 * 86400, 4, 0 }, { 1, 0, 0 }, { 1234, 0, 0 }, { 0, 0, 0 } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct seasons s = seasons_of_step(known[i].step * TIME_SECOND, 4096);

		ck_assert_int_eq(s.m, known[i].m);
		ck_assert_int_eq(s.M, known[i].M);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("forecast");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, exponential);
	tcase_add_test(c, logarithm);
	tcase_add_test(c, smoothing_rows);
	tcase_add_test(c, least_squares_rows);
	tcase_add_test(c, least_squares_stay_definite);
	tcase_add_test(c, weights);
	tcase_add_test(c, leads_cover_all);
	tcase_add_test(c, intervals_keep_their_word);
	tcase_add_test(c, seasons_of_steps);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
