/* test_prose.c - text in lines: where they may not break. */
#include "tests/stage.h"
#include "tests/support.h"

static void
check(const char *text, int w, int h, const char *lines)
{
	const char *const options[STAGE_PARAMS] = { text };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_trimmed(&s, "note", options, w, h, GLYPHS_BRAILLE), lines);
	stage_close(&s);
}

START_TEST(no_line_begins_with_a_percent_sign)
{
	check("it is 51 % now", 8, 3, "it is\n51 % now\n\n");
	check("it is 51 % now", 9, 3, "it is\n51 % now\n\n");
	check("it is 51 of them", 8, 3, "it is 51\nof them\n\n");
	/* where the two have no line together they part */
	check("12345 % so", 5, 3, "12345\n% so\n\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("prose");
	TCase *all = tcase_create("all");

	tcase_add_test(all, no_line_begins_with_a_percent_sign);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
