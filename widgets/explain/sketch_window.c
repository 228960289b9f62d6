/* sketch_window.c - the rows of a window, shaded, with the one that comes in and the one that
 * leaves; and its values in order, with the place that is asked for. */
#include <math.h>
#include <stdio.h>

#include "widgets/charts/axes.h"
#include "widgets/draw/plot.h"
#include "widgets/explain/sketch_parts.h"

enum {
	BELOW = 2 /* lines: the edge, and what is told below it */,
	UP = 0x25b2,
	IN = 0x25cf,
	OUT = 0x25cb,
	RULE = 0x2500,
	THICK_FROM = 8, /* lines of the plot */
	GAP = 2
};

/* The plot of a sketch: its axes are drawn, its dots are to be. */
struct area {
	struct canvas plot;
	struct scale y;
	int left; /* cells of the axis */
};

static struct area
draw_axes(const struct sketch *s, const struct canvas *c)
{
	struct area a = { .y = scale_fit_cells(
			      s->least, s->greatest, c->h - BELOW, canvas_dots_y(c) / c->h) };

	a.left = axis_y_width(&a.y);
	a.plot = canvas_part(c, a.left, 0, c->w - a.left, c->h - BELOW);
	axis_y_draw(c, a.left, &a.y, a.plot.h);
	canvas_fill(c, a.left, a.plot.h, a.plot.w, 1, RULE, STYLE_FRAME);
	return a;
}

static int
dots_across(const struct canvas *c)
{
	return canvas_dots_x(c) / (c->w > 0 ? c->w : 1);
}

static int
cell_y(const struct area *a, double v)
{
	int high = canvas_dots_y(&a->plot);

	return scale_dot(&a->y, v, high) * a->plot.h / (high > 0 ? high : 1);
}

/* All lines of the cells between two dots. */
static void
shade(const struct area *a, int from, int to)
{
	int per_cell = dots_across(&a->plot);

	for (int x = (from + per_cell / 2) / per_cell; x * per_cell < to; x++)
		canvas_band(&a->plot, x, 0, a->plot.h * EIGHTHS);
}

/* Thinner than the data: every other dot. */
static void
draw_threshold(const struct sketch *s, const struct area *a)
{
	enum style style = (enum style)(STYLE_THRESHOLD + (int)s->severity);
	int high = canvas_dots_y(&a->plot), y;

	if (isnan(s->threshold) || s->threshold < a->y.lo || s->threshold > a->y.hi)
		return;
	y = scale_dot(&a->y, s->threshold, high);
	for (int x = 0; x < canvas_dots_x(&a->plot); x += 2)
		canvas_dot(&a->plot, x, y, style);
}

struct pencil { /* the dot that a line has come to */
	int x, y;
	bool down;
};

static void
draw_to(const struct area *a, struct pencil *p, int x, double v, enum style style)
{
	int y = isnan(v) ? 0 : scale_dot(&a->y, v, canvas_dots_y(&a->plot));

	if (!isnan(v) && p->down && a->plot.h >= THICK_FROM && a->plot.glyphs == GLYPHS_BRAILLE)
		canvas_stroke(&a->plot, p->x, p->y, x, y, style);
	else if (!isnan(v) && p->down)
		canvas_line(&a->plot, p->x, p->y, x, y, style);
	else if (!isnan(v))
		canvas_dot(&a->plot, x, y, style);
	*p = (struct pencil){ x, y, !isnan(v) };
}

/* --- rows ------------------------------------------------------------------------------------- */

struct rows_plot {
	struct area area;
	struct plot rows;
	uint64_t end;
};

static double
value_of(const struct sketch *s, uint64_t row)
{
	return s->rows.v[row - s->rows.first];
}

static bool
has_row(const struct sketch *s, const struct rows_plot *p, uint64_t row)
{
	return row >= s->rows.first && row < p->end && plot_dot(&p->rows, row) >= 0;
}

static void
draw_rows(const struct sketch *s, const struct rows_plot *p)
{
	struct pencil pencil = { 0 };

	for (uint64_t row = s->rows.first; row < p->end; row++) {
		int dot = plot_dot(&p->rows, row);

		if (dot >= 0)
			draw_to(&p->area, &pencil, dot, value_of(s, row),
			    row >= s->lo && row < s->hi ? STYLE_SERIES : STYLE_EXPECTED);
	}
}

/* A sign at the row's value; it is a missing one that has none. */
static void
mark_row(const struct sketch *s, const struct rows_plot *p, uint64_t row, uint32_t rune,
    enum style style)
{
	int x;

	if (!has_row(s, p, row))
		return;
	x = plot_dot(&p->rows, row) / dots_across(&p->area.plot);
	if (!isnan(value_of(s, row)))
		canvas_cell(&p->area.plot, x, cell_y(&p->area, value_of(s, row)), rune, style);
}

static void
print_row(
    const struct sketch *s, const char *word, uint64_t row, uint64_t n, char *out, size_t size)
{
	if (n > 1)
		snprintf(out, size, "%s %llu rows", word, (unsigned long long)n);
	else if (isnan(value_of(s, row)))
		snprintf(out, size, "%s: missing", word);
	else
		snprintf(out, size, "%s %.6g", word, value_of(s, row));
}

/* Below the plot: what leaves at the left of its sign, what comes at the left of the right edge,
 * and how many stay between. */
static void
draw_moves(const struct sketch *s, const struct rows_plot *p, const struct canvas *c)
{
	int per_cell = dots_across(&p->area.plot), y = p->area.plot.h + 1, left = p->area.left;
	int from = left, to = c->w, x;
	char text[64];

	if (s->left < s->lo && has_row(s, p, s->lo - 1)) {
		x = left + plot_dot(&p->rows, s->lo - 1) / per_cell;
		print_row(s, "out", s->lo - 1, s->lo - s->left, text, sizeof text);
		canvas_cell(c, x, y - 1, UP, STYLE_LABEL);
		x = x + 1 - text_cells(text) > 0 ? x + 1 - text_cells(text) : 0;
		from = x + canvas_text(c, x, y, c->w - x, STYLE_LABEL, text);
	}
	if (s->came && has_row(s, p, p->end - 1)) {
		x = left + plot_dot(&p->rows, p->end - 1) / per_cell;
		print_row(s, "in", p->end - 1, 1, text, sizeof text);
		canvas_cell(c, x, y - 1, UP, STYLE_FOCUS);
		to = x + 1 - text_cells(text);
		canvas_text(c, to, y, c->w - to, STYLE_FOCUS, text);
	}
	snprintf(text, sizeof text, "%llu row%s", (unsigned long long)(s->hi - s->lo),
	    s->hi - s->lo == 1 ? "" : "s");
	x = from + (to - from - text_cells(text)) / 2;
	if (s->hi > s->lo && x >= from + GAP && x + text_cells(text) + GAP <= to)
		canvas_text(c, x, y, text_cells(text), STYLE_DIM, text);
}

void
sketch_window_draw(const struct sketch *s, const struct canvas *c)
{
	struct rows_plot p = { .area = draw_axes(s, c),
		.end = s->rows.first + (uint64_t)s->rows.n };
	int from, to;

	if (p.area.plot.w <= 0 || p.area.plot.h <= 0)
		return;
	p.rows = plot_fit(MOTION_SCROLL, 1, p.end, s->shown, 0, canvas_dots_x(&p.area.plot));
	from = (int)fmax(0, (double)plot_place(&p.rows, s->lo));
	to = (int)plot_place(&p.rows, s->hi);
	if (s->hi > s->lo)
		shade(&p.area, from, to);
	draw_threshold(s, &p.area);
	draw_rows(s, &p);
	if (s->left < s->lo)
		mark_row(s, &p, s->lo - 1, OUT, STYLE_LABEL);
	if (s->came)
		mark_row(s, &p, p.end - 1, IN, STYLE_FOCUS);
	draw_moves(s, &p, c);
}

/* --- values in order -------------------------------------------------------------------------- */

static double
rank_x(const struct sketch *s, const struct canvas *plot, double rank)
{
	return rank / (double)(s->ranks - 1) * (canvas_dots_x(plot) - 1);
}

/* Between two values as much as it lies between their ranks. */
static double
value_at(const struct sketch *s, double rank)
{
	double at = rank / (double)(s->ranks - 1) * (s->sorted.n - 1);
	int below = (int)at;

	below = below < s->sorted.n - 1 ? below : s->sorted.n - 2;
	return s->sorted.v[below] + (at - below) * (s->sorted.v[below + 1] - s->sorted.v[below]);
}

/* Its sign in the edge, and below that what it is: "rank 189.05: 11.73". */
static void
draw_place(const struct sketch *s, const struct area *a, const struct canvas *c, int i)
{
	int x = (int)(rank_x(s, &a->plot, s->places[i]) / dots_across(&a->plot)), cells, at;
	double value = value_at(s, s->places[i]);
	char text[64];

	snprintf(text, sizeof text, "rank %.6g: %.6g", s->places[i], value);
	cells = text_cells(text);
	for (int y = cell_y(a, value) + 1; y < a->plot.h; y++)
		canvas_cell(&a->plot, x, y, 0x2502, STYLE_FOCUS);
	canvas_cell(&a->plot, x, cell_y(a, value), IN, STYLE_FOCUS);
	canvas_cell(c, a->left + x, a->plot.h, UP, STYLE_FOCUS);
	at = a->left + x + 1 - (i + 1 < s->nplaces || x > a->plot.w / 2 ? cells : 1);
	at = at < 0 ? 0 : at + cells > c->w ? c->w - cells : at;
	canvas_text(c, at, a->plot.h + 1, cells, STYLE_FOCUS, text);
}

void
sketch_sorted_draw(const struct sketch *s, const struct canvas *c)
{
	struct area a = draw_axes(s, c);
	struct pencil pencil = { 0 };
	double from = s->nplaces > 1 ? s->places[0] : 0;

	if (a.plot.w <= 0 || a.plot.h <= 0 || s->sorted.n < 2)
		return;
	shade(
	    &a, (int)rank_x(s, &a.plot, from), (int)rank_x(s, &a.plot, s->places[s->nplaces - 1]));
	for (int i = 0; i < s->sorted.n; i++) {
		int x = (int)lround((double)i / (s->sorted.n - 1) * (canvas_dots_x(&a.plot) - 1));

		/* each value stays until the next rank */
		if (i > 0)
			draw_to(&a, &pencil, x, s->sorted.v[i - 1], STYLE_SERIES);
		draw_to(&a, &pencil, x, s->sorted.v[i], STYLE_SERIES);
	}
	for (int i = 0; i < s->nplaces; i++)
		draw_place(s, &a, c, i);
}
