/* test_plan.c - compiling: what is shared, what is refused and where, and that a graph's values do
 * not depend on the cuts nor on being saved and loaded in between. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/graph.h"
#include "tests/support.h"

enum { ROWS = 700 };

static struct column columns[] = {
	{ .name = (char[]){ "time" }, .type = COLUMN_TIME },
	{ .name = (char[]){ "x" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "odd name" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "side" }, .type = COLUMN_TEXT },
};
static const struct schema schema = {
	.source = (char[]){ "test" },
	.columns = columns,
	.n = 4,
	.time = 0,
	.stamps_tell = true,
};
static const struct span sixty = { SPAN_ROWS, 60 };

struct fixture {
	struct names *names;
	struct plan *plan;
};

static struct fixture
setup(void)
{
	struct fixture f = { names_new(), NULL };

	f.plan = plan_new(&schema, f.names, sixty);
	return f;
}

static void
teardown(struct fixture *f)
{
	plan_free(f->plan);
	names_free(f->names);
}

START_TEST(equal_parts_are_one)
{
	struct fixture f = setup();
	struct error err = { 0 };
	int a = plan_add(f.plan, "lag(x, 3) + lag(x,3)", &err);
	int b = plan_add(f.plan, "lag(x, k=3)", &err), c = plan_add(f.plan, "lag( x,3 )", &err);
	const int *reads;
	bool anyone[8] = { false };

	ck_assert_int_eq(a, 0);
	ck_assert_ptr_eq(plan_node(f.plan, b), plan_node(f.plan, c));
	ck_assert_int_eq(plan_node(f.plan, a)->inputs[0], plan_node(f.plan, a)->inputs[1]);
	ck_assert_str_eq(plan_key(f.plan, c), "lag(x, 3)");
	ck_assert_int_eq(plan_add(f.plan, "lag(x,3)", &err), c);
	ck_assert_int_eq(plan_columns(f.plan, a, &reads), 1);
	ck_assert_int_eq(reads[0], 1);
	plan_reads(f.plan, anyone);
	ck_assert(anyone[1] && !anyone[2]);
	ck_assert(plan_uses(f.plan, a, "lag"));
	ck_assert(!plan_uses(f.plan, a, "abs"));
	teardown(&f);
}
END_TEST

/* Whoever only asks whether an expression is right need not take the reason. */
START_TEST(refused_without_an_error)
{
	struct fixture f = setup();

	ck_assert_int_lt(plan_add(f.plan, "ewma(x)", NULL), 0);
	ck_assert_int_lt(plan_add(f.plan, "nothing(x)", NULL), 0);
	ck_assert_int_lt(plan_add(f.plan, "x +", NULL), 0);
	teardown(&f);
}
END_TEST

START_TEST(derived_columns)
{
	struct fixture f = setup();
	struct error err = { 0 };

	ck_assert_int_eq(plan_derive(f.plan, "double", "x * 2", &err), 0);
	ck_assert_int_eq(plan_derive(f.plan, "x", "double + 1", &err), 0);
	ck_assert(plan_add(f.plan, "x", &err) >= 0);
	ck_assert_str_eq(plan_node(f.plan, 0)->key, "+(*(x, 2), 1)");
	for (int i = 0; i < 64; i++) /* doubling 64 times must not cost 2^64 */
		ck_assert_int_eq(plan_derive(f.plan, "x", "x + x", &err), 0);
	ck_assert(plan_add(f.plan, "x > 1", &err) >= 0);
	ck_assert(plan_uses(f.plan, 1, "*"));
	teardown(&f);
}
END_TEST

static const struct {
	const char *text, *message;
} refused[] = {
	{ "lag(y)", "column 5: no column 'y' (there are time, x, odd name, side)" },
	{ "lag(tiem)", "column 5: no column 'tiem' (did you mean 'time'?)" },
	{ "mean(x, 60, 70)", "column 13: too many arguments for 'mean'" },
	{ "corr(x, 60)", "column 9: 60 is a constant (expected a second series)" },
	{ "expected(x, ses)", "column 13: too many arguments for 'expected'" },
	{ "lag(quantity)", "column 5: no column 'quantity' (there are time, x, odd name, side)" },
	{ "lagg(x)", "column 1: no operator 'lagg' (did you mean 'lag'?)" },
	{ "mean(x, 5, evry=2)", "column 17: mean has no parameter 'evry' (did you mean 'every'?)" },
	{ "mean(x, 5, zzzz=2)",
	    "column 17: mean has no parameter 'zzzz' (`weir list ops mean` tells what it has)" },
	{ ".window(x)", "column 1: no operator '.window' (`weir list ops` names them)" },
	{ "lag(x, 0)", "column 8: k: " },
	{ "lag(x, 1.5)", "column 8: k: " },
	{ "lag(x, x)", "column 8: k: " },
	{ "lag(x, 1 + 1)", "column 10: k must be written out, not computed" },
	{ "lag(x, j=1)",
	    "column 10: lag has no parameter 'j' (`weir list ops lag` tells what it has)" },
	{ "lag(x, 1, 2)", "column 11: too many arguments for 'lag'" },
	{ "lag(x, 1, k=2)", "column 13: k is given twice" },
	{ "lag()", "column 1: lag needs x (a number or a text)" },
	{ "abs(side)", "column 5: side is a text, and 'abs' takes numbers" },
	{ "side < 3", "column 1: side is a text, and '<' takes numbers" },
	{ "side == 3", "column 9: a text beside a number in '=='" },
	{ "if(x > 1, \"a\", 2)", "column 16: a text beside a number in 'if'" },
	/* what a part or a definition refuses, at what was written */
	{ "expected(x, season=0)", "column 20: expected: season=0 (expected rows such as 24" },
	{ "1 + residual(x, season=0)", "column 24: residual: season=0 (expected rows such as 24" },
	{ "ewma(x)", "column 1: ewma: needs one of" },
	{ "lag(x, 10000000)",
	    "column 8: k: '10000000' (expected a whole number from 1 to 1,000,000)" },
	{ "time > 2026-01-31",
	    "column 8: a date without quotes is a subtraction (write it as a text: "
	    "\"2026-01-31\")" },
	{ "2026-01-31 <= time", "column 1: a date without quotes is a subtraction" },
	{ "time > \"2026-13-01\"", "column 8: \"2026-13-01\" is no time (expected such as" },
	{ "x > \"2026-01-31\"", "column 5: \"2026-01-31\" is a text, and '>' takes numbers" },
};

/* Beside a column of times a text is the seconds since 1970 that it names. */
START_TEST(times_are_compared_with_texts)
{
	static const char *const signs[] = { "<", "<=", ">", ">=", "==", "!=" };
	struct fixture f = setup();
	struct error err = { 0 };
	char text[64], number[64];

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		int a, b;

		snprintf(text, sizeof text, "time %s \"2026-01-01T00:00:05.5\"", signs[i]);
		snprintf(number, sizeof number, "time %s 1767225605.5", signs[i]);
		a = plan_add(f.plan, text, &err);
		b = plan_add(f.plan, number, &err);
		ck_assert_msg(a >= 0 && b >= 0, "%s", err.text);
		ck_assert_ptr_eq(plan_node(f.plan, a), plan_node(f.plan, b));
		ck_assert_str_eq(plan_key(f.plan, a), text);
	}
	ck_assert_int_ge(plan_derive(f.plan, "t", "time", &err), 0);
	ck_assert_int_ge(plan_add(f.plan, "\"2026-01-01\" < t", &err), 0);
	ck_assert_int_ge(plan_add(f.plan, "side == \"2026-01-01\"", &err), 0);
	ck_assert_int_ge(plan_add(f.plan, "x > 2026-01-01", &err), 0);
	teardown(&f);
}
END_TEST

START_TEST(refusals_name_the_place)
{
	struct fixture f = setup();
	struct error err = { 0 };

	ck_assert_int_eq(plan_add(f.plan, refused[_i].text, &err), -1);
	ck_assert_msg(strncmp(err.text, refused[_i].message, strlen(refused[_i].message)) == 0,
	    "%s: %s", refused[_i].text, err.text);
	teardown(&f);
}
END_TEST

static const char *const stepped[] = {
	"x + `odd name`",
	"x - 1",
	"x * x",
	"x / `odd name`",
	"x % 3",
	"x ^ 2",
	"-x",
	"x < 0.5",
	"x <= 0.5",
	"x > 0.5",
	"x >= 0.5",
	"x == x",
	"x != `odd name`",
	"side == \"buy\"",
	"side != \"buy\"",
	"x > 0.5 && `odd name` > 0.5",
	"x > 0.5 || side == \"sell\"",
	"!x",
	"last(x)",
	"last(side)",
	"lag(x)",
	"lag(x, 37)",
	"lag(x, 300)",
	"lag(side, 2)",
	"diff(x)",
	"abs(x - 0.5)",
	"sqrt(x)",
	"log(x)",
	"exp(x)",
	"floor(x * 10)",
	"ceil(x * 10)",
	"round(x * 10)",
	"sign(x - 0.5)",
	"min2(x, `odd name`)",
	"max2(x, `odd name`)",
	"clamp(x, 0.2, 0.8)",
	"if(x > 0.5, side, \"none\")",
	"hour(time)",
	"weekday(time)",
	"counter(x)",
	"counter(floor(x * 10))",
	"time - lag(time, 1)",
};
enum { STEPPED = sizeof stepped / sizeof *stepped };

/* The same rows in every block: row r's cells depend on r alone. */
static void
fill(struct block *b, uint64_t first, int n)
{
	struct rng rng;

	block_clear(b);
	b->n = n;
	b->first_row = first + 1;
	for (int i = 0; i < n; i++) {
		static const char *const sides[] = { "buy", "sell" };
		const char *side;

		rng.state = first + (uint64_t)i;
		b->time[i] = (int64_t)(first + (uint64_t)i) * 1700 * 1000000;
		b->cells[0].time[i] = b->time[i];
		b->cells[1].number[i] = rng_uniform(&rng) < 0.1 ? NAN : rng_uniform(&rng);
		b->cells[2].number[i] = rng_uniform(&rng);
		side = sides[rng_next(&rng) & 1];
		b->cells[3].text[i] = rng_uniform(&rng) < 0.1 ? (struct cell_text){ NULL, 0 }
							      : block_text(b, side, strlen(side));
	}
}

/* Runs all rows cut by seed (0: one row at a time), saving and loading before row at when at > 0.
 */
static void
run(double out[STEPPED][ROWS], uint64_t seed, uint64_t at)
{
	struct fixture f = setup();
	struct error err = { 0 };
	struct rng cuts = { seed };
	struct block *b = block_new(&schema, NULL);
	struct graph *g;

	for (int i = 0; i < STEPPED; i++)
		ck_assert_msg(
		    plan_add(f.plan, stepped[i], &err) == i, "%s: %s", stepped[i], err.text);
	g = graph_new(f.plan, &err);
	ck_assert_ptr_nonnull(g);
	for (uint64_t row = 0; row < ROWS;) {
		uint64_t n = seed == 0 ? 1 : 1 + rng_next(&cuts) % BLOCK_ROWS;

		n = row < at && row + n > at ? at - row : row + n > ROWS ? ROWS - row : n;
		if (row == at && at > 0) {
			struct buffer saved = { 0 };
			struct reader r;

			graph_save(g, &saved);
			graph_free(g);
			g = graph_new(f.plan, &err);
			r = (struct reader){ saved.data, saved.data + saved.len };
			ck_assert_int_eq(graph_load(g, &r, &err), 0);
			buffer_done(&saved);
		}
		fill(b, row, (int)n);
		ck_assert_int_eq(graph_step(g, b, 0, (int)n, NULL, &err), 0);
		for (int i = 0; i < STEPPED; i++)
			memcpy(&out[i][row], graph_out(g, i), n * sizeof(double));
		row += n;
	}
	ck_assert_uint_eq(graph_rows(g), ROWS);
	graph_free(g);
	block_free(b);
	teardown(&f);
}

static double one_by_one[STEPPED][ROWS], cut[STEPPED][ROWS];

START_TEST(values_do_not_depend_on_the_cuts)
{
	run(one_by_one, 0, 0);
	for (uint64_t seed = 1; seed <= 3; seed++) {
		run(cut, seed, seed * 123);
		for (int i = 0; i < STEPPED; i++)
			for (int row = 0; row < ROWS; row++)
				ck_assert_msg(near(cut[i][row], one_by_one[i][row], 0),
				    "%s: row %d: %g, %g", stepped[i], row, cut[i][row],
				    one_by_one[i][row]);
	}
}
END_TEST

START_TEST(damaged_state_is_refused)
{
	struct fixture f = setup();
	struct error err = { 0 };
	struct block *b = block_new(&schema, NULL);
	struct buffer saved = { 0 };
	struct graph *g;

	ck_assert(plan_add(f.plan, "lag(x, 5)", &err) >= 0);
	g = graph_new(f.plan, &err);
	fill(b, 0, 20);
	ck_assert_int_eq(graph_step(g, b, 0, 20, NULL, &err), 0);
	graph_save(g, &saved);
	for (size_t n = 0; n < saved.len; n++) {
		struct reader r = { saved.data, saved.data + n };

		ck_assert_int_eq(graph_load(g, &r, &err), -1);
	}
	buffer_done(&saved);
	graph_free(g);
	block_free(b);
	teardown(&f);
}
END_TEST

START_TEST(late_rows_change_nothing)
{
	struct fixture f = setup();
	struct error err = { 0 };
	struct block *b = block_new(&schema, NULL);
	bool late[6] = { true, false, false, true, true, false };
	struct graph *g;
	int root = plan_add(f.plan, "lag(`odd name`, 1)", &err);
	const double *out, *x;

	g = graph_new(f.plan, &err);
	fill(b, 0, 6);
	ck_assert_int_eq(graph_step(g, b, 0, 6, late, &err), 0);
	out = graph_out(g, root);
	x = b->cells[2].number;
	ck_assert(near(out[0], NAN, 0));
	ck_assert(near(out[1], NAN, 0));
	ck_assert(near(out[2], x[1], 0));
	ck_assert(near(out[3], x[1], 0));
	ck_assert(near(out[4], x[1], 0));
	ck_assert(near(out[5], x[2], 0));
	ck_assert_uint_eq(graph_rows(g), 3);
	graph_free(g);
	block_free(b);
	teardown(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("plan");
	TCase *tc = tcase_create("compile");

	tcase_add_test(tc, equal_parts_are_one);
	tcase_add_test(tc, refused_without_an_error);
	tcase_add_test(tc, derived_columns);
	tcase_add_test(tc, times_are_compared_with_texts);
	tcase_add_loop_test(tc, refusals_name_the_place, 0, sizeof refused / sizeof *refused);
	tcase_add_test(tc, values_do_not_depend_on_the_cuts);
	tcase_add_test(tc, damaged_state_is_refused);
	tcase_add_test(tc, late_rows_change_nothing);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
