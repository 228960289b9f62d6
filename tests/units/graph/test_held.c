/* test_held.c - the memory that an explanation names is the memory that is held, and a window that
 * forgets holds no more after many rows than after some. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 6000, SOME = 2000 };

static double x[ROWS], y[ROWS], out[ROWS];
static int64_t at[ROWS];

static void
fill(void)
{
	struct rng rng = { 31 };

	for (int i = 0; i < ROWS; i++) {
		x[i] = rng_normal(&rng);
		y[i] = floor(rng_uniform(&rng) * 20);
		at[i] = i * TIME_SECOND;
	}
}

static const char *const exprs[] = { "mean(x, 600)", "max(x, 600)", "median(x, 600)",
	"lag(x, 5000)", "top(y, 1, 600)", "distinct(y, 600)", "corr(x, y, 600)", "skew(x, 600)",
	"slope(x, 600)", "expected(x)", "first(x, 600)", "sum(x, 10m)" };
enum { EXPRS = sizeof exprs / sizeof *exprs };

static size_t
held_after(struct machine *m, int from, int to)
{
	machine_run(m, x, y, at, from, to, 256, out);
	return graph_held(m->graph, m->root);
}

/* Of a window of 600 rows, and of a forecaster, 4,000 rows more change nothing. */
START_TEST(no_more_with_time)
{
	struct machine m = machine_new(exprs[_i]);
	size_t some, all;

	fill();
	some = held_after(&m, 0, SOME);
	all = held_after(&m, SOME, ROWS);
	ck_assert_msg(all <= some + some / 10, "%s: %zu bytes, then %zu", exprs[_i], some, all);
	machine_free(&m);
}
END_TEST

/* All that the graph gives back when it goes, but for what an allocation and an operator cost. */
START_TEST(as_much_as_is_told)
{
	struct machine m = machine_new(exprs[_i]);
	size_t told, before, after;

	fill();
	told = held_after(&m, 0, SOME);
	before = mallinfo2().uordblks + mallinfo2().hblkhd;
	graph_free(m.graph);
	after = mallinfo2().uordblks + mallinfo2().hblkhd;
	m.graph = NULL;
	if (before != after) /* a sanitizer's malloc does not tell */
		ck_assert_msg(
		    before - after > told * 95 / 100 && before - after < told * 12 / 10 + 8192,
		    "%s: %zu bytes are told, %zu are held", exprs[_i], told, before - after);
	plan_free(m.plan);
	names_free(m.names);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("held");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, no_more_with_time, 0, EXPRS);
	tcase_add_loop_test(tc, as_much_as_is_told, 0, EXPRS);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
