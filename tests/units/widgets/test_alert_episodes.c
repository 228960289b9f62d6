/* test_alert_episodes.c - what fired is told in words that fit: whole names. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"

static const char rows[] = "time,temperature\n2026-01-01T00:00:00Z,1\n"
			   "2026-01-01T00:00:02.343Z,9\n2026-01-01T00:00:04.686Z,1\n";

static void
shows(struct rig *rig, const char *text)
{
	const char *picture;

	rig_rows(rig, 3, 0, 0);
	rig_keys(rig, "4");
	picture = rig_picture(rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_msg(strstr(picture, text) != NULL, "'%s' in\n%s", text, picture);
}

/* A rule that is called by what it asks for has the room of its condition, too. */
START_TEST(names_are_whole)
{
	static const struct rig_options alone = { .alerts = { "max(temperature, 3s) > 5" } };
	static const struct rig_options named = { .alerts = { "far too hot: temperature > 5" } };
	struct rig rig;

	rig_open(&rig, rows, &alone);
	shows(&rig, "max(temperature, 3s) > 5");
	ck_assert_ptr_null(strstr(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "CONDITION"));
	rig_close(&rig);
	rig_open(&rig, rows, &named);
	shows(&rig, "CONDITION");
	rig_close(&rig);
}
END_TEST

/* As people say them: seconds have a decimal while they are few. */
START_TEST(how_long_it_lasted)
{
	static const struct rig_options hot = { .alerts = { "temperature > 5" } };
	static const struct {
		const char *end, *lasted;
	} cases[] = { { "00:00:10.343", "343ms " }, { "00:00:12.343", "2.3s " },
		{ "00:00:12", "2s " }, { "00:00:34.532", "24s " }, { "00:01:40.5", "1m30s " },
		{ "03:12:35", "3h12m " } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text csv = { 0 };
		struct rig rig;

		text_addf(&csv, "time,temperature\n2026-01-01T00:00:10Z,9\n2026-01-01T%sZ,1\n",
		    cases[i].end);
		rig_open(&rig, csv.s, &hot);
		shows(&rig, cases[i].lasted);
		rig_close(&rig);
		text_done(&csv);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("alert_episodes");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, names_are_whole);
	tcase_add_test(tc, how_long_it_lasted);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
