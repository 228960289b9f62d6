/* test_expr.c - the language: trees, canonical text, and the position of every error. */
#include <stdlib.h>
#include <string.h>

#include "data/expr/expr.h"
#include "tests/support.h"

static const struct {
	const char *text, *canonical;
} printed[] = {
	{ "mean( x ,60 )", "mean(x, 60)" },
	{ "-2^2", "-2 ^ 2" },
	{ "((-2))^2", "((-2)) ^ 2" },
	{ "2^3^2", "2 ^ 3 ^ 2" },
	{ "(2^3)^2", "(2 ^ 3) ^ 2" },
	{ "2^-1", "2 ^ -1" },
	{ "a-b-c", "a - b - c" },
	{ "a-(b-c)", "a - (b - c)" },
	{ "a*(b+c)", "a * (b + c)" },
	{ "(a*b)+c", "(a * b) + c" },
	{ "a<1 and not b>2 or c", "a < 1 and not b > 2 or c" },
	{ "a && (b || c)", "a && (b || c)" },
	{ "!a == b", "!a == b" },
	{ "not a == b", "not a == b" },
	{ "ewma(x,alpha = .1)", "ewma(x, alpha=.1)" },
	{ "mean(x, 1h30m)", "mean(x, 1h30m)" },
	{ "mean(x, 90m)", "mean(x, 90m)" },
	{ "`odd name` > 1e3", "`odd name` > 1e3" },
	{ "`plain` > 1", "plain > 1" },
	{ "side == \"buy \\\"it\\\"\"", "side == \"buy \\\"it\\\"\"" },
	{ "reactor.pH + 1", "reactor.pH + 1" },
	{ "température > 3", "température > 3" },
	{ "- -a", "--a" },
	{ "f()", "f()" },
};

START_TEST(canonical_text)
{
	struct error err = { 0 };
	struct expr *e = expr_parse(printed[_i].text, &err), *again;
	struct text once = { 0 }, twice = { 0 };

	ck_assert_msg(e != NULL, "%s: %s", printed[_i].text, err.text);
	expr_print(e, &once);
	ck_assert_str_eq(text_get(&once), printed[_i].canonical);
	again = expr_parse(text_get(&once), &err);
	ck_assert_msg(again != NULL, "%s: %s", text_get(&once), err.text);
	expr_print(again, &twice);
	ck_assert_str_eq(text_get(&twice), printed[_i].canonical);
	expr_free(e);
	expr_free(again);
	text_done(&once);
	text_done(&twice);
}
END_TEST

static const struct {
	const char *text, *message;
} errors[] = {
	{ "", "column 1: ends where a column, a number, a call or '(' was expected" },
	{ "mean(x", "column 7: ends where ',' or ')' was expected" },
	{ "mean(x,,2)", "column 8: ',' where a column, a number, a call or '(' was expected" },
	{ "x +", "column 4: ends where a column, a number, a call or '(' was expected" },
	{ "x y", "column 3: 'y' where the end or an operator was expected (a name with a "
		 "blank stands in backticks: `x y`)" },
	{ "x = 3", "column 3: '=' compares nothing (write ==)" },
	{ "1 < x < 3", "column 7: comparisons do not chain (write a < b && b < c)" },
	{ "mean(x, 5x)", "column 9: a number with an unknown unit (units: ns us ms s m h d w)" },
	{ "x == 'buy'", "column 6: texts stand in double quotes: \"text\"" },
	{ "x == \"buy", "column 6: a text without its closing \"" },
	{ "`x", "column 1: a name without its closing `" },
	{ "``", "column 1: an empty name" },
	{ "`a``", "column 1: a name without its closing `" },
	{ "é + ?",
	    "column 5: '?' is no sign of expressions (odd names stand in backticks: `v#2`)" },
	{ "1e999", "column 1: this number is too large" },
	{ "1.2.3", "column 1: '1.2.3' is no number (expected such as 16 or 1.5)" },
	{ "x + 0x10", "column 5: '0x10' is no number (expected such as 16 or 1.5)" },
	{ "1..2", "column 1: '1..2' is no number (expected such as 16 or 1.5)" },
	{ "x > 2026-01-31T12:00",
	    "column 13: a time stands in quotes (expected such as \"2026-01-31T12:00:00\")" },
};

START_TEST(error_positions)
{
	struct error err = { 0 };

	ck_assert_ptr_null(expr_parse(errors[_i].text, &err));
	ck_assert_str_eq(err.text, errors[_i].message);
}
END_TEST

START_TEST(depth_and_length_are_bounded)
{
	enum { N = 100000 };
	char *text = malloc(N + 1);
	struct error err = { 0 };

	text[N] = '\0';
	memset(text, '(', N);
	ck_assert_ptr_null(expr_parse(text, &err));
	memset(text, '-', N);
	ck_assert_ptr_null(expr_parse(text, &err));
	text[1000] = '\0';
	memset(text, '(', 1000);
	ck_assert_ptr_null(expr_parse(text, &err));
	ck_assert_str_eq(err.text, "column 201: nested deeper than 200");
	free(text);
}
END_TEST

static const struct {
	const char *text;
	char separator;
	const char *name, *rest;
} named[] = {
	{ "p95: p95(x, 1h)", ':', "p95", " p95(x, 1h)" },
	{ "temp too low: x < 1", ':', "temp too low", " x < 1" },
	{ "x < 1", ':', NULL, "x < 1" },
	{ "side == \"a:b\"", ':', NULL, "side == \"a:b\"" },
	{ "`a:b` > 1", ':', NULL, "`a:b` > 1" },
	{ ": x", ':', NULL, ": x" },
	{ "ratio = a / b", '=', "ratio", " a / b" },
	{ "`odd name`=a", '=', "odd name", "a" },
	{ "a == b", '=', NULL, "a == b" },
	{ "t > 2026-01-31T12:00", ':', NULL, "t > 2026-01-31T12:00" },
	{ "at 12:5", ':', "at 12", "5" },
};

static const struct {
	const char *text, *message;
} nameless[] = {
	{ "x", "no name (write NAME = EXPR)" },
	{ "x == 3", "no name (write NAME = EXPR)" },
	{ "f(x, w=3)", "no name (write NAME = EXPR)" },
	{ "= x", "no name (write NAME = EXPR)" },
	{ "", "no name (write NAME = EXPR)" },
	{ "a b = x*2", "'a b' is no plain name (odd names stand in backticks: `a b` = ...)" },
	{ " v#2= x", "'v#2' is no plain name (odd names stand in backticks: `v#2` = ...)" },
};

START_TEST(names_are_wanted)
{
	struct error err = { 0 };

	ck_assert(!expr_nameless("`a b` = x", &err) && !expr_nameless(" a=x", &err));
	ck_assert(expr_nameless(nameless[_i].text, &err));
	ck_assert_str_eq(err.text, nameless[_i].message);
}
END_TEST

START_TEST(names_split_off)
{
	char *name;
	const char *rest = expr_named(named[_i].text, named[_i].separator, &name);

	ck_assert_str_eq(rest, named[_i].rest);
	if (named[_i].name == NULL)
		ck_assert_ptr_null(name);
	else
		ck_assert_str_eq(name, named[_i].name);
	free(name);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("expr");
	TCase *tc = tcase_create("language");

	tcase_add_loop_test(tc, canonical_text, 0, sizeof printed / sizeof *printed);
	tcase_add_loop_test(tc, error_positions, 0, sizeof errors / sizeof *errors);
	tcase_add_test(tc, depth_and_length_are_bounded);
	tcase_add_loop_test(tc, names_split_off, 0, sizeof named / sizeof *named);
	tcase_add_loop_test(tc, names_are_wanted, 0, sizeof nameless / sizeof *nameless);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
