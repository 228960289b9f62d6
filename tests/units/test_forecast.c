/* test_forecast.c - the parts of the forecaster against slow and obvious twins, and the whole of it
 * on data that breaks forecasters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/es.h"
#include "data/ops/forecast/forecaster.h"
#include "data/ops/forecast/mix.h"
#include "data/ops/forecast/power.h"
#include "data/ops/forecast/rls.h"
#include "tests/support.h"

#define PI 3.14159265358979323846

/* --- parts ------------------------------------------------------------------------------------ */

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

/* The season that a series of a given shape ends with. */
static struct seasons
find(double (*value)(struct rng *, int t), int n)
{
	struct season_search q;
	struct seasons found = { 0, 0 };
	struct rng r = { 23 };
	struct series s;

	series_init(&s, 4096, false);
	season_search_init(&q, 4096);
	for (int t = 0; t < n; t++) {
		series_push(&s, value(&r, t));
		season_search_step(&q, &s, 4096, &found);
	}
	season_search_done(&q);
	series_done(&s);
	return found;
}

static double
noise(struct rng *r, int t)
{
	(void)t;
	return rng_normal(r);
}

static double
walk(struct rng *r, int t)
{
	static double x;

	x = t == 0 ? 0 : x + rng_normal(r);
	return x;
}

static double
day_and_week(struct rng *r, int t)
{
	return 10 * sin(2 * PI * t / 24) + (t / 24 % 7 >= 5 ? 9 : 0) + rng_normal(r);
}

static double
year_with_trend(struct rng *r, int t)
{
	return t + 10 * (t % 12 == 11) + 4 * sin(2 * PI * t / 12) + rng_normal(r);
}

START_TEST(seasons_found)
{
	ck_assert_int_eq(find(noise, 3000).m, 0);
	ck_assert_int_eq(find(year_with_trend, 200).m, 12);
	ck_assert_int_eq(find(day_and_week, 5000).m, 24);
	ck_assert_int_eq(find(day_and_week, 5000).M, 168);
}
END_TEST

/* --- the whole -------------------------------------------------------------------------------- */

static struct forecaster_options
plain(const struct forecast_method *method, int horizon)
{
	return (struct forecaster_options){
		.method = method, .horizon = horizon, .alpha = NAN, .beta = NAN, .gamma = NAN
	};
}

static const struct forecast_method *const methods[] = { &forecast_auto, &forecast_naive,
	&forecast_seasonal, &forecast_ses, &forecast_holt, &forecast_hw, &forecast_ar,
	&forecast_theta };

enum { NASTY = 10 };

static double
nasty(int kind, struct rng *r, int t)
{
	double season = 10 * sin(2 * PI * t / 24), u = rng_uniform(r);

	switch (kind) {
	case 0:
		return 7; /* constant */
	case 1:
		return t / 500 % 2 * 1e6 + season; /* steps */
	case 2:
		return 100 + season + rng_normal(r) + (u < 0.002 ? 1e15 : 0);
	case 3:
		return u < 0.7 ? 0 : floor(10 * u); /* mostly zeros */
	case 4:
		return 50 + season + (t > 700 ? -100 : 0) + rng_normal(r); /* leaves the positive */
	case 5:
		return exp(0.1 * (t % 2000)) * (1 + 0.01 * u); /* to 1e86 and back */
	case 6:
		return heavy(r);
	case 7:
		return t % 100 < 30 ? NAN : 100 + season; /* missing runs */
	case 8:
		return u < 0.5 ? 1e308 : -1e308;
	default:
		return 1e9 + season + 1e-3 * rng_normal(r);
	}
}

START_TEST(nothing_breaks_it)
{
	for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
		for (int kind = 0; kind < NASTY; kind++) {
			struct forecaster_options o = plain(methods[m], 24);
			struct forecaster f;
			struct rng r = { 31 };
			double path[LEADS_MAX], w[LEVELS];

			forecaster_init(&f, &o);
			for (int t = 0; t < 4000; t++) {
				forecaster_value(&f, nasty(kind, &r, t));
				ck_assert_msg(isfinite(f.next) || f.series.seen == 0,
				    "%s on %d at %d", methods[m]->name, kind, t);
			}
			forecaster_ahead(&f, LEADS_MAX, path);
			for (int h = 0; h < LEADS_MAX; h++) {
				forecaster_widths(&f, h + 1, w);
				ck_assert_msg(isfinite(path[h]) && w[2] >= w[1] && w[1] >= 0 &&
						  isfinite(w[3]),
				    "%s on %d, lead %d", methods[m]->name, kind, h + 1);
			}
			forecaster_done(&f);
		}
}
END_TEST

/* Two seasons after a spike, errors are what they were before. */
START_TEST(recovers_from_a_spike)
{
	struct forecaster_options o = plain(&forecast_auto, 24);
	struct forecaster f;
	struct rng r = { 37 };
	double before = 0, after = 0, y;

	forecaster_init(&f, &o);
	for (int t = 0; t < 1000; t++) {
		y = 100 + 10 * sin(2 * PI * t / 24) + rng_normal(&r);
		if (t >= 400 && t < 500)
			before += fabs(y - f.next);
		if (t >= 548 && t < 648)
			after += fabs(y - f.next);
		forecaster_value(&f, t == 500 ? 1e15 : y);
	}
	ck_assert_msg(after < 1.5 * before, "%g %g", before, after);
	forecaster_done(&f);
}
END_TEST

/* A hole in regular times is the same as missing rows, to the bit; and a forecast after a gap of a
 * whole season still knows the season. */
START_TEST(gaps)
{
	struct forecaster_options o = plain(&forecast_auto, 24);
	struct forecaster hole, missing;
	struct rng r = { 41 };
	double worst = 0;

	o.timed = true;
	forecaster_init(&hole, &o);
	forecaster_init(&missing, &o);
	for (int t = 0; t < 600; t++) {
		double y = 100 + 10 * sin(2 * PI * t / 24) + 0.5 * rng_normal(&r);
		bool gone = t >= 400 && t < 437;

		forecaster_time(&missing, t * 3600 * TIME_SECOND);
		if (gone) {
			forecaster_value(&missing, NAN);
			continue;
		}
		forecaster_time(&hole, t * 3600 * TIME_SECOND);
		ck_assert(memcmp(&hole.next, &missing.next, sizeof hole.next) == 0);
		ck_assert(memcmp(hole.widths, missing.widths, sizeof hole.widths) == 0);
		if (t >= 437 && t < 443)
			worst = fmax(worst, fabs(y - hole.next));
		forecaster_value(&hole, y);
		forecaster_value(&missing, y);
	}
	ck_assert_msg(worst < 3, "%g", worst);
	ck_assert_int_eq(hole.seasons.m, 24);
	forecaster_done(&hole);
	forecaster_done(&missing);
}
END_TEST

/* Random steps: no season of the step, no holes filled; the rows' own season is found. */
START_TEST(irregular_times)
{
	struct forecaster_options o = plain(&forecast_auto, 1), untimed = plain(&forecast_auto, 1);
	struct forecaster f, rows;
	struct rng r = { 43 };
	int64_t time = 0;

	o.timed = true;
	forecaster_init(&f, &o);
	forecaster_init(&rows, &untimed);
	for (int t = 0; t < 800; t++) {
		double y = 10 * sin(2 * PI * t / 20) + rng_normal(&r);

		time += (int64_t)(rng_uniform(&r) * 1e12);
		forecaster_time(&f, time);
		ck_assert(memcmp(&f.next, &rows.next, sizeof f.next) == 0);
		forecaster_value(&f, y);
		forecaster_value(&rows, y);
	}
	ck_assert_int_eq(f.seasons.m, 20);
	ck_assert_uint_eq(f.series.n, 800);
	forecaster_done(&f);
	forecaster_done(&rows);
}
END_TEST

/* Times that stand still or a season longer than the data do no harm. */
START_TEST(odd_times_and_seasons)
{
	struct forecaster_options o = plain(&forecast_auto, 12);
	struct forecaster f;

	o.timed = true;
	o.told = true;
	o.seasons = (struct seasons){ 500, 1200 };
	forecaster_init(&f, &o);
	for (int t = 0; t < 300; t++) {
		forecaster_time(&f, t < 100 ? 0 : t == 250 ? INT64_MAX / 4 : t * TIME_SECOND);
		forecaster_value(&f, t % 7);
		ck_assert(isfinite(f.next));
	}
	forecaster_done(&f);
}
END_TEST

START_TEST(random_walks_cost_little)
{
	double ours = 0, naive = 0;

	for (uint64_t seed = 0; seed < 10; seed++) {
		struct forecaster_options o = plain(&forecast_auto, 1);
		struct forecaster f;
		struct rng r = { seed };
		double y = 0;

		forecaster_init(&f, &o);
		for (int t = 0; t < 2000; t++)
			forecaster_value(&f, y += rng_normal(&r));
		ours += f.absolute;
		naive += f.naive;
		forecaster_done(&f);
	}
	ck_assert_msg(ours < 1.01 * naive, "%g", ours / naive);
}
END_TEST

START_TEST(sizes)
{
	struct forecaster_options o = plain(&forecast_auto, 48);
	struct forecaster f;
	struct rng r = { 47 };

	o.told = true;
	o.seasons = (struct seasons){ 24, 168 };
	forecaster_init(&f, &o);
	for (int t = 0; t < 5000; t++)
		forecaster_value(&f, day_and_week(&r, t));
	ck_assert_uint_le(forecaster_held(&f), 150 * 1024);
	forecaster_done(&f);
	o.horizon = 1;
	o.compact = true;
	forecaster_init(&f, &o);
	for (int t = 0; t < 5000; t++)
		forecaster_value(&f, day_and_week(&r, t));
	ck_assert_uint_le(forecaster_held(&f), 12 * 1024);
	forecaster_done(&f);
}
END_TEST

/* What auto is for: as good as the method that fits, on each kind of series. */
START_TEST(auto_is_near_the_best)
{
	double (*const kinds[])(struct rng *, int) = { noise, walk, day_and_week, year_with_trend };

	for (size_t kind = 0; kind < 4; kind++) {
		double error[8];

		for (size_t m = 0; m < 8; m++) {
			struct forecaster_options o = plain(methods[m], 1);
			struct forecaster f;
			struct rng r = { 53 };

			forecaster_init(&f, &o);
			for (int t = 0; t < 1500; t++)
				forecaster_value(&f, kinds[kind](&r, t));
			error[m] = f.absolute / f.n;
			forecaster_done(&f);
		}
		for (size_t m = 1; m < 8; m++)
			ck_assert_msg(error[0] < 1.2 * error[m], "%zu: %g, %s %g", kind, error[0],
			    methods[m]->name, error[m]);
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
	tcase_add_test(c, seasons_found);
	tcase_add_test(c, nothing_breaks_it);
	tcase_add_test(c, recovers_from_a_spike);
	tcase_add_test(c, gaps);
	tcase_add_test(c, irregular_times);
	tcase_add_test(c, odd_times_and_seasons);
	tcase_add_test(c, random_walks_cost_little);
	tcase_add_test(c, sizes);
	tcase_add_test(c, auto_is_near_the_best);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
