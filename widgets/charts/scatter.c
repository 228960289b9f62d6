/* scatter.c - one series against another over the window, the newest rows bright. A point is four
 * dots large, which is seen. */
#include <math.h>
#include <stdio.h>

#include "widgets/charts/axes.h"
#include "widgets/pane_options.h"

enum { X, Y, OF, AXIS_LINES = 2, TAIL = 15, TICK_W = 8, NEWEST = 0x25cf };

struct scatter {
	int x, y; /* series plus 1 */
	struct range xs, ys;
	struct scale across, up;
};

static const struct param scatter_params[] = { { "x", PARAM_TEXT, NULL, 0, 0, NULL,
						   "the column along the lower edge" },
	{ "y", PARAM_TEXT, NULL, 0, 0, NULL, "the column along the left edge, of the same source" },
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "both in the place of x and y, \"a, b\"" }, { 0 } };

/* The line along one edge; NULL. */
static const struct series *
edge(const struct view *v, const struct widget *w, int which)
{
	const struct series *lines[2] = { NULL, NULL };

	if (*pane_option_option(w, OF) == '\0')
		return widget_series(v, w, which);
	pane_option_lines(v, pane_option_option(w, OF), lines, 2);
	return lines[which];
}

/* Extends what the axis of one series spans; false when it has no values. */
static bool
follow(struct range *r, const struct view *v, const struct series *s)
{
	uint64_t first, end;
	double lo, hi;

	if (!view_span(v, s, &first, &end) ||
	    !history_extent(v->history, s->track, first, end, &lo, &hi))
		return false;
	range_update(r, lo, hi, end, (end - first) / 4);
	return true;
}

/* Ticks at round numbers, but from the least value to the greatest: the width is for the points. */
static struct scale
across(const struct range *r, int ticks)
{
	struct scale s = scale_fit(r->lo, r->hi, ticks);

	if (!(r->hi > r->lo))
		return s;
	s.lo = r->lo;
	s.hi = r->hi;
	s.first = ceil(s.lo / s.step - 1e-6) * s.step;
	s.steps = (int)floor((s.hi - s.first) / s.step + 1e-6);
	return s;
}

static int
scatter_update(struct widget *w, const struct view *v, int width, int height)
{
	struct scatter *p = w->state;
	const struct series *x = edge(v, w, X), *y = edge(v, w, Y);

	p->x = x != NULL ? (int)(x - v->series) + 1 : 0;
	p->y = y != NULL ? (int)(y - v->series) + 1 : 0;
	if (p->x == 0 || p->y == 0 || x->source != y->source || !follow(&p->xs, v, x) ||
	    !follow(&p->ys, v, y))
		return 0;
	p->up = scale_fit_cells(p->ys.lo, p->ys.hi, height - AXIS_LINES, 4);
	p->across = across(&p->xs, width / TICK_W > 1 ? width / TICK_W : 1);
	return 0;
}

static void
scatter_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct series *x = edge(v, w, X), *y = edge(v, w, Y);

	if (w->title != NULL || x == NULL || y == NULL)
		snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "scatter");
	else
		snprintf(h->title, sizeof h->title, "%.40s against %.40s",
		    y->label != NULL ? y->label : y->name, x->label != NULL ? x->label : x->name);
}

static void
draw_axis(const struct scatter *p, const struct canvas *c, int left, int y)
{
	char label[FORM_CHARS];
	int wide = c->w - left, end = 0;

	canvas_fill(c, left, y, wide, 1, 0x2500, STYLE_FRAME);
	for (int i = 0; i <= p->across.steps; i++) {
		double share =
		    (scale_tick(&p->across, i) - p->across.lo) / (p->across.hi - p->across.lo);
		int x = left + (int)lround(share * (wide - 1)), cells;

		cells = form_print(p->across.form, scale_tick(&p->across, i), label);
		if (x < end || x + cells > c->w)
			continue;
		canvas_cell(c, x, y, 0x252c, STYLE_FRAME);
		canvas_text(c, x, y + 1, cells, STYLE_LABEL, label);
		end = x + cells + 1;
	}
}

/* Where cells have few dots one is large enough. */
static void
draw_point(const struct canvas *plot, int dx, int dy, enum style style)
{
	int size = plot->glyphs == GLYPHS_BRAILLE ? 2 : 1;

	for (int y = 0; y < size; y++)
		for (int x = 0; x < size; x++)
			canvas_dot(plot, dx + x, dy + y, style);
}

static void
draw_points(const struct scatter *p, const struct view *v, const struct canvas *plot)
{
	const struct series *sx = &v->series[p->x - 1], *sy = &v->series[p->y - 1];
	int wide = canvas_dots_x(plot), high = canvas_dots_y(plot);
	uint64_t first, end;

	if (!view_span(v, sx, &first, &end))
		return;
	for (uint64_t row = first; row < end; row++) {
		double x = history_at(v->history, sx->track, row),
		       y = history_at(v->history, sy->track, row);
		int dx, dy = scale_dot(&p->up, y, high);

		if (isnan(x) || isnan(y))
			continue;
		dx = (int)lround((x - p->across.lo) / (p->across.hi - p->across.lo) * (wide - 1));
		draw_point(plot, dx, dy, row + TAIL < end ? STYLE_EXPECTED : STYLE_SERIES);
		if (row + 1 == end)
			canvas_cell(
			    plot, dx * plot->w / wide, dy * plot->h / high, NEWEST, STYLE_FOCUS);
	}
}

static void
scatter_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct scatter *p = w->state;
	struct canvas plot;
	int left;

	if (!p->xs.set || !p->ys.set) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM,
		    p->x == 0 || p->y == 0 ? "no such column" : view_emptiness(v));
		return;
	}
	left = axis_y_width(&p->up);
	plot = canvas_part(c, left, 0, c->w - left, c->h - AXIS_LINES);
	if (plot.w == 0 || plot.h == 0)
		return;
	axis_y_draw(c, left, &p->up, plot.h);
	draw_axis(p, c, left, plot.h);
	draw_points(p, v, &plot);
}

const struct widget_class widget_scatter = {
	.name = "scatter",
	.help = "one series against another, the newest rows bright",
	.params = scatter_params,
	.of = NAMES_PAIR,
	.size = sizeof(struct scatter),
	.min_w = 24,
	.min_h = 5,
	.weight = 27,
	.update = scatter_update,
	.heading = scatter_heading,
	.draw = scatter_draw,
};
