/* chart.c - a series over the last rows, with what was expected and what is to come. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/axes.h"
#include "widgets/chart_parts.h"
#include "widgets/pane_options.h"

enum { LABEL_MAX = 16, LABELED_W = 40 };
#define COVERAGE 0.95
#define AXIS_ROOM 0.25
#define AXIS_FILL 0.5

enum { OPTION_OF, OPTION_KPIS, OPTION_FORECAST, OPTION_AXIS };

static const struct param chart_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "columns and KPIs, \"a, b\", the first with its forecast; left out: what has focus" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL,
	    "beside them: KPIs, and statistics of the columns, \"mean, p95\"" },
	{ "forecast", PARAM_CHOICE, "on", 0, 0, "on|off",
	    "draw what was expected, its band, and what is to come" },
	{ "axis", PARAM_CHOICE, "linear", 0, 0, "linear|log",
	    "log: equal ratios stand equally far apart; what is not above 0 is not drawn" },
	{ 0 }
};

static void
widen(double *lo, double *hi, double v)
{
	if (isnan(v))
		return;
	*lo = fmin(*lo, v);
	*hi = fmax(*hi, v);
}

/* Thresholds are worth seeing when they are near, not when they would press the line flat. */
static void
widen_to_thresholds(const struct view *v, const struct series *of, double *lo, double *hi)
{
	double near = fmax(*hi - *lo, fabs(*hi) * 0.01), from = *lo - near, to = *hi + near, at;

	for (int i = 0; i < engine_rules(v->engine); i++)
		if (view_threshold(v, i, of, &at) && at >= from && at <= to)
			widen(lo, hi, at);
}

/* What is predicted may take a quarter of the data's range on each side; what goes beyond is cut.
 */
static void
widen_to_curves(const struct chart *s, const struct view *v, double *lo, double *hi)
{
	double quarter = fmax(*hi - *lo, fabs(*hi) * 1e-3) / 4, from = *lo - quarter;
	double to = *hi + quarter;
	const struct series *of = chart_of(s);
	uint64_t last = s->horizon > 0 ? s->made + (uint64_t)s->horizon : s->plot.end;

	for (uint64_t row = chart_first_row(s, v, of->source); row < last; row++)
		for (enum curve c = CURVE_EXPECTED; c <= CURVE_UPPER; c++) {
			double y = curve_at(s, v, c, row);

			if (!isnan(y))
				widen(lo, hi, fmin(fmax(y, from), to));
		}
}

static bool
has_rules(const struct view *v, const struct series *of)
{
	for (int i = 0; i < engine_rules(v->engine); i++)
		if (view_rule_reads(v, i, of))
			return true;
	return false;
}

/* Ends that the dashboard file gives, where that leaves a range. */
static void
fix_range(struct range *range, const struct series *of)
{
	double lo = isnan(of->min) ? range->lo : of->min, hi = isnan(of->max) ? range->hi : of->max;

	if (lo >= hi)
		return;
	range->lo = lo;
	range->hi = hi;
}

/* A new axis moves everything, so a chart that moves little keeps its own while the range is well
 * within it. When values leave it there is room for more of them, for one such value seldom comes
 * alone. */
static void
update_axis(struct chart *s, const struct view *v, int h)
{
	double lo = s->range.lo, hi = s->range.hi, room = (hi - lo) * AXIS_ROOM;
	bool below = lo<s->y.lo, above = hi> s->y.hi;

	if (v->motion != MOTION_SCROLL && engine_state(v->engine) != ENGINE_END &&
	    h == s->fitted_h) {
		if (!below && !above && hi - lo >= AXIS_FILL * (s->y.hi - s->y.lo))
			return;
		lo -= below ? room : 0;
		hi += above ? room : 0;
	}
	s->y = scale_fit_cells(lo, hi, h, chart_dots_y(v->glyphs));
	s->fitted_h = h;
}

static bool
is_log(const struct widget *w)
{
	return w->values != NULL && strcmp(w->values[OPTION_AXIS].text, "log") == 0;
}

/* Of the rows shown; 0: there is none above 0. */
static double
least_positive(const struct chart *s, const struct view *v)
{
	const struct series *of = chart_of(s);
	double least = HUGE_VAL;

	for (uint64_t row = chart_first_row(s, v, of->source); row < s->plot.end; row++) {
		double x = history_at(v->history, of->track, row);

		if (x > 0 && x < least)
			least = x;
	}
	return least < HUGE_VAL ? least : 0;
}

/* Powers of ten change seldom: such an axis follows at once. False where all is 0 or below. */
static bool
update_log_axis(struct chart *s, const struct view *v, int h)
{
	double lo = s->range.lo > 0 ? s->range.lo : least_positive(s, v);

	if (lo <= 0 || s->range.hi <= 0)
		return false;
	s->y = scale_fit_log(lo, fmax(lo, s->range.hi), h);
	return true;
}

static void
update_range(struct chart *s, const struct widget *w, const struct view *v, int h)
{
	const struct series *of = chart_of(s);
	uint64_t first = chart_first_row(s, v, of->source), end = s->plot.end;
	double lo, hi;

	s->right = 0;
	if (history_extent(v->history, of->track, first, end, &lo, &hi)) {
		widen_to_curves(s, v, &lo, &hi);
		if (traces_update(&s->traces, v, first, end, h, chart_dots_y(v->glyphs), &lo, &hi))
			s->right = axis_y_width(&s->traces.scale);
		widen_to_thresholds(v, of, &lo, &hi);
		if (h > 0 && has_rules(v, of)) /* a line for marks below the least value */
			lo -= (hi - lo) / h;
		range_update(&s->range, lo, hi, end, (end - first) / 4);
		fix_range(&s->range, of);
	}
	if (s->range.set && is_log(w) && update_log_axis(s, v, h))
		s->fitted_h = 0;
	else if (s->range.set)
		update_axis(s, v, h);
	else
		s->y = scale_fit(0, 1, 1);
}

/* A chart that moves by steps keeps its forecast till all of it has come true: what does not change
 * costs no bytes, and the rows that come show how right it was. */
static bool
keeps_forecast(const struct chart *s, const struct view *v, uint64_t end)
{
	struct plot next =
	    plot_fit(v->motion, end, view_window(v, chart_of(s)->source), s->horizon, s->dots);

	if (v->motion != MOTION_STEP || v->pacer->paused || engine_state(v->engine) == ENGINE_END ||
	    next.offset != s->plot.offset)
		return false;
	return end >= s->made && end - s->made < (uint64_t)s->horizon;
}

static void
update_forecast(struct chart *s, const struct view *v, uint64_t end)
{
	const struct series *of = chart_of(s);
	int horizon = engine_horizon(v->engine);

	/* it belongs to the row of the picture */
	if (v->frozen != NULL || keeps_forecast(s, v, end))
		return;
	s->horizon = 0;
	s->made = end;
	if (of->column >= 0 && horizon > 0 && horizon <= HORIZON_MAX)
		s->horizon =
		    engine_forecast(v->engine, of->source, engine_key(v->engine, of->source),
			of->column, COVERAGE, s->mean, s->lower, s->upper);
}

/* Rows to leave room for behind the last. */
static int
ahead_of(const struct chart *s, const struct view *v)
{
	return v->motion == MOTION_SWEEP ? 0 : s->horizon;
}

static bool
is_plain(const struct widget *w)
{
	return w->values != NULL && strcmp(w->values[OPTION_FORECAST].text, "off") == 0;
}

static bool
find_traces(struct chart *s, const struct widget *w, const struct view *v, int width)
{
	int track;

	traces_find(
	    &s->traces, v, pane_option_option(w, OPTION_OF), pane_option_option(w, OPTION_KPIS));
	if (s->traces.n > 0 && is_plain(w)) {
		struct series *of = &s->traces.all[0].of;

		of->expected = of->lower = of->upper = -1;
	}
	track = s->traces.n > 0 ? chart_of(s)->track : -1;
	if (track != s->track) {
		struct traces traces = s->traces;

		traces.range = (struct range){ 0 };
		*s = (struct chart){ .traces = traces, .track = track, .gutter = s->gutter };
	}
	if (width >= LABELED_W)
		s->label_w =
		    traces_label_width(&s->traces, width / 4 < LABEL_MAX ? width / 4 : LABEL_MAX);
	else
		s->label_w = 0;
	return s->traces.n > 0;
}

static int
chart_update(struct widget *w, const struct view *v, int width, int height)
{
	struct chart *s = w->state;
	int h = height - AXIS_LINES, source;
	uint64_t end;

	if (!find_traces(s, w, v, width))
		return 0;
	source = chart_of(s)->source;
	end = view_end(v, source);
	if (!is_plain(w))
		update_forecast(s, v, end);
	/* The rows shown depend on the room that the labels leave, and the labels on the rows. */
	for (int i = 0; i < 2; i++) {
		int right = s->right;

		s->dots = (width - s->gutter - right - s->label_w) * chart_dots_x(v->glyphs);
		s->plot = plot_fit(v->motion, end, view_window(v, source), ahead_of(s, v), s->dots);
		update_range(s, w, v, h);
		if (axis_y_width(&s->y) == s->gutter && s->right == right)
			break;
		s->gutter = axis_y_width(&s->y);
	}
	return 0;
}

/* "temperature °C, pH" */
static void
print_names(const struct traces *t, char *out, size_t size)
{
	size_t n = 0;

	for (int i = 0; i < t->n && n < size; i++) {
		char title[TITLE_CHARS];

		series_title(&t->all[i].of, title);
		n += (size_t)snprintf(out + n, size - n, "%s%s", i > 0 ? ", " : "", title);
	}
}

/* While rows come, how many there is room for: a number that changes with each would cost bytes. */
static uint64_t
rows_told(const struct chart *s, const struct view *v)
{
	uint64_t room = plot_capacity(&s->plot), ahead = (uint64_t)ahead_of(s, v);

	if (engine_state(v->engine) == ENGINE_END || room < ahead)
		return s->plot.end - chart_first_row(s, v, chart_of(s)->source);
	return room - ahead;
}

static void
chart_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct chart *s = w->state;
	const struct series *of = chart_of(s);
	bool expects, bands, braille = v->glyphs == GLYPHS_BRAILLE;
	char count[COUNT_CHARS];

	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "chart");
	if (s->traces.n == 0)
		return;
	expects = of->expected >= 0 || s->horizon > 0;
	bands = of->lower >= 0 || s->horizon > 0;
	if (w->title == NULL)
		print_names(&s->traces, h->title, sizeof h->title);
	count_print(rows_told(s, v), count);
	snprintf(h->note, sizeof h->note, "%s rows%s%s%s%s", count, expects ? " · expected " : "",
	    !expects  ? ""
	    : braille ? "⠂⠂"
		      : "┄",
	    bands ? " · 95% band " : "",
	    !bands    ? ""
	    : braille ? "⠡⠡"
		      : "░");
}

const struct widget_class widget_chart = {
	.name = "chart",
	.help = "a series over its last rows, with expected values, band, forecast and alerts",
	.params = chart_params,
	.of = NAMES_LINES,
	.kpis = NAMES_STATISTICS,
	.size = sizeof(struct chart),
	.min_w = 44,
	.min_h = 6,
	.weight = 50,
	.update = chart_update,
	.heading = chart_heading,
	.draw = chart_draw,
};
