/* test_ops_plain.c - operators of one row, and of a row some rows ago, against twins written anew;
 * and that no operator goes without a twin. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/machine.h"
#include "tests/support.h"
#include "tests/twins/window_twins.h"

/* --- twins ------------------------------------------------------------------------------------ */

static bool
either_missing(double x, double y)
{
	return isnan(x) || isnan(y);
}

static double
finite_or_missing(long double v)
{
	return v > -0x1p1024L && v < 0x1p1024L ? (double)v : NAN;
}

static double
add(double x, double y)
{
	return finite_or_missing((long double)x + (long double)y);
}

static double
subtract(double x, double y)
{
	return finite_or_missing((long double)x - (long double)y);
}

static double
multiply(double x, double y)
{
	return finite_or_missing((long double)x * (long double)y);
}

static double
divide(double x, double y)
{
	return y == 0 ? NAN : finite_or_missing((long double)x / (long double)y);
}

static double
rest(double x, double y)
{
	return y == 0 ? NAN : x - y * (double)(long long)(x / y);
}

static double
square(double x, double y)
{
	(void)y;
	return multiply(x, x);
}

static double
root_by_power(double x, double y)
{
	(void)y;
	return x < 0 ? NAN : sqrt(x);
}

static double
negate(double x, double y)
{
	(void)y;
	return 0 - x;
}

static double
less(double x, double y)
{
	return either_missing(x, y) ? 0 : y - x > 0;
}

static double
at_most(double x, double y)
{
	return either_missing(x, y) ? 0 : y - x >= 0;
}

static double
greater(double x, double y)
{
	return less(y, x);
}

static double
at_least(double x, double y)
{
	return at_most(y, x);
}

static double
equal(double x, double y)
{
	return either_missing(x, y) ? 0 : x - y == 0;
}

static double
differ(double x, double y)
{
	return either_missing(x, y) ? 0 : 1 - equal(x, y);
}

/* What is missing is not true: a rule must not fire for want of data. */
static int
truth(double v)
{
	return isnan(v) || v == 0 ? 0 : 1;
}

static double
both(double x, double y)
{
	return truth(x) * truth(y);
}

static double
either(double x, double y)
{
	return truth(x) + truth(y) > 0;
}

static double
negation(double x, double y)
{
	(void)y;
	return 1 - truth(x);
}

static double
chosen(double x, double y)
{
	return truth(x) ? y : -7;
}

static double
size(double x, double y)
{
	(void)y;
	return x < 0 ? -x : x;
}

static double
natural_log(double x, double y)
{
	(void)y;
	return x > 0 ? (double)logl((long double)x) : NAN;
}

static double
exponential(double x, double y)
{
	(void)y;
	return finite_or_missing(expl((long double)x));
}

static double
whole_below(double x, double y)
{
	double whole = (double)(long long)x;

	(void)y;
	return isnan(x) ? NAN : whole > x ? whole - 1 : whole;
}

static double
whole_above(double x, double y)
{
	return -whole_below(-x, y);
}

static double
whole_near(double x, double y)
{
	return x < 0 ? -whole_below(0.5 - x, y) : whole_below(x + 0.5, y);
}

static double
sign(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : x == 0 ? 0 : x / fabs(x);
}

static double
smaller(double x, double y)
{
	return either_missing(x, y) ? NAN : y < x ? y : x;
}

static double
larger(double x, double y)
{
	return either_missing(x, y) ? NAN : y > x ? y : x;
}

static double
clamped(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : x < -1 ? -1 : x > 2 ? 2 : x;
}

static struct tm
calendar(double seconds)
{
	time_t t = (time_t)whole_below(seconds, 0);
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

/* x is a few: its days and hours are what is asked about. */
static double
hour(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : (double)calendar(x * 5000).tm_hour;
}

static double
weekday(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : (double)((calendar(x * 90000).tm_wday + 6) % 7);
}

static const struct plain_twin {
	const char *name, *expr;
	double (*value)(double x, double y);
} plain[] = {
	{ "+", "x + y", add },
	{ "-", "x - y", subtract },
	{ "*", "x * y", multiply },
	{ "/", "x / y", divide },
	{ "%", "x % y", rest },
	{ "^", "x ^ 2", square },
	{ "^", "x ^ 0.5", root_by_power },
	{ "neg", "-x", negate },
	{ "<", "x < y", less },
	{ "<=", "x <= y", at_most },
	{ ">", "x > y", greater },
	{ ">=", "x >= y", at_least },
	{ "==", "x == y", equal },
	{ "!=", "x != y", differ },
	{ "&&", "x and y", both },
	{ "||", "x or y", either },
	{ "!", "not x", negation },
	{ "if", "if(x, y, -7)", chosen },
	{ "abs", "abs(x)", size },
	{ "sqrt", "sqrt(x)", root_by_power },
	{ "log", "log(x)", natural_log },
	{ "exp", "exp(x)", exponential },
	{ "floor", "floor(x)", whole_below },
	{ "ceil", "ceil(x)", whole_above },
	{ "round", "round(x)", whole_near },
	{ "sign", "sign(x)", sign },
	{ "min2", "min2(x, y)", smaller },
	{ "max2", "max2(x, y)", larger },
	{ "clamp", "clamp(x, -1, 2)", clamped },
	{ "hour", "hour(x * 5000)", hour },
	{ "weekday", "weekday(x * 90000)", weekday },
};
enum { PLAIN = sizeof plain / sizeof *plain };

/* Every pair of these, in both orders. */
static const double values[] = { NAN, 0, 1, -1, 2, -2, 0.5, -0.5, 2.5, -2.5, 3, -17.25, 1e9, -1e9,
	1000.75, 37, -400 };
enum { VALUES = sizeof values / sizeof *values, PAIRS = VALUES * VALUES };

START_TEST(rows_alone)
{
	const struct plain_twin *t = &plain[_i];
	double x[PAIRS], y[PAIRS], out[PAIRS];
	int64_t time[PAIRS] = { 0 };
	struct machine m = machine_new(t->expr);

	for (int i = 0; i < PAIRS; i++) {
		x[i] = values[i / VALUES];
		y[i] = values[i % VALUES];
	}
	machine_run(&m, x, y, time, 0, PAIRS, 100, out);
	for (int i = 0; i < PAIRS; i++) {
		double expected = t->value(x[i], y[i]);

		ck_assert_msg(near(out[i], expected, 1e-15), "%s of %g and %g is %.17g, not %.17g",
		    t->expr, x[i], y[i], out[i], expected);
	}
	machine_free(&m);
}
END_TEST

/* What no double holds is missing, not infinite. */
START_TEST(beyond_all_numbers)
{
	static const char *const exprs[] = { "x + x", "-x - x", "x * x", "x / (1 / x)", "x ^ 2",
		"exp(x)", "1 / (x - x)", "(x - x) / (x - x)", "x % 0", "log(x - x)" };
	double x[] = { 1.7e308 }, out[1];
	int64_t time[] = { 0 };
	struct machine m = machine_new(exprs[_i]);

	machine_run(&m, x, x, time, 0, 1, 1, out);
	ck_assert_msg(isnan(out[0]), "%s is %g", exprs[_i], out[0]);
	machine_free(&m);
}
END_TEST

/* --- rows ago --------------------------------------------------------------------------------- */

enum { ROWS = 40 };

static double
latest(const double *x, int row)
{
	while (row >= 0 && isnan(x[row]))
		row--;
	return row < 0 ? NAN : x[row];
}

static double
row_before(const double *x, int row)
{
	return row < 1 ? NAN : x[row - 1];
}

static double
seven_before(const double *x, int row)
{
	return row < 7 ? NAN : x[row - 7];
}

static double
step_up(const double *x, int row)
{
	return x[row] - row_before(x, row);
}

/* What stood before each fall so far is added. */
static double
without_resets(const double *x, int row)
{
	double sum = x[row], before = NAN;

	for (int i = 0; i <= row; i++) {
		if (x[i] < before)
			sum += before;
		before = isnan(x[i]) ? before : x[i];
	}
	return sum;
}

static double
without_resets_of_13(const double *x, int row)
{
	double rest[ROWS] = { 0 };

	for (int i = 0; i <= row; i++)
		rest[i] = fmod(x[i], 13);
	return without_resets(rest, row);
}

static const struct past_twin {
	const char *name, *expr;
	double (*value)(const double *x, int row);
} past[] = {
	{ "last", "last(x)", latest },
	{ "lag", "lag(x)", row_before },
	{ "lag", "lag(x, 7)", seven_before },
	{ "diff", "diff(x)", step_up },
	{ "counter", "counter(x)", without_resets },
	{ "counter", "counter(x % 13)", without_resets_of_13 },
};
enum { PAST = sizeof past / sizeof *past };

START_TEST(rows_ago)
{
	const struct past_twin *t = &past[_i];
	double x[ROWS], out[ROWS];
	int64_t time[ROWS] = { 0 };

	for (int i = 0; i < ROWS; i++)
		x[i] = i < 3 || i % 5 == 0 || i / 10 == 2 ? NAN : (double)(i * i);
	for (int cut = 1; cut <= ROWS; cut += 3) {
		struct machine m = machine_new(t->expr);

		machine_run(&m, x, x, time, 0, ROWS, cut, out);
		for (int row = 0; row < ROWS; row++)
			ck_assert_msg(near(out[row], t->value(x, row), 0), "%s: row %d: %g, not %g",
			    t->expr, row, out[row], t->value(x, row));
		machine_free(&m);
	}
}
END_TEST

/* --- all of them ------------------------------------------------------------------------------ */

/* Recounted elsewhere: by the file named. */
static const char *const elsewhere[][2] = {
	{ "ewma", "ops/test_ops_forget" },
	{ "ewsd", "ops/test_ops_forget" },
	{ "changed", "ops/test_ops_forget" },
	{ "absent", "ops/test_ops_forget" },
	{ "expected", "forecast/test_forecast_ops" },
	{ "residual", "forecast/test_forecast_ops" },
	{ "lower", "forecast/test_forecast_ops" },
	{ "upper", "forecast/test_forecast_ops" },
	{ "outside", "forecast/test_forecast_ops" },
	{ "forecast", "forecast/test_forecast_ops" },
	{ "forecast_mae", "forecast/test_forecast_ops" },
	{ "forecast_rmse", "forecast/test_forecast_ops" },
	{ "forecast_mase", "forecast/test_forecast_ops" },
	{ "coverage", "forecast/test_forecast_ops" },
	{ "anomaly", "ops/test_anomaly" },
	{ "drift", "ops/test_drift" },
	{ "drift_magnitude", "ops/test_drift" },
	{ "classify", "learn/test_learn" },
	{ "proba", "learn/test_learn" },
	{ "predict", "learn/test_learn" },
	{ "predict_lower", "learn/test_learn" },
	{ "predict_upper", "learn/test_learn" },
	{ "cluster", "learn/test_learn" },
	{ "accuracy", "learn/test_learn_scores" },
	{ "kappa", "learn/test_learn_scores" },
	{ "f1", "learn/test_learn_scores" },
	{ "auc", "learn/test_learn_scores" },
	{ "logloss", "learn/test_learn_scores" },
	{ "mae", "learn/test_learn_scores" },
	{ "rmse", "learn/test_learn_scores" },
	{ "r2", "learn/test_learn_scores" },
};
enum { ELSEWHERE = sizeof elsewhere / sizeof *elsewhere };

/* Is it the operator that a call such as "mean(x, " begins with? */
static bool
calls(const char *call, const char *name)
{
	size_t n = strlen(name);

	return strncmp(call, name, n) == 0 && call[n] == '(';
}

static bool
has_twin(const char *name)
{
	for (int i = 0; i < twins_n; i++)
		if (calls(twins[i].call, name))
			return true;
	for (int i = 0; i < PLAIN; i++)
		if (strcmp(plain[i].name, name) == 0)
			return true;
	for (int i = 0; i < PAST; i++)
		if (strcmp(past[i].name, name) == 0)
			return true;
	for (int i = 0; i < ELSEWHERE; i++)
		if (strcmp(elsewhere[i][0], name) == 0)
			return true;
	return false;
}

/* The file is there, and the operator is called in it. */
static bool
is_recounted(const char *name, const char *file)
{
	char path[64], line[400];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof path, "tests/units/%s.c", file);
	f = fopen(path, "r");
	ck_assert_msg(f != NULL, "%s: run it where the sources are", path);
	while (!found && fgets(line, sizeof line, f) != NULL)
		for (const char *at = strstr(line, name); at != NULL && !found;
		     at = strstr(at + 1, name))
			found = at[strlen(name)] == '(' && (at == line || at[-1] != '_');
	fclose(f);
	return found;
}

/* An operator of the list is compared with something slow and obvious: in tests/twins/ where it has
 * a window, in the tables here, or where `elsewhere` says. Parts, whose names begin with a dot, are
 * seen through those who read them. */
START_TEST(every_operator_has_a_twin)
{
	for (int i = 0; op_classes[i] != NULL; i++) {
		const char *name = op_classes[i]->name;

		ck_assert_msg(name[0] == '.' || has_twin(name),
		    "%s has no twin: add one to tests/twins/ or to this file", name);
	}
	for (int i = 0; i < ELSEWHERE; i++) {
		ck_assert_msg(op_class_find(elsewhere[i][0]) != NULL, "%s is no operator any more",
		    elsewhere[i][0]);
		ck_assert_msg(is_recounted(elsewhere[i][0], elsewhere[i][1]),
		    "%s is not called in %s", elsewhere[i][0], elsewhere[i][1]);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ops_plain");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, rows_alone, 0, PLAIN);
	tcase_add_loop_test(tc, beyond_all_numbers, 0, 10);
	tcase_add_loop_test(tc, rows_ago, 0, PAST);
	tcase_add_test(tc, every_operator_has_a_twin);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
