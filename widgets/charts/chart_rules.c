/* chart_rules.c - thresholds with their names, and marks of what happened at a row. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/charts/chart_parts.h"

enum {
	DASH = 0x254c,
	MARK_UP = 0x25b2,
	MARK_DOWN = 0x25bc,
	DIAMOND = 0x25c7,
	DOT_STEP = 2,   /* of a threshold's dots every so many-th is drawn */
	CLEAR_STEP = 4, /* and where the rule is resolved */
	REACH = 3,      /* lines that a mark may stand from its value */
	THRESHOLDS_MOST = 8
};
#define ANOMALY_LEVEL 0.5

static enum style
threshold_style(const struct view *v, int rule)
{
	return (enum style)(STYLE_THRESHOLD + (int)engine_rule(v->engine, rule)->severity);
}

/* "temp too low < 10": the rule's name, and its condition without the column that the chart is of;
 * in less than so many cells without the name, or nothing. */
static void
threshold_label(
    const char *name, const char *condition, const char *column, int w, char *out, size_t size)
{
	size_t n = strlen(column);
	bool unnamed = strcmp(name, condition) == 0;

	if (strncmp(condition, column, n) == 0 && condition[n] == ' ')
		condition += n + 1;
	if (unnamed)
		snprintf(out, size, "%s", condition);
	else
		snprintf(out, size, "%s %s", name, condition);
	if (text_cells(out) > w)
		snprintf(out, size, "%s", condition);
	if (text_cells(out) > w)
		out[0] = '\0';
}

/* A line of a rule: where it begins to hold, or where it ends. */
struct line {
	int rule;
	bool clears;
	bool above; /* it holds above */
	int dot;    /* of the plot; -1: it is not seen */
};

static struct line
find_line(
    const struct chart *s, const struct view *v, const struct canvas *plot, int rule, bool clears)
{
	struct line line = { rule, clears, false, -1 };
	double at;
	bool known = clears ? view_clears(v, rule, chart_of(s), &at)
			    : view_threshold(v, rule, chart_of(s), &at);

	line.above = engine_query(v->engine)->rules[rule].threshold_above != clears;
	if (known && at >= s->y.scale.lo && at <= s->y.scale.hi)
		line.dot = scale_dot(&s->y.scale, at, canvas_dots_y(plot));
	return line;
}

/* One dot thick, and not even all of these: thinner than any data. */
static void
draw_line(const struct view *v, const struct canvas *plot, struct line line)
{
	enum style style = threshold_style(v, line.rule);
	int step = line.clears ? CLEAR_STEP : DOT_STEP;

	if (line.dot < 0)
		return;
	if (plot->glyphs == GLYPHS_BRAILLE)
		for (int x = 0; x < canvas_dots_x(plot); x += step)
			canvas_dot(plot, x, line.dot, style);
	else
		for (int x = 0; x < plot->w; x += step / DOT_STEP)
			canvas_cell(plot, x, line.dot * plot->h / canvas_dots_y(plot), DASH, style);
}

/* The line of its name: on the side where the rule holds, where the data seldom is; beside the
 * threshold where that side has no room. */
static int
label_y(const struct canvas *plot, struct line line)
{
	int y = line.dot * plot->h / canvas_dots_y(plot);
	int side = line.above ? -1 : 1;

	if (y + side >= 0 && y + side < plot->h)
		return y + side;
	return y - side >= 0 && y - side < plot->h ? y - side : y;
}

/* It has the name of the first of several that stand in one line, in the order of drawing. */
static bool
is_named(const struct chart *s, const struct view *v, const struct canvas *plot, struct line line)
{
	for (int i = 0; i < 2 * engine_rules(v->engine); i++) {
		struct line other = find_line(s, v, plot, i / 2, i % 2 == 1);

		if (other.rule == line.rule && other.clears == line.clears)
			return false;
		if (other.dot >= 0 && label_y(plot, other) == label_y(plot, line))
			return true;
	}
	return false;
}

/* At the left, over the oldest rows. */
static void
draw_label(const struct chart *s, const struct view *v, const struct canvas *plot, struct line line)
{
	const struct alert_rule *rule = engine_rule(v->engine, line.rule);
	char label[128];

	if (line.dot < 0 || is_named(s, v, plot, line))
		return;
	threshold_label(line.clears ? "until" : rule->name, line.clears ? rule->clear : rule->when,
	    chart_of(s)->name, plot->w / 2, label, sizeof label);
	canvas_text(
	    plot, 1, label_y(plot, line), plot->w - 1, threshold_style(v, line.rule), label);
}

void
chart_rules_draw(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	int n = 2 * engine_rules(v->engine), seen = 0;

	for (int i = 0; i < n; i += 2)
		seen += find_line(s, v, plot, i / 2, false).dot >= 0;
	if (seen > THRESHOLDS_MOST) /* more of them would hide the data */
		return;
	for (int i = 0; i < n; i++)
		draw_line(v, plot, find_line(s, v, plot, i / 2, i % 2 == 1));
	for (int i = 0; i < n; i++)
		draw_label(s, v, plot, find_line(s, v, plot, i / 2, i % 2 == 1));
}

/* --- marks ------------------------------------------------------------------------------------ */

static bool
is_free(const struct canvas *plot, int x, int y)
{
	const struct cell *cell = chart_cell(plot, x, y);

	return cell != NULL && (cell->style < STYLE_SERIES || cell->rune == ' ');
}

/* A sign below the row's value, pointing at it, or above it; where lines take all that room it
 * stands in the axis below. */
static void
draw_mark(const struct chart *s, const struct view *v, const struct canvas *c,
    const struct canvas *plot, uint64_t row, bool diamond, enum style style)
{
	const struct series *of = chart_of(s);
	bool seen = row >= chart_first_row(s, v, of->source) && row < s->plot.end;
	int dot = seen ? plot_dot(&s->plot, row) : -1, x, y;
	double value;

	if (dot < 0)
		return;
	x = dot / chart_dots_x(plot->glyphs);
	value = history_at(v->history, of->track, row);
	y = isnan(value) ? plot->h - 1 : chart_cell_y(s, plot, value);
	for (int d = 1; d <= REACH; d++) {
		if (is_free(plot, x, y + d)) {
			canvas_cell(plot, x, y + d, diamond ? DIAMOND : MARK_UP, style);
			return;
		}
		if (is_free(plot, x, y - d)) {
			canvas_cell(plot, x, y - d, diamond ? DIAMOND : MARK_DOWN, style);
			return;
		}
	}
	canvas_cell(c, plot->x - c->x + x, plot->h, diamond ? DIAMOND : MARK_UP, style);
}

static void
draw_history(const struct chart *s, const struct view *v, const struct canvas *c,
    const struct canvas *plot, int i)
{
	const struct mark *m = history_mark(v->history, i);
	const struct series *of = chart_of(s);

	if (m->source != of->source || m->row == UINT64_MAX)
		return;
	if (m->type == EVENT_DRIFT && strstr(m->what, of->name) != NULL)
		draw_mark(s, v, c, plot, m->row, true, STYLE_INFO);
	else if (m->type == EVENT_ALERT && m->state == ALERT_FIRING &&
		 view_rule_reads(v, m->rule, of))
		draw_mark(s, v, c, plot, m->row, false,
		    severity_style(engine_rule(v->engine, m->rule)->severity));
}

void
chart_marks_draw(
    const struct chart *s, const struct view *v, const struct canvas *c, const struct canvas *plot)
{
	const struct series *of = chart_of(s);
	uint64_t first = chart_first_row(s, v, of->source);

	for (uint64_t row = first; of->anomaly >= 0 && row < s->plot.end; row++)
		if (history_at(v->history, of->anomaly, row) >= ANOMALY_LEVEL)
			draw_mark(s, v, c, plot, row, false, STYLE_WARNING);
	for (int i = history_marks(v->history) - 1; i >= 0; i--)
		draw_history(s, v, c, plot, i);
}
