/* test_widgets_more.c - what dashboard files show: tables, several lines in a chart, lists of
 * names, text broken into lines, layouts and notes. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config/config.h"
#include "tests/stage.h"
#include "widgets/name_lists.h"
#include "widgets/charts/weights_chart.h"
#include "widgets/draw/prose.h"

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

/* --- tables, lists of alerts ------------------------------------------------------------------ */

/* Cells at the end of the longest line that nothing stands in. */
static int
blank_right(const char *picture, int w)
{
	int longest = 0;

	for (; *picture != '\0'; picture = strchr(picture, '\n') + 1) {
		char line[512];

		snprintf(line, sizeof line, "%.*s", (int)strcspn(picture, "\n"), picture);
		longest = text_cells(line) > longest ? text_cells(line) : longest;
	}
	return w - longest;
}

/* Where there are no statistics the trend takes the room. */
START_TEST(a_table_fills_its_width)
{
	const char *const none[4] = { NULL };
	struct stage s;

	stage_open(&s);
	s.view.motion = MOTION_SWEEP;
	for (int w = 40; w < 200; w += 20)
		ck_assert_int_le(
		    blank_right(stage_trimmed(&s, "table", none, w, 4, GLYPHS_ASCII), w), w / 3);
	stage_close(&s);
}
END_TEST

/* Counts are whole, and points stand below one another. */
START_TEST(kpis_are_aligned)
{
	static const struct rig_options options = {
		.kpis = { "rows so far in the session: count(x, all)", "a third: x / 3" }
	};
	struct rig rig;
	const char *picture;

	rig_open(&rig, "x\n1\n2\n4\n7\n9\n", &options);
	rig_rows(&rig, 5, 0, 0);
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_msg(shows(picture, "rows so far in the session    5 "), "%s", picture);
	ck_assert_msg(shows(picture, "a third                       3.00 "), "%s", picture);
	rig_close(&rig);
}
END_TEST

/* An episode is told once, whether it goes on or not, with its worst value; so is a rule that is
 * called by its condition. */
START_TEST(alerts_of_the_past_have_fired)
{
	static const struct rig_options options = { .alerts = { "x > 5" } };
	struct rig rig;
	const char *picture;

	rig_open(&rig, "x\n1\n2\n6\n7\n3\n8\n", &options);
	rig_rows(&rig, 5, 0, 0);
	rig_keys(&rig, "4");
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert(shows(picture, "○ row 3  2 rows      warning      7.00        x > 5  "));
	ck_assert(!shows(picture, "●"));
	rig_rows(&rig, 1, 0, 0);
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert(shows(picture, "● row 6  0 rows      warning      8.00        x > 5  "));
	ck_assert(shows(picture, "○ row 3  2 rows      warning      7.00        x > 5  "));
	rig_close(&rig);
}
END_TEST

/* The strip of weights has letters of families that take no part any more: the list names them. */
START_TEST(families_of_the_past)
{
	static struct weights_chart past = { .trail = { .n = 2 } };

	past.trail.points[0].weight[FAMILY_SEASON] = 1; /* nothing was looked at */
	past.trail.points[1].looked = 8;
	past.trail.points[1].weight[FAMILY_SEASON_LAGS] = 0.4F;
	ck_assert(weights_chart_shows(&past, FAMILY_SEASON_LAGS));
	ck_assert(!weights_chart_shows(&past, FAMILY_SEASON) &&
		  !weights_chart_shows(&past, FAMILY_TREND));
}
END_TEST

/* --- lists and text --------------------------------------------------------------------------- */

START_TEST(names_of_a_list)
{
	const char *at = " a,b c ,, d", *name;

	ck_assert_uint_eq(list_next(&at, &name), 1);
	ck_assert_int_eq(*name, 'a');
	ck_assert_uint_eq(list_next(&at, &name), 3);
	ck_assert_int_eq(memcmp(name, "b c", 3), 0);
	ck_assert_uint_eq(list_next(&at, &name), 1);
	ck_assert_int_eq(*name, 'd');
	ck_assert_uint_eq(list_next(&at, &name), 0);
	ck_assert_uint_eq(list_next(&at, &name), 0);
	ck_assert(list_names("mean, sd", "sd") && !list_names("mean, sd", "s"));
	ck_assert(!list_names("mean, sd", "mean, sd"));
	ck_assert(list_names("", "x") && list_names(NULL, "x"));
}
END_TEST

/* The lines of a text, each ended by '|'. */
static void
broken(const char *text, int w, int h, char *out)
{
	struct cell cells[64] = { { 0 } };
	struct canvas c = { cells, w, 0, 0, w, h, GLYPHS_ASCII };

	canvas_clear(&c);
	prose_draw(&c, text, STYLE_TEXT);
	for (int y = 0; y < h; y++) {
		int end = w;

		while (end > 0 && cells[y * w + end - 1].rune == ' ')
			end--;
		for (int x = 0; x < end; x++)
			if (cells[y * w + x].rune != 0)
				*out++ = (char)cells[y * w + x].rune;
		*out++ = '|';
	}
	*out = '\0';
}

START_TEST(text_is_broken_between_words)
{
	static const struct {
		const char *text;
		int w, h, lines;
		const char *broken;
	} cases[] = {
		{ "one two three", 7, 3, 2, "one two|three||" },
		{ "one two three", 6, 3, 3, "one|two|three|" },
		{ "one  two", 3, 2, 2, "one|two|" },
		{ "abcdefgh ij", 3, 4, 4, "abc|def|gh|ij|" },
		{ "a\n\nb", 5, 4, 3, "a||b||" },
		{ "a b\n", 1, 3, 2, "a|b||" },
		{ "one two three", 7, 1, 2, "one~|" },
		{ "one two three", 8, 1, 2, "one two~|" },
		{ "abcdef gh", 4, 1, 3, "abc~|" },
		{ "\xe6\xb8\xa9\xe5\xba\xa6 x", 4, 2, 2, "????|x|" },
		{ "\xe6\xb8\xa9", 1, 2, 1, "~||" },
		{ "", 5, 1, 0, "|" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char out[128];

		broken(cases[i].text, cases[i].w, cases[i].h, out);
		ck_assert_int_eq(prose_lines(cases[i].text, cases[i].w), cases[i].lines);
		ck_assert_str_eq(out, cases[i].broken);
	}
	ck_assert_int_eq(prose_lines("x", 0), 0);
}
END_TEST

/* --- dashboard files -------------------------------------------------------------------------- */

struct shown {
	struct rig rig;
	struct config config;
};

static const char rows[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			   "10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";

static void
show_file(struct shown *s, const char *yaml)
{
	static const struct rig_options options = { .kpis = { "all: mean(temperature, all)" },
		.alerts = { "cold: temperature < 10" } };
	char path[] = "/tmp/dashboard-XXXXXX.yaml";
	struct error err = { 0 };
	size_t n = strlen(yaml);
	int fd = mkstemps(path, 5);

	ck_assert_int_ge(fd, 0);
	ck_assert(write(fd, yaml, n) == (ssize_t)n);
	close(fd);
	memset(&s->config, 0, sizeof s->config);
	ck_assert_msg(config_load(&s->config, path, &err) == 0, "%s", err.text);
	unlink(path);
	rig_open(&s->rig, rows, &options);
	dashboard_use(s->rig.dashboard, &s->config);
}

static void
show_end(struct shown *s)
{
	rig_close(&s->rig);
	config_done(&s->config);
}

static const char layout[] =
    "columns:\n"
    "  - {name: temperature, unit: \"°C\", label: Temperature, min: 0, max: 20}\n"
    "layout:\n"
    "  - {height: 3, panes: [{widget: chart, of: \"temperature, all\", title: Vessel}]}\n"
    "  - {height: 2, panes: [{widget: table, of: temperature, width: 2}, {widget: stat, of: "
    "all}]}\n";

START_TEST(a_layout_in_the_place_of_the_overview)
{
	struct shown s;
	const char *picture;

	show_file(&s, layout);
	rig_rows(&s.rig, 15, 80, 24);
	picture = rig_picture(&s.rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_msg(shows(picture, "─ Vessel ─"), "%s", picture);
	ck_assert(shows(picture, "╭ all ─") && shows(picture, "Temperature °C"));
	ck_assert(shows(picture, " 20┤"));
	ck_assert(!shows(picture, "pH") && !shows(picture, "╭ alerts ─"));
	picture = rig_picture(&s.rig, 40, 10, GLYPHS_ASCII);
	ck_assert_msg(shows(picture, "> Temp~ 'C"), "%s", picture);
	rig_keys(&s.rig, "\t");
	ck_assert(shows(rig_picture(&s.rig, 80, 24, GLYPHS_BRAILLE), "╭ histogram ─"));
	rig_keys(&s.rig, "1");
	ck_assert(shows(rig_picture(&s.rig, 80, 24, GLYPHS_BRAILLE), "─ Vessel ─"));
	for (int w = 1; w < 100; w += 7)
		for (int h = 1; h < 40; h += 3)
			rig_picture(&s.rig, w, h, GLYPHS_ASCII);
	show_end(&s);
}
END_TEST

static const char notes[] = "notes:\n"
			    "  - {at: 4, title: Four, text: the fourth row}\n"
			    "  - {at: 15, text: the last row}\n";

/* Runs on until the replay is held. */
static void
go_on(struct shown *s)
{
	struct error err;
	int64_t wake;

	rig_keys(&s->rig, " ");
	for (int i = 0; i < 1000 && !engine_pacer(s->rig.engine)->paused; i++)
		engine_run(s->rig.engine, INT64_C(1000000), &wake, &err);
}

START_TEST(the_replay_is_held_at_notes)
{
	struct shown s;
	const char *picture;

	show_file(&s, notes);
	pacer_max(engine_pacer(s.rig.engine));
	go_on(&s);
	ck_assert_uint_eq(engine_progress(s.rig.engine, 0).row, 4);
	picture = rig_picture(&s.rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_msg(shows(picture, "╭ Four ─") && shows(picture, "the fourth row") &&
			  shows(picture, "space goes on"),
	    "%s", picture);
	ck_assert(shows(rig_picture(&s.rig, 20, 4, GLYPHS_ASCII), "the fourth row"));
	rig_picture(&s.rig, 1, 1, GLYPHS_ASCII);
	rig_rows(&s.rig, 1, 0, 0); /* a step further it is told no more */
	ck_assert(!shows(rig_picture(&s.rig, 80, 24, GLYPHS_BRAILLE), "fourth"));
	engine_seek(s.rig.engine, 100);
	go_on(&s);
	ck_assert_uint_eq(engine_progress(s.rig.engine, 0).row, 15);
	ck_assert(shows(rig_picture(&s.rig, 80, 24, GLYPHS_BRAILLE), "the last row"));
	show_end(&s);
}
END_TEST

START_TEST(notes_in_a_pane_stay)
{
	char yaml[512];
	const char *picture;
	struct shown s;

	snprintf(yaml, sizeof yaml, "%slayout:\n  - {panes: [{widget: chart}, {widget: note}]}\n",
	    notes);
	show_file(&s, yaml);
	pacer_max(engine_pacer(s.rig.engine));
	ck_assert(!shows(rig_picture(&s.rig, 100, 24, GLYPHS_BRAILLE), "the fourth row"));
	go_on(&s); /* and none lies over the others */
	picture = strstr(rig_picture(&s.rig, 100, 24, GLYPHS_BRAILLE), "the fourth row");
	ck_assert(picture != NULL && !shows(picture + 1, "the fourth row"));
	rig_rows(&s.rig, 1, 0, 0);
	ck_assert(shows(rig_picture(&s.rig, 100, 24, GLYPHS_BRAILLE), "╭ Four ─"));
	ck_assert(shows(rig_picture(&s.rig, 100, 24, GLYPHS_BRAILLE), "the fourth row"));
	show_end(&s);
}
END_TEST

/* What was expected is drawn unless the pane says that it is not. */
START_TEST(a_chart_without_forecast)
{
	static const char *const on[STAGE_PARAMS] = { "x", NULL, NULL };
	static const char *const off[STAGE_PARAMS] = { "x", NULL, "off" };
	struct stage s;
	char *expected;

	stage_open(&s);
	s.series[0].expected = s.series[2].track; /* half of what came: far from the line */
	expected = strdup(stage_draw(&s, "chart", on, 60, 12, GLYPHS_ASCII));
	ck_assert(strcmp(expected, stage_draw(&s, "chart", off, 60, 12, GLYPHS_ASCII)) != 0);
	free(expected);
	stage_close(&s);
}
END_TEST

/* A band is a background where there are blocks, else a shade. */
START_TEST(a_band_is_a_background)
{
	static const char *const on[STAGE_PARAMS] = { "x", NULL, NULL };
	struct stage s;
	const char *picture;

	stage_open(&s);
	s.series[0].expected = s.series[2].track;
	s.series[0].lower = s.series[2].track;
	s.series[0].upper = s.series[0].track;
	picture = stage_draw(&s, "chart", on, 60, 24, GLYPHS_BRAILLE);
	ck_assert(!shows(picture, "┄") && !shows(picture, ":"));
	ck_assert(shows(stage_draw(&s, "chart", on, 60, 24, GLYPHS_ASCII), ":::"));
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("widgets_more");
	TCase *t = tcase_create("more");

	tcase_add_test(t, a_table_fills_its_width);
	tcase_add_test(t, kpis_are_aligned);
	tcase_add_test(t, alerts_of_the_past_have_fired);
	tcase_add_test(t, families_of_the_past);
	tcase_add_test(t, names_of_a_list);
	tcase_add_test(t, text_is_broken_between_words);
	tcase_add_test(t, a_layout_in_the_place_of_the_overview);
	tcase_add_test(t, the_replay_is_held_at_notes);
	tcase_add_test(t, notes_in_a_pane_stay);
	tcase_add_test(t, a_chart_without_forecast);
	tcase_add_test(t, a_band_is_a_background);
	tcase_set_timeout(t, 60);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
