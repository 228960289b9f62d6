/* test_forecast_hard.c - the whole forecaster on data that break forecasters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/ops/forecast/forecaster.h"
#include "tests/support.h"

#define PI 3.14159265358979323846

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

enum { NASTY = 17 };

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
		return tan(PI * (u - 0.5)); /* Cauchy */
	case 7:
		return t % 100 < 30 ? NAN : 100 + season; /* missing runs */
	case 8:
		return u < 0.5 ? 1e308 : -1e308;
	case 9:
		return 1e9 + season + 1e-3 * rng_normal(r);
	case 10:
		return (t > 1500 ? 1e9 : 10) + season + rng_normal(r); /* a step for good */
	case 11:
		return t % 2 == 0 ? 1e6 : -1e6;
	case 12:
		return t % 1500 > 700 ? NAN : 100 + season; /* missing for longer than known */
	case 13:
		return u < 0.9 ? 0 : floor(-3 * log(u - 0.89)); /* counts */
	case 14:
		return (t % 2 == 0 ? 1 : -1) * exp(0.17 * (t % 4000)); /* swings out to 1e295 */
	case 15:
		return 1e-300 * (1 + u); /* next to nothing, above 0 */
	default:
		return t < 2000 ? NAN : t < 3000 ? 5 : exp(-0.1 * (t - 3000)); /* late, then to 0 */
	}
}

static void
try_nasty(const struct forecaster_options *o, int kind)
{
	struct forecaster f;
	struct rng r = { 31 };
	double path[HORIZON_MAX], w[LEVELS];

	forecaster_init(&f, o);
	for (int t = 0; t < 4000; t++) {
		forecaster_value(&f, nasty(kind, &r, t));
		ck_assert_msg(isfinite(f.next) || f.series.seen == 0, "%s on %d at %d",
		    o->method->name, kind, t);
	}
	forecaster_ahead(&f, HORIZON_MAX, path);
	for (int h = 0; h < HORIZON_MAX; h++) {
		forecaster_widths(&f, h + 1, w);
		ck_assert_msg(isfinite(path[h]) && w[2] >= w[1] && w[1] >= 0 && isfinite(w[3]),
		    "%s on %d, lead %d", o->method->name, kind, h + 1);
	}
	forecaster_done(&f);
}

START_TEST(nothing_breaks_it)
{
	for (int kind = 0; kind < NASTY; kind++) {
		struct forecaster_options compact = plain(&forecast_auto, 1);

		for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
			struct forecaster_options o = plain(methods[m], 24);

			try_nasty(&o, kind);
		}
		compact.compact = true;
		try_nasty(&compact, kind);
	}
}
END_TEST

/* Errors of the last rows stay near those of the last value where nothing better is to be had, and
 * below where there is. */
START_TEST(nasty_data_cost_little)
{
	static const double most[NASTY] = { [1] = 1.5,
		[3] = 1.1,
		[4] = 0.8,
		[6] = 1.02,
		[8] = 1.02,
		[9] = 0.2,
		[10] = 0.8,
		[11] = 0.01,
		[13] = 1.02,
		[15] = 1.02 };

	for (int kind = 0; kind < NASTY; kind++) {
		struct forecaster_options o = plain(&forecast_auto, 1);
		struct forecaster f;
		struct rng r = { 32 };
		double ours = 0, naive = 0;

		forecaster_init(&f, &o);
		for (int t = 0; t < 4000; t++) {
			double y = nasty(kind, &r, t);

			if (t >= 3000) {
				ours += fmin(fabs(y - f.next), 1e150);
				naive += fmin(fabs(y - f.last), 1e150);
			}
			forecaster_value(&f, y);
		}
		if (most[kind] > 0)
			ck_assert_msg(ours <= most[kind] * naive, "%d: %g", kind, ours / naive);
		forecaster_done(&f);
	}
}
END_TEST

/* Two million rows of a season that drifts: no faster growing error, no lost digits. */
START_TEST(long_streams)
{
	struct forecaster_options o = plain(&forecast_auto, 1);
	struct forecaster f;
	struct rng r = { 33 };
	double early = 0, late = 0;
	enum { ROWS = 2000000, PART = 100000 };

	forecaster_init(&f, &o);
	for (int t = 0; t < ROWS; t++) {
		double y = 1e-3 * t + 10 * sin(2 * PI * t / 24) + rng_normal(&r);

		if (t >= PART && t < 2 * PART)
			early += fabs(y - f.next);
		if (t >= ROWS - PART)
			late += fabs(y - f.next);
		forecaster_value(&f, y);
	}
	ck_assert_msg(late < 1.02 * early, "%g %g", early, late);
	ck_assert_int_eq(f.seasons.m, 24);
	forecaster_done(&f);
}
END_TEST

/* A gap longer than all that is kept, while experts are still catching up with what was. */
START_TEST(gap_while_catching_up)
{
	for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
		struct forecaster_options o = plain(methods[m], 24);
		struct forecaster f;
		struct rng r = { 42 };
		int64_t time = 0;
		double worst = 0, y;

		o.timed = true;
		forecaster_init(&f, &o);
		for (int t = 0; t < 12000; t++) { /* irregular, then hours: the seasons are known */
			bool gone = t >= 5033 && t < 11000;

			time += t < 5000 ? (int64_t)(rng_uniform(&r) * 1e12) : 3600 * TIME_SECOND;
			y = 100 + 10 * sin(2 * PI * t / 24) + 0.5 * rng_normal(&r);
			forecaster_time(&f, time);
			if (t > 11500)
				worst = fmax(worst, fabs(y - f.next));
			forecaster_value(&f, gone ? NAN : y);
		}
		ck_assert(isfinite(f.next));
		if (m == 0)
			ck_assert_msg(worst < 4 && f.seasons.m == 24, "%g", worst);
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

/* Of 200 runs of pure noise, a season is found in one in twenty at most, at any row. */
START_TEST(noise_has_no_season)
{
	int found = 0;

	for (uint64_t seed = 0; seed < 200; seed++) {
		struct forecaster_options o = plain(&forecast_seasonal, 1);
		struct forecaster f;
		struct rng r = { seed };
		bool any = false;

		forecaster_init(&f, &o);
		for (int t = 0; t < 600; t++) {
			forecaster_value(&f, 10 + 2 * rng_normal(&r));
			any |= f.happened == FORECAST_SEASON_FOUND && f.seasons.m > 0;
		}
		found += any;
		forecaster_done(&f);
	}
	ck_assert_msg(found <= 10, "in %d runs", found);
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
			ck_assert_msg(error[0] < 1.21 * error[m], "%zu: %g, %s %g", kind, error[0],
			    methods[m]->name, error[m]);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("forecasts of hard data");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, seasons_found);
	tcase_add_test(c, nothing_breaks_it);
	tcase_add_test(c, nasty_data_cost_little);
	tcase_add_test(c, long_streams);
	tcase_add_test(c, recovers_from_a_spike);
	tcase_add_test(c, gaps);
	tcase_add_test(c, gap_while_catching_up);
	tcase_add_test(c, irregular_times);
	tcase_add_test(c, odd_times_and_seasons);
	tcase_add_test(c, random_walks_cost_little);
	tcase_add_test(c, noise_has_no_season);
	tcase_add_test(c, auto_is_near_the_best);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
