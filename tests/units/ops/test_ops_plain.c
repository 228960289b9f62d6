/* test_ops_plain.c - operators of one row, and of a row some rows ago, against twins written anew;
 * and that no operator goes without a twin. */
#include <stdio.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"
#include "tests/twins/plain_twins.h"
#include "tests/twins/window_twins.h"

/* Every pair of these, in both orders. */
static const double values[] = { NAN, 0, 1, -1, 2, -2, 0.5, -0.5, 2.5, -2.5, 3, -17.25, 1e9, -1e9,
	1000.75, 37, -400 };
enum { VALUES = sizeof values / sizeof *values, PAIRS = VALUES * VALUES };

START_TEST(rows_alone)
{
	const struct plain_twin *t = &plain_twins[_i];
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

START_TEST(rows_ago)
{
	const struct past_twin *t = &past_twins[_i];
	double x[PAST_ROWS], out[PAST_ROWS];
	int64_t time[PAST_ROWS] = { 0 };

	for (int i = 0; i < PAST_ROWS; i++)
		x[i] = i < 3 || i % 5 == 0 || i / 10 == 2 ? NAN : (double)(i * i);
	for (int cut = 1; cut <= PAST_ROWS; cut += 3) {
		struct machine m = machine_new(t->expr);

		machine_run(&m, x, x, time, 0, PAST_ROWS, cut, out);
		for (int row = 0; row < PAST_ROWS; row++)
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
	for (int i = 0; i < plain_twins_n; i++)
		if (strcmp(plain_twins[i].name, name) == 0)
			return true;
	for (int i = 0; i < past_twins_n; i++)
		if (strcmp(past_twins[i].name, name) == 0)
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

	tcase_add_loop_test(tc, rows_alone, 0, plain_twins_n);
	tcase_add_loop_test(tc, beyond_all_numbers, 0, 10);
	tcase_add_loop_test(tc, rows_ago, 0, past_twins_n);
	tcase_add_test(tc, every_operator_has_a_twin);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
