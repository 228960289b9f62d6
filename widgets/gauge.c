/* gauge.c - where a value stands between two ends, with the thresholds of its rules.
 *
 * The ends are given, or the range of the values so far, which only grows. */
#include <math.h>
#include <stdio.h>

#include "widgets/bar.h"
#include "widgets/scale.h"
#include "widgets/widget.h"

enum { OF, MIN, MAX, EMPTY = 0x2500, TICK = 0x25b2 };

struct gauge {
	int series; /* plus 1 */
	double lo, hi, value;
	bool set;
};

static const struct param gauge_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column; left out: the one that has the focus" },
	{ "min", PARAM_NUMBER, "", 0, 0, NULL, "the left end; left out: the least value so far" },
	{ "max", PARAM_NUMBER, "", 0, 0, NULL, "the right end; left out: the greatest value so far" },
	{ 0 }
};

static double
given(const struct widget *w, int param)
{
	return w->values != NULL ? w->values[param].number : NAN;
}

static int
gauge_update(struct widget *w, const struct view *v, int width, int height)
{
	struct gauge *g = w->state;
	const struct series *s = widget_series(v, w, OF);
	uint64_t first, end;
	double lo, hi;

	(void)width;
	(void)height;
	if (s == NULL || g->series != (int)(s - v->series) + 1)
		*g = (struct gauge){ .series = s != NULL ? (int)(s - v->series) + 1 : 0 };
	if (s == NULL || !view_span(v, s, &first, &end) ||
	    !history_extent(v->history, s->track, first, end, &lo, &hi))
		return 0;
	g->value = view_last(v, s->source, s->track);
	g->lo = g->set ? fmin(g->lo, lo) : lo;
	g->hi = g->set ? fmax(g->hi, hi) : hi;
	if (!isnan(given(w, MIN)))
		g->lo = given(w, MIN);
	if (!isnan(given(w, MAX)))
		g->hi = given(w, MAX);
	g->set = true;
	return 0;
}

static void
gauge_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct series *s = widget_series(v, w, OF);

	heading_title(h, w, s, "gauge");
}

static int
gauge_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)v;
	(void)width;
	return 3;
}

/* 0 to 1 along the bar. */
static double
share(const struct gauge *g, double v)
{
	return g->hi > g->lo ? fmin(fmax((v - g->lo) / (g->hi - g->lo), 0), 1) : 0.5;
}

static void
draw_bar(const struct gauge *g, const struct canvas *c, int y)
{
	int done = bar_draw(c, 0, y, c->w, isnan(g->value) ? 0 : share(g, g->value), STYLE_SERIES);

	canvas_fill(c, done, y, c->w - done, 1, EMPTY, STYLE_FRAME);
}

static void
draw_thresholds(const struct gauge *g, const struct view *v, const struct canvas *c, int y)
{
	const struct series *s = &v->series[g->series - 1];
	int source, column;
	double at;

	for (int i = 0; i < engine_rules(v->engine); i++)
		if (engine_rule_threshold(v->engine, i, &source, &column, &at) && source == s->source &&
		    column == s->column && at >= g->lo && at <= g->hi)
			canvas_cell(c, (int)(share(g, at) * (c->w - 1)), y, TICK, STYLE_THRESHOLD);
}

static void
gauge_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct gauge *g = w->state;
	struct form form;
	char text[FORM_CHARS];

	if (!g->set) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM, view_emptiness(v));
		return;
	}
	form = form_column(g->lo, g->hi);
	form_print(form, g->lo, text);
	canvas_text(c, 0, 0, c->w / 3, STYLE_LABEL, text);
	form_print(form, g->hi, text);
	canvas_right(c, c->w - c->w / 3, 0, c->w / 3, STYLE_LABEL, text);
	form_print(form, g->value, text);
	canvas_text(c, (c->w - text_cells(text)) / 2, 0, c->w, STYLE_BOLD, text);
	draw_bar(g, c, 1);
	draw_thresholds(g, v, c, 2);
}

const struct widget_class widget_gauge = {
	.name = "gauge",
	.help = "where a value stands between two ends, with the thresholds of its rules",
	.params = gauge_params,
	.size = sizeof(struct gauge),
	.min_w = 20,
	.min_h = 2,
	.weight = 32,
	.update = gauge_update,
	.heading = gauge_heading,
	.lines = gauge_lines,
	.draw = gauge_draw,
};
