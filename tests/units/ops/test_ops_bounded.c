/* test_ops_bounded.c - `all` that meets more than is kept: bounded memory, close values. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	run("distinct(x, all)", 30, 300000);
	run("distinct(x, all)", ROWS - 1000, 300000);
	for (int i = 0; i < ROWS; i += 991) {
		double twin = 1 + i - i / 3;

		ck_assert_msg(fabs(out[i] - twin) <= (twin <= 65536 ? 0 : 0.01 * twin),
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

static char column_name[] = "s", source_name[] = "texts";

/* A text that is counted no more is let go: of those not seen lately only its number is left. */
START_TEST(texts_are_let_go)
{
	static struct column columns[] = { { .name = column_name, .type = COLUMN_TEXT } };
	const struct schema schema = {
		.source = source_name, .columns = columns, .n = 1, .time = -1
	};
	struct names *names = names_new();
	struct plan *plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });
	struct block *block = block_new(&schema, NULL);
	struct error err;
	struct graph *graph;
	int counted = 0;

	ck_assert_int_ge(plan_add(plan, "top(s, 1, all)", &err), 0);
	graph = graph_new(plan, &err);
	block->n = 1;
	for (int i = 0; i < 5 * NAMES_KEPT; i++) {
		char text[16];
		int n = snprintf(
		    text, sizeof text, "%s%d", i % 100 == 7 ? "often" : "v", i % 100 == 7 ? 0 : i);

		block->cells[0].text[0] = (struct cell_text){ text, (unsigned)n };
		ck_assert_int_eq(graph_step(graph, block, 0, 1, NULL, &err), 0);
	}
	ck_assert_str_eq(names_text(names, graph_out(graph, 0)[0]), "often0");
	for (int i = 0; i < 3 * NAMES_KEPT; i++) {
		char text[16];
		int n = snprintf(text, sizeof text, "v%d", i);

		counted += strcmp(names_text(names, names_hash(text, (size_t)n)), text) == 0;
	}
	ck_assert_int_lt(counted, NAMES_KEPT + 1000);
	block_free(block);
	graph_free(graph);
	plan_free(plan);
	names_free(names);
}
END_TEST

static int
falling(const void *a, const void *b)
{
	double u = *(const double *)a, v = *(const double *)b;

	return (u < v) - (u > v);
}

/* How often each value of the n rows occurs, most often first; *kinds: how many there are. */
static double *
recount(int n, int *kinds)
{
	double *sorted = memory_new((size_t)n, sizeof *sorted);

	memcpy(sorted, x, (size_t)n * sizeof *sorted);
	qsort(sorted, (size_t)n, sizeof *sorted, falling);
	*kinds = 0;
	for (int i = 0, from = 0; i < n; i++)
		if (i + 1 == n || sorted[i + 1] < sorted[i]) {
			sorted[(*kinds)++] = i + 1 - from;
			from = i + 1;
		}
	qsort(sorted, (size_t)*kinds, sizeof *sorted, falling);
	return sorted;
}

static double
times_seen(double v, int n)
{
	double times = 0;

	for (int i = 0; i < n; i++)
		times += x[i] == v;
	return times;
}

/* What is frequent comes only after more different values than there are counters; a rank's answer
 * lacks no more than n / 65,536 to what the rank's value has. */
START_TEST(top_of_the_late)
{
	static const int ranks[] = { 1, 2, 10, 100 };
	struct rng rng = { 6 };
	double *counts;
	int kinds;

	for (int i = 0; i < ROWS; i++) { /* shares fall as 1 / rank, over many ranks */
		double u = exp(13 * rng_uniform(&rng));

		x[i] = i < 100000 ? -i : floor(u);
	}
	counts = recount(ROWS, &kinds);
	ck_assert_int_gt(kinds, 2 * 65536);
	for (size_t k = 0; k < sizeof ranks / sizeof *ranks; k++) {
		char expr[32];
		double times;

		snprintf(expr, sizeof expr, "top(x, %d, all)", ranks[k]);
		run(expr, ROWS - 1000, 8000000);
		times = times_seen(out[ROWS - 1], ROWS);
		ck_assert_msg(fabs(times - counts[ranks[k] - 1]) <= ROWS / 65536.0,
		    "number %d: %g was seen %g times, not %g", ranks[k], out[ROWS - 1], times,
		    counts[ranks[k] - 1]);
	}
	free(counts);
}
END_TEST

/* A skew of `skew`: 0 is uniform, 1 is Zipf's. */
static const double skews[] = { 0, 0.5, 0.8, 1, 1.2, 2 };

START_TEST(entropy_of_skewed)
{
	enum { VALUES = 1000000 };
	double skew = skews[_i], total = 0, *counts, *sums;
	struct rng rng = { 9 };
	int kinds;

	sums = memory_new(VALUES, sizeof *sums);
	for (int i = 0; i < VALUES; i++)
		sums[i] = total += pow(i + 1, -skew);
	for (int i = 0; i < ROWS; i++) {
		double u = total * rng_uniform(&rng);
		int lo = 0, hi = VALUES - 1;

		while (lo < hi) {
			int middle = (lo + hi) / 2;

			if (sums[middle] < u)
				lo = middle + 1;
			else
				hi = middle;
		}
		x[i] = i < 70000 ? -i : lo; /* the common ones come late */
	}
	run("entropy(x, all)", ROWS - 1000, 12000000);
	for (int n = 100000; n <= ROWS; n += 550000) {
		double bits = 0;

		counts = recount(n, &kinds);
		for (int i = 0; i < kinds; i++)
			bits -= counts[i] / n * log2(counts[i] / n);
		if (!(fabs(out[n - 1] - bits) < 0.05))
			ck_abort_msg("skew %g, row %d: %g, not %g", skew, n, out[n - 1], bits);
		free(counts);
	}
	free(sums);
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
	tcase_add_test(tc, texts_are_let_go);
	tcase_add_test(tc, top_of_the_late);
	tcase_add_test(tc, entropy);
	tcase_add_loop_test(tc, entropy_of_skewed, 0, sizeof skews / sizeof *skews);
	tcase_add_test(tc, late_to_its_window);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
