/* test_click.c - what a click takes the focus to, and series that are too many to follow. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "tests/rig.h"

static const char seed[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			   "10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";
static const struct rig_options rules = { .kpis = { "mean(pH, 3)", "max(temperature, 3)" },
	.alerts = { "too low: temperature < 10", "pH > 5.5" } };

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

/* Clicks behind the last place where text begins; the cells before it are counted. */
static void
click(struct rig *rig, const char *text, int w, int h)
{
	const char *picture = rig_picture(rig, w, h, GLYPHS_ASCII), *at = NULL;
	struct input in = { .code = INPUT_CLICK };

	for (const char *p = picture; (p = strstr(p, text)) != NULL; p++)
		at = p;
	ck_assert_msg(at != NULL, "no '%s'", text);
	for (const char *p = picture; p < at; p++) {
		in.x = *p == '\n' ? 0 : in.x + 1;
		in.y += *p == '\n';
	}
	dashboard_input(rig->dashboard, &in, rig->now);
}

START_TEST(a_series_in_the_table)
{
	static const int sizes[][2] = { { 120, 36 }, { 80, 24 }, { 40, 10 } };
	static const struct rig_options plain = { .default_kpis = true };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int w = sizes[i][0], h = sizes[i][1];
		struct rig rig;

		rig_open(&rig, seed, &plain);
		rig_rows(&rig, 8, 0, 0);
		click(&rig, " pH ", w, h);
		ck_assert(shows(rig_picture(&rig, w, h, GLYPHS_ASCII), "> pH"));
		click(&rig, " temperature ", w, h);
		ck_assert(shows(rig_picture(&rig, w, h, GLYPHS_ASCII), "> temperature"));
		rig_close(&rig);
	}
}
END_TEST

START_TEST(an_alert_in_the_list)
{
	struct rig rig;

	rig_open(&rig, seed, &rules);
	rig_rows(&rig, 15, 0, 0);
	click(&rig, "resolved", 120, 36); /* of the overview */
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "too low: a acknowledges it"));
	rig_keys(&rig, "4");
	click(&rig, "row 3 ", 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "> o row 3 "));
	rig_close(&rig);
}
END_TEST

START_TEST(what_is_explained)
{
	struct rig rig;

	rig_open(&rig, seed, &rules);
	rig_rows(&rig, 15, 0, 0);
	rig_keys(&rig, "e");
	click(&rig, " mean(pH, 3)  ", 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "explain mean(pH, 3)"));
	click(&rig, " too low ", 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "explain too low"));
	rig_close(&rig);
}
END_TEST

/* Every cell of every view, before a row and after some; nothing but focus may change. */
START_TEST(anywhere)
{
	struct rig rig;

	rig_open(&rig, seed, &rules);
	for (int rows = 0; rows < 14; rows += 7)
		for (const char *view = "1245e?"; *view != '\0'; view++) {
			char keys[2] = { *view, '\0' };

			rig_keys(&rig, "1");
			rig_keys(&rig, keys);
			for (int i = 0; i < 90 * 30; i++) {
				struct input in = { .code = INPUT_CLICK, .x = i % 90, .y = i / 90 };

				if (i % 90 == 0)
					rig_picture(&rig, 80, 24, GLYPHS_ASCII);
				ck_assert_int_le(
				    dashboard_input(rig.dashboard, &in, rig.now), OUTCOME_DRAW);
			}
			if (*view == '?')
				rig_rows(&rig, 7, 0, 0);
		}
	rig_close(&rig);
}
END_TEST

/* A row of as many numbers as there are columns, of each row r the r-fold. */
static struct text
wide(int columns)
{
	struct text csv = { 0 };

	for (int row = 0; row < 4; row++)
		for (int column = 0; column < columns; column++) {
			char end = column == columns - 1 ? '\n' : ',';

			if (row == 0)
				text_addf(&csv, "c%d%c", column, end);
			else
				text_addf(&csv, "%d%c", row * column, end);
		}
	return csv;
}

START_TEST(more_series_than_are_followed)
{
	static const struct rig_options none = { .default_kpis = false };
	struct text csv = wide(1006);
	struct rig rig;

	rig_open(&rig, text_get(&csv), &none);
	rig_rows(&rig, 2, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "+6 series"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_ASCII), "+6 series"));
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

/* The 65th series and later ones: found, drawn, with a band from when it is looked at. */
START_TEST(one_of_very_many)
{
	static const struct rig_options defaults = { .default_kpis = true };
	struct text csv = wide(90);
	struct rig rig;

	rig_open(&rig, text_get(&csv), &defaults);
	rig_rows(&rig, 1, 120, 36);
	ck_assert(!shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "+26 series"));
	rig_keys(&rig, "/c77\r");
	rig_rows(&rig, 1, 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "> c77"));
	rig_keys(&rig, "2");
	rig_rows(&rig, 1, 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_ASCII), "231")); /* 3 x 77 */
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

/* All columns of the rows as they came, one after the other. */
START_TEST(rows_sideways)
{
	static const struct rig_options none = { .default_kpis = false };
	struct text csv = wide(90);
	struct rig rig;
	char name[8];

	rig_open(&rig, text_get(&csv), &none);
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, "5");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "columns 1 to 1"));
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "c40"));
	for (int column = 0; column < 90; column++) {
		snprintf(name, sizeof name, " c%d ", column);
		ck_assert_msg(
		    shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), name), "no %s", name);
		rig_keys(&rig, "\4");
	}
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "267")); /* the last cell */
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "columns 90 to 90 of 90"));
	rig_keys(&rig, "\3:sideways -10\r");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "columns 79 to 90 of 90"));
	rig_keys(&rig, "15"); /* to another view and back */
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "columns 1 to"));
	rig_keys(&rig, "1\4"); /* elsewhere rows are skipped */
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "columns"));
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("click");
	TCase *tcase = tcase_create("focus");

	tcase_add_test(tcase, a_series_in_the_table);
	tcase_add_test(tcase, an_alert_in_the_list);
	tcase_add_test(tcase, what_is_explained);
	tcase_add_test(tcase, anywhere);
	tcase_add_test(tcase, more_series_than_are_followed);
	tcase_add_test(tcase, one_of_very_many);
	tcase_add_test(tcase, rows_sideways);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
