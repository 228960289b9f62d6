/* chart_draw.c - the picture of a chart: from the grid behind to the tag in front. Lines come
 * before what lies beside them, so that nothing hides a part of them. */
#include <math.h>

#include "widgets/charts/axes.h"
#include "widgets/charts/chart_parts.h"
#include "widgets/charts/gaps.h"

enum {
	DASH = 0x2504,
	GRID = 0xb7,
	GRID_STEP = 8,
	GAP = 0x250a,
	THICK_FROM = 6 /* cells of height */,
	THICK_LINES = 2,
	AXIS_LINES = 2,
	LOW = 6 /* lines of a chart whose axis has its labels in it */
};
#define EDGE 1e-9 /* of a dot: an edge so near to the next cell is there */

int
chart_axis_lines(int height)
{
	return height < LOW ? AXIS_LINES - 1 : AXIS_LINES;
}

int
chart_cell_y(const struct chart *s, const struct canvas *plot, double v)
{
	return scale_dot(&s->y.scale, v, canvas_dots_y(plot)) * plot->h / canvas_dots_y(plot);
}

/* Points at the ticks, so that values can be read off far from the axis. They go with the rows,
 * which costs fewer bytes than to stand among them. */
static void
draw_grid(const struct chart *s, const struct canvas *plot)
{
	int wide = chart_dots_x(plot->glyphs), gone = 0;

	if (plot->glyphs == GLYPHS_ASCII) /* there they would be taken for what was expected */
		return;
	if (s->plot.motion == MOTION_SCROLL)
		gone = (int)(s->plot.offset / (uint64_t)wide % GRID_STEP) +
		       (GRID_STEP - s->plot.lead / wide % GRID_STEP);
	for (int i = 0; i <= s->y.scale.steps; i++) {
		int y = chart_cell_y(s, plot, scale_tick(&s->y.scale, i));

		for (int x = GRID_STEP - 1 - gone % GRID_STEP; x < plot->w; x += GRID_STEP)
			canvas_cell(plot, x, y, GRID, STYLE_FRAME);
	}
}

/* Where no row came for long time stands still: a thin line, which those of data go over. */
static void
draw_gaps(const struct chart *s, const struct view *v, const struct canvas *plot, uint64_t first)
{
	struct gaps gaps = gaps_find(v, chart_of(s)->source, first, s->plot.end);

	for (uint64_t row = first + 1; row < s->plot.end; row++) {
		int dot = plot_dot(&s->plot, row);

		for (int y = 0; dot >= 0 && gaps_before(&gaps, v, row) && y < plot->h; y++)
			canvas_cell(plot, dot / chart_dots_x(plot->glyphs), y, GAP, STYLE_FRAME);
	}
}

/* A value's height from the upper edge of the plot in eighths of a cell: the middle of its dot. */
static double
eighths_at(const struct chart *s, const struct canvas *plot, double v)
{
	const struct scale *y = &s->y.scale;
	double dots = canvas_dots_y(plot), at = (y->hi - v) / (y->hi - y->lo);

	if (y->log)
		at = v > 0 ? log(y->hi / v) / log(y->hi / y->lo) : 1;
	at = fmin(fmax(at, 0), 1);
	return (at * (dots - 1) + 0.5) * plot->h * EIGHTHS / dots;
}

/* Over both dots of a column: what the band spans there. False: there is none. */
static bool
band_of_column(
    const struct chart *s, const struct view *v, const struct canvas *plot, int x, struct extent *e)
{
	int wide = chart_dots_x(plot->glyphs), n = 0;

	*e = (struct extent){ 0, 0 };
	for (int dot = x * wide; dot < (x + 1) * wide; dot++) {
		double lower = curve_at_dot(s, v, CURVE_LOWER, dot);
		double upper = curve_at_dot(s, v, CURVE_UPPER, dot);

		if (isnan(lower) || isnan(upper))
			continue;
		e->lo += lower;
		e->hi += upper;
		n++;
	}
	if (n == 0)
		return false;
	e->lo /= n;
	e->hi /= n;
	return e->hi >= s->y.scale.lo && e->lo <= s->y.scale.hi;
}

/* A dot more below than above: the line on it is two dots thick. */
static void
draw_band(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	int dot = plot->h * EIGHTHS / canvas_dots_y(plot);
	struct extent e;

	for (int x = 0; x < plot->w; x++) {
		if (!band_of_column(s, v, plot, x, &e))
			continue;
		canvas_band(plot, x, (int)floor(eighths_at(s, plot, e.hi) + EDGE) - dot / 2,
		    (int)ceil(eighths_at(s, plot, e.lo) - EDGE) + dot / 2);
	}
}

/* The cell holds a part of a line. */
static bool
holds_line(const struct canvas *plot, int x, int y)
{
	const struct cell *cell = chart_cell(plot, x, y);

	return cell != NULL && cell->style >= STYLE_SERIES && cell->rune != ' ';
}

/* As fine as a dot, but not all of its dots: every other one of what was expected, three of four of
 * what is to come; a dash in each cell where there are no such dots. What was expected stands
 * beside the lines, never in their cells: there it would look like a part of them. */
static void
draw_expected(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	bool braille = plot->glyphs == GLYPHS_BRAILLE;
	int now = plot_dot(&s->plot, s->plot.end - 1), wide = chart_dots_x(plot->glyphs);

	for (int x = 0; x < canvas_dots_x(plot); x++) {
		double y = curve_at_dot(s, v, CURVE_EXPECTED, x);
		bool ahead = now >= 0 && x > now;
		enum style style = ahead ? STYLE_FORECAST : STYLE_EXPECTED;

		if (isnan(y) || y < s->y.scale.lo || y > s->y.scale.hi ||
		    holds_line(plot, x / wide, chart_cell_y(s, plot, y)))
			continue;
		if (!braille)
			canvas_cell(plot, x, chart_cell_y(s, plot, y), DASH, style);
		else if (ahead ? x % 4 != 3 : x % 2 == 0)
			canvas_dot(plot, x, scale_dot(&s->y.scale, y, canvas_dots_y(plot)), style);
	}
}

/* What stands around the plot. */
static void
draw_edges(const struct chart *s, const struct view *v, const struct canvas *c, int plot_w, int h)
{
	struct canvas right = canvas_part(c, s->gutter + plot_w + s->tag_w, 0, s->right, c->h);
	struct canvas below = canvas_part(c, 0, 0, s->gutter + plot_w, c->h);
	struct canvas axis = canvas_part(c, s->gutter, h, plot_w, 1);

	axis_y_draw(c, s->gutter, &s->y.scale, h);
	axis_x_draw(&below, s->gutter, h, v, chart_of(s)->source, &s->plot);
	chart_truth_draw(s, v, &axis);
	if (s->has_right)
		axis_right_draw(&right, &s->traces.follow.scale, h);
	if (s->label_w > 0)
		traces_draw_labels(&s->traces, c, c->w - s->label_w, s->label_w, h, v, &s->y.scale);
}

/* Where there is room for it: many lines, or such in few cells, would grow together. */
static bool
is_thick(const struct chart *s, const struct canvas *plot)
{
	return plot->glyphs == GLYPHS_BRAILLE && plot->h >= THICK_FROM &&
	       s->traces.n <= THICK_LINES;
}

void
chart_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct chart *s = w->state;
	int beside = s->gutter + s->right + s->label_w + s->tag_w;
	struct canvas plot =
	    canvas_part(c, s->gutter, 0, c->w - beside, c->h - chart_axis_lines(c->h));
	uint64_t first;

	if (s->traces.n == 0 || s->plot.end == 0) {
		canvas_text(c, 1, c->h / 2, c->w - 2, STYLE_DIM, view_emptiness(v));
		return;
	}
	if (plot.w == 0 || plot.h == 0)
		return;
	first = chart_first_row(s, v, chart_of(s)->source);
	draw_edges(s, v, c, plot.w, plot.h);
	draw_grid(s, &plot);
	draw_gaps(s, v, &plot, first);
	draw_band(s, v, &plot);
	chart_rules_draw(s, v, &plot);
	traces_draw(&s->traces, &plot, &s->plot, v, &s->y.scale, first, is_thick(s, &plot));
	draw_expected(s, v, &plot);
	chart_names_draw(s, v, &plot);
	chart_marks_draw(s, v, c, &plot);
	chart_tag_draw(s, v, c, plot.w, plot.h);
}
