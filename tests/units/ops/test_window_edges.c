/* test_window_edges.c - windows where they are easily off by one: a gap as long as it may be,
 * multiples before 1970, operators younger than their window, sums that round, and what is
 * explained after runs of any length. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"
#include "tests/twins/window_twins.h"

enum { ROWS = 120 };

/* Values of which some are missing, with times 0 to 3 s apart. */
static struct data
data_new(void)
{
	static double x[ROWS], y[ROWS];
	static int64_t time[ROWS];
	struct rng rng = { 5 };
	int64_t t = INT64_C(1767225600) * TIME_SECOND;

	for (int i = 0; i < ROWS; i++) {
		x[i] = rng_uniform(&rng) < 0.15 ? NAN : floor(rng_uniform(&rng) * 9);
		y[i] = rng_uniform(&rng) < 0.15 ? NAN : rng_normal(&rng);
		t += (int64_t)(rng_uniform(&rng) * 3e9);
		time[i] = t;
	}
	return (struct data){ .n = ROWS, .x = x, .y = y, .time = time };
}

/* --- gap= and every= -------------------------------------------------------------------------- */

/* The window starts anew after a pause longer than it, not after one as long. */
START_TEST(a_gap_is_longer)
{
	const int64_t s = TIME_SECOND;
	int64_t time[] = { 0, 30 * s, 60 * s, 90 * s + 1, 91 * s };
	static const double counts[] = { 1, 2, 3, 1, 2 };
	double x[] = { 1, 1, 1, 1, 1 }, out[5];
	struct machine m = machine_new("count(x, all, gap=30s)");

	machine_run(&m, x, x, time, 0, 5, 2, out);
	for (int i = 0; i < 5; i++)
		ck_assert_msg(out[i] == counts[i], "row %d: %g", i, out[i]);
	machine_free(&m);
}
END_TEST

/* The greatest value of the 10 s up to the last multiple of 10 s, recounted. */
static double
greatest_at_multiple(const double *x, const int64_t *time, int row)
{
	double at = floor((double)time[row] / 1e10) * 1e10, most = NAN;

	if ((double)time[0] > at)
		return NAN;
	for (int i = 0; i <= row; i++)
		if ((double)time[i] <= at && (double)time[i] > at - 1e10)
			most = isnan(most) ? x[i] : fmax(most, x[i]);
	return most;
}

START_TEST(multiples_before_1970)
{
	static const int64_t steps[] = { TIME_SECOND, 700000000, 10 * TIME_SECOND };
	double x[ROWS], out[ROWS];
	int64_t time[ROWS];
	struct rng rng = { 3 };
	struct machine m = machine_new("max(x, 10s, every=10s)");

	for (int i = 0; i < ROWS; i++) {
		x[i] = rng_uniform(&rng);
		time[i] = (i - ROWS / 2) * steps[_i];
	}
	machine_run(&m, x, x, time, 0, ROWS, 7, out);
	for (int i = 0; i < ROWS; i++) {
		double expected = greatest_at_multiple(x, time, i);

		ck_assert_msg(near(out[i], expected, 0), "at %g s: %g, not %g",
		    (double)time[i] * 1e-9, out[i], expected);
	}
	machine_free(&m);
}
END_TEST

/* --- younger than its window ------------------------------------------------------------------ */

enum { ADDED = 37 }; /* the row before which the operator is added */

/* Steps a window that is there from the first row, and what is added later; out from ADDED on. */
static void
run_added_later(const struct data *d, const char *first, const char *later, double *out)
{
	struct machine m = machine_new(first);
	struct error err = { 0 };
	int root;

	machine_run(&m, d->x, d->y, d->time, 0, ADDED, 8, out);
	root = plan_add(m.plan, later, &err);
	ck_assert_msg(root >= 0, "%s: %s", later, err.text);
	m.root = root;
	machine_run(&m, d->x, d->y, d->time, ADDED, ROWS, 8, out);
	machine_free(&m);
}

static const struct {
	const char *text;
	int rows, seconds, every; /* rows 0 and seconds 0: all, from ADDED on */
} shared[] = {
	{ "5", 5, 0, 1 },
	{ "50", 50, 0, 1 },
	{ "50, every=7", 50, 0, 7 },
	{ "20s", 0, 20, 1 },
	{ "all", 0, 0, 1 },
};
enum { SHARED = sizeof shared / sizeof *shared };

static struct rows
rows_of(const struct data *d, int window, int row)
{
	int every = shared[window].every;
	struct rows r = { 0, (row + 1) / every * every, shared[window].seconds * TIME_SECOND };

	if (shared[window].rows > 0 && r.hi > shared[window].rows)
		r.lo = r.hi - shared[window].rows;
	while (r.by_time > 0 && d->time[r.lo] <= d->time[row] - r.by_time)
		r.lo++;
	if (shared[window].rows == 0 && shared[window].seconds == 0)
		r.lo = ADDED;
	return r;
}

/* What the window holds counts for one who comes later; of `all`, which holds nothing, what comes
 * from then on. */
START_TEST(added_later)
{
	const struct twin *t = &twins[_i % twins_n];
	int window = _i / twins_n;
	struct data d = data_new();
	double out[ROWS];
	char first[64], later[160];
	const char *other = strncmp(t->call, "missing(", 8) == 0 ? "sum" : "missing";

	if (strncmp(t->call, "per_second(", 11) == 0)
		return; /* its window is its own */
	snprintf(first, sizeof first, "%s(x, %s) + %s(y, %s)", other, shared[window].text, other,
	    shared[window].text);
	snprintf(later, sizeof later, "%s%s)", t->call, shared[window].text);
	run_added_later(&d, first, later, out);
	for (int row = ADDED; row < ROWS; row++) {
		double scale = 0;
		double expected = t->value(&d, rows_of(&d, window, row), &scale);

		if (!near(out[row], expected, 1e-9 + scale))
			ck_abort_msg(
			    "%s: row %d: %.17g, recounted %.17g", later, row, out[row], expected);
	}
}
END_TEST

/* --- sums ------------------------------------------------------------------------------------- */

/* Ten million times 0.1 is a million, not 999999.9998: what adding rounds off is kept. The first
 * value is another one, since values are summed as distances from it. */
START_TEST(many_small_ones)
{
	enum { PIECE = 100000, PIECES = 100 };
	static double x[PIECE], out[PIECE];
	static int64_t time[PIECE];
	struct machine m = machine_new("sum(x, all)");
	double exact = (double)(0.1L * PIECE * PIECES);

	machine_run(&m, x, x, time, 0, 1, 1, out);
	for (int i = 0; i < PIECE; i++)
		x[i] = 0.1;
	for (int i = 0; i < PIECES; i++)
		machine_run(&m, x, x, time, 0, PIECE, 256, out);
	ck_assert_msg(
	    fabs(out[PIECE - 1] - exact) <= 1e-9, "%.17g, not %.17g", out[PIECE - 1], exact);
	machine_free(&m);
}
END_TEST

/* The same of a window that forgets: its older part is summed from the back. */
START_TEST(a_long_window_rounds_once)
{
	enum { LONG = 200000, ALL = 700000 };
	double *x = memory_new(ALL, sizeof *x), *out = memory_new(ALL, sizeof *out);
	int64_t *time = memory_zero(ALL, sizeof *time);
	struct machine m = machine_new("sum(x, 200000)");
	struct rng rng = { 8 };

	for (int i = 0; i < ALL; i++)
		x[i] = i % 1000 == 0 ? 0 : 1000 * rng_uniform(&rng);
	machine_run(&m, x, x, time, 0, ALL, 256, out);
	for (int row = LONG; row < ALL; row += 49999) {
		long double sum = 0;

		for (int i = row - LONG + 1; i <= row; i++)
			sum += (long double)x[i];
		ck_assert_msg(fabsl((long double)out[row] - sum) <= 5e-8L,
		    "row %d: %.17g, not %.17Lg", row, out[row], sum);
	}
	machine_free(&m);
	free(x);
	free(out);
	free(time);
}
END_TEST

/* --- what is explained ------------------------------------------------------------------------ */

static const char *const explained[] = { "x + y", "lag(x, 3)", "mean(x, 5)", "max(x, 5)",
	"max(x, 5) - min(y, 9)", "sum(x, 20s)", "median(x, 9)", "first(x, 6)", "share(x > 3, 10)",
	"sd(x, 11)", "top(x, 1, 20)", "if(x > y, x, y)", "ewma(x, halflife=3)",
	"mean(x, 9, every=4)", "x > 3 and y > 0", "p95(x, 30)", "rate(x, 30s)", "z(x, 12)" };
enum { EXPLAINED = sizeof explained / sizeof *explained };

/* The last row and the one before are told alike, whether they came in one run or in two. */
START_TEST(explained_whatever_the_cuts)
{
	static const int cuts[] = { 2, 3, 7, 100 };
	struct data d = data_new();
	double out[ROWS];

	for (int end = 40; end < 60; end++) {
		struct machine one = machine_new(explained[_i]);
		struct text expected = { 0 };

		machine_run(&one, d.x, d.y, d.time, 0, end, 1, out);
		graph_explain(one.graph, one.root, &expected);
		for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
			struct machine m = machine_new(explained[_i]);
			struct text text = { 0 };

			machine_run(&m, d.x, d.y, d.time, 0, end, cuts[c], out);
			graph_explain(m.graph, m.root, &text);
			ck_assert_str_eq(text_get(&text), text_get(&expected));
			text_done(&text);
			machine_free(&m);
		}
		text_done(&expected);
		machine_free(&one);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("window_edges");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, a_gap_is_longer);
	tcase_add_loop_test(tc, multiples_before_1970, 0, 3);
	tcase_add_loop_test(tc, added_later, 0, SHARED * twins_n);
	tcase_add_test(tc, many_small_ones);
	tcase_add_test(tc, a_long_window_rounds_once);
	tcase_add_loop_test(tc, explained_whatever_the_cuts, 0, EXPLAINED);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
