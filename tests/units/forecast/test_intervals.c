/* test_intervals.c - half widths that follow the errors: a single huge one is capped. */
#include "data/ops/forecast/intervals.h"

#include <math.h>
#include <stdlib.h>

#include "tests/support.h"

/* Half widths one row ahead after so many errors of 1, and then one of this size. */
static void
widths_after(int calm, double error, double range, double *widths)
{
	struct intervals iv;
	uint64_t t = 2; /* the first point has no forecast */

	intervals_init(&iv, 1);
	for (int i = 0; i < calm; i++)
		intervals_score(&iv, t++, 10 + (i % 2 == 0 ? 1 : -1), 10, 1, range);
	if (error > 0)
		intervals_score(&iv, t++, 10 + error, 10, 1, range);
	intervals_widths(&iv, 1, widths);
	intervals_done(&iv);
}

/* Of one error among many: 8 times the mean error so far and a hundredth of the range, no more. The
 * mean error follows at a twentieth, and the factors grow by a few percent. */
START_TEST(one_huge_error_is_capped)
{
	static const double ranges[] = { 0, 500 };
	double before[LEVELS], after[LEVELS], beyond[LEVELS];

	for (int r = 0; r < 2; r++) {
		double most = 8 + 0.01 * ranges[r];

		widths_after(100, 0, ranges[r], before);
		widths_after(100, 1e6, ranges[r], after);
		widths_after(100, 1e9, ranges[r], beyond);
		for (int k = 0; k < LEVELS; k++) {
			double grown = 1 + 0.05 * (most - 1);

			ck_assert_msg(after[k] > before[k] * grown * 1.019 &&
					  after[k] < before[k] * grown * 1.041,
			    "level %d: %g to %g, by %g", k, before[k], after[k], grown);
			ck_assert(near(after[k], beyond[k], 1e-12));
		}
	}
}
END_TEST

/* What is below the cap counts as it is. */
START_TEST(an_error_below_the_cap_counts)
{
	double before[LEVELS], after[LEVELS], most[LEVELS];

	widths_after(100, 0, 0, before);
	widths_after(100, 6, 0, after);
	widths_after(100, 7.99, 0, most);
	for (int k = 0; k < LEVELS; k++) {
		ck_assert(after[k] > before[k] * 1.25 * 1.019);
		ck_assert(after[k] < before[k] * 1.25 * 1.041);
		ck_assert(most[k] > after[k] * 1.05);
	}
}
END_TEST

/* The first errors are all there is to go by: they are not capped. */
START_TEST(first_errors_are_not_capped)
{
	double few[LEVELS], eleven[LEVELS];

	widths_after(10, 1000, 0, few);
	widths_after(11, 1000, 0, eleven);
	ck_assert_msg(few[0] > 50, "%g", few[0]);
	ck_assert_msg(eleven[0] < 3, "%g", eleven[0]);
}
END_TEST

/* Misses make an interval wider, hits narrower, until the wanted share misses. */
START_TEST(widths_find_their_shares)
{
	struct rng rng = { 4 };
	struct intervals iv;
	int inside[LEVELS] = { 0 };
	enum { POINTS = 20000, LEARNING = 2000 };

	intervals_init(&iv, 1);
	for (int t = 2; t < POINTS; t++) {
		double error = rng_normal(&rng), widths[LEVELS];

		intervals_widths(&iv, 1, widths);
		for (int k = 0; t >= LEARNING && k < LEVELS; k++)
			inside[k] += fabs(error) <= widths[k];
		intervals_score(&iv, (uint64_t)t, error, 0, 1, 6);
	}
	for (int k = 0; k < LEVELS; k++)
		ck_assert_msg(
		    fabs(inside[k] / (double)(POINTS - LEARNING) - interval_levels[k]) < 0.012,
		    "%g of %g are inside", inside[k] / (double)(POINTS - LEARNING),
		    interval_levels[k]);
	intervals_done(&iv);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("intervals");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, one_huge_error_is_capped);
	tcase_add_test(tc, an_error_below_the_cap_counts);
	tcase_add_test(tc, first_errors_are_not_capped);
	tcase_add_test(tc, widths_find_their_shares);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
