/* test_chart_labels.c - what stands around the lines of a chart can be read: times below it at any
 * size and from the first row on, names of thresholds that no line crosses. */
#include <stdio.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"

#define SOURCE "sources: [{uri: \"" WEIR_SETS "/reactor.csv\", time: time}]\n"
#define ALONE "layout: [{panes: [{widget: chart, of: temperature}]}]\n"

static void
open_chart(struct rig *rig, const char *yaml)
{
	struct error err = { 0 };

	ck_assert_msg(rig_open_file(rig, yaml, &err) == 0, "%s", err.text);
}

static int
count(const char *picture, const char *text)
{
	int n = 0;

	for (; (picture = strstr(picture, text)) != NULL; picture += strlen(text))
		n++;
	return n;
}

/* The picture, where something is wrong with it: check's messages have no room for it. */
static void
ensure(bool holds, const char *picture, const char *what)
{
	if (holds)
		return;
	printf("%s:\n%s", what, picture);
	fflush(stdout);
	ck_abort_msg("%s", what);
}

/* Labels are "00:07:10"; the time of the last row stands in the status line too. */
START_TEST(times_at_any_size)
{
	static const int widths[] = { 32, 40, 50, 60, 80, 120, 200 };
	struct rig rig;

	open_chart(&rig, SOURCE ALONE);
	for (int row = 1; row <= 130; row++) {
		rig_rows(&rig, 1, 0, 0);
		for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
			const char *picture = rig_picture(&rig, widths[i], 24, GLYPHS_BRAILLE);
			const char *axis = strstr(picture, "└");
			char what[80];

			snprintf(what, sizeof what, "row %d, %d columns", row, widths[i]);
			ensure(axis != NULL && count(axis, "00:0") >= 1, picture, what);
			if (row >= 70)
				ensure(count(axis, "00:0") >= (widths[i] - 10) / 25, picture, what);
		}
	}
	rig_close(&rig);
}
END_TEST

/* In a chart of a few lines the labels stand in the axis. */
START_TEST(times_in_a_low_chart)
{
	struct rig rig;

	open_chart(&rig, SOURCE ALONE);
	rig_rows(&rig, 100, 0, 0);
	for (int h = 5; h < 12; h++) {
		const char *picture = rig_picture(&rig, 40, h, GLYPHS_BRAILLE);
		const char *axis = strstr(picture, "└");

		ensure(axis != NULL && count(axis, "00:01") >= 1, picture, "a time");
		ensure(count(picture, "┤") + count(picture, "│") >= 2, picture, "two lines");
	}
	rig_close(&rig);
}
END_TEST

/* Blanks that stand on a band are shades where there are no colours. */
static void
unshade(struct text *picture)
{
	for (char *at = picture->s; (at = strstr(at, "░")) != NULL;) {
		*at = ' ';
		memmove(at + 1, at + strlen("░"), strlen(at + strlen("░")) + 1);
	}
}

/* Whether rows go through it or not, a name is whole, or is not there. */
static void
check_names(const char *yaml, const char *begin, const char *whole, int least)
{
	struct rig rig;
	int seen = 0;

	open_chart(&rig, yaml);
	for (int row = 1; row <= 300; row++) {
		const char *picture;
		char what[40];

		rig_rows(&rig, 1, 0, 0);
		rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
		unshade(&rig.picture);
		picture = text_get(&rig.picture);
		snprintf(what, sizeof what, "row %d", row);
		ensure(count(picture, begin) == count(picture, whole), picture, what);
		seen += count(picture, whole) > 0;
	}
	ck_assert_msg(seen >= least, "%s is seen in %d pictures", whole, seen);
	rig_close(&rig);
}

START_TEST(names_are_not_crossed)
{
	check_names(SOURCE "alerts: [{name: far too low, when: temperature < 9.6}]\n" ALONE, "far",
	    "far too low < 9.6", 285);
	check_names(SOURCE "alerts: [{name: far too high, when: temperature > 11.8}]\n" ALONE,
	    "far", "far too high > 11.8", 240);
	check_names(SOURCE "alerts: [{name: in the middle, when: temperature > 10.8}]\n" ALONE,
	    "in the", "in the middle > 10.8", 40);
}
END_TEST

/* Neither do names hide one another. */
START_TEST(names_stand_apart)
{
	check_names(SOURCE "alerts:\n"
			   "  - {name: first of all, when: temperature < 9.6}\n"
			   "  - {name: second of all, when: temperature < 9.62}\n" ALONE,
	    "of all", "of all < 9.6", 280);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("chart labels");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_test(all, times_at_any_size);
	tcase_add_test(all, times_in_a_low_chart);
	tcase_add_test(all, names_are_not_crossed);
	tcase_add_test(all, names_stand_apart);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
