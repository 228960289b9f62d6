/* test_residuals.c - the width that holds a share of the last errors, against a sorted copy. */
#include "data/ops/learn/residuals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The least that so large a share of them, and of the one to come, do not exceed. */
static double
width_from_scratch(const double *errors, int n, double level)
{
	double last[RESIDUALS];
	int kept = n < RESIDUALS ? n : RESIDUALS, rank = (int)ceil((kept + 1) * level);

	memcpy(last, errors + n - kept, (size_t)kept * sizeof *last);
	qsort(last, (size_t)kept, sizeof *last, ascending);
	return last[rank < 1 ? 0 : rank <= kept ? rank - 1 : kept - 1];
}

/* Errors that grow, shrink, and equal one another, for three times as long as they are kept. */
START_TEST(widths_are_those_of_the_last_errors)
{
	enum { ERRORS = 3 * RESIDUALS };
	static const double levels[] = { 0, 0.1, 0.5, 0.8, 0.95, 1 };
	static double errors[ERRORS];
	struct residuals *r = calloc(1, sizeof *r);
	struct rng rng = { 12 };

	for (int i = 0; i < ERRORS; i++) {
		errors[i] = i % 7 == 0 ? 2 : fabs(rng_normal(&rng)) * (i / 300 + 1);
		residuals_add(r, errors[i]);
		for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
			double width = residuals_width(r, levels[k]);

			if (i + 1 < 10)
				ck_assert(isnan(width));
			else
				ck_assert_double_eq(
				    width, width_from_scratch(errors, i + 1, levels[k]));
		}
	}
	free(r);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("residuals");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, widths_are_those_of_the_last_errors);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
