/* test_trail.c - the trail of a forecast against a recount: errors, weights, seasons. */
#include "tests/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/forecaster.h"
#include "data/ops/forecast/score_history.h"

enum { ROWS = 5000, SEASON = 24 };

static double
seasonal(int i, struct rng *r)
{
	return 100 + 20 * sin(2 * acos(-1.0) * i / SEASON) + 5 * sin(4 * acos(-1.0) * i / SEASON) +
	       rng_normal(r);
}

struct recount {                         /* of all rows, the slow way */
	double error[ROWS], naive[ROWS]; /* NaN: not scored */
};

static void
run_trail(struct score_history *t, struct recount *all, const double *x, int n)
{
	struct forecaster_options o = {
		.method = &forecast_auto, .horizon = 1, .alpha = NAN, .beta = NAN, .gamma = NAN
	};
	struct forecaster f;
	double last = NAN;

	forecaster_init(&f, &o);
	for (int i = 0; i < n; i++) {
		forecaster_time(&f, i);
		all->error[i] = fabs(x[i] - f.next);
		all->naive[i] = fabs(x[i] - last);
		score_history_row(t, &f, x[i]);
		forecaster_value(&f, x[i]);
		last = isnan(x[i]) ? last : x[i];
	}
	forecaster_done(&f);
}

static double
mean_of(const double *v, uint64_t from, uint64_t to)
{
	double sum = 0;
	int n = 0;

	for (uint64_t i = from; i < to; i++)
		if (!isnan(v[i])) {
			sum += v[i];
			n++;
		}
	return n > 0 ? sum / n : NAN;
}

/* Whatever the number of rows, each point holds the sums of its own rows and weights that sum to 1.
 */
START_TEST(trail_equals_a_recount)
{
	static const int lengths[] = { 0, 1, 2, 255, 256, 257, 512, 513, 1000, ROWS };
	static double x[ROWS];
	static struct recount all;
	struct rng r = { 7 };

	for (int i = 0; i < ROWS; i++)
		x[i] = rng_uniform(&r) < 0.05 ? NAN : seasonal(i, &r) + (i > 3000 ? 1e6 : 0);
	for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
		uint64_t n = (uint64_t)lengths[k];
		struct score_history *t = score_history_new();

		run_trail(t, &all, x, lengths[k]);
		ck_assert_uint_eq(t->rows, n);
		ck_assert_int_le(t->n, TRAIL_POINTS);
		ck_assert(t->stride == 1 || t->n > TRAIL_POINTS / 2);
		for (int i = 0; i < t->n; i++) {
			uint64_t from = (uint64_t)i * t->stride, to = from + t->stride;
			double sum = 0, ours, naive;

			to = to > n ? n : to;
			ck_assert_uint_lt(from, n);
			ours = mean_of(all.error, from, to);
			naive = mean_of(all.naive, from, to);
			ck_assert(near(score_history_error(t, i, i + 1, false), ours, 1e-9));
			ck_assert(near(score_history_error(t, i, i + 1, true), naive, 1e-9));
			for (int f = 0; f < FORECAST_FAMILIES; f++)
				sum += (double)t->points[i].weight[f];
			ck_assert(t->points[i].looked == 0 || fabs(sum - 1) < 1e-5);
		}
		free(t);
	}
}
END_TEST

START_TEST(trail_knows_when_the_season_was_found)
{
	static double x[ROWS];
	static struct recount all;
	struct score_history *t = score_history_new();
	struct rng r = { 1 };
	const struct trail_point *last;

	for (int i = 0; i < ROWS; i++)
		x[i] = seasonal(i, &r);
	run_trail(t, &all, x, ROWS);
	ck_assert_int_eq(t->season, SEASON);
	ck_assert_uint_gt(t->season_row, 2 * SEASON);
	ck_assert_uint_lt(t->season_row, 500);
	last = &t->points[t->n - 1];
	ck_assert(last->weight[FAMILY_SEASON] + last->weight[FAMILY_SEASON_LAGS] > 0.9f);
	ck_assert(t->points[0].weight[FAMILY_SEASON] <= 0.5f);
	free(t);
}
END_TEST

START_TEST(trail_is_saved_and_loaded)
{
	static double x[ROWS];
	static struct recount all;
	struct score_history *t = score_history_new(), *back = score_history_new();
	struct buffer b = { 0 };
	struct rng r = { 2 };

	for (int i = 0; i < ROWS; i++)
		x[i] = i % 100 == 99 ? 1e300 : seasonal(i, &r);
	run_trail(t, &all, x, ROWS);
	ck_assert(isfinite(score_history_error(t, 0, t->n, false)));
	score_history_save(t, &b);
	ck_assert_int_eq(score_history_load(back, &(struct reader){ b.data, b.data + b.len }), 0);
	ck_assert_int_eq(memcmp(t, back, sizeof *t), 0);
	ck_assert_int_eq(
	    score_history_load(back, &(struct reader){ b.data, b.data + b.len - 1 }), -1);
	t->n = 0;
	b.len = 0;
	score_history_save(t, &b);
	ck_assert_int_eq(score_history_load(back, &(struct reader){ b.data, b.data + b.len }), -1);
	buffer_done(&b);
	free(t);
	free(back);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trail of a forecast");
	TCase *tcase = tcase_create("trail");

	tcase_add_test(tcase, trail_equals_a_recount);
	tcase_add_test(tcase, trail_knows_when_the_season_was_found);
	tcase_add_test(tcase, trail_is_saved_and_loaded);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
