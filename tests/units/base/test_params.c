/* test_params.c - values read by their tables and written canonically. */
#include "data/base/params/params.h"

#include <math.h>
#include <string.h>

#include "data/base/times/times.h"
#include "tests/support.h"

static const struct param table[] = {
	{ .name = "w", .type = PARAM_WINDOW, .fallback = "" },
	{ .name = "alpha", .type = PARAM_NUMBER, .fallback = "0.5", .min = 0, .max = 1 },
	{ .name = "any", .type = PARAM_NUMBER, .fallback = "" },
	{ .name = "k", .type = PARAM_COUNT, .min = 1, .max = 100 },
	{ .name = "gap", .type = PARAM_DURATION, .fallback = "" },
	{ .name = "every", .type = PARAM_SPAN, .fallback = "" },
	{ .name = "method", .type = PARAM_CHOICE, .fallback = "auto", .choices = "auto|hw|holt" },
	{ .name = "title", .type = PARAM_TEXT, .fallback = "" },
	{ .name = NULL },
};

static const struct param *
find(const char *name)
{
	const struct param *p = table;

	while (strcmp(p->name, name) != 0)
		p++;
	return p;
}

static const struct {
	const char *name, *text, *canonical;
} right[] = {
	{ "w", "60", "60" },
	{ "w", "5m", "5m" },
	{ "w", "all", "all" },
	{ "w", "90s", "1m30s" },
	{ "w", "1e3", "1000" },
	{ "w", "", "" },
	{ "alpha", "0", "0" },
	{ "alpha", "1", "1" },
	{ "alpha", ".25", "0.25" },
	{ "alpha", "", "" },
	{ "any", "-1e300", "-1e+300" },
	{ "k", "1", "1" },
	{ "k", "100", "100" },
	{ "gap", "1h30m", "1h30m" },
	{ "every", "7", "7" },
	{ "every", "7s", "7s" },
	{ "method", "hw", "hw" },
	{ "method", "auto", "auto" },
	{ "method", "holt", "holt" },
	{ "title", "two words", "two words" },
	{ "title", "", "" },
};

START_TEST(values_read_and_written)
{
	struct text t = { 0 };
	struct error err;

	for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
		const struct param *p = find(right[i].name);
		struct value v;

		text_clear(&t);
		ck_assert_msg(value_parse(&v, p, right[i].text, &err) == 0, "%s", err.text);
		value_print(&v, p, &t);
		ck_assert_str_eq(text_get(&t), right[i].canonical);
		if (right[i].text[0] == '\0')
			ck_assert(isnan(v.number) && v.span.unit == SPAN_NONE && v.text == NULL);
		value_done(&v);
	}
	text_done(&t);
}
END_TEST

START_TEST(members_of_values)
{
	struct value v;

	ck_assert(value_parse(&v, find("method"), "holt", NULL) == 0 && v.number == 2);
	value_done(&v);
	ck_assert(value_parse(&v, find("gap"), "500ms", NULL) == 0 && v.span.unit == SPAN_TIME &&
		  v.span.n == TIME_SECOND / 2);
	ck_assert(value_parse(&v, find("every"), "12", NULL) == 0 && v.span.unit == SPAN_ROWS &&
		  v.span.n == 12);
	ck_assert(value_parse(&v, find("w"), "all", NULL) == 0 && v.span.unit == SPAN_ALL);
	ck_assert(value_parse(&v, find("k"), "42", NULL) == 0 && v.number == 42);
}
END_TEST

static const struct {
	const char *name, *text, *error;
} wrong[] = {
	{ "alpha", "2", "'2' (expected a number from 0 to 1)" },
	{ "alpha", "-0.1", "'-0.1' (expected a number from 0 to 1)" },
	{ "alpha", "x", "\'x' (expected a number)" },
	{ "alpha", "inf", "\'inf' (expected a number)" },
	{ "alpha", "nan", "\'nan' (expected a number)" },
	{ "k", "1.5", "\'1.5' (expected a whole number)" },
	{ "k", "0", "'0' (expected a whole number from 1 to 100)" },
	{ "k", "101", "'101' (expected a whole number from 1 to 100)" },
	{ "k", "", "nothing (a value must be given)" },
	{ "gap", "5", "\'5' (expected a duration above 0 such as 500ms, 5s or 1h30m)" },
	{ "gap", "0s", "\'0s' (expected a duration above 0 such as 500ms, 5s or 1h30m)" },
	{ "gap", "5mx", "\'5mx' (expected a duration above 0 such as 500ms, 5s or 1h30m)" },
	{ "every", "all", "\'all' (expected rows such as 60 or a duration such as 5m)" },
	{ "every", "0", "\'0' (expected rows such as 60 or a duration such as 5m)" },
	{ "w", "-5", "'-5\' (expected rows such as 60, a duration such as 5m, or all)" },
	{ "w", "1.5",
	    "'1.5\' (expected rows such as 60, a duration such as 5m, or "
	    "all)" },
	{ "method", "h", "\'h' (expected auto|hw|holt)" },
	{ "method", "hw|holt", "\'hw|holt' (expected auto|hw|holt)" },
	{ "method", "holtx", "\'holtx' (expected auto|hw|holt)" },
};

START_TEST(wrong_values_say_what_was_expected)
{
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct error err = { 0 };
		struct value v;

		ck_assert_int_eq(value_parse(&v, find(wrong[i].name), wrong[i].text, &err), -1);
		ck_assert_str_eq(err.text, wrong[i].error);
		value_done(&v);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("params");
	TCase *c = tcase_create("params");

	tcase_add_test(c, values_read_and_written);
	tcase_add_test(c, members_of_values);
	tcase_add_test(c, wrong_values_say_what_was_expected);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
