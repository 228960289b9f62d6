/* chart_names.c - the names of thresholds, where no line crosses them.
 *
 * A name stands on the side where its rule holds, in the threshold itself, or on the other side:
 * where the longest stretch is free of data, so that what scrolls by reaches it late. It stays
 * there until data does. Where all is full it is told in brief, or not at all: the line has its
 * severity's colour, and the rules are told beside. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/charts/chart_parts.h"

enum { MARGIN = 1 /* free cells before and behind a name */ };

enum avoid { AVOID_LINES, AVOID_BAND /* and lines */ };

/* "temp too low < 9.6": the rule's name, and its condition without the column that the chart is of;
 * in brief without the name. Returns its cells. */
static int
print_name(const struct chart *s, const struct view *v, const struct rule_line *line, bool brief,
    char out[RULE_NAME])
{
	const struct alert_rule *rule = engine_rule(v->engine, line->rule);
	const char *name = line->clears ? "until" : rule->name, *column = chart_of(s)->name;
	const char *condition = line->clears ? rule->clear : rule->when;
	bool unnamed = strcmp(name, condition) == 0;
	size_t n = strlen(column);

	if (strncmp(condition, column, n) == 0 && condition[n] == ' ')
		condition += n + 1;
	if (unnamed || brief)
		snprintf(out, RULE_NAME, "%s", condition);
	else
		snprintf(out, RULE_NAME, "%s %s", name, condition);
	return text_cells(out);
}

/* What a line spans at a dot: of rows that share it all of them, else where it is on its way from
 * one to the next. False: it is not there. */
static bool
span_at_dot(
    const struct chart *s, const struct view *v, const struct series *of, int dot, struct extent *e)
{
	uint64_t row, to, begin = chart_first_row(s, v, of->source);
	double way, here, next;

	if (!plot_row(&s->plot, dot, &row, &way) || row >= s->plot.end || row < begin)
		return false;
	if (plot_shares(&s->plot)) {
		to = plot_row_after(&s->plot, row);
		return history_extent(v->history, of->track, row,
		    to < s->plot.end ? to : s->plot.end, &e->lo, &e->hi);
	}
	here = history_at(v->history, of->track, row);
	next = row + 1 < s->plot.end ? history_at(v->history, of->track, row + 1) : NAN;
	e->lo = e->hi = way > 0 ? here + (next - here) * way : here;
	return !isnan(e->lo);
}

/* What it spans in a column of cells, with the dots beside that it comes from and goes to. */
static bool
span_of_column(
    const struct chart *s, const struct view *v, const struct series *of, int x, struct extent *e)
{
	int wide = chart_dots_x(v->glyphs);
	bool any = false;

	*e = (struct extent){ INFINITY, -INFINITY };
	for (int dot = x * wide - 1; dot <= (x + 1) * wide; dot++) {
		struct extent at;

		if (!span_at_dot(s, v, of, dot, &at))
			continue;
		any = true;
		e->lo = fmin(e->lo, at.lo);
		e->hi = fmax(e->hi, at.hi);
	}
	return any;
}

/* A part of the band, or of its edge, stands in the cell. */
static bool
is_in_band(const struct chart *s, const struct view *v, int x, int y, int h)
{
	int wide = chart_dots_x(v->glyphs), dots = h * chart_dots_y(v->glyphs);
	int each = chart_dots_y(v->glyphs);

	for (int dot = x * wide; dot < (x + 1) * wide; dot++) {
		double lower = curve_at_dot(s, v, CURVE_LOWER, dot);
		double upper = curve_at_dot(s, v, CURVE_UPPER, dot);

		if (!isnan(lower) && !isnan(upper) &&
		    scale_dot(&s->y.scale, upper, dots) - 1 < (y + 1) * each &&
		    scale_dot(&s->y.scale, lower, dots) + 1 >= y * each)
			return true;
	}
	return false;
}

/* Some line goes through the cell. */
static bool
is_crossed(const struct chart *s, const struct view *v, int x, int y, int h)
{
	int dots = h * chart_dots_y(v->glyphs), each = chart_dots_y(v->glyphs);

	for (int i = 0; i < s->traces.n; i++) {
		const struct scale *scale = traces_scale(&s->traces, i, &s->y.scale);
		struct extent e;

		if (!span_of_column(s, v, &s->traces.all[i].of, x, &e))
			continue;
		/* a line may be two dots thick */
		if (scale_dot(scale, e.hi, dots) < (y + 1) * each &&
		    scale_dot(scale, e.lo, dots) + 1 >= y * each)
			return true;
	}
	return false;
}

/* Another threshold, or a name before its own in turn, has the cell. */
static bool
is_taken(const struct chart *s, const struct view *v, int i, int x, int y, int h)
{
	char name[RULE_NAME];

	for (int k = 0; k < s->nlines; k++) {
		const struct rule_line *other = &s->lines[k];
		int other_y = chart_rule_y(v, other, h);

		if (k != i && other_y == y)
			return true;
		if (k < i && other->x >= 0 && other_y + other->down == y &&
		    x >= other->x - MARGIN &&
		    x < other->x + print_name(s, v, other, other->brief, name) + MARGIN)
			return true;
	}
	return false;
}

/* Columns from the left in which names may stand: not over what is to come. */
static int
columns(const struct chart *s, const struct view *v, int w)
{
	int last = s->plot.end > 0 ? plot_dot(&s->plot, s->plot.end - 1) : -1;

	if (s->plot.motion == MOTION_SWEEP || last < 0)
		return w;
	return last / chart_dots_x(v->glyphs) < w ? last / chart_dots_x(v->glyphs) : w;
}

static bool
is_free(const struct chart *s, const struct view *v, int i, int x, int y, int h, enum avoid avoid)
{
	return !is_taken(s, v, i, x, y, h) && !is_crossed(s, v, x, y, h) &&
	       !(avoid == AVOID_BAND && is_in_band(s, v, x, y, h));
}

/* The name still stands free. */
static bool
place_holds(const struct chart *s, const struct view *v, int i, int cells, int w, int h)
{
	const struct rule_line *line = &s->lines[i];
	int y = chart_rule_y(v, line, h) + line->down;

	if (line->x < 0 || y < 0 || y >= h || line->x + cells + MARGIN > columns(s, v, w))
		return false;
	for (int x = line->x - MARGIN; x < line->x + cells + MARGIN; x++)
		if (!is_free(s, v, i, x, y, h, AVOID_LINES))
			return false;
	return true;
}

/* The longest stretch of free cells in a line. Returns its length. */
static int
longest_stretch(const struct chart *s, const struct view *v, int i, int y, int w, int h,
    enum avoid avoid, int *from)
{
	int best = 0, begun = 0;

	for (int x = 0; x <= w; x++) {
		if (x < w && is_free(s, v, i, x, y, h, avoid))
			continue;
		if (x - begun > best) {
			best = x - begun;
			*from = begun;
		}
		begun = x + 1;
	}
	return best;
}

/* False: nowhere is room for so many cells. */
static bool
find_place(struct chart *s, const struct view *v, int i, int cells, int w, int h, enum avoid avoid)
{
	struct rule_line *line = &s->lines[i];
	const int down[] = { line->above ? -1 : 1, 0, line->above ? 1 : -1 };
	int best = cells + 2 * MARGIN - 1;

	line->x = -1;
	for (size_t k = 0; k < sizeof down / sizeof *down; k++) {
		int y = chart_rule_y(v, line, h) + down[k], from = 0, length;

		if (y < 0 || y >= h)
			continue;
		length = longest_stretch(s, v, i, y, columns(s, v, w), h, avoid, &from);
		if (length <= best)
			continue;
		best = length;
		line->x = from + MARGIN;
		line->down = down[k];
	}
	return line->x >= 0;
}

static bool
find_place_for(struct chart *s, const struct view *v, int i, bool brief, int w, int h)
{
	char name[RULE_NAME];
	int cells = print_name(s, v, &s->lines[i], brief, name);

	s->lines[i].brief = brief;
	return cells <= w / 2 && (find_place(s, v, i, cells, w, h, AVOID_BAND) ||
				     find_place(s, v, i, cells, w, h, AVOID_LINES));
}

/* One before it says the same in brief. */
static bool
is_said(const struct chart *s, const struct view *v, int i)
{
	char name[RULE_NAME], other[RULE_NAME];

	print_name(s, v, &s->lines[i], true, name);
	for (int k = 0; k < i; k++) {
		print_name(s, v, &s->lines[k], true, other);
		if (s->lines[k].x >= 0 && strcmp(name, other) == 0)
			return true;
	}
	return false;
}

/* What stands there in brief goes where there is room for all of it, as soon as there is. */
void
chart_name_place(struct chart *s, const struct view *v, int i, int w, int h)
{
	struct rule_line before = s->lines[i];
	char name[RULE_NAME];
	bool holds = place_holds(s, v, i, print_name(s, v, &before, before.brief, name), w, h);

	if ((holds && !before.brief) || find_place_for(s, v, i, false, w, h))
		return;
	s->lines[i] = before;
	holds = holds && !is_said(s, v, i);
	if (!holds && (is_said(s, v, i) || !find_place_for(s, v, i, true, w, h)))
		s->lines[i].x = -1;
}

/* In the threshold itself it stands between blanks. */
void
chart_names_draw(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	char name[RULE_NAME];

	for (int i = 0; i < s->nlines; i++) {
		const struct rule_line *line = &s->lines[i];
		int y = chart_rule_y(v, line, plot->h) + line->down, cells;
		enum style style = chart_rule_style(v, line->rule);

		if (line->x < 0)
			continue;
		cells = print_name(s, v, line, line->brief, name);
		if (line->down == 0) {
			canvas_cell(plot, line->x - 1, y, ' ', style);
			canvas_cell(plot, line->x + cells, y, ' ', style);
		}
		canvas_text(plot, line->x, y, cells, style, name);
	}
}
