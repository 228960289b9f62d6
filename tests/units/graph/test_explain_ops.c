/* test_explain_ops.c - what operators and rules tell of their arithmetic, row by row. */
#include "data/graph/explain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/graph/graph.h"
#include "tests/rig.h"
#include "tests/support.h"
#include "widgets/draw/canvas.h"

enum { ROWS = 24, LINE_CELLS = 100 };

struct bench { /* one expression over x and y, numbers, and s, texts */
	struct names *names;
	struct plan *plan;
	struct graph *graph;
	struct text told;
};

static char names[3][2] = { "x", "y", "s" };
static struct column columns[] = { { .name = names[0], .type = COLUMN_NUMBER },
	{ .name = names[1], .type = COLUMN_NUMBER }, { .name = names[2], .type = COLUMN_TEXT } };
static char source[] = "bench";
static const struct schema schema = { .source = source, .columns = columns, .n = 3, .time = -1 };

static const double xs[ROWS] = { 10, 11, 10, 11, 12, 11, 10, 9, 10, 11, 12, 11, 9, 12, 11, NAN,
	10.123456789, 0.1 + 0.2, -4, 1e15, 10, 11, 10, 9 };
static const char *const words[] = { "ok", "fault", "a state with a rather long name" };

static int
bench_open(struct bench *b, const char *expr, struct error *err)
{
	int root;

	*b = (struct bench){ .names = names_new() };
	b->plan = plan_new(&schema, b->names, (struct span){ SPAN_ROWS, 5 });
	root = plan_add(b->plan, expr, err);
	b->graph = root >= 0 ? graph_new(b->plan, err) : NULL;
	return b->graph != NULL ? 0 : -1;
}

static void
bench_close(struct bench *b)
{
	graph_free(b->graph);
	plan_free(b->plan);
	names_free(b->names);
	text_done(&b->told);
}

static void
bench_row(struct bench *b, int row)
{
	double x = xs[row], y = row % 7 * 0.5;
	struct cell_text s = { words[row % 3], (unsigned)strlen(words[row % 3]) };
	int64_t time = row * TIME_SECOND;
	union cells cells[3] = { { .number = &x }, { .number = &y }, { .text = &s } };
	struct block block = { .n = 1, .cells = cells, .time = &time };
	struct error err = { 0 };

	ck_assert_msg(graph_step(b->graph, &block, 0, 1, NULL, &err) == 0, "%s", err.text);
	text_clear(&b->told);
	graph_explain(b->graph, 0, &b->told);
	graph_explain_held(b->graph, 0, &b->told);
}

static const char *
argument(const struct param *p)
{
	switch (p->type) {
	case PARAM_INPUT:
	case PARAM_ANY:
	case PARAM_INPUTS:
	case PARAM_ANYS:
		return strcmp(p->name, "b") == 0 || strcmp(p->name, "y") == 0 ? "y" : "x";
	case PARAM_NUMBER:
		return p->fallback == NULL ? "0.5" : p->fallback;
	case PARAM_COUNT:
		return p->fallback == NULL ? "2" : p->fallback;
	case PARAM_DURATION:
		return p->fallback == NULL ? "2s" : "";
	default:
		return "";
	}
}

/* A call with all that must be given. */
static void
write_expression(const struct op_class *class, char *out, size_t size)
{
	const struct param *params = class->params;
	bool many = false; /* what stands behind them is written by name */
	int at;

	if (strchr("abcdefghijklmnopqrstuvwxyz", *class->name) == NULL) {
		snprintf(out, size,
		    *class->name == '!' && class->name[1] == '\0' ? "%.0s!x" : "%s%s%s", "x ",
		    class->name, " y");
		return;
	}
	if (strcmp(class->name, "neg") == 0) {
		snprintf(out, size, "-x");
		return;
	}
	at = snprintf(out, size, "%s(", class->name);
	for (int i = 0; params[i].name != NULL; i++)
		if (*argument(&params[i]) != '\0' && !many) {
			many = params[i].type == PARAM_INPUTS || params[i].type == PARAM_ANYS;
			at += snprintf(out + at, size - (size_t)at, "%s%s", i > 0 ? ", " : "",
			    argument(&params[i]));
		}
	if (strcmp(class->family, "forgetting") == 0)
		at += snprintf(out + at, size - (size_t)at, ", alpha=0.25");
	snprintf(out + at, size - (size_t)at, ")");
}

static void
check_lines(const char *expr, const char *told)
{
	for (const char *end; *told != '\0'; told = end + 1) {
		char line[1024];

		end = strchr(told, '\n');
		ck_assert_msg(end != NULL, "%s: the last line has no end", expr);
		snprintf(line, sizeof line, "%.*s", (int)(end - told), told);
		ck_assert_msg(line[0] != '\0', "%s: an empty line", expr);
		ck_assert_msg(text_cells(line) <= LINE_CELLS, "%s: %d cells: %s", expr,
		    text_cells(line), line);
		ck_assert_msg(strstr(line, "nan") == NULL && strstr(line, "null") == NULL, "%s: %s",
		    expr, line);
	}
}

static void
check_told(const struct bench *b, const char *expr, const char *name)
{
	const char *told = text_get(&b->told);
	struct text value = { 0 };

	check_lines(expr, told);
	ck_assert_msg(strstr(told, name) != NULL, "%s is not named:\n%s", expr, told);
	for (int i = 0; op_classes[i] != NULL; i++)
		ck_assert_msg(
		    *op_classes[i]->name != '.' || strstr(told, op_classes[i]->name) == NULL,
		    "%s tells its parts:\n%s", expr, told);
	text_add(&value, " = ");
	explain_value(graph_op(b->graph, 0), &value);
	text_addc(&value, '\n');
	ck_assert_msg(
	    strstr(told, text_get(&value)) != NULL, "%s: not%s\n%s", expr, text_get(&value), told);
	text_done(&value);
}

START_TEST(every_operator)
{
	int n = 0;

	for (int i = 0; op_classes[i] != NULL; i++) {
		const struct op_class *class = op_classes[i];
		struct error err = { 0 };
		struct bench b;
		char expr[160];

		if (*class->name == '.')
			continue;
		write_expression(class, expr, sizeof expr);
		ck_assert_msg(bench_open(&b, expr, &err) == 0, "%s: %s", expr, err.text);
		graph_explain(b.graph, 0, &b.told); /* before any row */
		check_lines(expr, text_get(&b.told));
		for (int row = 0; row < ROWS; row++) {
			bench_row(&b, row);
			check_told(&b, expr, strcmp(class->name, "neg") == 0 ? "-x" : class->name);
		}
		bench_close(&b);
		n++;
	}
	ck_assert_int_gt(n, 70);
}
END_TEST

/* An expression is told as it would be written, with no more parentheses than it takes. */
START_TEST(labels)
{
	static const char *const written[] = { "changed(s)", "distinct(s, 5)", "count(s, 3)",
		"missing(x, 3)", "missing(s, 3)", "top(s, 5, 5)", "share(x > 2, 4)",
		"per_second(4)", "corr(x, y, 5)", "max2(x, y)", "x - y * 2", "(x - y) * 2",
		"x - (y - 2)", "x - y - 2", "-x", "-(x + y)", "!(x > 2)", "x ^ y ^ 2",
		"(x ^ y) ^ 2", "x > 1 && y < 2 || x < 0", "x > 1 && (y < 2 || x < 0)", "mean(x, 5)",
		"mean(x, 5, every=3)", "quantile(x, 0.9, 5)", "lag(x, 2)", "if(x > 1, x, y)",
		"s == \"ok\"" };

	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		struct error err = { 0 };
		struct text label = { 0 };
		struct bench b;

		ck_assert_msg(
		    bench_open(&b, written[i], &err) == 0, "%s: %s", written[i], err.text);
		explain_label(graph_op(b.graph, 0), &label);
		ck_assert_str_eq(text_get(&label), written[i]);
		bench_close(&b);
		text_done(&label);
	}
}
END_TEST

/* The arithmetic of a row, as somebody would check it by hand. */
START_TEST(arithmetic)
{
	static const struct {
		const char *expr;
		int row;
		const char *text;
	} told[] = {
		{ "y + x", 18, "y + x = 2 + (-4) = -2\n" },
		{ "y - x", 18, "y - x = 2 - (-4) = 6\n" },
		{ "x - y", 18, "x - y = -4 - 2 = -6\n" },
		{ "mean(x, 5)", 18, "  mean <-   8.35586 + (-4 - 12) / 4 = 4.35586\n" },
		{ "mean(x, 5)", 18, "  mean      sum of x / n = 17.4235 / 4 = 4.35586\n" },
		{ "mean(x, 5)", 18, "window of x: 5 rows\n" },
		{ "mean(x, 5, every=3)", 10, "window of x: 5 rows, every 3 rows\n" },
		{ "mean(x, 5s, every=3)", 10, "window of x: 5s, every 3 rows\n" },
		{ "mean(x, 5, every=3s)", 10, "window of x: 5 rows, every 3s\n" },
		{ "mean(x, all, every=3s)", 10, "window of x: since the start, every 3s\n" },
		{ "mean(x, 5s, gap=3s)", 10, "window of x: 5s, anew after a gap of 3s\n" },
		{ "changed(x)", 1, "changed(x) = 1\n  before    10\n  now       11\n" },
		{ "changed(s)", 1, "changed(s) = 1\n  before    ok\n  now       fault\n" },
		{ "delta(x, 3)", 18, "delta(x, 3) = last - first = -4 - 10.1235 = -14.1235\n" },
		{ "delta(x, 2)", 19, "= last - first = 1e+15 - (-4) = 1e+15\n" },
	};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		struct error err = { 0 };
		struct bench b;

		ck_assert_msg(
		    bench_open(&b, told[i].expr, &err) == 0, "%s: %s", told[i].expr, err.text);
		for (int row = 0; row <= told[i].row; row++)
			bench_row(&b, row);
		ck_assert_msg(strstr(text_get(&b.told), told[i].text) != NULL, "%s: no '%s' in\n%s",
		    told[i].expr, told[i].text, text_get(&b.told));
		bench_close(&b);
	}
}
END_TEST

/* --- rules ------------------------------------------------------------------------------------ */

static const char low[] = "temperature,pH\n11,5\n9,5\n8,5\n9,5\n11,5\n";

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

/* What the page tells of the rig's first rule at this row. */
static void
rule_tells(struct rig *rig, const char *const *texts, int n)
{
	struct text told = { 0 };

	engine_rule_explain(rig->engine, 0, &told);
	check_lines("rule", text_get(&told));
	for (int i = 0; i < n; i++)
		ck_assert_msg(
		    shows(text_get(&told), texts[i]), "not '%s' in\n%s", texts[i], text_get(&told));
	text_done(&told);
}

/* What has a name is told by it where others read it. */
START_TEST(a_derived_column_by_its_name)
{
	struct bench b = { .names = names_new() };
	struct error err = { 0 };

	b.plan = plan_new(&schema, b.names, (struct span){ SPAN_ROWS, 5 });
	ck_assert_int_eq(plan_derive(b.plan, "both", "x + y", &err), 0);
	ck_assert_int_eq(plan_add(b.plan, "mean(both * 2, 5) - 1", &err), 0);
	b.graph = graph_new(b.plan, &err);
	bench_row(&b, 0);
	bench_row(&b, 1);
	ck_assert_ptr_nonnull(strstr(text_get(&b.told), "window of both * 2: 5 rows"));
	ck_assert_ptr_nonnull(strstr(text_get(&b.told), "mean(both * 2, 5) - 1 = "));
	bench_close(&b);
}
END_TEST

START_TEST(a_rule_says_why)
{
	static const struct rig_options options = { .alerts = {
							"too low: temperature < 10 for 2 rows" } };
	static const char *const before[] = { "temperature < 10 = 11 < 10 = false\n",
		"too low = inactive\n", "the condition is false\n", "temperature < 10 is false\n",
		"fired     0 times\n" };
	static const char *const pending[] = { "temperature < 10 = 9 < 10 = true\n",
		"too low = pending\n", "is true, 1 row in a row\n",
		"for       2 rows: 1 so far\n" };
	static const char *const firing[] = { "too low = firing\n", "is true, 2 rows in a row\n",
		"fired     1 time\n" };
	static const char *const resolved[] = { "too low = resolved\n",
		"until the condition was false\n" };
	struct rig rig;

	rig_open(&rig, low, &options);
	rig_rows(&rig, 1, 0, 0);
	rule_tells(&rig, before, 5);
	rig_rows(&rig, 1, 0, 0);
	rule_tells(&rig, pending, 4);
	rig_rows(&rig, 1, 0, 0);
	rule_tells(&rig, firing, 3);
	rig_rows(&rig, 2, 0, 0);
	rule_tells(&rig, resolved, 2);
	rig_close(&rig);
}
END_TEST

/* So also where it lasts by time, is kept, and rests: each with how long it has been so. */
START_TEST(a_rule_says_how_long)
{
	static const char csv[] = "time,v\n2026-01-01T00:00:00Z,1\n2026-01-01T00:00:10Z,9\n"
				  "2026-01-01T00:00:14Z,9\n2026-01-01T00:00:20Z,9\n"
				  "2026-01-01T00:00:23Z,1\n2026-01-01T00:00:40Z,1\n"
				  "2026-01-01T00:00:45Z,1\n";
	static const char *const pending[] = { "for       10s: 4 s so far\n" };
	static const char *const kept[] = {
		"keep      fires on for 5 s after it last held, 3 s ago\n"
	};
	static const char *const rests[] = {
		"cooldown  does not fire again for 60 s after it was resolved, 5 s ago\n"
	};
	static const char yaml[] = "alerts:\n  - {name: high, when: v > 5, for: 10s, keep: 5s, "
				   "cooldown: 60s}\n";
	struct error err = { 0 };
	struct text file = { 0 };
	struct rig data, rig;

	rig_open(&data, csv, &(struct rig_options){ .default_kpis = true });
	text_addf(&file, "sources: [{uri: %s}]\n%s", data.path, yaml);
	ck_assert_msg(rig_open_file(&rig, text_get(&file), &err) == 0, "%s", err.text);
	rig_rows(&rig, 3, 0, 0);
	rule_tells(&rig, pending, 1);
	rig_rows(&rig, 2, 0, 0);
	rule_tells(&rig, kept, 1);
	rig_rows(&rig, 2, 0, 0);
	rule_tells(&rig, rests, 1);
	text_done(&file);
	rig_close(&rig);
	rig_close(&data);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("explain_ops");
	TCase *tc = tcase_create("arithmetic");

	tcase_add_test(tc, every_operator);
	tcase_add_test(tc, labels);
	tcase_add_test(tc, arithmetic);
	tcase_add_test(tc, a_derived_column_by_its_name);
	tcase_add_test(tc, a_rule_says_why);
	tcase_add_test(tc, a_rule_says_how_long);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
