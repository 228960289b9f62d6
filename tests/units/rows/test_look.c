/* test_look.c - what cells look like before anything is known of their column. */
#include "data/rows/look.h"

#include <string.h>

#include "tests/support.h"

struct look_case {
	const char *cell;
	enum look look;
};

static const struct look_case looks[] = {
	{ "", LOOK_EMPTY },
	{ "  ", LOOK_EMPTY },
	{ "NA", LOOK_MARK },
	{ "n/a", LOOK_MARK },
	{ "#N/A", LOOK_MARK },
	{ "***", LOOK_MARK },
	{ "?", LOOK_MARK },
	{ ".", LOOK_MARK },
	{ "-", LOOK_MARK },
	{ "NAN", LOOK_MARK },
	{ "none", LOOK_MARK },
	{ "1", LOOK_NUMBER },
	{ " -1.5e+3 ", LOOK_NUMBER },
	{ ".5", LOOK_NUMBER },
	{ "2.", LOOK_NUMBER },
	{ "1,5", LOOK_NUMBER },
	{ "1,234,567", LOOK_NUMBER },
	{ "1.234.567,89", LOOK_NUMBER },
	{ "1 234 567", LOOK_NUMBER },
	{ "1'234.5", LOOK_NUMBER },
	{ "$74.69", LOOK_NUMBER },
	{ "-$3", LOOK_NUMBER },
	{ "5.2 %", LOOK_NUMBER },
	{ "21 °C", LOOK_NUMBER },
	{ "12,50 €", LOOK_NUMBER },
	{ "EUR 12.50", LOOK_NUMBER },
	{ "₽5", LOOK_NUMBER },
	{ "A501", LOOK_WORD }, /* letters before a number make it a code */
	{ "F12", LOOK_WORD },
	{ "x5", LOOK_WORD },
	{ "1,23,4", LOOK_TEXT },
	{ "1.2.3", LOOK_TEXT },
	{ "12 apples", LOOK_WORD },
	{ "MG-8769", LOOK_WORD },
	{ "2026-01-31", LOOK_TIME },
	{ "2026/1/31", LOOK_TIME },
	{ "2026-01", LOOK_TIME },
	{ "2026-13", LOOK_WORD },
	{ "31.12.2025", LOOK_TIME },
	{ "31.12.2025 10:00:00", LOOK_TIME },
	{ "12/31/2025 3:05 PM", LOOK_TIME },
	{ "31-12-25", LOOK_TIME },
	{ "32-13-25", LOOK_WORD },
	{ "2026-01-31T10:15:00.123+01:00", LOOK_TIME },
	{ "2026-01-31 10:15:00 UTC", LOOK_TIME },
	{ "20260131T101500Z", LOOK_TIME },
	{ "17/May/2015:10:05:03 +0000", LOOK_TIME },
	{ "Jan 1 2000", LOOK_TIME },
	{ "Jan 1, 2000 10:00", LOOK_TIME },
	{ "1 January 2000", LOOK_TIME },
	{ "10:15", LOOK_TIME },
	{ "10.15.00", LOOK_TIME },
	{ "3:05pm", LOOK_TIME },
	{ "10:75", LOOK_TEXT },
	{ "temperature", LOOK_WORD },
	{ "sensor.a-1", LOOK_WORD },
	{ "Throw Pillow", LOOK_WORD },
	{ "größe", LOOK_WORD },
	{ "a@b.example", LOOK_WORD },
	{ "https://www.example.com/a?b=1,2", LOOK_WORD },
	{ "Men's boots", LOOK_TEXT },
	{ "a, b", LOOK_TEXT },
	{ "x;y", LOOK_TEXT },
};

START_TEST(looks_like)
{
	const struct look_case *c = &looks[_i];

	ck_assert_msg(look_of(c->cell, strlen(c->cell)) == c->look, "'%s' looks like %d, not %d",
	    c->cell, (int)look_of(c->cell, strlen(c->cell)), (int)c->look);
}
END_TEST

struct way_case {
	const char *cell;
	unsigned ways;
	const char *before, *after;
};

static const struct way_case ways[] = {
	{ "12", WAY_ALL, "", "" },
	{ "12.5", WAY_POINT | WAY_COMMAS_POINT | WAY_BLANKS_POINT | WAY_TICKS_POINT, "", "" },
	{ "12,5", WAY_COMMA | WAY_POINTS_COMMA | WAY_BLANKS_COMMA, "", "" },
	{ "1,234", WAY_COMMA | WAY_COMMAS_POINT | WAY_POINTS_COMMA | WAY_BLANKS_COMMA, "", "" },
	{ "1234,567", WAY_COMMA | WAY_POINTS_COMMA | WAY_BLANKS_COMMA, "", "" },
	{ "1,234.5", WAY_COMMAS_POINT, "", "" },
	{ "1.234,5", WAY_POINTS_COMMA, "", "" },
	{ "1 234", WAY_BLANKS_POINT | WAY_BLANKS_COMMA, "", "" },
	{ "1\xc2\xa0"
	  "234,5",
	    WAY_BLANKS_COMMA, "", "" },
	{ "1\xe2\x80\xaf"
	  "234.5",
	    WAY_BLANKS_POINT, "", "" },
	{ "1'234'567", WAY_TICKS_POINT, "", "" },
	{ "$1,234.50", WAY_COMMAS_POINT, "$", "" },
	{ "21.5 C", WAY_POINT | WAY_COMMAS_POINT | WAY_BLANKS_POINT | WAY_TICKS_POINT, "", "C" },
	{ "45%", WAY_ALL, "", "%" },
	{ "1e5 m", WAY_ALL, "", "m" },
	{ "12,34,56", 0, "", "" },
	{ "1,2345", WAY_COMMA | WAY_POINTS_COMMA | WAY_BLANKS_COMMA, "", "" },
	{ "", 0, "", "" },
	{ "-", 0, "", "" },
	{ "x", 0, "", "" },
	{ "1 2", 0, "", "" },
};

START_TEST(ways_of_numbers)
{
	const struct way_case *c = &ways[_i];
	struct number_look found;
	bool is = look_at_number(c->cell, strlen(c->cell), &found);

	ck_assert_msg(is == (c->ways != 0), "'%s'", c->cell);
	if (!is)
		return;
	ck_assert_msg(found.ways == c->ways, "'%s': %x and not %x", c->cell, found.ways, c->ways);
	ck_assert_int_eq((int)found.nbefore, (int)strlen(c->before));
	ck_assert_int_eq((int)found.nafter, (int)strlen(c->after));
	ck_assert(found.nbefore == 0 || memcmp(found.before, c->before, found.nbefore) == 0);
	ck_assert(found.nafter == 0 || memcmp(found.after, c->after, found.nafter) == 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("look");
	TCase *tc = tcase_create("look");

	tcase_add_loop_test(tc, looks_like, 0, (int)(sizeof looks / sizeof *looks));
	tcase_add_loop_test(tc, ways_of_numbers, 0, (int)(sizeof ways / sizeof *ways));
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
