/* chart.c - a series over the last rows, with what was expected and what is to come. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/charts/axes.h"
#include "widgets/charts/chart_parts.h"
#include "widgets/pane_options.h"

enum { LABEL_MAX = 16, LABEL_SHARE = 3, LABELED_W = 40, GUTTER_LEAST = 7, TAG_FRAME = 2 };
#define COVERAGE 0.95

enum { OPTION_OF, OPTION_KPIS, OPTION_FORECAST, OPTION_AXIS, OPTION_ROWS };

static const struct param chart_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "columns and KPIs, \"a, b\", the first with its forecast; left out: what has focus" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL,
	    "beside them: KPIs, and statistics of the columns, \"mean, p95\"" },
	{ "forecast", PARAM_CHOICE, "on", 0, 0, "on|off",
	    "draw what was expected, its band, and what is to come" },
	{ "axis", PARAM_CHOICE, "linear", 0, 0, "linear|log",
	    "log: equal ratios stand equally far apart; what is not above 0 is not drawn" },
	{ "rows", PARAM_COUNT, "", 2, HISTORY_ROWS, NULL,
	    "how many rows it shows at most, until w or W asks for others; left out: as all "
	    "charts" },
	{ 0 }
};

static void
update_forecast(struct chart *s, const struct view *v, uint64_t end)
{
	const struct series *of = chart_of(s);
	int horizon = engine_horizon(v->engine);

	/* it belongs to the row of the picture */
	if (v->frozen != NULL)
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

		traces.follow = (struct follow){ 0 };
		*s = (struct chart){
			.traces = traces, .track = track, .gutter = s->gutter, .right = s->right
		};
	}
	if (width >= LABELED_W)
		s->label_w = traces_label_width(
		    &s->traces, width / LABEL_SHARE < LABEL_MAX ? width / LABEL_SHARE : LABEL_MAX);
	else
		s->label_w = 0;
	return s->traces.n > 0;
}

/* Before all else: how wide the tag is says how much room the plot has. */
static void
update_figures(struct chart *s, const struct view *v)
{
	const struct series *of = chart_of(s);
	uint64_t first, end;
	double lo, hi;

	view_see(v, &s->figures, of->source, of->track);
	if (view_span(v, of, &first, &end) &&
	    history_extent(v->history, of->track, first, end, &lo, &hi))
		figures_update(&s->figures, lo, hi);
}

static int
tag_cells(const struct chart *s, const struct view *v)
{
	const struct series *of = chart_of(s);
	char value[FORM_CHARS];

	return figures_print(&s->figures, view_last(v, of->source, of->track), 0, value) +
	       TAG_FRAME;
}

/* The tag stands in the room of what is to come, or beside the plot where that is too small. */
static void
place_tag(struct chart *s, const struct view *v, int width)
{
	int ahead, cells = tag_cells(s, v);

	s->tag_w = 0;
	s->tagged = width >= LABELED_W && s->traces.n == 1 && v->motion == MOTION_SCROLL;
	if (!s->tagged)
		return;
	ahead = plot_width(&s->plot, s->horizon) / chart_dots_x(v->glyphs);
	if (ahead < cells + TAG_FRAME)
		s->tag_w = cells > s->tag_most ? s->tag_most = cells : s->tag_most;
}

/* Rows to show. Of more than have a dot of their own, twice as many each time that the plot is
 * full: what there is so far takes half of it at least. */
static uint64_t
rows_shown(const struct widget *w, const struct view *v, int dots, uint64_t end)
{
	const struct chart *s = w->state;
	double told = w->values != NULL ? w->values[OPTION_ROWS].number : NAN;
	uint64_t rows = dots > 1 ? (uint64_t)dots : 1;

	if (!(told > 0) || v->window_told)
		return view_window(v, chart_of(s)->source);
	while (rows < end && (double)rows < told)
		rows *= 2;
	return (double)rows < told ? rows : (uint64_t)told;
}

/* Which rows stand where, in what room the axes leave. */
static void
update_plot(const struct widget *w, const struct view *v, int width, uint64_t end)
{
	struct chart *s = w->state;
	int dots_x = chart_dots_x(v->glyphs), cells = width - s->gutter - s->right - s->label_w;

	for (int i = 0; i < 2; i++) { /* where the tag stands depends on the plot */
		s->dots = (cells - s->tag_w) * dots_x;
		s->plot = plot_fit(v->motion, (v->step > 1 ? v->step : 1) * dots_x, end,
		    rows_shown(w, v, s->dots, end), ahead_of(s, v), s->dots);
		if (i == 0)
			place_tag(s, v, width);
	}
}

static int
chart_update(struct widget *w, const struct view *v, int width, int height)
{
	struct chart *s = w->state;
	const struct series *of = chart_of(s);
	int h = height - chart_axis_lines(height), gutter, right;
	uint64_t end;

	if (!find_traces(s, w, v, width))
		return 0;
	end = view_end(v, of->source);
	if (!is_plain(w))
		update_forecast(s, v, end);
	update_figures(s, v);
	if (s->gutter == 0 && width >= LABELED_W)
		s->gutter = GUTTER_LEAST;
	/* The rows shown depend on the room that the labels leave, and the labels on the rows. What
	 * was needed once stays, so that nothing jumps sideways. */
	for (int i = 0; i < 2; i++) {
		update_plot(w, v, width, end);
		chart_axis_update(s, v,
		    strcmp(w->values != NULL ? w->values[OPTION_AXIS].text : "", "log") == 0, h);
		gutter = axis_y_width(&s->y.scale);
		right = s->has_right ? axis_y_width(&s->traces.follow.scale) : 0;
		if (gutter <= s->gutter && right <= s->right)
			break;
		s->gutter = gutter > s->gutter ? gutter : s->gutter;
		s->right = right > s->right ? right : s->right;
	}
	if (h > 0)
		chart_rules_update(s, v, s->dots / chart_dots_x(v->glyphs), h);
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

static int
chart_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return view_series_lines(v);
}

static void
chart_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct chart *s = w->state;
	const struct series *of = chart_of(s);
	bool expects, bands;
	char count[COUNT_CHARS];

	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "chart");
	if (s->traces.n == 0)
		return;
	expects = of->expected >= 0 || s->horizon > 0;
	bands = of->lower >= 0 || s->horizon > 0;
	if (w->title == NULL)
		print_names(&s->traces, h->title, sizeof h->title);
	heading_key(h, v, of->source);
	count_print(rows_told(s, v), count);
	snprintf(h->note, sizeof h->note, "%s rows%s%s%s", count, expects ? " · expected " : "",
	    !expects                      ? ""
	    : v->glyphs == GLYPHS_BRAILLE ? "⠂⠂"
					  : "┄",
	    bands ? " · 95% band ░" : "");
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
	.small_w = 24,
	.small_h = 3,
	.weight = 50,
	.update = chart_update,
	.heading = chart_heading,
	.lines = chart_lines,
	.draw = chart_draw,
};
