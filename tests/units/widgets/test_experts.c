/* test_experts.c - the widgets that show what a forecast is made of and how good it was, as text.
 */
#include "tests/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "tests/rig.h"
#include "widgets/list.h"
#include "widgets/draw/runes.h"

enum { SEASON = 24 };

#define WIDGET(name) extern const struct widget_class widget_##name;
WIDGET_LIST(WIDGET)
#undef WIDGET

static double
seasonal(int i, struct rng *r)
{
	return 100 + 20 * sin(2 * acos(-1.0) * i / SEASON) + 5 * sin(4 * acos(-1.0) * i / SEASON) +
	       rng_normal(r);
}

struct scene { /* one widget on the first column of a rig */
	struct rig rig;
	struct series series;
	struct view view;
	struct widget widget;
	struct text text;
};

/* Rows of a season that nobody tells, with a level shift in the middle. */
static char *
make_csv(int rows)
{
	struct text text = { 0 };
	struct rng r = { 11 };

	text_add(&text, "load\n");
	for (int i = 0; i < rows; i++)
		text_addf(&text, "%.2f\n", seasonal(i, &r) + (i > 300 ? 40 : 0));
	return text.s;
}

static void
scene_open(
    struct scene *s, const struct widget_class *class, const struct rig_options *options, int rows)
{
	char *csv = make_csv(rows);

	memset(s, 0, sizeof *s);
	rig_open(&s->rig, csv, options);
	rig_end(&s->rig);
	free(csv);
	s->series = (struct series){ .name = (char[]){ "load" },
		.min = NAN,
		.max = NAN,
		.track = history_column(s->rig.history, 0, 0),
		.expected = -1,
		.lower = -1,
		.upper = -1,
		.anomaly = -1,
		.kpi = { -1 } };
	s->view = (struct view){ .engine = s->rig.engine,
		.history = s->rig.history,
		.series = &s->series,
		.nseries = 1,
		.window = 60 };
	s->widget = (struct widget){ .class = class, .state = memory_zero(1, class->size) };
}

static void
scene_close(struct scene *s)
{
	free(s->widget.state);
	text_done(&s->text);
	rig_close(&s->rig);
}

/* What the forecast's constants decide is masked: percentages, and whose each cell of the past is.
 */
static void
mask_percents(char *text)
{
	for (char *at = text; (at = strstr(at, " %")) != NULL; at += 2)
		for (char *c = at - 1; c >= text && c >= at - 4; c--)
			if (strchr("0123456789. ", *c) != NULL)
				*c = '0';
}

static bool
is_area(const struct cell *cell)
{
	return cell->back >= BACK_AREA || cell->style >= STYLE_AREA;
}

static const char *
scene_draw(struct scene *s, int w, int h, enum glyphs glyphs, bool masked)
{
	struct cell *cells = memory_zero((size_t)w * (size_t)h, sizeof *cells);
	struct canvas canvas = { cells, w, 0, 0, w, h, glyphs };
	char utf8[8];

	s->view.glyphs = glyphs;
	canvas_clear(&canvas);
	s->widget.class->update(&s->widget, &s->view, w, h);
	s->widget.class->draw(&s->widget, &s->view, &canvas);
	text_clear(&s->text);
	for (int y = 0; y < h; y++) {
		int end = w;

		while (end > 0 && cells[y * w + end - 1].rune == ' ' &&
		       !is_area(&cells[y * w + end - 1]))
			end--;
		for (int x = 0; x < end; x++) {
			const struct cell *cell = &cells[y * w + x];
			uint32_t rune = masked && x > 0 && is_area(cell) ? '+' : cell->rune;

			text_addf(&s->text, "%.*s", rune_write(rune, utf8), utf8);
		}
		text_addc(&s->text, '\n');
	}
	free(cells);
	if (masked)
		mask_percents(s->text.s);
	return text_get(&s->text);
}

struct picture {
	int w, h;
	const char *text;
};

static void
compare(struct scene *s, enum glyphs glyphs, const struct picture *pictures, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct picture *p = &pictures[i];

		ck_assert_str_eq(scene_draw(s, p->w, p->h, glyphs, true), p->text);
	}
}

static const struct rig_options defaults = { .default_kpis = true };
static const struct rig_options told = { .kpis = { "expected(load, season=24)" } };
static const struct rig_options naive = { .kpis = { "expected(load, method=naive)" } };

/* The same with and without Unicode: whose a cell is, is told by its colour and letter alone. */
static const struct picture experts_pictures[] = {
	{ 52, 11,
	    "season 24 (given)        0000 % inside the000 % band\n"
	    "L last value       0000 %  +++++++++++++++++++++++++\n"
	    "A recent average   0000 %  +++++++++++++++++++++++++\n"
	    "T trend            0000 %  +++++++++++++++++++++++++\n"
	    "S season of 24     0000 %  +++++++++++++++++++++++++\n"
	    "R regression on lags000 %  +++++++++++++++++++++++++\n"
	    "Q regression, season000 %  +++++++++++++++++++++++++\n"
	    "                           +++++++++++++++++++++++++\n"
	    "                           +++++++++++++++++++++++++\n"
	    "                           +++++++++++++++++++++++++\n"
	    "                           row 1             row 600\n" },
	{ 76, 9,
	    "season 24 (given)                         0000 % inside the000 % band so far\n"
	    "L last value       0000 %  ++++++++++++++++++++++++++++++++++++++\n"
	    "A recent average   0000 %  ++++++++++++++++++++++++++++++++++++++\n"
	    "T trend            0000 %  ++++++++++++++++++++++++++++++++++++++\n"
	    "S season of 24     0000 %  ++++++++++++++++++++++++++++++++++++++\n"
	    "R regression on lags000 %  ++++++++++++++++++++++++++++++++++++++\n"
	    "Q regression, season000 %  ++++++++++++++++++++++++++++++++++++++\n"
	    "                           ++++++++++++++++++++++++++++++++++++++\n"
	    "                           row 1                          row 600\n" },
	{ 95, 12,
	    "season 24 (given)                                            "
	    "0000 % inside the000 % band so far\n"
	    "L last value       0000 %  "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "A recent average   0000 %  "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "T trend            0000 %  "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "S season of 24     0000 %  "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "R regression on lags000 %  "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "Q regression, season000 %  "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "                           "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "                           "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "                           "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "                           "
	    "++++++++++++++++++++++++++++++++++++++++++++++++++\n"
	    "                           row 1                                      row "
	    "600\n" },
	{ 26, 9,
	    "season 24 (given)\n"
	    "0000 % inside the band\n"
	    "L last value       0000 %\n"
	    "A recent average   0000 %\n"
	    "T trend            0000 %\n"
	    "S season of 24     0000 %\n"
	    "R regression on lags000 %\n"
	    "Q regression, season000 %\n"
	    "\n" },
};

START_TEST(experts_at_four_sizes)
{
	struct scene s;

	scene_open(&s, &widget_experts, &told, 600);
	compare(&s, GLYPHS_BRAILLE, experts_pictures,
	    sizeof experts_pictures / sizeof *experts_pictures);
	compare(
	    &s, GLYPHS_ASCII, experts_pictures, sizeof experts_pictures / sizeof *experts_pictures);
	scene_close(&s);
}
END_TEST

/* Every cell of the past is somebody's, from the first family at the top to the last. */
START_TEST(the_past_is_stacked)
{
	static const char order[] = "LATSZRQ";
	struct scene s;
	const char *picture;
	char below[64] = "";

	scene_open(&s, &widget_experts, &defaults, 600);
	picture = scene_draw(&s, 76, 12, GLYPHS_ASCII, false);
	ck_assert_ptr_nonnull(strstr(picture, "season found: 24"));
	ck_assert_ptr_nonnull(strstr(picture, "^ season"));
	for (int y = 0; y < 12; y++, picture = strchr(picture, '\n') + 1) {
		if (y == 0 || y == 11)
			continue;
		for (int x = 27; x < 27 + 38; x++) {
			const char *is = strchr(order, picture[x]);

			ck_assert_msg(is != NULL && *is != '\0', "%c", picture[x]);
			ck_assert(below[x - 27] == '\0' || strchr(order, below[x - 27]) <= is);
			below[x - 27] = *is;
		}
	}
	ck_assert(strchr("SQ", below[37]) != NULL); /* the season was learned */
	picture = strstr(scene_draw(&s, 100, 12, GLYPHS_BRAILLE, false), "S season of 24");
	ck_assert_ptr_nonnull(strstr(picture, "████"));
	ck_assert_ptr_null(strstr(scene_draw(&s, 90, 12, GLYPHS_BRAILLE, false), "█"));
	scene_close(&s);
}
END_TEST

START_TEST(a_method_by_name)
{
	static const char expected[] =
	    "no season                                     0000 % inside the000 % band so far\n"
	    "\n"
	    "naive  the last value\n"
	    "\n"
	    "One method, asked for by name: there are no weights to learn. method=auto has\n"
	    "many experts and learns which to believe.\n\n\n\n";
	struct scene s;

	scene_open(&s, &widget_experts, &naive, 600);
	ck_assert_str_eq(scene_draw(&s, 80, 9, GLYPHS_BRAILLE, true), expected);
	scene_close(&s);
}
END_TEST

static const struct picture scores_braille[] = {
	{ 30, 10,
	    " MAE naive       3.80\n"
	    " MASE           1.000\n"
	    " coverage      0000 %\n"
	    "\n"
	    " 8┤\n"
	    " 6┤⡄\n"
	    " 4┤⣇⢀⡀⣀⢀⡀⣀⢀⡀⣤⢤⣀⣀⣀⣀⣀⣀⣀⣀ naive\n"
	    " 2┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁ ⠉⠁⠈⠉⠉⠈⠉⠉\n"
	    " 0┤\n"
	    "  └───────────────────\n" },
	{ 60, 12,
	    " MAE naive       3.80  mean error over 599 rows\n"
	    " MASE           1.000  others are measured by it\n"
	    " coverage      0000 %  of000 % promised\n"
	    "\n"
	    " 6┤⡆\n"
	    " 5┤⡇\n"
	    " 4┤⢇⢀  ⢀ ⡀⢀ ⡀⢀  ⢀  ⢀ ⣠⠶⠤⢦⢀ ⡀⣀⣀⡀⢀ ⡀⢀ ⡀⣀ ⡀\n"
	    " 3┤⠈⠊⠉⠙⠉⠉⠉⠙⠉⠙⠙⠙⠓⠛⠓⠛⠛⠉⠉   ⠛⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁ naive\n"
	    " 2┤\n"
	    " 1┤\n"
	    " 0┤\n"
	    "  └─────────────────────────────────────────────────\n" },
	{ 22, 4,
	    " MAE naive       3.80\n"
	    " MASE           1.000\n"
	    " coverage      0000 %\n"
	    "\n" },
	{ 45, 9,
	    " MAE naive       3.80\n"
	    " MASE           1.000\n"
	    " coverage      0000 %  of000 % promised\n"
	    "\n"
	    " 6┤⡄\n"
	    " 4┤⡇⡀⡀⣀⢀⡀⡀⡀⡀⢀⢀ ⡀⡀⡀⣤⠤⡄⡀⣀⣀⣀⣀⢀⡀⣀⣀⣀⣀⣀ naive\n"
	    " 2┤⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉  ⠈⠉⠁ ⠈ ⠁⠉⠁⠈⠈⠁⠉\n"
	    " 0┤\n"
	    "  └──────────────────────────────────\n" },
};

static const struct picture scores_ascii[] = {
	{ 30, 10,
	    " MAE naive       3.80\n"
	    " MASE           1.000\n"
	    " coverage      0000 %\n"
	    "\n"
	    " 8+\n"
	    " 6+*\n"
	    " 4+******************* naive\n"
	    " 2+\n"
	    " 0+\n"
	    "  +-------------------\n" },
	{ 60, 12,
	    " MAE naive       3.80  mean error over 599 rows\n"
	    " MASE           1.000  others are measured by it\n"
	    " coverage      0000 %  of000 % promised\n"
	    "\n"
	    " 12+\n"
	    " 10+\n"
	    "  8+\n"
	    "  6+*\n"
	    "  4+************************************** naive\n"
	    "  2+\n"
	    "  0+\n"
	    "   +------------------------------------------------\n" },
	{ 22, 4,
	    " MAE naive       3.80\n"
	    " MASE           1.000\n"
	    " coverage      0000 %\n"
	    "\n" },
	{ 45, 9,
	    " MAE naive       3.80\n"
	    " MASE           1.000\n"
	    " coverage      0000 %  of000 % promised\n"
	    "\n"
	    "  |*\n"
	    " 5+*********** ****************** naive\n"
	    "  |***************  *** * *******\n"
	    " 0+\n"
	    "  +----------------------------------\n" },
};

/* Of the naive forecast, whose errors the data alone decide. */
START_TEST(scores_at_four_sizes)
{
	struct scene s;

	scene_open(&s, &widget_scores, &naive, 600);
	compare(&s, GLYPHS_BRAILLE, scores_braille, sizeof scores_braille / sizeof *scores_braille);
	compare(&s, GLYPHS_ASCII, scores_ascii, sizeof scores_ascii / sizeof *scores_ascii);
	scene_close(&s);
}
END_TEST

static int
line_of(const char *picture, const char *text)
{
	const char *end = strstr(picture, text);
	int y = 0;

	ck_assert_msg(end != NULL, "no %s in\n%s", text, picture);
	for (; picture < end; picture++)
		y += *picture == '\n';
	return y;
}

START_TEST(the_better_line_is_lower)
{
	struct scene s;
	const char *picture;

	scene_open(&s, &widget_scores, &defaults, 600);
	picture = scene_draw(&s, 40, 14, GLYPHS_BRAILLE, false);
	ck_assert_int_eq(line_of(picture, "MAE auto"), 0);
	ck_assert_int_eq(line_of(picture, "MAE naive"), 1);
	picture = strstr(picture, "coverage");
	ck_assert_int_gt(line_of(picture, " auto"), line_of(picture, " naive"));
	scene_close(&s);
}
END_TEST

/* The whole view: what stands at which size, and that nothing stands in part. */
START_TEST(panes_by_size)
{
	static const struct {
		int w, h;
		bool experts, scores, kpis, histogram;
	} sizes[] = {
		{ 200, 50, true, true, true, true },
		{ 120, 36, true, true, true, true },
		{ 80, 24, true, false, false, false },
		{ 60, 16, false, false, false, false },
		{ 40, 10, false, false, false, false },
	};
	char *csv = make_csv(200);
	struct rig rig;

	rig_open(&rig, csv, &defaults);
	free(csv);
	rig_end(&rig);
	rig_keys(&rig, "2");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (int g = GLYPHS_BRAILLE; g <= GLYPHS_ASCII; g += GLYPHS_ASCII) {
			const char *p = rig_picture(&rig, sizes[i].w, sizes[i].h, (enum glyphs)g);

			/* the chart */
			ck_assert_ptr_nonnull(strstr(p, g == GLYPHS_ASCII ? "+" : "┤"));
			ck_assert(sizes[i].experts == (strstr(p, "recent average") != NULL));
			ck_assert(sizes[i].experts == (strstr(p, "inside the 95 % band") != NULL));
			ck_assert(sizes[i].experts == (strstr(p, "row 200") != NULL));
			ck_assert(sizes[i].scores == (strstr(p, "MASE") != NULL));
			ck_assert(sizes[i].kpis == (strstr(p, "p95") != NULL));
			ck_assert(sizes[i].kpis == (strstr(p, "upper") != NULL));
			ck_assert(sizes[i].histogram == (strstr(p, "60 values") != NULL));
		}
	rig_close(&rig);
}
END_TEST

/* While the picture is frozen so are weights and errors. */
START_TEST(frozen)
{
	char *csv = make_csv(300);
	struct rig rig;
	char before[16384];

	rig_open(&rig, csv, &defaults);
	free(csv);
	rig_rows(&rig, 100, 0, 0);
	rig_keys(&rig, "2");
	rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	rig_keys(&rig, "p");
	snprintf(before, sizeof before, "%s", rig_picture(&rig, 120, 36, GLYPHS_BRAILLE));
	rig_end(&rig);
	ck_assert_ptr_nonnull(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "row 100"));
	rig_keys(&rig, "p");
	ck_assert_ptr_nonnull(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "row 300"));
	ck_assert_ptr_null(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "row 100"));
	ck_assert_ptr_nonnull(strstr(before, "row 100"));
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("experts and scores");
	TCase *tcase = tcase_create("widgets");

	tcase_add_test(tcase, experts_at_four_sizes);
	tcase_add_test(tcase, the_past_is_stacked);
	tcase_add_test(tcase, a_method_by_name);
	tcase_add_test(tcase, scores_at_four_sizes);
	tcase_add_test(tcase, the_better_line_is_lower);
	tcase_add_test(tcase, panes_by_size);
	tcase_add_test(tcase, frozen);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
