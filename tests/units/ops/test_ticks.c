/* test_ticks.c - time that passes while no row comes: what operators and rules make of it. */
#include <stdio.h>
#include <string.h>

#include "data/query/alert.h"
#include "tests/machine.h"
#include "tests/support.h"
#include "tests/twins/window_twins.h"

enum { ROWS = 400 };

static const int64_t second = TIME_SECOND;

static struct data
data_new(void)
{
	static double x[ROWS], y[ROWS];
	static int64_t time[ROWS];
	struct rng rng = { 11 };
	int64_t t = INT64_C(1767225600) * TIME_SECOND;

	for (int i = 0; i < ROWS; i++) {
		double u = rng_uniform(&rng);

		x[i] = u < 0.1 ? NAN : floor(rng_uniform(&rng) * 9);
		y[i] = rng_normal(&rng) + (isnan(x[i]) ? 0 : x[i] / 2);
		t += u > 0.97 ? 20 * second : (int64_t)(rng_uniform(&rng) * 2e9);
		time[i] = t;
	}
	return (struct data){ .n = ROWS, .x = x, .y = y, .time = time };
}

static struct rows
window_at(const struct data *d, int row, int64_t now, int64_t span)
{
	int lo = 0;

	while (lo <= row && now - d->time[lo] >= span)
		lo++;
	return (struct rows){ lo, row + 1, span };
}

/* --- operators -------------------------------------------------------------------------------- */

/* Ticks between two rows see the window as it is then, and the rows nothing of the ticks. */
START_TEST(windows_of_time_empty)
{
	const struct twin *twin = &twins[_i];
	struct data d = data_new();
	char call[160];
	double out[ROWS], plain[ROWS], scale = 0, expected;
	struct machine m, quiet;

	snprintf(call, sizeof call, "%s5s)", twin->call);
	m = machine_new(call);
	quiet = machine_new(call);
	machine_run(&quiet, d.x, d.y, d.time, 0, ROWS, 1, plain);
	for (int i = 0; i < ROWS; i++) {
		int64_t until = i + 1 < ROWS ? d.time[i + 1] : d.time[i] + 10 * second;

		machine_run(&m, d.x, d.y, d.time, i, i + 1, 1, out);
		ck_assert_msg(near(out[i], plain[i], 1e-9), "%s: row %d is %.17g, not %.17g", call,
		    i, out[i], plain[i]);
		for (int64_t t = d.time[i]; t < until; t += 700000000) {
			struct rows rows = window_at(&d, i, t, 5 * second);

			graph_tick(m.graph, t, 0);
			if (rows.lo == rows.hi)
				continue;
			expected = twin->value(&d, rows, &scale);
			ck_assert_msg(near(graph_value(m.graph, m.root), expected, 1e-9 + scale),
			    "%s: at a tick behind row %d %.17g, not %.17g", call, i,
			    graph_value(m.graph, m.root), expected);
		}
	}
	machine_free(&m);
	machine_free(&quiet);
}
END_TEST

static const char *const by_rows[] = { "mean(x, 10)", "max(x, all)", "p95(x, 20)", "lag(x, 3)",
	"ewma(x, halflife=3)", "ewma(x, halflife=3s)", "x + 1", "sum(x, 10, every=10)",
	"changed(x)", "forecast(x)", "residual(x)", "upper(x, 0.9)", "mean(count(x, 5s), 10)",
	"drift(x)", "counter(x)", "first(x, all, gap=3s)" };

/* Whatever counts rows keeps its value through ticks, and goes on as if there had been none. */
START_TEST(rows_are_no_ticks)
{
	struct data d = data_new();
	double out[ROWS], plain[ROWS];
	struct machine m, quiet;

	if (op_class_find("drift") == NULL && strncmp(by_rows[_i], "drift", 5) == 0)
		return;
	m = machine_new(by_rows[_i]);
	quiet = machine_new(by_rows[_i]);
	machine_run(&quiet, d.x, d.y, d.time, 0, ROWS, 1, plain);
	for (int i = 0; i < ROWS; i++) {
		machine_run(&m, d.x, d.y, d.time, i, i + 1, 1, out);
		ck_assert_msg(near(out[i], plain[i], 1e-12), "%s: row %d is %.17g, not %.17g",
		    by_rows[_i], i, out[i], plain[i]);
		for (int k = 1; k < 4 && i + 1 < ROWS; k++)
			graph_tick(m.graph, d.time[i] + k * (d.time[i + 1] - d.time[i]) / 4, 0);
		ck_assert_msg(near(graph_value(m.graph, m.root), out[i], 0), "%s: %.17g by a tick",
		    by_rows[_i], graph_value(m.graph, m.root));
	}
	machine_free(&m);
	machine_free(&quiet);
}
END_TEST

START_TEST(what_does_not_come_is_absent)
{
	double x[] = { 1, 2, NAN }, out[3];
	int64_t time[] = { 0, second, 3 * second };
	struct machine m = machine_new("absent(x, 30s) and x < 5");

	machine_run(&m, x, x, time, 0, 2, 1, out);
	graph_tick(m.graph, 31 * second - 1, 0);
	ck_assert(graph_value(m.graph, m.root) == 0);
	graph_tick(m.graph, 31 * second, 0);
	ck_assert(graph_value(m.graph, m.root) == 1);
	machine_free(&m);
	m = machine_new("absent(x, 30s)");
	machine_run(&m, x, x, time, 0, 3, 1, out);
	graph_tick(m.graph, 31 * second, 0); /* since the last value, not the last row */
	ck_assert(graph_value(m.graph, m.root) == 1);
	machine_free(&m);
}
END_TEST

START_TEST(multiples_pass)
{
	double x[] = { 1, 2, 3, 4 }, out[4];
	int64_t time[] = { 1 * second, 2 * second, 3 * second, 21 * second };
	struct machine m = machine_new("count(x, 10s, every=5s)");

	machine_run(&m, x, x, time, 0, 3, 1, out);
	graph_tick(m.graph, 5 * second - 1, 0);
	ck_assert(isnan(graph_value(m.graph, m.root)));
	graph_tick(m.graph, 5 * second, 0);
	ck_assert(graph_value(m.graph, m.root) == 3);
	graph_tick(m.graph, 10 * second, 0);
	ck_assert(graph_value(m.graph, m.root) == 3);
	graph_tick(m.graph, 14 * second, 0);
	ck_assert(graph_value(m.graph, m.root) == 3);
	graph_tick(m.graph, 15 * second, 0);
	ck_assert(graph_value(m.graph, m.root) == 0);
	machine_run(&m, x, x, time, 3, 4, 1, out);
	ck_assert(out[3] == 0); /* as of 20 s */
	machine_free(&m);
}
END_TEST

START_TEST(an_edge_is_told)
{
	struct machine m = machine_new("absent(x, 1500ms) + absent(y, 90s) + count(x, 10s)");

	ck_assert(plan_moves(m.plan));
	ck_assert_int_eq(plan_edge(m.plan, 0), 1500000000);
	ck_assert_int_eq(plan_edge(m.plan, 1500000000), 90 * second);
	ck_assert_int_eq(plan_edge(m.plan, 90 * second), INT64_MAX);
	machine_free(&m);
	m = machine_new("mean(x, 10) + lag(y, 2)");
	graph_tick(m.graph, second, 0); /* before any row */
	ck_assert(isnan(graph_value(m.graph, m.root)));
	machine_free(&m);
	m = machine_new("lag(y, 2)");
	ck_assert(!plan_moves(m.plan));
	machine_free(&m);
}
END_TEST

/* --- rules ------------------------------------------------------------------------------------ */

static struct alert_rule
rule_of(const char *text)
{
	struct alert_rule rule;
	struct error err;

	ck_assert(alert_rule_parse(&rule, text, &err) == 0);
	return rule;
}

START_TEST(a_rule_fires_between_rows)
{
	struct alert_rule rule = rule_of("x > 1 for 5s");
	struct alert a = { 0 };

	ck_assert(!alert_step(&a, &rule, true, false, 10 * second));
	ck_assert_int_eq(alert_edge(&a, &rule, 10 * second), 15 * second);
	ck_assert(!alert_tick(&a, &rule, true, false, 15 * second - 1));
	ck_assert(alert_tick(&a, &rule, true, false, 15 * second));
	ck_assert(a.state == ALERT_FIRING);
	ck_assert_int_eq(alert_edge(&a, &rule, 15 * second), INT64_MAX);
	ck_assert(alert_step(&a, &rule, false, false, 16 * second));
	ck_assert(a.state == ALERT_RESOLVED);
	alert_rule_done(&rule);
}
END_TEST

/* What became true by a tick lasts from then on, whether rows come or not. */
START_TEST(a_condition_begins_between_rows)
{
	struct alert_rule rule = rule_of("absent(x, 30s) for 5s");
	struct alert a = { 0 };

	ck_assert(!alert_step(&a, &rule, false, false, 0));
	ck_assert(!alert_tick(&a, &rule, true, false, 30 * second));
	ck_assert(!alert_tick(&a, &rule, true, false, 33 * second));
	ck_assert(!alert_step(&a, &rule, true, false, 34 * second));
	ck_assert(alert_step(&a, &rule, true, false, 35 * second));
	alert_rule_done(&rule);
}
END_TEST

START_TEST(rows_are_counted_alone)
{
	struct alert_rule rule = rule_of("x > 1 for 3 rows");
	struct alert a = { 0 };

	ck_assert(!alert_step(&a, &rule, true, false, 0));
	for (int i = 1; i < 10; i++)
		ck_assert(!alert_tick(&a, &rule, true, false, i * second));
	ck_assert(!alert_step(&a, &rule, true, false, 10 * second));
	ck_assert(alert_step(&a, &rule, true, false, 11 * second));
	alert_rule_done(&rule);
}
END_TEST

START_TEST(it_is_kept_no_longer)
{
	struct alert_rule rule = rule_of("x > 1");
	struct alert a = { 0 };

	rule.keep = 10 * second;
	ck_assert(alert_step(&a, &rule, true, false, 0));
	ck_assert(!alert_step(&a, &rule, false, false, second));
	ck_assert_int_eq(alert_edge(&a, &rule, second), 10 * second);
	ck_assert(!alert_tick(&a, &rule, false, false, 10 * second - 1));
	ck_assert(alert_tick(&a, &rule, false, false, 10 * second));
	ck_assert(a.state == ALERT_RESOLVED);
	alert_rule_done(&rule);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("ticks");
	TCase *c = tcase_create("ticks");

	tcase_add_loop_test(c, windows_of_time_empty, 0, twins_n);
	tcase_add_loop_test(c, rows_are_no_ticks, 0, sizeof by_rows / sizeof *by_rows);
	tcase_add_test(c, what_does_not_come_is_absent);
	tcase_add_test(c, multiples_pass);
	tcase_add_test(c, an_edge_is_told);
	tcase_add_test(c, a_rule_fires_between_rows);
	tcase_add_test(c, a_condition_begins_between_rows);
	tcase_add_test(c, rows_are_counted_alone);
	tcase_add_test(c, it_is_kept_no_longer);
	suite_add_tcase(s, c);
	return support_run(s);
}
