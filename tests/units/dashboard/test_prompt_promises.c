/* test_prompt_promises.c - what the manual and other programs' users know by heart is a command. */
#include "tests/support.h"

#include "app/dashboard/command.h"
#include "tests/rig.h"

START_TEST(each_word_is_a_command)
{
	static const char *const lines[] = { "k mean(x)", "a x > 1", "d y = x", "drop y",
		"source a.csv", "rate 10", "speed 2", "w 30", "seek 5", "seek 2026-01-01",
		"save a.yaml", "dialect", "theme light", "reload", "q" };
	struct error err;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		ck_assert_msg(command_check(lines[i], &err) == 0, ":%s: %s", lines[i], err.text);
}
END_TEST

START_TEST(how_rows_are_written)
{
	struct rig rig;
	const char *picture;

	rig_open(&rig, "x;y\n1,5;2\n2,5;3\n", &(struct rig_options){ .default_kpis = true });
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":dialect\r");
	picture = rig_picture(&rig, 120, 30, GLYPHS_BRAILLE);
	ck_assert_msg(strstr(picture, "; between cells, , before decimals") != NULL, "%s", picture);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("prompt_promises");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, each_word_is_a_command);
	tcase_add_test(tc, how_rows_are_written);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
