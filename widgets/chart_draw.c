/* chart_draw.c - the picture of a chart: band, expected, thresholds, lines and marks, in the order
 * in which they hide each other. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/axes.h"
#include "widgets/chart_parts.h"

enum {
	BAND = 0x2591,
	DASH = 0x2504,
	THRESHOLD = 0x254c,
	MARK_UP = 0x25b2,
	MARK_DOWN = 0x25bc,
	DIAMOND = 0x25c7
};
#define ANOMALY_LEVEL 0.5

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

/* The line of the plot where a rule of this series has its threshold; -1: none is seen. */
static int
threshold_y(const struct chart *s, const struct view *v, const struct canvas *plot, int rule)
{
	double at;

	if (!view_threshold(v, rule, chart_of(s), &at) || at < s->y.lo || at > s->y.hi)
		return -1;
	return cell_y(s, plot, at);
}

static void
draw_thresholds(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	for (int i = 0; i < engine_rules(v->engine); i++) {
		int y = threshold_y(s, v, plot, i);

		if (y >= 0)
			canvas_fill(plot, 0, y, plot->w, 1, THRESHOLD, STYLE_THRESHOLD);
	}
}

/* It has the name of the first of several rules that stand in one line. */
static bool
is_named(const struct chart *s, const struct view *v, const struct canvas *plot, int rule, int y)
{
	for (int i = 0; i < rule; i++)
		if (threshold_y(s, v, plot, i) == y)
			return true;
	return false;
}

/* Over the older half of the plot, where they hide least. */
static void
draw_labels(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	bool young = s->plot.offset == 0 && plot_dot(&s->plot, s->plot.end) < s->plot.dots / 2;
	int half = plot->w / 2;
	char label[128];

	for (int i = 0; i < engine_rules(v->engine); i++) {
		int y = threshold_y(s, v, plot, i);

		if (y < 0 || is_named(s, v, plot, i, y))
			continue;
		threshold_label(
		    engine_rule(v->engine, i), chart_of(s)->name, half - 1, label, sizeof label);
		if (young)
			canvas_right(plot, half, y, plot->w - half - 1, STYLE_THRESHOLD, label);
		else
			canvas_text(plot, 1, y, half, STYLE_THRESHOLD, label);
	}
}

/* A sign below the row's value, pointing at it; above it where there is no room below. */
static void
draw_mark(const struct chart *s, const struct view *v, const struct canvas *plot, uint64_t row,
    bool diamond, enum style style)
{
	const struct series *of = chart_of(s);
	bool seen = row >= chart_first_row(s, v, of->source) && row < s->plot.end;
	int dot = seen ? plot_dot(&s->plot, row) : -1;
	double value;
	int y;

	if (dot < 0)
		return;
	value = history_at(v->history, of->track, row);
	y = isnan(value) ? plot->h - 2 : cell_y(s, plot, value);
	if (y < plot->h - 1)
		canvas_cell(plot, dot / chart_dots_x(plot->glyphs), y + 1,
		    diamond ? DIAMOND : MARK_UP, style);
	else
		canvas_cell(plot, dot / chart_dots_x(plot->glyphs), y - 1,
		    diamond ? DIAMOND : MARK_DOWN, style);
}

static void
draw_marks(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	const struct series *of = chart_of(s);
	uint64_t first = chart_first_row(s, v, of->source);

	for (uint64_t row = first; of->anomaly >= 0 && row < s->plot.end; row++)
		if (history_at(v->history, of->anomaly, row) >= ANOMALY_LEVEL)
			draw_mark(s, v, plot, row, false, STYLE_WARNING);
	for (int i = history_marks(v->history) - 1; i >= 0; i--) {
		const struct mark *m = history_mark(v->history, i);

		if (m->source != of->source || m->row == UINT64_MAX)
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

void
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
	first = chart_first_row(s, v, chart_of(s)->source);
	draw_edges(s, v, c, plot.w, plot.h);
	draw_band(s, v, &plot);
	draw_thresholds(s, v, &plot);
	draw_expected(s, v, &plot);
	traces_draw(&s->traces, &plot, &s->plot, v, &s->y, first);
	trace_draw(&plot, &s->plot, v, chart_of(s), &s->y, first, STYLE_SERIES);
	draw_labels(s, v, &plot);
	draw_marks(s, v, &plot);
}
