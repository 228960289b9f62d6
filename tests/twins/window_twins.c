/* window_twins.c - slow, obvious twins of the operators over a window: each recounts it from
 * scratch. */
#include "tests/twins/window_twins.h"

#include <math.h>
#include <stdlib.h>

#include "tests/twins/twins_parts.h"

struct values
present(const double *x, struct rows r)
{
	struct values all = { malloc((size_t)(r.hi - r.lo + 1) * sizeof(double)), 0, 0 };

	for (int i = r.lo; i < r.hi; i++)
		if (!isnan(x[i])) {
			all.v[all.n++] = x[i];
			all.most = fmax(all.most, fabs(x[i]));
		}
	return all;
}

bool
all_equal(struct values a)
{
	for (int i = 1; i < a.n; i++)
		if (a.v[i] != a.v[0])
			return false;
	return true;
}

double
as_double(long double v)
{
	return isfinite((double)v) ? (double)v : NAN;
}

const struct twin twins[] = {
	{ "count(x, ", count_twin, false },
	{ "sum(x, ", sum_twin, false },
	{ "mean(x, ", mean_twin, false },
	{ "var(x, ", var_twin, false },
	{ "sd(x, ", sd_twin, false },
	{ "cv(x, ", cv_twin, false },
	{ "z(x, ", z_twin, false },
	{ "skew(x, ", skew_twin, false },
	{ "kurt(x, ", kurt_twin, false },
	{ "cov(x, y, ", cov_twin, false },
	{ "corr(x, y, ", corr_twin, false },
	{ "slope(x, ", slope_twin, false },
	{ "min(x, ", min_twin, false },
	{ "max(x, ", max_twin, false },
	{ "range(x, ", range_twin, false },
	{ "quantile(x, 0.13, ", q13_twin, false },
	{ "median(x, ", median_twin, false },
	{ "p50(x, ", median_twin, false },
	{ "p90(x, ", p90_twin, false },
	{ "p95(x, ", p95_twin, false },
	{ "p99(x, ", p99_twin, false },
	{ "iqr(x, ", iqr_twin, false },
	{ "mad(x, ", mad_twin, false },
	{ "rank(x, ", rank_twin, false },
	{ "first(x, ", first_twin, false },
	{ "delta(x, ", delta_twin, false },
	{ "rate(x, ", rate_twin, false },
	{ "distinct(x, ", distinct_twin, true },
	{ "top(x, 1, ", top1_twin, true },
	{ "top(x, 3, ", top3_twin, true },
	{ "entropy(x, ", entropy_twin, true },
	{ "share(x, ", share_twin, false },
	{ "missing(x, ", missing_twin, false },
	{ "per_second(", per_second_twin, false },
};
const int twins_n = sizeof twins / sizeof *twins;
