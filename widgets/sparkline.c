/* sparkline.c - a series' last rows in one line of text: rising bars, or braille dots where asked;
 * and a pane of such lines, each between its name and its last value.
 *
 * A cell has a bar of eight heights, or two columns of four dots; plain ASCII tells height by where
 * a sign stands in its line: _ . - ' */
#include "widgets/sparkline.h"

#include <math.h>
#include <string.h>

#include "widgets/pane_options.h"
#include "widgets/draw/plot.h"
#include "widgets/widget.h"
#include "widgets/draw/scale.h"

enum { LINES_MAX = 16, GAP = 2, NAME_SHARE = 3 };
enum { FIRST_BAR = 0x2581, BARS = 8, SIGNS = 4 };
static const char signs[] = "_.-'";

/* Rows of the plot's dot, from *row to *to. */
static bool
dot_extent(const struct plot *p, const struct view *v, int track, uint64_t begin, int dot,
    double *lo, double *hi)
{
	uint64_t row, to;
	double way;

	if (!plot_row(p, dot, &row, &way) || row >= p->end)
		return false;
	to = plot_row_after(p, row) < p->end ? plot_row_after(p, row) : p->end;
	return to > begin &&
	       history_extent(v->history, track, row > begin ? row : begin, to, lo, hi);
}

/* Rows of their own dots: a line from row to row. */
static void
draw_line(const struct canvas *part, const struct plot *p, const struct view *v, int track,
    uint64_t begin, const struct scale *s)
{
	int x0 = -1, y0 = 0;

	for (uint64_t row = p->first > begin ? p->first : begin; row < p->end; row++) {
		double value = history_at(v->history, track, row);
		int x = plot_dot(p, row), y;

		if (isnan(value) || x < 0) {
			x0 = -1;
			continue;
		}
		y = scale_dot(s, value, canvas_dots_y(part));
		if (x0 >= 0 && x > x0)
			canvas_line(part, x0, y0, x, y, STYLE_SERIES);
		else
			canvas_dot(part, x, y, STYLE_SERIES);
		x0 = x;
		y0 = y;
	}
}

/* Rows that share dots: from the least to the greatest of them, joined to those before. */
static void
draw_dots(const struct canvas *part, const struct plot *p, const struct view *v, int track,
    uint64_t begin, const struct scale *s)
{
	int last_dot = -2, last_y = 0;
	double lo, hi;

	for (int dot = 0; dot < p->dots; dot++) {
		int top, bottom;

		if (!dot_extent(p, v, track, begin, dot, &lo, &hi))
			continue;
		top = scale_dot(s, hi, canvas_dots_y(part));
		bottom = scale_dot(s, lo, canvas_dots_y(part));
		if (dot == last_dot + 1 && last_y < top - 1)
			canvas_line(part, dot, last_y + 1, dot, top, STYLE_SERIES);
		else if (dot == last_dot + 1 && last_y > bottom + 1)
			canvas_line(part, dot, last_y - 1, dot, bottom, STYLE_SERIES);
		canvas_line(part, dot, top, dot, bottom, STYLE_SERIES);
		last_dot = dot;
		last_y = (top + bottom) / 2;
	}
}

/* The gravest threshold that a value is beyond; -1. */
static int
beyond(const struct view *v, const struct series *of, double lo, double hi)
{
	int gravest = -1;
	double at;

	for (int i = 0; of != NULL && i < engine_rules(v->engine); i++) {
		const struct rule *rule = &engine_query(v->engine)->rules[i];

		if (view_threshold(v, i, of, &at) && (rule->threshold_above ? hi > at : lo < at) &&
		    (int)rule->rule.severity > gravest)
			gravest = (int)rule->rule.severity;
	}
	return gravest;
}

static void
draw_level(const struct canvas *part, const struct view *v, const struct trend *t, int x, double lo,
    double hi, const struct scale *s)
{
	bool ascii = part->glyphs == GLYPHS_ASCII;
	int levels = ascii ? SIGNS : BARS, severity = beyond(v, t->of, lo, hi);
	int level = levels - 1 - scale_dot(s, (lo + hi) / 2, levels);

	level = level < 0 ? 0 : level >= levels ? levels - 1 : level;
	canvas_cell(part, x, 0, ascii ? (uint32_t)signs[level] : (uint32_t)(FIRST_BAR + level),
	    severity < 0 ? STYLE_SERIES : (enum style)(STYLE_THRESHOLD + severity));
}

static void
draw_levels(const struct canvas *part, const struct plot *p, const struct view *v,
    const struct trend *t, uint64_t begin, const struct scale *s)
{
	double lo, hi;

	for (int x = 0; x < p->dots; x++)
		if (dot_extent(p, v, t->track, begin, x, &lo, &hi))
			draw_level(part, v, t, x, lo, hi, s);
}

/* A constant stands in the middle. */
static struct scale
trend_scale(const struct trend *t)
{
	bool constant = !(t->hi > t->lo);

	return (
	    struct scale){ .lo = constant ? t->lo - 1 : t->lo, .hi = constant ? t->hi + 1 : t->hi };
}

void
sparkline_values(const struct canvas *c, int x, int y, int w, const struct view *v,
    const struct trend *t, const double *values, int n, uint64_t end)
{
	struct canvas part = canvas_part(c, x, y, w, 1);
	struct scale s = trend_scale(t);
	uint64_t each =
	    part.w > 0 ? ((uint64_t)TREND_ROWS + (uint64_t)part.w - 1) / (uint64_t)part.w : 1;
	double lo = INFINITY, hi = -INFINITY;

	for (int i = 0; i < n && part.w > 0; i++) {
		uint64_t row = end - (uint64_t)(n - i), cell = row / each;
		uint64_t back = (end - 1) / each - cell;

		lo = values[i] < lo ? values[i] : lo;
		hi = values[i] > hi ? values[i] : hi;
		if (i < n - 1 && (row + 1) / each == cell)
			continue;
		if (lo <= hi && back < (uint64_t)part.w)
			draw_level(&part, v, t, part.w - 1 - (int)back, lo, hi, &s);
		lo = INFINITY;
		hi = -INFINITY;
	}
}

void
sparkline_draw(
    const struct canvas *c, int x, int y, int w, const struct view *v, const struct trend *t)
{
	struct canvas part = canvas_part(c, x, y, w, 1);
	bool dots = t->dots && part.glyphs == GLYPHS_BRAILLE;
	uint64_t end = view_end(v, t->source), begin = history_begin(v->history, t->source);
	struct scale s = trend_scale(t);
	struct plot p;

	if (part.w == 0 || part.h == 0 || t->track < 0 || end == 0)
		return;
	p = plot_fit(
	    v->motion, 1, end, view_window(v, t->source), 0, dots ? canvas_dots_x(&part) : part.w);
	if (dots && !plot_shares(&p))
		draw_line(&part, &p, v, t->track, begin, &s);
	else if (dots)
		draw_dots(&part, &p, v, t->track, begin, &s);
	else
		draw_levels(&part, &p, v, t, begin, &s);
}

/* --- a pane of them --------------------------------------------------------------------------- */

struct spark {
	struct series of;
	struct range range;
	struct figures figures;
};

struct sparks {
	struct spark all[LINES_MAX];
	int n, name_w;
	int ints_w, tail_w; /* of the values, before their points and from there on */
};

enum { OF, KPIS, GLYPHS };
static const struct param spark_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "columns and KPIs, \"a, b\", a line for each; left out: what has focus" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL,
	    "beside them: KPIs, and statistics of the columns, \"mean, p95\"" },
	{ "glyphs", PARAM_CHOICE, "bars", 0, 0, "bars|dots",
	    "rising bars, or dots, which are finer across and coarser in height" },
	{ 0 }
};

static bool
asks_for_dots(const struct widget *w)
{
	return w->values != NULL && strcmp(w->values[GLYPHS].text, "dots") == 0;
}

static int
find_lines(const struct widget *w, const struct view *v, const struct series **found)
{
	const char *of = pane_option_option(w, OF);
	int n = pane_option_lines(v, of, found, LINES_MAX);

	return n + pane_option_kpis(v, of, pane_option_option(w, KPIS), found + n, LINES_MAX - n);
}

static void
update_spark(struct spark *s, const struct view *v, const struct series *of)
{
	uint64_t first, end;
	double lo, hi;

	if (s->of.track != of->track || s->of.source != of->source)
		*s = (struct spark){ 0 };
	s->of = *of;
	if (!view_span(v, of, &first, &end) ||
	    !history_extent(v->history, of->track, first, end, &lo, &hi))
		return;
	range_update(&s->range, lo, hi, end, (end - first) / 4);
	view_see(v, &s->figures, of->source, of->track);
	figures_update(&s->figures, s->range.lo, s->range.hi);
}

static int
wider(int a, int b)
{
	return a > b ? a : b;
}

static int
sparks_update(struct widget *w, const struct view *v, int width, int height)
{
	struct sparks *s = w->state;
	const struct series *found[LINES_MAX];
	char title[TITLE_CHARS], value[FORM_CHARS];

	(void)height;
	s->n = find_lines(w, v, found);
	s->name_w = 0; /* values become wider, never narrower */
	for (int i = 0; i < s->n; i++) {
		const struct series *of = &s->all[i].of;
		int n;

		update_spark(&s->all[i], v, found[i]);
		series_title(of, title);
		n = figures_print(
		    &s->all[i].figures, view_last(v, of->source, of->track), 0, value);
		s->name_w = wider(s->name_w, text_cells(title));
		s->ints_w = wider(s->ints_w, n - figures_tail(value));
		s->tail_w = wider(s->tail_w, figures_tail(value));
	}
	s->name_w = s->name_w < width / NAME_SHARE ? s->name_w : width / NAME_SHARE;
	return 0;
}

static int
sparks_lines(const struct widget *w, const struct view *v, int width)
{
	const struct series *found[LINES_MAX];
	int n = find_lines(w, v, found);

	(void)width;
	return n > 0 ? n : 1;
}

static void
sparks_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)v;
	heading_title(h, w, NULL, "trends");
}

static void
sparks_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct sparks *s = w->state;
	int left = s->name_w + GAP, right = s->ints_w + s->tail_w + GAP;
	char title[TITLE_CHARS], value[FORM_CHARS];

	if (s->n == 0)
		canvas_text(c, 0, 0, c->w, STYLE_DIM, view_emptiness(v));
	for (int i = 0; i < s->n && i < c->h; i++) {
		const struct spark *line = &s->all[i];

		series_title(&line->of, title);
		canvas_text(c, 0, i, s->name_w, STYLE_TEXT, title);
		if (!line->range.set)
			continue;
		figures_print(
		    &line->figures, view_last(v, line->of.source, line->of.track), 0, value);
		sparkline_draw(c, left, i, c->w - left - right, v,
		    &(struct trend){ line->of.source, line->of.track, line->range.lo,
			line->range.hi, &line->of, asks_for_dots(w) });
		if (c->w > left + right)
			canvas_right(c, left, i, c->w - left - s->tail_w + figures_tail(value),
			    STYLE_BOLD, value);
	}
}

const struct widget_class widget_sparkline = {
	.name = "sparkline",
	.help = "the trends of several series, a line for each",
	.params = spark_params,
	.of = NAMES_LINES,
	.kpis = NAMES_STATISTICS,
	.size = sizeof(struct sparks),
	.min_w = 20,
	.min_h = 1,
	.weight = 34,
	.update = sparks_update,
	.heading = sparks_heading,
	.lines = sparks_lines,
	.draw = sparks_draw,
};
