/* test_graph_take.c - a graph that takes over the states of another one's equal operators goes on
 * with the same bits, as if it had seen all the rows. */
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 200, TAKEN = 83 };

static double x[ROWS], y[ROWS], whole[ROWS], out[ROWS];
static int64_t at[ROWS];

static void
fill(void)
{
	struct rng rng = { 21 };

	for (int i = 0; i < ROWS; i++) {
		x[i] = rng_uniform(&rng) < 0.1 ? NAN : rng_normal(&rng);
		y[i] = floor(rng_uniform(&rng) * 5);
		at[i] = i * TIME_SECOND;
	}
}

/* A machine that computes another expression too, so that its nodes have other numbers. */
static struct machine
beside(const char *other, const char *expr)
{
	struct machine m = machine_new(other);
	struct error err = { 0 };

	graph_free(m.graph);
	m.root = plan_add(m.plan, expr, &err);
	m.graph = graph_new(m.plan, &err);
	ck_assert_ptr_nonnull(m.graph);
	return m;
}

static const char *const exprs[] = { "mean(x, 30)", "lag(x, 12)", "top(y, 1, 40)", "sum(x, all)",
	"median(x + y, 25)", "ewma(x, halflife=9)", "max(x, 20s) - min(x, 20s)", "expected(x)",
	"corr(x, y, 31)", "slope(x, 17)", "kurt(x, 26)", "distinct(y, 15)", "entropy(y, 22)",
	"rank(x, 19)", "first(x, 21)", "rate(x, 1m)", "share(x > 0, 13)", "upper(x, 0.9)",
	"forecast(x, 3)", "coverage(x, 0.9, 20)", "top(y, 2, all)", "median(x, all)",
	"distinct(y, all)", "mean(x, 30, every=7)", "p95(x, 20s, gap=3s)" };
enum { EXPRS = sizeof exprs / sizeof *exprs };

START_TEST(taken_over)
{
	struct machine from = machine_new(exprs[_i]), to = beside("sd(y, 7) * 2", exprs[_i]);
	struct text told = { 0 }, expected = { 0 };
	bool same[64];
	struct error err = { 0 };

	fill();
	memset(same, true, sizeof same);
	machine_run(&from, x, y, at, 0, TAKEN, 10, whole);
	ck_assert_int_eq(graph_take(to.graph, from.graph, same, &err), 0);
	ck_assert_uint_eq(graph_rows(to.graph), TAKEN);
	machine_run(&from, x, y, at, TAKEN, ROWS, 10, whole);
	machine_run(&to, x, y, at, TAKEN, ROWS, 10, out);
	for (int i = TAKEN; i < ROWS; i++)
		ck_assert_msg(memcmp(&out[i], &whole[i], sizeof *out) == 0,
		    "%s: row %d: %.17g, not %.17g", exprs[_i], i, out[i], whole[i]);
	ck_assert_uint_eq(graph_rows(to.graph), ROWS);
	graph_explain(from.graph, from.root, &expected);
	graph_explain_held(from.graph, from.root, &expected);
	graph_explain(to.graph, to.root, &told);
	graph_explain_held(to.graph, to.root, &told);
	ck_assert_str_eq(text_get(&told), text_get(&expected));
	text_done(&told);
	text_done(&expected);
	machine_free(&from);
	machine_free(&to);
}
END_TEST

/* The last values are taken too: they are shown and told of before the next row comes. */
START_TEST(the_last_value_stands)
{
	struct machine from = machine_new(exprs[_i]), to = machine_new(exprs[_i]);
	struct text told = { 0 }, expected = { 0 };
	bool same[64];
	struct error err = { 0 };

	fill();
	memset(same, true, sizeof same);
	machine_run(&from, x, y, at, 0, TAKEN, 10, whole);
	ck_assert(isnan(graph_value(to.graph, to.root)));
	ck_assert_int_eq(graph_take(to.graph, from.graph, same, &err), 0);
	ck_assert(near(graph_value(to.graph, to.root), whole[TAKEN - 1], 0));
	graph_explain(from.graph, from.root, &expected);
	graph_explain(to.graph, to.root, &told);
	ck_assert_str_eq(text_get(&told), text_get(&expected));
	machine_free(&to);
	to = machine_resume(&from, exprs[_i]);
	text_clear(&told);
	graph_explain(to.graph, to.root, &told);
	ck_assert_str_eq(text_get(&told), text_get(&expected));
	text_done(&told);
	text_done(&expected);
	machine_free(&from);
	machine_free(&to);
}
END_TEST

/* What is not the same, though it is written alike, starts anew: so does what is new. */
START_TEST(what_differs_starts_anew)
{
	struct machine from = machine_new("count(x, all)"), to = machine_new("count(x, all)");
	struct machine other = machine_new("count(y, all)");
	bool same[64] = { false };
	struct error err = { 0 };

	fill();
	machine_run(&from, y, x, at, 0, TAKEN, 10, whole);
	ck_assert_int_eq(graph_take(to.graph, from.graph, same, &err), 0);
	memset(same, true, sizeof same);
	ck_assert_int_eq(graph_take(other.graph, from.graph, same, &err), 0);
	machine_run(&to, y, y, at, TAKEN, TAKEN + 4, 10, out);
	ck_assert_double_eq(out[TAKEN + 3], 4);
	machine_run(&other, y, y, at, TAKEN, TAKEN + 4, 10, out);
	ck_assert_double_eq(out[TAKEN + 3], 4);
	machine_free(&from);
	machine_free(&to);
	machine_free(&other);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("graph_take");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, taken_over, 0, EXPRS);
	tcase_add_loop_test(tc, the_last_value_stands, 0, EXPRS);
	tcase_add_test(tc, what_differs_starts_anew);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
