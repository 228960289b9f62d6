/* test_ops_bounded.c - `all` that meets more than is kept: bounded memory, close values. */
#include <math.h>
#include <stdlib.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 1200000 };

static double *x, *out;
static int64_t *at;

static void
setup(void)
{
	x = memory_new(ROWS, sizeof *x);
	out = memory_new(ROWS, sizeof *out);
	at = memory_new(ROWS, sizeof *at);
	for (int i = 0; i < ROWS; i++)
		at[i] = i * TIME_SECOND;
}

static void
teardown(void)
{
	free(x);
	free(out);
	free(at);
}

/* Runs all rows, and then the last part again from a state saved and loaded: the same bits. */
static void
run(const char *expr, int from, size_t most_held)
{
	struct machine m = machine_new(expr), next;
	double *again = memory_new(ROWS, sizeof *again);

	machine_run(&m, x, x, at, 0, from, 256, out);
	next = machine_resume(&m, expr);
	machine_run(&m, x, x, at, from, ROWS, 256, out);
	machine_run(&next, x, x, at, from, ROWS, 0, again);
	for (int i = from; i < ROWS; i++)
		if (!(out[i] == again[i]))
			ck_abort_msg(
			    "%s resumed: row %d: %.17g, not %.17g", expr, i, again[i], out[i]);
	ck_assert_msg(graph_held(m.graph, m.root) < most_held, "%s holds %zu bytes", expr,
	    graph_held(m.graph, m.root));
	machine_free(&m);
	machine_free(&next);
	free(again);
}

/* The uniform on [0, 1) tells its quantiles by itself. */
START_TEST(quantiles)
{
	struct rng rng = { 1 };
	int jumps = 0;

	for (int i = 0; i < ROWS; i++)
		x[i] = rng_uniform(&rng);
	run("p95(x, all)", ROWS - 1000, 100000);
	for (int i = 1000000; i < ROWS; i++)
		if (fabs(out[i] - 0.95) > 0.002)
			ck_abort_msg("row %d: %g", i, out[i]);
	for (int i = 1; i < ROWS; i++)
		jumps += i > 999000 && fabs(out[i] - out[i - 1]) > 1e-3;
	ck_assert_int_eq(jumps, 0);
}
END_TEST

START_TEST(distinct)
{
	for (int i = 0; i < ROWS; i++)
		x[i] = i % 3 == 0 ? -5 : i;
	run("distinct(x, all)", 30, 100000);
	for (int i = 0; i < ROWS; i += 991) {
		double twin = 1 + i - i / 3;

		ck_assert_msg(fabs(out[i] - twin) <= (twin <= 65536 ? 0 : 0.025 * twin),
		    "row %d: %g of %g", i, out[i], twin);
	}
}
END_TEST

/* Many values that come once beside some that come often: these stay on top. */
START_TEST(top)
{
	struct rng rng = { 4 };

	for (int i = 0; i < ROWS; i++) {
		double u = rng_uniform(&rng);

		x[i] = u < 0.02 ? -1 : u < 0.035 ? -2 : u < 0.045 ? -3 : i;
	}
	run("top(x, 3, all)", 800000, 12000000);
	for (int i = 5000; i < ROWS; i++)
		if (!(out[i] == -3))
			ck_abort_msg("row %d: %g", i, out[i]);
}
END_TEST

START_TEST(entropy)
{
	for (int i = 0; i < ROWS; i++)
		x[i] = i % 2 == 0 ? 5 : i;
	run("entropy(x, all)", ROWS - 1000, 12000000);
	for (int i = 1001; i < ROWS; i += 2) { /* half in one value, half all different */
		double n = i + 1, twin = 0.5 + 0.5 * log2(n);

		if (!(fabs(out[i] - twin) < 0.02))
			ck_abort_msg("row %d: %g, not %g", i, out[i], twin);
	}
}
END_TEST

/* A statistic asked for later than its window has begun sees what the window still keeps. */
START_TEST(late_to_its_window)
{
	static const char *const exprs[] = { "mean(x, 60)", "max(x, 60)", "p90(x, 60)",
		"kurt(x, 60)", "slope(x, 60)", "corr(x, x, 60)", "top(x, 60)", "distinct(x, 60)",
		"entropy(x, 60)", "first(x, 60)", "rate(x, 60)", "share(x, 60)", "missing(x, 60)" };
	struct rng rng = { 8 };

	for (int i = 0; i < 3000; i++)
		x[i] = floor(8 * rng_uniform(&rng));
	for (size_t e = 0; e < sizeof exprs / sizeof *exprs; e++) {
		struct machine whole = machine_new(exprs[e]);
		struct machine m = machine_new("sum(x, 60) + count(x, all)");
		double *late = memory_new(3000, sizeof *late);
		struct error err;

		machine_run(&whole, x, x, at, 0, 3000, 256, out);
		machine_run(&m, x, x, at, 0, 1000, 7, late);
		m.root = plan_add(m.plan, exprs[e], &err);
		machine_run(&m, x, x, at, 1000, 3000, 7, late);
		for (int i = 1060; i < 3000; i++)
			if (!near(late[i], out[i], 1e-12))
				ck_abort_msg(
				    "%s: row %d: %g, not %g", exprs[e], i, late[i], out[i]);
		machine_free(&whole);
		machine_free(&m);
		free(late);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ops_bounded");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 120);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, quantiles);
	tcase_add_test(tc, distinct);
	tcase_add_test(tc, top);
	tcase_add_test(tc, entropy);
	tcase_add_test(tc, late_to_its_window);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
