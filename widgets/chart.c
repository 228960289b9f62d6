/* chart.c - a series over the last rows, with what was expected and what is to come. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/ops/forecast/forecast.h"
#include "widgets/axes.h"
#include "widgets/named.h"
#include "widgets/traces.h"

enum {
	AXIS_LINES = 2,
	LABEL_MAX = 16,
	LABELED_W = 40,
	BAND = 0x2591,
	DASH = 0x2504,
	THRESHOLD = 0x254c,
	MARK_UP = 0x25b2,
	MARK_DOWN = 0x25bc,
	DIAMOND = 0x25c7
};
#define COVERAGE 0.95
#define ANOMALY_LEVEL 0.5
#define AXIS_ROOM 0.25
#define AXIS_FILL 0.5

struct chart {
	struct traces traces;
	int track; /* of the first of them, which the rest is about; -1: nothing yet */
	struct range range;
	struct scale y;
	int fitted_h; /* lines that y was made for; 0: none yet */
	struct plot plot;
	int dots;                   /* that it has room for */
	int gutter, right, label_w; /* cells beside the plot: axes, names of the lines */
	int horizon;
	uint64_t made; /* the row that the forecast begins with: those before it were known */
	double mean[FORECAST_LEADS], lower[FORECAST_LEADS], upper[FORECAST_LEADS];
};

enum { OPTION_OF, OPTION_KPIS, OPTION_FORECAST };

static const struct param chart_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "columns and KPIs, \"a, b\", the first with its forecast; left out: what has focus" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL,
	    "beside them: KPIs, and statistics of the columns, \"mean, p95\"" },
	{ "forecast", PARAM_CHOICE, "on", 0, 0, "on|off",
	    "draw what was expected, its band, and what is to come" },
	{ 0 }
};

/* --- what is drawn ---------------------------------------------------------------------------- */

static const struct series *
chart_of(const struct chart *s)
{
	return &s->traces.all[0].of;
}

static int
dots_per_cell_x(enum glyphs g)
{
	return g == GLYPHS_BRAILLE ? 2 : 1;
}

static int
dots_per_cell_y(enum glyphs g)
{
	return g == GLYPHS_BRAILLE ? 4 : g == GLYPHS_BLOCK ? 2 : 1;
}

static uint64_t
first_row(const struct chart *s, const struct view *v, int source)
{
	uint64_t begin = history_begin(v->history, source);

	return s->plot.first > begin ? s->plot.first : begin;
}

enum curve { CURVE_EXPECTED, CURVE_LOWER, CURVE_UPPER };

/* What was predicted for a row, or is for one to come. */
static double
curve_at(const struct chart *s, const struct view *v, enum curve curve, uint64_t row)
{
	const struct series *of = chart_of(s);
	const int tracks[] = { of->expected, of->lower, of->upper };
	const double *ahead[] = { s->mean, s->lower, s->upper };

	if (row >= s->plot.end)
		return row - s->made < (uint64_t)s->horizon ? ahead[curve][row - s->made] : NAN;
	if (tracks[curve] < 0 || row < history_begin(v->history, of->source))
		return NAN;
	return history_at(v->history, tracks[curve], row);
}

/* The same at a dot, between two rows where rows are stretched. */
static double
curve_at_dot(const struct chart *s, const struct view *v, enum curve curve, int dot)
{
	uint64_t row;
	double way, here, next;

	if (!plot_row(&s->plot, dot, &row, &way))
		return NAN;
	here = curve_at(s, v, curve, row);
	if (way <= 0)
		return here;
	next = curve_at(s, v, curve, row + 1);
	return isnan(next) ? NAN : here + (next - here) * way;
}

/* --- update ----------------------------------------------------------------------------------- */

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
	int source, column;

	for (int i = 0; i < engine_rules(v->engine); i++)
		if (engine_rule_threshold(v->engine, i, &source, &column, &at) &&
		    source == of->source && column == of->column && at >= from && at <= to)
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

	for (uint64_t row = first_row(s, v, of->source); row < last; row++)
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
	s->y = scale_fit_cells(lo, hi, h, dots_per_cell_y(v->glyphs));
	s->fitted_h = h;
}

static void
update_range(struct chart *s, const struct view *v, int h)
{
	const struct series *of = chart_of(s);
	uint64_t first = first_row(s, v, of->source), end = s->plot.end;
	double lo, hi;

	s->right = 0;
	if (history_extent(v->history, of->track, first, end, &lo, &hi)) {
		widen_to_curves(s, v, &lo, &hi);
		if (traces_update(
			&s->traces, v, first, end, h, dots_per_cell_y(v->glyphs), &lo, &hi))
			s->right = axis_y_width(&s->traces.scale);
		widen_to_thresholds(v, of, &lo, &hi);
		if (h > 0 && has_rules(v, of)) /* a line for marks below the least value */
			lo -= (hi - lo) / h;
		range_update(&s->range, lo, hi, end, (end - first) / 4);
		fix_range(&s->range, of);
	}
	if (s->range.set)
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
	if (of->column >= 0 && horizon > 0 && horizon <= FORECAST_LEADS)
		s->horizon = engine_forecast(
		    v->engine, of->source, of->column, COVERAGE, s->mean, s->lower, s->upper);
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

	traces_find(&s->traces, v, named_option(w, OPTION_OF), named_option(w, OPTION_KPIS));
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

		s->dots = (width - s->gutter - right - s->label_w) * dots_per_cell_x(v->glyphs);
		s->plot = plot_fit(v->motion, end, view_window(v, source), ahead_of(s, v), s->dots);
		update_range(s, v, h);
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
		return s->plot.end - first_row(s, v, chart_of(s)->source);
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

/* --- draw ------------------------------------------------------------------------------------- */

static int
cell_y(const struct chart *s, const struct canvas *plot, double v)
{
	return scale_dot(&s->y, v, canvas_dots_y(plot)) * plot->h / canvas_dots_y(plot);
}

static bool
band_at_dot(const struct chart *s, const struct view *v, int dot, int dots, int *top, int *bottom)
{
	double lower = curve_at_dot(s, v, CURVE_LOWER, dot);
	double upper = curve_at_dot(s, v, CURVE_UPPER, dot);

	if (isnan(lower) || isnan(upper) || upper < s->y.lo || lower > s->y.hi)
		return false;
	*top = scale_dot(&s->y, fmin(upper, s->y.hi), dots);
	*bottom = scale_dot(&s->y, fmax(lower, s->y.lo), dots);
	return true;
}

/* Two dots of eight: cells filled whole would be wider than the band, in pieces around the line.
 * What two rows share is as the first of them, so that the second costs no bytes. */
static void
draw_band_dots(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	int top, bottom;

	for (int x = 0; x < canvas_dots_x(plot); x += 2) {
		if (!band_at_dot(s, v, x, canvas_dots_y(plot), &top, &bottom))
			continue;
		for (int y = top; y <= bottom; y++)
			if (y % 2 == 0)
				canvas_dot(plot, x + (y % 4 == 0 ? 0 : 1), y, STYLE_BAND);
	}
}

static void
draw_band(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	int top, bottom;

	if (plot->glyphs == GLYPHS_BRAILLE) {
		draw_band_dots(s, v, plot);
		return;
	}
	for (int x = 0; x < plot->w; x++)
		if (band_at_dot(s, v, x, plot->h, &top, &bottom))
			canvas_fill(plot, x, top, 1, bottom - top + 1, BAND, STYLE_BAND);
}

/* Beside the series' line as fine as that, but not all of its dots: every other one of what was
 * expected, three of four of what is to come. A dash in each cell where there are no such dots. */
static void
draw_expected(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	bool braille = plot->glyphs == GLYPHS_BRAILLE;
	int now = plot_dot(&s->plot, s->plot.end);

	for (int x = 0; x < canvas_dots_x(plot); x++) {
		double y = curve_at_dot(s, v, CURVE_EXPECTED, x);
		bool ahead = now >= 0 && x >= now;
		enum style style = ahead ? STYLE_FORECAST : STYLE_EXPECTED;

		if (isnan(y) || y < s->y.lo || y > s->y.hi)
			continue;
		if (!braille)
			canvas_cell(plot, x, cell_y(s, plot, y), DASH, style);
		else if (ahead ? x % 4 != 3 : x % 2 == 0)
			canvas_dot(plot, x, scale_dot(&s->y, y, canvas_dots_y(plot)), style);
	}
}

/* "temp too low < 10": the rule's name, and its condition without the column that the chart is of;
 * in less than so many cells without the name, or nothing. */
static void
threshold_label(const struct alert_rule *rule, const char *column, int w, char *out, size_t size)
{
	size_t n = strlen(column);
	const char *condition = rule->when;

	if (strncmp(condition, column, n) == 0 && condition[n] == ' ')
		condition += n + 1;
	if (strcmp(rule->name, rule->when) == 0)
		snprintf(out, size, " %s ", condition);
	else
		snprintf(out, size, " %s %s ", rule->name, condition);
	if (text_cells(out) > w)
		snprintf(out, size, " %s ", condition);
	if (text_cells(out) > w)
		out[0] = '\0';
}

/* The label stands over the older half of the plot, where it hides least. */
static void
draw_thresholds(const struct chart *s, const struct view *v, const struct canvas *plot, bool labels)
{
	const struct series *of = chart_of(s);
	bool young = s->plot.offset == 0 && plot_dot(&s->plot, s->plot.end) < s->plot.dots / 2;
	int source, column;
	double at;
	char label[128];

	for (int i = 0; i < engine_rules(v->engine); i++) {
		if (!engine_rule_threshold(v->engine, i, &source, &column, &at) ||
		    source != of->source || column != of->column || at < s->y.lo || at > s->y.hi)
			continue;
		threshold_label(
		    engine_rule(v->engine, i), of->name, plot->w / 2 - 1, label, sizeof label);
		if (!labels)
			canvas_fill(
			    plot, 0, cell_y(s, plot, at), plot->w, 1, THRESHOLD, STYLE_THRESHOLD);
		else if (young)
			canvas_right(plot, plot->w / 2, cell_y(s, plot, at),
			    plot->w - plot->w / 2 - 1, STYLE_THRESHOLD, label);
		else
			canvas_text(
			    plot, 1, cell_y(s, plot, at), plot->w / 2, STYLE_THRESHOLD, label);
	}
}

/* A sign below the row's value, pointing at it; above it where there is no room below. */
static void
draw_mark(const struct chart *s, const struct view *v, const struct canvas *plot, uint64_t row,
    bool diamond, enum style style)
{
	const struct series *of = chart_of(s);
	int dot =
	    row >= first_row(s, v, of->source) && row < s->plot.end ? plot_dot(&s->plot, row) : -1;
	double value;
	int y;

	if (dot < 0)
		return;
	value = history_at(v->history, of->track, row);
	y = isnan(value) ? plot->h - 2 : cell_y(s, plot, value);
	if (y < plot->h - 1)
		canvas_cell(plot, dot / dots_per_cell_x(plot->glyphs), y + 1,
		    diamond ? DIAMOND : MARK_UP, style);
	else
		canvas_cell(plot, dot / dots_per_cell_x(plot->glyphs), y - 1,
		    diamond ? DIAMOND : MARK_DOWN, style);
}

static void
draw_marks(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	const struct series *of = chart_of(s);

	for (uint64_t row = first_row(s, v, of->source); of->anomaly >= 0 && row < s->plot.end;
	     row++)
		if (history_at(v->history, of->anomaly, row) >= ANOMALY_LEVEL)
			draw_mark(s, v, plot, row, false, STYLE_WARNING);
	for (int i = history_marks(v->history) - 1; i >= 0; i--) {
		const struct mark *m = history_mark(v->history, i);

		if (m->source != of->source)
			continue;
		if (m->type == EVENT_DRIFT && strstr(m->what, of->name) != NULL)
			draw_mark(s, v, plot, m->row, true, STYLE_INFO);
		else if (m->type == EVENT_ALERT && m->state == ALERT_FIRING &&
			 view_rule_reads(v, m->rule, of))
			draw_mark(s, v, plot, m->row, false,
			    severity_style(engine_rule(v->engine, m->rule)->severity));
	}
}

/* What stands around the plot. */
static void
draw_edges(const struct chart *s, const struct view *v, const struct canvas *c, int plot_w, int h)
{
	struct canvas right = canvas_part(c, s->gutter + plot_w, 0, s->right, c->h);
	struct canvas below = canvas_part(c, 0, 0, s->gutter + plot_w, c->h);

	axis_y_draw(c, &s->y, h);
	axis_x_draw(&below, s->gutter, h, v, chart_of(s)->source, &s->plot);
	if (s->right > 0)
		axis_right_draw(&right, &s->traces.scale, h);
	if (s->label_w > 0)
		traces_draw_labels(&s->traces, c, c->w - s->label_w, s->label_w, h, v, &s->y);
}

static void
chart_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct chart *s = w->state;
	int beside = s->gutter + s->right + s->label_w;
	struct canvas plot = canvas_part(c, s->gutter, 0, c->w - beside, c->h - AXIS_LINES);
	uint64_t first;

	if (s->traces.n == 0 || s->plot.end == 0) {
		canvas_text(c, 1, c->h / 2, c->w - 2, STYLE_DIM, view_emptiness(v));
		return;
	}
	if (plot.w == 0 || plot.h == 0)
		return;
	first = first_row(s, v, chart_of(s)->source);
	draw_edges(s, v, c, plot.w, plot.h);
	draw_band(s, v, &plot);
	draw_thresholds(s, v, &plot, false);
	draw_expected(s, v, &plot);
	traces_draw(&s->traces, &plot, &s->plot, v, &s->y, first);
	trace_draw(&plot, &s->plot, v, chart_of(s), &s->y, first, STYLE_SERIES);
	draw_thresholds(s, v, &plot, true);
	draw_marks(s, v, &plot);
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
