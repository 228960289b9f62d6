/* other_names.c - what SQL, R, pandas, Prometheus and spreadsheets call our operators. */
#include "data/graph/other_names.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const struct other_name other_names[] = {
	/* means and sums */
	{ "avg", "mean" },
	{ "average", "mean" },
	{ "avg_over_time", "mean" },
	{ "ma", "mean" },
	{ "moving_average", "mean" },
	{ "moving_avg", "mean" },
	{ "nanmean", "mean" },
	{ "rolling_mean", "mean" },
	{ "sma", "mean" },
	{ "cumsum", "sum(x, all)" },
	{ "cummax", "max(x, all)" },
	{ "cummin", "min(x, all)" },
	{ "running_total", "sum(x, all)" },
	{ "sum_over_time", "sum" },
	{ "total", "sum" },
	/* counts */
	{ "cardinality", "distinct" },
	{ "count_distinct", "distinct" },
	{ "count_over_time", "count" },
	{ "countd", "distinct" },
	{ "isna", "missing" },
	{ "isnull", "missing" },
	{ "len", "count" },
	{ "length", "count" },
	{ "mode", "top" },
	{ "most_common", "top" },
	{ "n_distinct", "distinct" },
	{ "nunique", "distinct" },
	{ "null_count", "missing" },
	{ "size", "count" },
	{ "topk", "top" },
	{ "unique", "distinct" },
	{ "uniq", "distinct" },
	/* spread */
	{ "sigma", "sd" },
	{ "standard_deviation", "sd" },
	{ "std", "sd" },
	{ "stddev", "sd" },
	{ "stddev_over_time", "sd" },
	{ "stddev_pop", "sd" },
	{ "stddev_samp", "sd" },
	{ "stdev", "sd" },
	{ "stdevp", "sd" },
	{ "nanstd", "sd" },
	{ "var_pop", "var" },
	{ "var_samp", "var" },
	{ "variance", "var" },
	{ "coefficient_of_variation", "cv" },
	{ "interquartile_range", "iqr" },
	{ "median_absolute_deviation", "mad" },
	{ "median_absolute_dev", "mad" },
	{ "median_absolute", "mad" },
	{ "spread", "range" },
	{ "skewness", "skew" },
	{ "kurtosis", "kurt" },
	{ "scale", "z" },
	{ "zscore", "z" },
	{ "z_score", "z" },
	{ "standardize", "z" },
	{ "covar", "cov" },
	{ "covariance", "cov" },
	{ "correl", "corr" },
	{ "corrcoef", "corr" },
	{ "correlation", "corr" },
	{ "cor", "corr" },
	{ "pearson", "corr" },
	/* order */
	{ "maximum", "max" },
	{ "max_over_time", "max" },
	{ "minimum", "min" },
	{ "min_over_time", "min" },
	{ "approx_percentile", "quantile(x, 0.95)" },
	{ "perc", "quantile(x, 0.95)" },
	{ "percentile", "quantile(x, 0.95)" },
	{ "percentile_cont", "quantile(x, 0.95)" },
	{ "pctl", "quantile(x, 0.95)" },
	{ "quantile_over_time", "quantile(x, 0.95)" },
	{ "percent_rank", "rank" },
	{ "percentrank", "rank" },
	{ "greatest", "max2" },
	{ "fmax", "max2" },
	{ "pmax", "max2" },
	{ "least", "min2" },
	{ "fmin", "min2" },
	{ "pmin", "min2" },
	/* level */
	{ "latest", "last" },
	{ "current", "last" },
	{ "last_value", "last" },
	{ "first_value", "first" },
	{ "earliest", "first" },
	{ "prev", "lag" },
	{ "previous", "lag" },
	{ "shift", "lag" },
	{ "change", "diff" },
	{ "difference", "diff" },
	{ "derivative", "rate" },
	{ "deriv", "slope" },
	{ "idelta", "diff" },
	{ "increase", "delta(counter(x), 5m)" },
	{ "irate", "rate(counter(x), 2)" },
	{ "non_negative_difference", "diff(counter(x))" },
	{ "trend", "slope" },
	{ "linreg_slope", "slope" },
	{ "events_per_second", "per_second" },
	/* forgetting */
	{ "ema", "ewma(x, halflife=10)" },
	{ "ewm", "ewma(x, halflife=10)" },
	{ "exponential_moving_average", "ewma(x, halflife=10)" },
	{ "exp_avg", "ewma(x, halflife=10)" },
	{ "ses", "ewma(x, alpha=0.2)" },
	{ "holt_winters", "forecast(x)" },
	{ "predict_linear", "forecast(x)" },
	/* functions of a row */
	{ "case", "if" },
	{ "cond", "if" },
	{ "iff", "if" },
	{ "if_else", "if" },
	{ "ifelse", "if" },
	{ "iif", "if" },
	{ "where", "if" },
	{ "absolute", "abs" },
	{ "fabs", "abs" },
	{ "bound", "clamp" },
	{ "clip", "clamp" },
	{ "limit", "clamp" },
	{ "ceiling", "ceil" },
	{ "int", "floor" },
	{ "trunc", "floor" },
	{ "ln", "log" },
	{ "log10", "log(x) / log(10)" },
	{ "log2", "log(x) / log(2)" },
	{ "mod", "x % y" },
	{ "pow", "x ^ y" },
	{ "power", "x ^ y" },
	{ "square", "x ^ 2" },
	{ "sqr", "x ^ 2" },
	{ "signum", "sign" },
	{ "sgn", "sign" },
	{ "dayofweek", "weekday" },
	{ "day_of_week", "weekday" },
	{ "hour_of_day", "hour" },
	{ "not_null", "not missing(x, 1)" },
	{ 0 },
};

/* p75: a percentile that has no name of its own here; p999 is the 99.9th. */
static int
other_percentile(const char *name, struct text *out)
{
	const char *digits = name + 1;
	size_t n = strspn(digits, "0123456789");

	if (tolower((unsigned char)*name) != 'p' || n < 1 || n > 4 || digits[n] != '\0')
		return -1;
	if (strcmp(digits, "100") == 0)
		text_add(out, "max(x)");
	else
		text_addf(out, "quantile(x, 0.%s%s)", n == 1 ? "0" : "", digits);
	return 0;
}

int
other_name(const char *name, struct text *out)
{
	for (const struct other_name *o = other_names; o->name != NULL; o++)
		if (strcasecmp(o->name, name) == 0) {
			text_add(out, o->ours);
			return 0;
		}
	return other_percentile(name, out);
}

const char *
other_of_two(const char *name)
{
	return strcmp(name, "max") == 0 ? "max2" : strcmp(name, "min") == 0 ? "min2" : NULL;
}
