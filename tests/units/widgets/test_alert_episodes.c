/* test_alert_episodes.c - what fired is told in words that fit: whole names, spans as people say. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"
#include "widgets/alerts/alert_span.h"

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

START_TEST(spans_as_people_say_them)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = { { 343000000, "343ms" }, { 2343000000, "2.3s" }, { 2000000000, "2s" },
		{ 24532000000, "24s" }, { 11545000000000, "3h12m" }, { 90500000000, "1m30s" } };
	char text[SPAN_CHARS];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		alert_span(cases[i].ns, text, sizeof text);
		ck_assert_str_eq(text, cases[i].text);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("alert_episodes");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, names_are_whole);
	tcase_add_test(tc, spans_as_people_say_them);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
