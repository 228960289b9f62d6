/* test_widgets.c - where rows stand in a plot, and widgets that no view shows by itself. */
#include "tests/support.h"

#include <string.h>

#include "tests/stage.h"
#include "widgets/draw/plot.h"

struct reading {
	enum motion motion;
	int step;
	uint64_t end, window;
	int ahead, dots;
};

static struct reading
random_trial(struct rng *r)
{
	static const uint64_t windows[] = { 0, 30, 60, 600, 16000 };

	return (struct reading){ (enum motion)(rng_uniform(r) * 2), 1 << (int)(rng_uniform(r) * 5),
		(uint64_t)(rng_uniform(r) * 3000) + 1, windows[(int)(rng_uniform(r) * 5)],
		(int)(rng_uniform(r) * 50), 1 + (int)(rng_uniform(r) * 400) };
}

static struct plot
fit(const struct reading *t)
{
	return plot_fit(t->motion, t->step, t->end, t->window, t->ahead, t->dots);
}

START_TEST(the_last_row_is_shown)
{
	struct rng r = { 21 };

	for (int i = 0; i < 20000; i++) {
		struct reading t = random_trial(&r);
		struct plot p = fit(&t);
		int dot = plot_dot(&p, t.end - 1);

		if (t.motion == MOTION_SWEEP ||
		    t.dots > 2 * (plot_width(&p, t.ahead + 3) + 1 + t.step))
			ck_assert_msg(dot >= 0 && dot < t.dots,
			    "motion %d: row %d of %d at %d of %d", t.motion, (int)t.end - 1,
			    (int)t.end, dot, t.dots);
	}
}
END_TEST

START_TEST(rows_and_dots_agree)
{
	struct rng r = { 22 };

	for (int i = 0; i < 3000; i++) {
		struct reading t = random_trial(&r);
		struct plot p = fit(&t);

		for (uint64_t row = p.first; row < t.end; row++) {
			int dot = plot_dot(&p, row);
			uint64_t back;
			double way;

			if (dot < 0)
				continue;
			ck_assert(plot_row(&p, dot, &back, &way));
			if (back > row || row >= plot_row_after(&p, back) || way > 0)
				ck_abort_msg("row %d at dot %d, which is of row %d", (int)row, dot,
				    (int)back);
		}
	}
}
END_TEST

/* A window that fits is shown whole. */
START_TEST(the_window_is_shown)
{
	struct rng r = { 23 };

	for (int i = 0; i < 20000; i++) {
		struct reading t = random_trial(&r);
		struct plot p;

		t.motion = MOTION_SCROLL;
		t.step = 2;
		p = fit(&t);
		if (t.window == 0 || t.end < t.window + 1 || t.dots < 60)
			continue;
		ck_assert_msg(
		    t.end - p.first >=
			t.window - (uint64_t)(p.per_dot * (4 * PLOT_PARTS / p.stretch + 1)),
		    "%d of %d rows", (int)(t.end - p.first), (int)t.window);
	}
}
END_TEST

/* ... and not much more than it: what is asked for. */
START_TEST(no_more_than_the_window)
{
	struct rng r = { 27 };

	for (int i = 0; i < 20000; i++) {
		struct reading t = random_trial(&r);
		struct plot p;
		double rows = (double)t.window + t.ahead;

		t.motion = MOTION_SCROLL;
		p = fit(&t);
		if (t.window == 0 || rows > 8 * t.dots)
			continue;
		ck_assert_msg((double)plot_capacity(&p) <= rows * 9 / 8 + 1, "%d rows for %d",
		    (int)plot_capacity(&p), (int)rows);
	}
}
END_TEST

/* What was drawn is only shifted when a row comes, by whole dots, the same for all rows. */
START_TEST(scrolling_shifts_all_rows_alike)
{
	struct rng r = { 24 };

	for (int i = 0; i < 2000; i++) {
		struct reading t = random_trial(&r), next;
		struct plot p, q;
		int shift = -1;

		t.motion = MOTION_SCROLL;
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
				ck_abort_msg("row %d shifted by %d, not %d", (int)row,
				    before - after, shift);
		}
	}
}
END_TEST

/* From the left edge to the right, from the row on with which there are enough; what is ahead ends
 * at the right edge, or beyond it by less than a step. Moves are whole steps. */
START_TEST(the_plot_is_full)
{
	struct rng r = { 25 };

	for (int i = 0; i < 20000; i++) {
		struct reading t = random_trial(&r);
		int64_t last, slack;
		int wide;
		struct plot p;

		t.motion = MOTION_SCROLL;
		t.dots += 100;
		t.ahead = t.ahead * t.dots / 200; /* there is more to see than what is ahead */
		p = fit(&t);
		wide = (p.stretch + PLOT_PARTS - 1) / PLOT_PARTS;
		last = plot_place(&p, t.end + (uint64_t)t.ahead - 1) + wide;
		slack = plot_width(&p, t.ahead) + 1;
		slack = slack < t.step - 1 ? slack : t.step - 1;
		ck_assert_msg(last > t.dots - t.step - wide && last <= t.dots + slack + wide,
		    "ends at %d of %d, step %d", (int)last, t.dots, t.step);
		ck_assert(p.lead == 0 || (p.offset == 0 && p.first == 0));
		ck_assert_int_eq((int)((p.offset + (uint64_t)p.lead) % (uint64_t)t.step), 0);
		if (p.lead == 0)
			ck_assert_int_lt((int)plot_place(&p, p.first), wide);
	}
}
END_TEST

START_TEST(sweeping_shifts_nothing)
{
	struct plot p = plot_fit(MOTION_SWEEP, 1, 500, 60, 0, 120);
	struct plot q = plot_fit(MOTION_SWEEP, 1, 501, 60, 0, 120);

	for (uint64_t row = q.first; row < 500; row++)
		ck_assert_int_eq(plot_dot(&p, row), plot_dot(&q, row));
}
END_TEST

/* --- widgets on a view made by hand ----------------------------------------------------------- */

START_TEST(bars_count_texts)
{
	const char *const of[8] = { "word" };
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
	const char *const of[8] = { "x", "0", "40" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "gauge", of, 40, 3, GLYPHS_ASCII),
	    "0                * 1                  40\n"
	    "#---------------------------------------\n"
	    "          ^ 10.0                        \n");
	stage_close(&s);
}
END_TEST

START_TEST(a_stat_is_large_where_lines_are)
{
	const char *const of[8] = { "y" };
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
	const char *const of[8] = { "x", "y" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "scatter", of, 40, 10, GLYPHS_ASCII),
	    "      |                                 \n"
	    "      |                                .\n"
	    " 1,500+                             ... \n"
	    " 1,000+                         ....    \n"
	    "      |                     .....       \n"
	    "   500+                ......           \n"
	    "      |         ***.....                \n"
	    "     0+*********                        \n"
	    "      +-------+--------+-------+--------\n"
	    "              10       20      30       \n");
	stage_close(&s);
}
END_TEST

START_TEST(a_heatmap_falls)
{
	const char *const of[8] = { "x", "4" };
	struct stage s;

	stage_open(&s);
	ck_assert_str_eq(stage_draw(&s, "heatmap", of, 20, 8, GLYPHS_ASCII),
	    " 50+                \n"
	    " 40+      #:        \n"
	    " 30+       *#*      \n"
	    " 20+         :##:   \n"
	    " 10+            *#* \n"
	    "  0+              :#\n"
	    "   +----------+----+\n"
	    "              20  40\n");
	stage_close(&s);
}
END_TEST

START_TEST(a_text_is_told)
{
	static const char *const classes[] = { "gauge", "stat", "heatmap" };
	const char *const of[8] = { "word" };
	struct stage s;

	stage_open(&s);
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		ck_assert_ptr_nonnull(
		    strstr(stage_draw(&s, classes[i], of, 40, 8, GLYPHS_ASCII), "word is text "));
	stage_close(&s);
}
END_TEST

START_TEST(a_note_wraps_at_words)
{
	const char *const text[8] = {
		"The temperature falls below 10: watch the rule.\nThen go on."
	};
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
	const char *const options[][8] = { { NULL }, { "x", "y", NULL } };
	struct stage s;

	stage_open(&s);
	for (int i = 0; widget_classes[i] != NULL; i++)
		for (int w = 1; w < 60; w += 3)
			for (int h = 1; h < 14; h++) {
				bool two = strcmp(widget_classes[i]->name, "scatter") == 0;

				stage_draw(&s, widget_classes[i]->name, options[two], w, h,
				    (enum glyphs)(w % 3));
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
	tcase_add_test(tcase, no_more_than_the_window);
	tcase_add_test(tcase, scrolling_shifts_all_rows_alike);
	tcase_add_test(tcase, the_plot_is_full);
	tcase_add_test(tcase, sweeping_shifts_nothing);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	tcase_add_test(widgets, bars_count_texts);
	tcase_add_test(widgets, a_gauge_has_ends_and_thresholds);
	tcase_add_test(widgets, a_stat_is_large_where_lines_are);
	tcase_add_test(widgets, a_scatter_rises);
	tcase_add_test(widgets, a_heatmap_falls);
	tcase_add_test(widgets, a_text_is_told);
	tcase_add_test(widgets, a_note_wraps_at_words);
	tcase_add_test(widgets, every_widget_at_every_size);
	tcase_set_timeout(widgets, 60);
	suite_add_tcase(suite, widgets);
	return support_run(suite);
}
