/* learning_plot.c - what is right, or the mean error, over time, beside two baselines. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "widgets/charts/axes.h"
#include "widgets/charts/learning_parts.h"

enum {
	SPAN = 50,  /* rows of a point, or more, so that single misses do not hide how it goes */
	NAMES = 16, /* cells for the names of the lines */
	NAMES_FROM = 60, /* cells of width */
	TICK_CELLS = 2,  /* of height between two ticks, or more */
	LINES_MOST = 64,
	APART = 3, /* of the dots of a baseline so many-th is drawn */
	DASH = 0x2504,
	DOTS = 0x00b7,
	DIAMOND = 0x25c7
};

static const enum style styles[LEARNING_LINES] = { STYLE_SERIES, STYLE_EXPECTED, STYLE_DIM };

const char *
learning_line_name(const struct learning *l, int line)
{
	static const char *const names[2][LEARNING_LINES] = {
		{ "right", "majority class", "label before" },
		{ "error", "mean", "value before" },
	};

	return names[l->numbers][line];
}

static double
told(const struct learning *l, const struct course_point *p, int line)
{
	double errors = line == LEARNING_OWN ? p->own : line == LEARNING_PLAIN ? p->plain : p->last;

	if (!(p->n > 0))
		return NAN;
	return l->numbers ? errors / p->n : 100 * (1 - errors / p->n);
}

double
learning_overall(const struct learning *l, int line)
{
	return told(l, &l->course.all, line);
}

/* The same up to a point of the course, over a stretch of it. */
static double
value_at(const struct learning *l, int point, int line)
{
	struct course_point sum = { 0 };

	for (int i = point; i >= 0 && sum.n < SPAN; i--) {
		const struct course_point *p = &l->course.point[i];

		sum.n += p->n;
		sum.own += p->own;
		sum.plain += p->plain;
		sum.last += p->last;
	}
	return told(l, &sum, line);
}

/* Of labels it ends at 100 %, and begins where something was; of numbers it begins at 0. */
void
learning_fit(struct learning *l, int height, int dots)
{
	double least = 100, most = 0;
	int n = height > TICK_CELLS ? height / TICK_CELLS : 1, h = height > 0 ? height : 1;

	for (int i = 0; i < l->course.points; i++)
		for (int line = 0; line < LEARNING_LINES; line++) {
			least = fmin(least, value_at(l, i, line));
			most = fmax(most, fmin(value_at(l, i, line), 1e300));
		}
	if (l->numbers)
		l->y = scale_fit_cells(0, most > 0 ? most : 1, h, dots);
	else
		l->y = scale_fit_cells(least, 100, h, dots);
	if (!l->numbers && l->y.hi > 100) /* steps of 1, 2, 5, 10, ... all lead to 100 */
		l->y = scale_fit(least, 100, n);
}

static int
height_of(const struct learning *l, int point, int line, int dots)
{
	int y = scale_dot(&l->y, value_at(l, point, line), dots);

	return y < 0 ? 0 : y >= dots ? dots - 1 : y;
}

/* A baseline in dots, thinner than the line that is beside it, and in other signs where there are
 * none: whole across, and wherever it is steep. */
static void
draw_thin(const struct canvas *plot, int x0, int y0, int x1, int y1, int line)
{
	int wide = canvas_dots_x(plot), dots = canvas_dots_y(plot);
	int n = x1 - x0 > abs(y1 - y0) ? x1 - x0 : abs(y1 - y0);

	for (int i = 0; i <= n; i++) {
		int x = x0 + (n > 0 ? (x1 - x0) * i / n : 0);
		int y = y0 + (n > 0 ? (y1 - y0) * i / n : 0);

		if (plot->glyphs != GLYPHS_BRAILLE)
			canvas_cell(plot, x * plot->w / wide, y * plot->h / dots,
			    line == LEARNING_PLAIN ? DASH : DOTS, styles[line]);
		else if ((x + y) % (line == LEARNING_PLAIN ? APART - 1 : APART) == 0)
			canvas_dot(plot, x, y, styles[line]);
	}
}

static void
draw_line(const struct learning *l, const struct canvas *plot, int line)
{
	int dots = canvas_dots_y(plot), wide = canvas_dots_x(plot), from_x = -1, from_y = 0;
	const struct course *course = &l->course;

	for (int i = 0; i < course->points; i++) {
		int x = course->points > 1 ? i * (wide - 1) / (course->points - 1) : 0, y;

		if (!(course->point[i].n > 0))
			continue;
		y = height_of(l, i, line, dots);
		from_y = from_x < 0 ? y : from_y;
		from_x = from_x < 0 ? x : from_x;
		if (line == LEARNING_OWN)
			canvas_line(plot, from_x, from_y, x, y, styles[line]);
		else
			draw_thin(plot, from_x, from_y, x, y, line);
		from_x = x;
		from_y = y;
	}
}

/* Where errors became more than before: a mark on the line below. */
static void
draw_marks(const struct learning *l, const struct canvas *c, int x, int y, int w)
{
	const struct course *course = &l->course;
	uint64_t from = course->marks > COURSE_MARKS ? course->marks - COURSE_MARKS : 0;

	for (uint64_t i = from; i < course->marks; i++) {
		double at = (double)course->mark[i % COURSE_MARKS] / (double)course->rows;
		bool plain = c->glyphs != GLYPHS_BRAILLE && c->glyphs != GLYPHS_BLOCK;

		canvas_cell(c, x + (int)(at * (w - 1)), y, plain ? 'v' : DIAMOND, STYLE_WARNING);
	}
}

/* The nearest line that is free; -1: none is. */
static int
free_line(const bool *taken, int h, int y)
{
	for (int d = 0; d < h; d++) {
		if (y + d < h && !taken[y + d])
			return y + d;
		if (y - d >= 0 && !taken[y - d])
			return y - d;
	}
	return -1;
}

/* The names stand behind the ends of their lines, each on a line of its own. */
static void
draw_names(const struct learning *l, const struct canvas *c, int x, int h)
{
	bool taken[LINES_MOST] = { false };

	for (int line = 0; line < LEARNING_LINES && h <= LINES_MOST; line++) {
		int y = free_line(taken, h, height_of(l, l->course.points - 1, line, h));

		if (y < 0)
			return;
		taken[y] = true;
		canvas_text(c, x, y, NAMES, styles[line], learning_line_name(l, line));
	}
}

/* From the first row that was judged to the last. */
static void
draw_axis(const struct learning *l, const struct canvas *c, int x, int y, int w)
{
	char first[] = "row 1", last[COUNT_CHARS + 8] = "row ";

	count_print(l->course.rows, last + strlen(last));
	canvas_fill(c, x, y, w, 1, 0x2500, STYLE_FRAME);
	if (text_cells(first) + text_cells(last) + 2 > w)
		return;
	canvas_text(c, x, y, w, STYLE_LABEL, first);
	canvas_right(c, x, y, w, STYLE_LABEL, last);
}

void
learning_draw_plot(const struct learning *l, const struct canvas *c)
{
	int axis = axis_y_width(&l->y), h = c->h - 1;
	int names = c->w >= NAMES_FROM ? NAMES : 0;
	struct canvas plot = canvas_part(c, axis, 0, c->w - axis - names - 1, h);

	if (plot.w <= 0 || plot.h <= 0 || l->course.points == 0)
		return;
	axis_y_draw(c, axis, &l->y, h);
	draw_axis(l, c, axis, h, plot.w);
	for (int line = LEARNING_LINES - 1; line >= 0; line--)
		draw_line(l, &plot, line);
	draw_marks(l, c, axis, h, plot.w);
	if (names > 0)
		draw_names(l, c, axis + plot.w + 1, h);
}
