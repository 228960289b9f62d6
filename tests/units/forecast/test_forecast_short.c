/* test_forecast_short.c - quarters and years: series of few rows keep their word as well. */
#include <math.h>
#include <stdlib.h>

#include "data/ops/forecast/forecaster.h"
#include "tests/support.h"

enum { ROWS_LEAST = 20, ROWS_MOST = 60, SERIES = 400, AHEAD_MOST = 8 };

struct made { /* a series as it is made, row by row */
	struct rng rng;
	double growth, noise, season, level;
	int m;
	double stays; /* of what the last row was off */
};

/* Now and then three times as large. */
static double
shock(struct made *s)
{
	double size = rng_uniform(&s->rng) < 0.1 ? 3 : 1;

	return size * s->noise * rng_normal(&s->rng);
}

/* All is in proportion to the level. Most of the noise stays in it, and growth itself drifts, as it
 * does in an economy. */
static double
economy(struct made *s, int t)
{
	double season = s->m > 1 ? s->season * sin(2 * 3.14159265358979 * t / s->m) : 0;

	s->growth += 0.1 * shock(s);
	s->level *= exp(s->growth + shock(s));
	return s->level * exp(season + 0.3 * shock(s));
}

/* A line, and what a row is off it: stays 0: noise; 1: a random walk with drift; between them an
 * AR(1). */
static double
line(struct made *s, int t)
{
	s->level = s->stays * s->level + 1000 * s->noise * rng_normal(&s->rng);
	return 10000 * (1 + s->growth * t / 4) + s->level;
}

/* Of the values up to `ahead` rows behind the end, the share within the 95 % interval. */
static double
share_inside(
    double (*next_value)(struct made *, int t), int m, int ahead, double growth, double stays)
{
	double inside = 0, path[AHEAD_MOST], widths[LEVELS];

	for (uint64_t seed = 0; seed < SERIES; seed++) {
		struct forecaster_options o = { .method = &forecast_auto,
			.horizon = ahead,
			.told = true,
			.seasons = { m > 1 ? m : 0, 0 },
			.alpha = NAN,
			.beta = NAN,
			.gamma = NAN };
		struct made s = { .rng = { seed + 1 }, .level = 100, .m = m, .stays = stays };
		int rows = ROWS_LEAST + (int)(seed % (ROWS_MOST - ROWS_LEAST + 1)), t = 0;
		struct forecaster f;

		s.growth = growth;
		s.noise = 0.02 + 0.01 * (double)(seed % 5);
		s.season = 0.05 * (double)(seed % 4);
		forecaster_init(&f, &o);
		while (t < rows)
			forecaster_value(&f, next_value(&s, t++));
		forecaster_ahead(&f, ahead, path);
		for (int h = 1; h <= ahead; h++) {
			forecaster_widths(&f, h, widths);
			inside += fabs(next_value(&s, t++) - path[h - 1]) <= widths[2];
		}
		forecaster_done(&f);
	}
	return inside / (SERIES * ahead);
}

/* What is 95 % is between 92 and 97, whether the series stays, grows or falls. */
START_TEST(short_series_keep_their_word)
{
	static const double growth[] = { -0.03, 0, 0.03, 0.08 };

	for (int i = 0; i < 4; i++) {
		double quarters = share_inside(economy, 4, 8, growth[i], 0),
		       years = share_inside(economy, 1, 6, growth[i], 0);

		ck_assert_msg(quarters >= 0.92 && quarters <= 0.97, "quarters, growth %g: %g",
		    growth[i], quarters);
		ck_assert_msg(
		    years >= 0.92 && years <= 0.97, "years, growth %g: %g", growth[i], years);
	}
}
END_TEST

/* Lines with noise, AR(1) and random walks with drift: none is too narrow, and none by much too
 * wide, though errors are taken to grow with the level, which these do not. */
START_TEST(short_lines_keep_their_word)
{
	static const double stays[] = { 0, 0.5, 0.9, 1 }, growth[] = { -0.03, 0, 0.01 };

	for (int i = 0; i < 12; i++) {
		double share = share_inside(line, 1, 6, growth[i % 3], stays[i / 3]);

		ck_assert_msg(share >= 0.92 && share <= 0.99, "stays %g, growth %g: %g",
		    stays[i / 3], growth[i % 3], share);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("forecasts of short series");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, short_series_keep_their_word);
	tcase_add_test(c, short_lines_keep_their_word);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
