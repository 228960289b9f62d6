/* test_graph_state.c - graphs that are watched or not, and bytes of a state that are not what was
 * saved. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 40 };

static double x[ROWS], out[ROWS];
static int64_t at[ROWS];

static void
setup(void)
{
	for (int i = 0; i < ROWS; i++) {
		x[i] = i % 7;
		at[i] = i * TIME_SECOND;
	}
}

static struct column columns[] = { { .name = (char[]){ "x" }, .type = COLUMN_NUMBER } };
static const struct schema schema = {
	.source = (char[]){ "test" }, .columns = columns, .n = 1, .time = -1
};

/* One of many keys. */
static struct machine
compact_new(const char *expr)
{
	struct machine m = { .names = names_new() };
	struct error err = { 0 };

	m.plan = plan_new(&schema, m.names, (struct span){ SPAN_ROWS, 60 });
	plan_compact(m.plan, true);
	m.root = plan_add(m.plan, expr, &err);
	ck_assert_msg(m.root >= 0, "%s", err.text);
	m.graph = graph_new(m.plan, &err);
	ck_assert_ptr_nonnull(m.graph);
	return m;
}

static void
check_explains(const struct machine *m, const char *part, const char *whole)
{
	struct text text = { 0 };

	graph_explain(m->graph, m->root, &text);
	if (whole != NULL)
		ck_assert_str_eq(text_get(&text), whole);
	if (part != NULL)
		ck_assert_msg(strstr(text_get(&text), part) != NULL, "%s", text_get(&text));
	text_done(&text);
}

/* --- watching --------------------------------------------------------------------------------- */

START_TEST(one_of_many_is_watched_when_asked)
{
	struct machine m = compact_new("sum(x, 3)");

	machine_run(&m, x, x, at, 0, 5, 5, out);
	check_explains(&m, NULL, "sum(x, 3) = 9\n");
	graph_watch(m.graph, true);
	graph_watch(m.graph, true);
	machine_run(&m, x, x, at, 5, 7, 1, out);
	check_explains(&m, "sum <-", NULL);
	check_explains(&m, "12 + 6 - 3 = 15", NULL);
	graph_watch(m.graph, false);
	check_explains(&m, NULL, "sum(x, 3) = 15\n");
	machine_run(&m, x, x, at, 7, 8, 1, out);
	check_explains(&m, NULL, "sum(x, 3) = 11\n");
	machine_free(&m);
}
END_TEST

/* What comes later is watched too, and what was kept stays. */
START_TEST(a_watched_graph_grows)
{
	struct machine m = machine_new("sum(x, 3)");
	struct error err = { 0 };

	machine_run(&m, x, x, at, 0, 5, 1, out);
	ck_assert_int_eq(plan_add(m.plan, "mean(x, 2)", &err), 1);
	machine_run(&m, x, x, at, 5, 6, 1, out);
	check_explains(&m, "9 + 5 - 2 = 12", NULL);
	m.root = 1;
	check_explains(&m, "mean(x, 2) = 5", NULL);
	machine_free(&m);
}
END_TEST

/* Of many keys, windows by rows keep no times; who asks for them later has those from then on. */
START_TEST(times_that_come_later)
{
	struct machine m = compact_new("mean(x, 10)");
	struct error err = { 0 };

	machine_run(&m, x, x, at, 0, 8, 3, out);
	m.root = plan_add(m.plan, "rate(x, 10)", &err);
	machine_run(&m, x, x, at, 8, 12, 1, out);
	ck_assert(isnan(out[8]));
	ck_assert_double_eq_tol(out[11], (x[11] - x[8]) / 3, 1e-12);
	machine_run(&m, x, x, at, 12, 30, 7, out);
	ck_assert_double_eq_tol(out[29], (x[29] - x[20]) / 9, 1e-12);
	machine_free(&m);
}
END_TEST

/* --- bytes ------------------------------------------------------------------------------------ */

static const char *const exprs[] = { "mean(x, 10) + sd(x, 10)", "corr(x, lag(x, 2), 9)",
	"p95(x, all)", "rate(x, 8)", "top(x, 2, 12)", "distinct(x, all)", "kurt(x, 20s)",
	"ewma(x, halflife=5s)", "share(x > 2, 9)", "expected(x)", "expected(x, method=ar)",
	"expected(x, method=hw, season=7)" };

/* Every beginning of what was saved is refused. */
START_TEST(cut_short)
{
	struct machine m = machine_new(exprs[_i]);
	struct buffer b = { 0 };
	struct error err = { 0 };

	machine_run(&m, x, x, at, 0, ROWS, 7, out);
	graph_save(m.graph, &b);
	for (size_t n = 0; n < b.len; n += n < 600 || n + 600 > b.len ? 1 : 97) {
		struct graph *g = graph_new(m.plan, &err);
		struct reader r = { b.data, b.data + n };

		if (graph_load(g, &r, &err) == 0)
			ck_abort_msg("%s: %zu of %zu bytes are loaded", exprs[_i], n, b.len);
		ck_assert_ptr_nonnull(strstr(err.text, "that of a graph is damaged"));
		graph_free(g);
	}
	buffer_done(&b);
	machine_free(&m);
}
END_TEST

/* Loads the bytes of m, with one operator's own bytes cut or grown by so many. */
static int
load_stretched(struct machine *m, const char *key, int64_t more)
{
	struct buffer b = { 0 }, changed = { 0 };
	unsigned char *op;
	struct error err = { 0 };
	struct graph *g = graph_new(m->plan, &err);
	struct reader r;
	uint64_t length;
	int status;
	size_t head;

	graph_save(m->graph, &b);
	op = memmem(b.data, b.len, key, strlen(key));
	ck_assert_ptr_nonnull(op);
	op += strlen(key) + sizeof(double) + sizeof(struct op_ends);
	memcpy(&length, op, sizeof length);
	length += (uint64_t)more;
	head =
	    (size_t)(op - b.data) + sizeof length + (size_t)length - (more > 0 ? (size_t)more : 0);
	memcpy(op, &length, sizeof length);
	buffer_put(&changed, b.data, head);
	if (more > 0)
		buffer_put(&changed, "\0\0\0\0\0\0\0\0", (size_t)more);
	head += more < 0 ? (size_t)-more : 0;
	buffer_put(&changed, b.data + head, b.len - head);
	r = (struct reader){ changed.data, changed.data + changed.len };
	status = graph_load(g, &r, &err);
	graph_free(g);
	buffer_done(&b);
	buffer_done(&changed);
	return status;
}

/* An operator reads its own bytes to the end, and no further. */
START_TEST(lengths_are_right)
{
	static const int64_t more[] = { 0, -8, 8, 1 };
	struct machine m = machine_new("mean(x, 10)");

	machine_run(&m, x, x, at, 0, ROWS, 7, out);
	for (int i = 0; i < 4; i++) {
		ck_assert_int_eq(load_stretched(&m, ".window(x, 10)", more[i]), more[i] ? -1 : 0);
		ck_assert_int_eq(
		    load_stretched(&m, ".moments(.window(x, 10))", more[i]), more[i] ? -1 : 0);
	}
	machine_free(&m);
}
END_TEST

/* The same operator twice is no state; one that the plan does not have is passed over. */
START_TEST(twice_or_unknown)
{
	struct machine m = machine_new("mean(x, 10)"), other = machine_new("mean(x, 11)");
	struct buffer b = { 0 };
	struct error err = { 0 };
	uint64_t n;
	size_t head = 3 * sizeof n, len;
	struct reader r;

	machine_run(&m, x, x, at, 0, ROWS, 7, out);
	graph_save(m.graph, &b);
	r = (struct reader){ b.data, b.data + b.len };
	ck_assert_int_eq(graph_load(other.graph, &r, &err), 0);
	ck_assert(r.p == r.end);
	ck_assert(isnan(graph_value(other.graph, 0)));
	len = b.len;
	memcpy(&n, b.data + 2 * sizeof n, sizeof n);
	n *= 2;
	memcpy(b.data + 2 * sizeof n, &n, sizeof n);
	for (size_t i = head; i < len; i++)
		buffer_put(&b, &(unsigned char){ b.data[i] }, 1);
	r = (struct reader){ b.data, b.data + b.len };
	ck_assert_int_eq(graph_load(other.graph, &r, &err), -1);
	buffer_done(&b);
	machine_free(&m);
	machine_free(&other);
}
END_TEST

/* --- plans ------------------------------------------------------------------------------------ */

START_TEST(nodes_and_names)
{
	struct machine m = machine_new("x + 1");
	struct error err = { 0 };
	const int *which;
	int root;

	ck_assert_int_eq(plan_derive(m.plan, "d", "x + y", &err), 0);
	ck_assert_int_eq(plan_derive(m.plan, "d", "y * 2", &err), 0);
	root = plan_add(m.plan, "mean(d, 5) - x", &err);
	ck_assert_int_eq(plan_add(m.plan, "mean( d,5 )-x", &err), root);
	ck_assert_str_eq(plan_key(m.plan, root), "mean(d, 5) - x");
	ck_assert_int_eq(plan_columns(m.plan, root, &which), 2);
	ck_assert_int_eq(which[0], 0);
	ck_assert_int_eq(which[1], 1);
	ck_assert_int_ge(plan_find(m.plan, ".window(*(y, 2), 5)"), 0);
	ck_assert_int_eq(plan_find(m.plan, ".window(+(x, y), 5)"), -1);
	ck_assert_ptr_eq(
	    plan_node_at(m.plan, plan_root_node(m.plan, root)), plan_node(m.plan, root));
	for (int i = 0; i < plan_nodes(m.plan); i++)
		ck_assert_int_eq(plan_find(m.plan, plan_node_at(m.plan, i)->key), i);
	machine_free(&m);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("graph_state");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 120);
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, one_of_many_is_watched_when_asked);
	tcase_add_test(tc, a_watched_graph_grows);
	tcase_add_test(tc, times_that_come_later);
	tcase_add_loop_test(tc, cut_short, 0, (int)(sizeof exprs / sizeof *exprs));
	tcase_add_test(tc, lengths_are_right);
	tcase_add_test(tc, twice_or_unknown);
	tcase_add_test(tc, nodes_and_names);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
