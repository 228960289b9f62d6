/* gauge.c - where a value stands between two ends, with the thresholds of its rules.
 *
 * The ends are given for the pane or the column, or are the range of the values so far, which only
 * grows. */
#include <math.h>
#include <stdio.h>

#include "widgets/draw/bar.h"
#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"

enum { OF, MIN, MAX, KPIS, BAR_MAX = 3, EMPTY = 0x2500, TICK = 0x25b2, FIRING = 0x25cf };

struct gauge {
	int series; /* plus 1 */
	double lo, hi, value;
	struct range range; /* of the values that the table shows, for its digits */
	struct figures figures;
	int firing; /* severity; -1: none */
	bool set;
};

static const struct param gauge_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column or KPI; left out: what has the focus" },
	{ "min", PARAM_NUMBER, "", 0, 0, NULL,
	    "the left end; left out: of the column, else the least value" },
	{ "max", PARAM_NUMBER, "", 0, 0, NULL,
	    "the right end; left out: of the column, else the greatest value" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL, "one statistic of it, such as mean" }, { 0 }
};

static double
given(const struct widget *w, int param)
{
	return w->values != NULL ? w->values[param].number : NAN;
}

/* An end of the bar: of the pane, else of the column, else of what was seen. */
static double
end_of(double of_pane, double of_column, double seen)
{
	return !isnan(of_pane) ? of_pane : !isnan(of_column) ? of_column : seen;
}

/* Of the gravest alert that fires on it; -1. */
static int
firing_severity(const struct view *v, const struct series *s)
{
	int gravest = -1;

	for (int i = 0; i < engine_rules(v->engine); i++)
		if (engine_alert(v->engine, i)->state == ALERT_FIRING && view_rule_reads(v, i, s) &&
		    (int)engine_rule(v->engine, i)->severity > gravest)
			gravest = (int)engine_rule(v->engine, i)->severity;
	return gravest;
}

static int
gauge_update(struct widget *w, const struct view *v, int width, int height)
{
	struct gauge *g = w->state;
	const struct series *s = pane_option_line(v, w, OF, KPIS);
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
	g->lo = end_of(given(w, MIN), s->min, g->set ? fmin(g->lo, lo) : lo);
	g->hi = end_of(given(w, MAX), s->max, g->set ? fmax(g->hi, hi) : hi);
	if (v->frozen == NULL)
		g->firing = firing_severity(v, s);
	range_update(&g->range, lo, hi, end, (end - first) / 4);
	view_see(v, &g->figures, s->source, s->track);
	figures_update(&g->figures, g->range.lo, g->range.hi);
	g->set = true;
	return 0;
}

static void
gauge_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct series *s = pane_option_line(v, w, OF, KPIS);

	heading_title(h, w, s, "gauge");
}

static int
gauge_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)v;
	(void)width;
	return 2 + BAR_MAX;
}

/* 0 to 1 along the bar. */
static double
share(const struct gauge *g, double v)
{
	return g->hi > g->lo ? fmin(fmax((v - g->lo) / (g->hi - g->lo), 0), 1) : 0.5;
}

static void
draw_bar(const struct gauge *g, const struct canvas *c, int y, int h)
{
	enum style style = g->firing >= 0 ? severity_style((enum severity)g->firing) : STYLE_SERIES;

	for (; h > 0; y++, h--) {
		int done = bar_draw(c, 0, y, c->w, isnan(g->value) ? 0 : share(g, g->value), style);

		canvas_fill(c, done, y, c->w - done, 1, EMPTY, STYLE_FRAME);
	}
}

/* A mark below the bar, with its number where no other stands. */
static void
draw_threshold(const struct gauge *g, const struct canvas *c, int y, double at, int *taken)
{
	int x = (int)lround(share(g, at) * (c->w - 1)), n;
	char text[FORM_CHARS];

	if (x < *taken)
		return;
	canvas_cell(c, x, y, TICK, STYLE_THRESHOLD);
	*taken = x + 2;
	n = short_print(at, text);
	if (x + 2 + n > c->w)
		return;
	canvas_text(c, x + 2, y, n, STYLE_THRESHOLD, text);
	*taken = x + 3 + n;
}

/* From left to right, so that a number never stands where a mark should. */
static void
draw_thresholds(const struct gauge *g, const struct view *v, const struct canvas *c, int y)
{
	const struct series *s = &v->series[g->series - 1];
	double last = -INFINITY;
	int taken = 0;

	for (int i = 0; i < engine_rules(v->engine); i++) {
		double next = INFINITY, at;

		for (int k = 0; k < engine_rules(v->engine); k++)
			if (view_threshold(v, k, s, &at) && at >= g->lo && at <= g->hi &&
			    at > last && at < next)
				next = at;
		if (isinf(next))
			return;
		draw_threshold(g, c, y, next, &taken);
		last = next;
	}
}

/* The value, and the ends beside it where they do not touch it. */
static void
draw_numbers(const struct gauge *g, const struct canvas *c)
{
	struct form form = g->figures.form,
		    ends = form_join(form_for(g->lo, g->hi, pow(10, -form.decimals)), form);
	char value[FORM_CHARS], lo[FORM_CHARS], hi[FORM_CHARS];
	int n = figures_print(&g->figures, g->value, 0, value), x = (c->w - n) / 2;
	int left = form_print(ends, g->lo, lo), right = form_print(ends, g->hi, hi);

	if (x - 3 >= left && c->w - x - n - 1 >= right) {
		canvas_text(c, 0, 0, left, STYLE_LABEL, lo);
		canvas_right(c, c->w - right, 0, right, STYLE_LABEL, hi);
	}
	if (g->firing >= 0 && x >= 2)
		canvas_cell(c, x - 2, 0, FIRING, severity_style((enum severity)g->firing));
	canvas_text(c, x > 0 ? x : 0, 0, c->w, STYLE_BOLD, value);
}

static void
gauge_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct gauge *g = w->state;
	int bar = c->h - 2;
	char reason[REASON_CHARS];

	if (!g->set) {
		view_reason(v, pane_option_option(w, OF), reason);
		canvas_text(c, 0, 0, c->w, STYLE_DIM, reason);
		return;
	}
	bar = bar < 1 ? c->h - 1 : bar > BAR_MAX ? BAR_MAX : bar;
	draw_numbers(g, c);
	draw_bar(g, c, 1, bar);
	draw_thresholds(g, v, c, 1 + bar);
}

const struct widget_class widget_gauge = {
	.name = "gauge",
	.help = "where a value stands between two ends, with the thresholds of its rules",
	.params = gauge_params,
	.of = NAMES_LINE,
	.kpis = NAMES_STATISTIC,
	.size = sizeof(struct gauge),
	.min_w = 20,
	.min_h = 2,
	.weight = 32,
	.update = gauge_update,
	.heading = gauge_heading,
	.lines = gauge_lines,
	.draw = gauge_draw,
};
