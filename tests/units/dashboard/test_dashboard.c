/* test_dashboard.c - screens as text, at many sizes, and what keys change on them. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "tests/records.h"
#include "tests/rig.h"

/* The first example of the manual. */
static const char seed[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			   "10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";
static const struct rig_options seed_rules = { .alerts = {
						   "temp too low: temperature < 10", "pH > 5.5" } };

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

/* The line that holds text, without its end; empty when none does. */
static const char *
line_with(const char *picture, const char *text, char *out, size_t size)
{
	const char *at = strstr(picture, text), *end;

	out[0] = '\0';
	if (at == NULL)
		return out;
	while (at > picture && at[-1] != '\n')
		at--;
	end = strchr(at, '\n');
	snprintf(out, size, "%.*s", (int)(end - at), at);
	return out;
}

START_TEST(the_seed_example)
{
	static const char expected[] =
	    " weir  reactor  ■ end of 15 rows                      bad 0  late 0  ● 1 firing\n"
	    "╭ 1 overview  2 3 4 5 6 7 ─ temperature ───────────────────────────── 15 rows ─╮\n"
	    "│     12┤       ·       · ⡀     ·       ·       ·   ⡀   ·       ·⣀      ·      │\n"
	    "│       │              ⢀⣠⠞⠙⢦⣀                    ⢀⣠⠞⠙⢦⣀         ⢰⡟⢦⣀           │\n"
	    "│     11┤    ⡀  ·    ⢀⡴⠋⠁   ⠉⠳⣄ ·       ·      ⢀⡴⠋⠁   ⠉⠳⣄⡀     ⢠⡟  ⠉⠳⣄  ·  11  │\n"
	    "│       │  ⣠⠞⠙⢦⣀   ⢀⡴⠋        ⠈⠳⣄            ⢀⡴⠋        ⠈⢻⡄    ⣾⠁    ⠈         │\n"
	    "│     10┤⣠⡞⡁⡀⡀⡀⡉⡳⣄⡴⡋⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡈⡳⣄⡀⡀⡀⡀⡀⡀⡀⡀⣀⡴⡋⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⣻⡄⡀⡀⣼⡃⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀     │\n"
	    "│       │⠁       ⠈      < 10      ⠈⠳⣄⡀ ▼ ⣀⡴⠋               ⢻⡄⢰⡏                │\n"
	    "│      9┤       ·       ·       ·   ⠈⠙⢦⣠⠞⠉      ·       ·   ⢻⡟  ·       ·      │\n"
	    "│       │                              ⠁                    ▲                  │\n"
	    "│      8┤       ·       ·       ·       ·       ·       ·       ·       ·      │\n"
	    "│       └────┬───────┬────────┬────────┬───────┬────────┬────────┬────────     │\n"
	    "│            2       4        6        8       10       12       14            │\n"
	    "╰──────────────────────────────────────────────────────────────────────────────╯\n"
	    "╭ alerts ───────────────────────────────────────────────────── a acknowledges ─╮\n"
	    "│ ○ temp too low  resolved row 14  temperature < 10                    2 times │\n"
	    "│ ● pH > 5.5      warning 1 row    6                                   2 times │\n"
	    "╰──────────────────────────────────────────────────────────────────────────────╯\n"
	    "╭ series ──────────────────────────────────────────── / filters · Enter zooms ─╮\n"
	    "│   NAME          LAST   trend of the window                                   │\n"
	    "│ ▸ temperature   11   ▼  ▃▃▃▆▆▆▃▃▃▃▆▆▆████▆▆▆▃▃▃▃▁▁▁▃▃▃▃▆▆▆███▆▆▆▆▁▁▁████▆▆▆  │\n"
	    "│   pH          ●  6.0 ▲  ▄▄▄▆▆▆████▄▄▄▃▃▃▃▄▄▄▃▃▃▃▄▄▄▃▃▃▃▄▄▄▁▁▁▃▃▃▃▄▄▄▃▃▃▃███  │\n"
	    "╰──────────────────────────────────────────────────────────────────────────────╯\n"
	    " space pause   . step   +/- speed   ↑/↓ series   ⏎ zoom   ? help   q quit\n";
	const char *picture;
	struct rig rig;

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 15, 80, 24);
	rig_end(&rig);
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_msg(strcmp(picture, expected) == 0, "%s", picture);
	rig_close(&rig);
}
END_TEST

/* What numbers the rows is not seen first, where there is another column, and comes last. */
START_TEST(an_index_comes_last)
{
	static const struct rig_options plain = { .default_kpis = true };
	struct rig rig;
	const char *picture;

	rig_open(&rig, "id,level,No\n1,5,7\n2,6,8\n3,5,9\n", &plain);
	rig_rows(&rig, 3, 80, 24);
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert(shows(picture, "─ level ───"));
	ck_assert(shows(picture, "▸ level "));
	ck_assert(strstr(picture, "  id ") > strstr(picture, "▸ level "));
	ck_assert(strstr(picture, "  No ") > strstr(picture, "  id "));
	rig_keys(&rig, "\2"); /* its statistics are its own */
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert(shows(picture, "─ id ───"));
	rig_close(&rig);

	rig_open(&rig, "id\n1\n2\n3\n", &plain);
	rig_rows(&rig, 3, 80, 24);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ id ───"));
	rig_close(&rig);
}
END_TEST

/* How rows are written, where it is not the plain case: in the first line and above the keys. */
START_TEST(the_dialect_is_shown)
{
	static const struct rig_options plain = { .default_kpis = true };
	struct rig rig;

	rig_open(&rig, "# made by hand\nt;x\n31.12.2025;1,5\n01.01.2026;2,5\n", &plain);
	rig_rows(&rig, 2, 80, 24);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "  csv ; 1 skipped 1,5 dmy  "));
	rig_keys(&rig, "?");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE),
	    "─ keys   rows: csv ; 1 skipped 1,5 dmy ──"));
	rig_close(&rig);

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 80, 24);
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "csv"));
	rig_keys(&rig, "?");
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "rows:"));
	rig_close(&rig);
}
END_TEST

/* The unit of the cells is shown, unless a dashboard file says another. */
START_TEST(the_unit_of_a_column)
{
	static const char csv[] = "level,cost\n5 %,$3\n6 %,$4\n";
	static const struct rig_options plain = { .default_kpis = true };
	struct text yaml = { 0 };
	struct error err;
	struct rig rig;

	rig_open(&rig, csv, &plain);
	rig_rows(&rig, 2, 80, 24);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ level % ───"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "  cost $ "));
	rig_close(&rig);

	text_addf(&yaml, "sources: [%s]\ncolumns: [{name: level, unit: share}]\n",
	    file_with("units", csv, sizeof csv - 1));
	ck_assert_msg(rig_open_file(&rig, text_get(&yaml), &err) == 0, "%s", err.text);
	rig_rows(&rig, 2, 80, 24);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ level share ───"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "  cost $ "));
	rig_close(&rig);
	file_remove("units");
	text_done(&yaml);
}
END_TEST

START_TEST(a_small_screen)
{
	static const char expected[] = " ‖ paused max    row 8/15    ● 1 firing\n"
				       "      │ < 10         ⢀⡠⣀ ⢀⡠⠔⠊⠒⠤⣀  ▼\n"
				       "   8.2┤⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠉⠁⠁⠁⠁⠁⠁⠁⠉⠓⠥⠁ !9\n"
				       "      └───────────────2───4───6───8─\n"
				       "● temp too low  warning 1 row   9 < 10\n"
				       "○ pH > 5.5      resolved row 4\n"
				       "  NAME          LAST   trend\n"
				       "▸ temperature ●  9   ▼         ▃▆▃▆█▆▃▁\n"
				       "  pH             5.0 ▲         ▃▆█▃▁▃▁▃\n"
				       " space pause   ? help   q quit\n";
	struct rig rig;

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 8, 40, 10);
	ck_assert_str_eq(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), expected);
	rig_close(&rig);
}
END_TEST

/* What is needed is said shorter before it is left out. */
START_TEST(a_small_screen_tells_what_it_leaves_out)
{
	static const struct rig_options all = { .default_kpis = true,
		.alerts = { "temperature < 10", "pH > 5.5" } };
	struct rig rig;

	rig_open(&rig, seed, &all);
	rig_rows(&rig, 8, 40, 10);
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "‖ paused max  8/15 "));
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "  +8 col  ● 1\n"));
	ck_assert(shows(rig_picture(&rig, 30, 10, GLYPHS_BRAILLE), "  +8 col  ● 1\n"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), " columns  ● 1 firing\n"));
	rig_close(&rig);
}
END_TEST

START_TEST(before_the_first_row)
{
	struct rig rig;

	rig_open(&rig, seed, &seed_rules);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "waiting for rows"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "waiting for the first rows"));
	rig_close(&rig);
}
END_TEST

START_TEST(columns_left_out_are_told)
{
	static const struct rig_options all = { .default_kpis = true };
	struct rig rig;

	rig_open(&rig, seed, &all);
	rig_rows(&rig, 5, 0, 0);
	ck_assert(!shows(rig_picture(&rig, 200, 24, GLYPHS_BRAILLE), "column"));
	ck_assert(shows(rig_picture(&rig, 200, 24, GLYPHS_BRAILLE), "±95%"));
	ck_assert(shows(rig_picture(&rig, 60, 24, GLYPHS_BRAILLE), "columns"));
	ck_assert(!shows(rig_picture(&rig, 60, 24, GLYPHS_BRAILLE), "±95%"));
	rig_close(&rig);
}
END_TEST

START_TEST(own_kpis_are_shown)
{
	static const struct rig_options own = { .kpis = { "warm: mean(temperature)", "pH * 2" } };
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &own);
	rig_rows(&rig, 2, 0, 0);
	line_with(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "warm", line, sizeof line);
	ck_assert_msg(
	    shows(line, "10.5") && shows(line, "pH * 2") && shows(line, "11 "), "%s", line);
	rig_close(&rig);
}
END_TEST

START_TEST(selection_and_zoom)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 10, 0, 0);
	line_with(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "▸", line, sizeof line);
	ck_assert(shows(line, "temperature"));
	rig_keys(&rig, "\2");
	line_with(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "▸", line, sizeof line);
	ck_assert(shows(line, "pH") && !shows(line, "temperature"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ pH ─"));
	rig_keys(&rig, "\2\2\2");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ pH ─"));
	rig_keys(&rig, "\r");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "╭ histogram ─"));
	rig_keys(&rig, "\033");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "╭ series ─"));
	rig_close(&rig);
}
END_TEST

START_TEST(views_in_turn)
{
	static const char *const seen[] = { "╭ histogram ─", "─ keys ─", "─ alerts ─",
		"─ rows of reactor ─", "─ learning ─", "─ sources ─", "╭ series ─" };
	struct rig rig;

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 10, 0, 0);
	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
		rig_keys(&rig, "\t");
		ck_assert_msg(
		    shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), seen[i]), "%s", seen[i]);
	}
	rig_keys(&rig, "?");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "Shift-Tab"));
	rig_keys(&rig, "?");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "╭ series ─"));
	rig_close(&rig);
}
END_TEST

/* A label that follows x: right nearly always, where the majority is right half the time. */
START_TEST(learning_is_shown)
{
	static const struct rig_options options = {
		.kpis = { "accuracy(label, classify(label, x, method=nb), 100)", NULL },
	};
	struct text csv = { 0 };
	const char *shown;
	struct rig rig;

	text_add(&csv, "x,label\n");
	for (int i = 0; i < 300; i++)
		text_addf(&csv, "%d,%s\n", i * 7 % 10, i * 7 % 10 > 4 ? "high" : "low");
	rig_open(&rig, text_get(&csv), &options);
	rig_keys(&rig, "6");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "no label was predicted yet") ||
		  shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "nothing learns"));
	rig_rows(&rig, 300, 80, 24);
	shown = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_msg(shows(shown, "─ learning label by nb ─"), "%s", shown);
	ck_assert_msg(shows(shown, "299 rows ─"), "%s", shown);
	ck_assert_msg(shows(shown, "right 9"), "%s", shown);
	ck_assert_msg(shows(shown, "what it goes by"), "%s", shown);
	ck_assert_msg(shows(shown, "100.0 %"), "%s", shown);
	rig_picture(&rig, 40, 10, GLYPHS_ASCII);
	rig_picture(&rig, 1, 1, GLYPHS_ASCII);
	text_done(&csv);
	rig_close(&rig);
}
END_TEST

START_TEST(bad_cells_are_marked)
{
	static const struct rig_options plain = { 0 };
	struct rig rig;
	char line[512];

	rig_open(&rig, "a,b\n1,2\n3,4\n5,oops\n,6\n7,8\n9,1\n", &plain);
	rig_rows(&rig, 6, 0, 0);
	rig_keys(&rig, "5");
	line_with(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "oops", line, sizeof line);
	ck_assert_msg(shows(line, "✗ oops") && shows(line, "3"), "%s", line);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "! bad 1"));
	rig_close(&rig);
}
END_TEST

START_TEST(alerts_are_acknowledged)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 15, 0, 0);
	rig_keys(&rig, "4");
	line_with(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "row 15", line, sizeof line);
	ck_assert_msg(
	    shows(line, "▸ ●") && shows(line, "warning") && shows(line, "  6.00  "), "%s", line);
	ck_assert(!shows(line, "✓"));
	rig_keys(&rig, "a");
	line_with(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "row 15", line, sizeof line);
	ck_assert_msg(shows(line, "✓") && !shows(line, "▸"), "%s", line);
	rig_close(&rig);
}
END_TEST

START_TEST(a_frozen_picture_stands)
{
	struct rig rig;
	char before[16384];

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 5, 80, 24);
	rig_keys(&rig, "p");
	rig.now += INT64_C(10000000000);
	rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	snprintf(before, sizeof before, "%s", strchr(text_get(&rig.picture), '\n'));
	rig_rows(&rig, 2, 80, 24);
	rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	ck_assert_str_eq(strchr(text_get(&rig.picture), '\n'), before);
	ck_assert(shows(text_get(&rig.picture), "row 7/"));
	rig_keys(&rig, "p");
	ck_assert_str_ne(strchr(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), '\n'), before);
	rig_close(&rig);
}
END_TEST

START_TEST(the_filter)
{
	struct rig rig;

	rig_open(&rig, seed, &seed_rules);
	rig_rows(&rig, 5, 0, 0);
	rig_keys(&rig, "/PHq");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "/PHq"));
	rig_keys(&rig, "\b\r");
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "temperature  "));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ pH ─"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "1 of 2"));
	ck_assert_int_eq(rig_keys(&rig, "/q\033"), OUTCOME_DRAW);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "temperature  "));
	rig_keys(&rig, "/\1\1"); /* arrows choose while it is typed */
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "▸ temperature "));
	rig_keys(&rig, "\2");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "▸ pH "));
	rig_keys(&rig, "\1");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "▸ temperature "));
	rig_keys(&rig, "\033");
	ck_assert_int_eq(rig_keys(&rig, "q"), OUTCOME_QUIT);
	rig_close(&rig);
}
END_TEST

START_TEST(keys_steer_the_replay)
{
	struct rig rig;
	struct pacer *pacer;

	rig_open(&rig, seed, &seed_rules);
	pacer = engine_pacer(rig.engine);
	rig_rows(&rig, 2, 0, 0);
	pacer_rate(pacer, 10, rig.now);
	rig_keys(&rig, " ");
	ck_assert(!pacer->paused);
	rig_keys(&rig, "+");
	ck_assert(near(pacer->rate, 20, 1e-9));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "20 rows a second"));
	rig.now += INT64_C(4000000000);
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "20 rows a second"));
	rig_keys(&rig, ".");
	ck_assert(pacer->paused);
	rig_keys(&rig, "\3");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "before the first row"));
	rig_end(&rig);
	rig_keys(&rig, " ");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "all rows are read"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "■ end of 15 rows"));
	rig_close(&rig);
}
END_TEST

/* Where the points of numbers stand in the table, row after row. */
START_TEST(columns_of_numbers_stand_still)
{
	static const struct rig_options plain = { 0 };
	struct rig rig;
	struct rng r = { 5 };
	struct text csv = { 0 };
	int changes = 0, before = -1;
	char line[512];

	text_add(&csv, "x,y\n");
	for (int i = 0; i < 400; i++)
		text_addf(&csv, "%.3f,%.1f\n", 10 + rng_normal(&r), 1000 + 300 * rng_normal(&r));
	rig_open(&rig, text_get(&csv), &plain);
	for (int i = 0; i < 400; i++) {
		const char *point;

		rig_rows(&rig, 1, 120, 36);
		line_with(text_get(&rig.picture), "▸ x", line, sizeof line);
		point = strchr(line, '.');
		ck_assert_ptr_nonnull(point);
		if (i > 100 && (int)(point - line) != before)
			changes++;
		before = (int)(point - line);
	}
	ck_assert_int_eq(changes, 0);
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

/* Its labels change seldom though its rows change always. */
START_TEST(the_axis_stands_still)
{
	static const struct rig_options plain = { 0 };
	struct rig rig;
	struct rng r = { 6 };
	struct text csv = { 0 };
	int changes = 0;
	char labels[2048], before[2048] = "";

	text_add(&csv, "x\n");
	for (int i = 0; i < 600; i++)
		text_addf(&csv, "%.3f\n", 10 + rng_normal(&r));
	rig_open(&rig, text_get(&csv), &plain);
	for (int i = 0; i < 600; i++) {
		size_t n = 0;

		rig_rows(&rig, 1, 100, 30);
		for (const char *p = text_get(&rig.picture); (p = strstr(p, "┤")) != NULL; p++)
			n += (size_t)snprintf(labels + n, sizeof labels - n, "%.8s", p - 8);
		labels[n] = '\0';
		changes += i > 100 && strcmp(labels, before) != 0;
		memcpy(before, labels, n + 1);
	}
	ck_assert_msg(changes <= 20, "%d changes in 500 rows", changes);
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

START_TEST(hostile_names_and_cells)
{
	static const struct rig_options plain = { .default_kpis = true };
	static const char csv[] =
	    "a\033[31m,\"b\nc\",\xe2\x80\xaeright,d\n1,2,3,x\033]0;title\a\n2,3,4,\x9b"
	    "31m\n3,4,5,\xff\xfe\n";
	struct rig rig;

	rig_open(&rig, csv, &plain);
	rig_rows(&rig, 3, 0, 0);
	for (const char *view = "1245e?"; *view != '\0'; view++) {
		char keys[2] = { *view, '\0' };
		const char *picture;

		rig_keys(&rig, "1");
		rig_keys(&rig, keys);
		picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
		for (const char *p = picture; *p != '\0'; p++)
			ck_assert(*p == '\n' || (unsigned char)*p >= ' ');
		ck_assert(!shows(picture, "\xe2\x80\xae") && !shows(picture, "\xc2\x9b"));
	}
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dashboard");
	TCase *screens = tcase_create("screens"), *keys = tcase_create("keys");

	tcase_add_test(screens, the_seed_example);
	tcase_add_test(screens, a_small_screen);
	tcase_add_test(screens, an_index_comes_last);
	tcase_add_test(screens, the_unit_of_a_column);
	tcase_add_test(screens, the_dialect_is_shown);
	tcase_add_test(screens, a_small_screen_tells_what_it_leaves_out);
	tcase_add_test(screens, before_the_first_row);
	tcase_add_test(screens, columns_left_out_are_told);
	tcase_add_test(screens, own_kpis_are_shown);
	tcase_add_test(screens, bad_cells_are_marked);
	tcase_add_test(screens, columns_of_numbers_stand_still);
	tcase_add_test(screens, the_axis_stands_still);
	tcase_add_test(screens, hostile_names_and_cells);
	tcase_add_test(keys, selection_and_zoom);
	tcase_add_test(keys, views_in_turn);
	tcase_add_test(keys, learning_is_shown);
	tcase_add_test(keys, alerts_are_acknowledged);
	tcase_add_test(keys, a_frozen_picture_stands);
	tcase_add_test(keys, the_filter);
	tcase_add_test(keys, keys_steer_the_replay);
	tcase_set_timeout(screens, 120);
	tcase_set_timeout(keys, 60);
	suite_add_tcase(suite, screens);
	suite_add_tcase(suite, keys);
	return support_run(suite);
}
