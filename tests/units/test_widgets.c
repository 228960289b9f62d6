/* test_widgets.c - where rows stand in a plot, and widgets that no view shows by itself. */
#include "tests/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rig.h"
#include "widgets/plot.h"

struct trial {
	enum motion motion;
	uint64_t end, window;
	int ahead, dots;
};

static struct trial
random_trial(struct rng *r)
{
	static const uint64_t windows[] = { 0, 30, 60, 600, 16000 };

	return (struct trial){ (enum motion)(rng_uniform(r) * 3), (uint64_t)(rng_uniform(r) * 3000) + 1,
		windows[(int)(rng_uniform(r) * 5)], (int)(rng_uniform(r) * 50),
		1 + (int)(rng_uniform(r) * 400) };
}

static struct plot
fit(const struct trial *t)
{
	return plot_fit(t->motion, t->end, t->window, t->ahead, t->dots);
}

START_TEST(the_last_row_is_shown)
{
	struct rng r = { 21 };

	for (int i = 0; i < 20000; i++) {
		struct trial t = random_trial(&r);
		struct plot p = fit(&t);
		int dot = plot_dot(&p, t.end - 1);

		if (t.motion == MOTION_SWEEP || t.dots > 2 * (t.ahead + 2) * p.per_row)
			ck_assert_msg(dot >= 0 && dot < t.dots, "motion %d: row %d of %d at %d of %d", t.motion,
			    (int)t.end - 1, (int)t.end, dot, t.dots);
	}
}
END_TEST

START_TEST(rows_and_dots_agree)
{
	struct rng r = { 22 };

	for (int i = 0; i < 3000; i++) {
		struct trial t = random_trial(&r);
		struct plot p = fit(&t);

		for (uint64_t row = p.first; row < t.end; row++) {
			int dot = plot_dot(&p, row);
			uint64_t back;
			double way;

			if (dot < 0)
				continue;
			ck_assert(plot_row(&p, dot, &back, &way));
			if (back > row || row >= back + (uint64_t)p.per_dot || way > 0)
				ck_abort_msg("row %d at dot %d, which is of row %d", (int)row, dot, (int)back);
		}
	}
}
END_TEST

/* A window that fits is shown whole. */
START_TEST(the_window_is_shown)
{
	struct rng r = { 23 };

	for (int i = 0; i < 20000; i++) {
		struct trial t = random_trial(&r);
		struct plot p;

		t.motion = MOTION_SCROLL;
		p = fit(&t);
		if (t.window == 0 || t.end < t.window + 1 || t.dots < 60)
			continue;
		ck_assert_msg(t.end - p.first >= t.window - (uint64_t)p.per_dot * 4, "%d of %d rows",
		    (int)(t.end - p.first), (int)t.window);
	}
}
END_TEST

/* What was drawn is only shifted when a row comes, by whole dots, the same for all rows. */
START_TEST(scrolling_shifts_all_rows_alike)
{
	struct rng r = { 24 };

	for (int i = 0; i < 2000; i++) {
		struct trial t = random_trial(&r), next;
		struct plot p, q;
		int shift = -1;

		t.motion = rng_uniform(&r) < 0.5 ? MOTION_SCROLL : MOTION_STEP;
		next = t;
		next.end++;
		p = fit(&t);
		q = fit(&next);
		for (uint64_t row = q.first; row < t.end; row++) {
			int before = plot_dot(&p, row), after = plot_dot(&q, row);

			if (before < 0 || after < 0)
				continue;
			if (shift < 0)
				shift = before - after;
			if (before - after != shift)
				ck_abort_msg("row %d shifted by %d, not %d", (int)row, before - after, shift);
		}
	}
}
END_TEST

START_TEST(sweeping_shifts_nothing)
{
	struct plot p = plot_fit(MOTION_SWEEP, 500, 60, 0, 120);
	struct plot q = plot_fit(MOTION_SWEEP, 501, 60, 0, 120);

	for (uint64_t row = q.first; row < 500; row++)
		ck_assert_int_eq(plot_dot(&p, row), plot_dot(&q, row));
}
END_TEST

/* --- widgets on a view made by hand -------------------------------------------------------------- */

struct stage {
	struct rig rig;
	struct series series[2];
	struct view view;
	struct text picture;
};

/* Two number columns and a text: x falls from 40 to 1, y is its square, the text is a, b, b, a, b, b ... */
static void
stage_open(struct stage *s)
{
	static const struct rig_options options = { .alerts = { "x < 10" } };
	static char names[2][2] = { "x", "y" };
	struct text csv = { 0 };

	text_add(&csv, "x,y,word\n");
	for (int i = 40; i > 0; i--)
		text_addf(&csv, "%d,%d,%s\n", i, i * i, i % 3 == 1 ? "a" : "b");
	memset(s, 0, sizeof *s);
	rig_open(&s->rig, text_get(&csv), &options);
	rig_rows(&s->rig, 1, 80, 24); /* the dashboard starts the tracks */
	rig_rows(&s->rig, 39, 0, 0);
	for (int i = 0; i < 2; i++)
		s->series[i] = (struct series){ .column = i, .name = names[i],
			.track = history_column(s->rig.history, 0, i), .expected = -1, .lower = -1, .upper = -1,
			.anomaly = -1, .kpi = { -1 } };
	s->view = (struct view){ .engine = s->rig.engine, .history = s->rig.history,
		.pacer = engine_pacer(s->rig.engine), .series = s->series, .nseries = 2, .window = 60 };
	text_done(&csv);
}

static void
stage_close(struct stage *s)
{
	text_done(&s->picture);
	rig_close(&s->rig);
}

/* The widget with "name=value" options, w x h, as text in ASCII or block glyphs. */
static const char *
stage_draw(struct stage *s, const char *class, const char *const options[], int w, int h,
    enum glyphs glyphs)
{
	struct widget widget = { .class = widget_class_find(class) };
	struct cell *cells = memory_zero((size_t)(w * h), sizeof *cells);
	struct canvas canvas = { cells, w, 0, 0, w, h, glyphs };
	struct value values[8];

	ck_assert_ptr_nonnull(widget.class);
	memset(values, 0, sizeof values);
	widget.state = memory_zero(1, widget.class->size + 1);
	for (int i = 0; widget.class->params != NULL && widget.class->params[i].name != NULL; i++) {
		const struct param *p = &widget.class->params[i];
		const char *text = options[i] != NULL ? options[i] : p->fallback;
		struct error err = { { 0 } };

		values[i].number = NAN;
		if (text != NULL && *text != '\0')
			ck_assert_msg(value_parse(&values[i], p, text, &err) == 0, "%s", err.text);
		widget.values = values;
	}
	s->view.glyphs = glyphs;
	canvas_clear(&canvas);
	for (int i = 0; i < 2 && widget.class->update != NULL; i++)
		widget.class->update(&widget, &s->view, w, h);
	widget.class->draw(&widget, &s->view, &canvas);
	text_clear(&s->picture);
	for (int i = 0; i < w * h; i++) {
		text_addc(&s->picture, cells[i].rune < 0x80 ? (char)cells[i].rune : '#');
		if (i % w == w - 1)
			text_addc(&s->picture, '\n');
	}
	if (widget.class->done != NULL)
		widget.class->done(&widget);
	for (int i = 0; widget.values != NULL && widget.class->params[i].name != NULL; i++)
		value_done(&values[i]);
	free(widget.state);
	free(cells);
	return text_get(&s->picture);
}

START_TEST(bars_count_texts)
{
	const char *const of[] = { "word" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "bars", of, 30, 3, GLYPHS_ASCII),
	    "b    ####################   26\n"
	    "a    ###########            14\n"
	    "                              \n");
	stage_close(&s);
}
END_TEST

START_TEST(a_gauge_has_ends_and_thresholds)
{
	const char *const of[] = { "x", "0", "40" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "gauge", of, 40, 3, GLYPHS_ASCII),
	    "0.0             * 1.0               40.0\n"
	    "#---------------------------------------\n"
	    "          ^ 10.0                        \n");
	stage_close(&s);
}
END_TEST

START_TEST(a_stat_is_large_where_lines_are)
{
	const char *const of[] = { "y" };
	struct stage s;

	stage_open(&s);
	ck_assert_ptr_nonnull(strstr(stage_draw(&s, "stat", of, 30, 4, GLYPHS_ASCII), "1"));
	ck_assert_ptr_null(strstr(stage_draw(&s, "stat", of, 30, 4, GLYPHS_BLOCK), "1"));
	ck_assert_ptr_nonnull(strstr(stage_draw(&s, "stat", of, 3, 2, GLYPHS_BLOCK), "1"));
	stage_close(&s);
}
END_TEST

START_TEST(a_scatter_rises)
{
	const char *const of[] = { "x", "y" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "scatter", of, 40, 10, GLYPHS_ASCII),
	    "     |                                  \n"
	    "     |                                 *\n"
	    " 1500+                              *** \n"
	    " 1000+                          ****    \n"
	    "     |                      ****        \n"
	    "  500+                 *****            \n"
	    "     |         ********                 \n"
	    "    0+*********                         \n"
	    "     +--------+-------+--------+--------\n"
	    "              10      20       30       \n");
	stage_close(&s);
}
END_TEST

START_TEST(a_heatmap_falls)
{
	const char *const of[] = { "x", "4" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "heatmap", of, 20, 8, GLYPHS_ASCII),
	    " 50+                \n"
	    " 40+#.              \n"
	    " 30+ *#*            \n"
	    " 20+   .##.         \n"
	    " 10+      *#*       \n"
	    "  0+        .#      \n"
	    "   +----------------\n"
	    "                    \n");
	stage_close(&s);
}
END_TEST

START_TEST(a_note_wraps_at_words)
{
	const char *const text[] = { "The temperature falls below 10: watch the rule.\nThen go on." };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "note", text, 18, 5, GLYPHS_ASCII),
	    "The temperature   \nfalls below 10:   \nwatch the rule.   \nThen go on.       \n"
	    "                  \n");
	stage_close(&s);
}
END_TEST

START_TEST(every_widget_at_every_size)
{
	const char *const options[][3] = { { NULL }, { "x", "y", NULL } };
	struct stage s;

	stage_open(&s);
	for (int i = 0; widget_classes[i] != NULL; i++)
		for (int w = 1; w < 60; w += 3)
			for (int h = 1; h < 14; h++) {
				bool two = strcmp(widget_classes[i]->name, "scatter") == 0;

				stage_draw(&s, widget_classes[i]->name, options[two], w, h, (enum glyphs)(w % 3));
			}
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("widgets");
	TCase *tcase = tcase_create("plot"), *widgets = tcase_create("widgets");

	tcase_add_test(tcase, the_last_row_is_shown);
	tcase_add_test(tcase, rows_and_dots_agree);
	tcase_add_test(tcase, the_window_is_shown);
	tcase_add_test(tcase, scrolling_shifts_all_rows_alike);
	tcase_add_test(tcase, sweeping_shifts_nothing);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	tcase_add_test(widgets, bars_count_texts);
	tcase_add_test(widgets, a_gauge_has_ends_and_thresholds);
	tcase_add_test(widgets, a_stat_is_large_where_lines_are);
	tcase_add_test(widgets, a_scatter_rises);
	tcase_add_test(widgets, a_heatmap_falls);
	tcase_add_test(widgets, a_note_wraps_at_words);
	tcase_add_test(widgets, every_widget_at_every_size);
	tcase_set_timeout(widgets, 60);
	suite_add_tcase(suite, widgets);
	return support_run(suite);
}
