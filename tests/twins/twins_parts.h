/* twins_parts.h - the twins by what they recount; nobody else includes it. */
#ifndef WEIR_TESTS_TWINS_PARTS_H
#define WEIR_TESTS_TWINS_PARTS_H

#include "tests/twins/window_twins.h"

/* The values present in the window, in their order; owned by the caller. */
struct values {
	double *v;
	int n;
	double most; /* greatest absolute value */
};
struct values present(const double *x, struct rows);
/* Equal values have no shape; computed means of them may be off in the last digit. */
bool all_equal(struct values);
/* Missing where a double cannot hold it. */
double as_double(long double);

/* moments.c */
twin_value count_twin, mean_twin, sum_twin, var_twin, sd_twin, cv_twin, z_twin, skew_twin,
    kurt_twin;

/* pairs.c */
twin_value cov_twin, corr_twin, slope_twin;

/* order.c */
twin_value min_twin, max_twin, range_twin, q13_twin, median_twin, p90_twin, p95_twin, p99_twin,
    iqr_twin, mad_twin, rank_twin;

/* ends.c */
twin_value first_twin, delta_twin, rate_twin;

/* counting.c */
twin_value distinct_twin, top1_twin, top3_twin, entropy_twin, share_twin, missing_twin,
    per_second_twin;

#endif
