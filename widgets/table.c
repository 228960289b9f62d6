/* table.c - one line for each series: its last value, its trend and its statistics.
 *
 * Numbers of one column are aligned on the decimal point, and each series keeps its number of
 * decimals, so that nothing moves but the digits that change. Columns are left out from the least
 * important. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "widgets/name_lists.h"
#include "widgets/draw/scale.h"
#include "widgets/sparkline.h"

enum source_of { FROM_TRACK, FROM_KPI, FROM_EXPECTED, FROM_BAND, FROM_ANOMALY };

struct column_spec {
	const char *title, *op; /* op: what an option calls it, too */
	enum source_of from;
	const char *ascii; /* the title where that is all there is; NULL: the same */
};

/* From the most important to the least, which is also from left to right. */
static const struct column_spec columns[] = {
	{ "LAST", NULL, FROM_TRACK, NULL },
	{ "MEAN", "mean", FROM_KPI, NULL },
	{ "SD", "sd", FROM_KPI, NULL },
	{ "MIN", "min", FROM_KPI, NULL },
	{ "P95", "p95", FROM_KPI, NULL },
	{ "MAX", "max", FROM_KPI, NULL },
	{ "EXPECTED", "expected", FROM_EXPECTED, NULL },
	{ "±95%", "expected", FROM_BAND, "+-95%" },
	{ "ANOMALY", "anomaly", FROM_ANOMALY, NULL },
};
enum {
	COLUMNS = sizeof columns / sizeof *columns,
	LAST = 0,
	GAP = 2,
	GAP_MOST = 4,
	MARKER = 2,
	MARK = 3,
	ARROW = 2,
	NAME_MAX_CELLS = 24,
	TREND_LEAST = 8, /* beside columns that were asked for */
	TREND_MIN = 12,
	TREND_GOOD = 16,
	TREND_ENOUGH = 72, /* from here on columns may stand further apart */
	BAR = 5,
	SELECTED = 0x25b8,
	UP = 0x25b2,
	DOWN = 0x25bc,
	FIRING = 0x25cf,
	BLOCK = 0x2587
};

static const char *
title_of(const struct column_spec *c, enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII && c->ascii != NULL ? c->ascii : c->title;
}

enum { OF, KPIS };
static const struct param table_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "the columns that have a line, \"a, b\"; left out: all" },
	{ "kpis", PARAM_TEXT, "", 0, 0, "mean|sd|min|p95|max|expected|anomaly",
	    "what is shown of them, \"mean, sd, p95, expected\"; left out: what fits" },
	{ 0 }
};

static const char *
option(const struct widget *w, int i)
{
	return w->values != NULL ? w->values[i].text : NULL;
}

static bool
shows(const struct widget *w, const struct view *v, int series)
{
	return view_shows(v, series) && list_names(option(w, OF), v->series[series].name);
}

struct line { /* what is shown of one series */
	double values[COLUMNS];
	double before; /* the value of the row before the last */
	struct range range;
	struct figures figures;
	int firing; /* severity of the gravest alert that reads it; -1 */
};

struct place {    /* of a column */
	int x, w; /* w 0: left out */
	int ints, tail;
};

struct table {
	struct line *lines; /* one for each series of the view */
	int n;
	int *shown;        /* series that the filter lets pass */
	int nshown, first; /* first: of shown, in the upper line */
	int rows;          /* lines for them */
	int name_w, trend_x, trend_w;
	struct place places[COLUMNS];
};

/* --- update: values --------------------------------------------------------------------------- */

static double
kpi_value(const struct view *v, const struct series *s, const char *op)
{
	for (int i = 0; i < SERIES_KPIS && s->kpi[i] >= 0; i++) {
		const struct kpi *kpi = engine_kpi(v->engine, s->kpi[i]);

		if (kpi->op != NULL && strcmp(kpi->op, op) == 0)
			return engine_kpi_value(v->engine, s->kpi[i]);
	}
	return NAN;
}

static double
column_value(const struct view *v, const struct series *s, const struct column_spec *c)
{
	switch (c->from) {
	case FROM_TRACK:
		return view_last(v, s->source, s->track);
	case FROM_KPI:
		return kpi_value(v, s, c->op);
	case FROM_EXPECTED:
		return view_last(v, s->source, s->expected);
	case FROM_ANOMALY:
		return view_last(v, s->source, s->anomaly);
	case FROM_BAND:
		return (view_last(v, s->source, s->upper) - view_last(v, s->source, s->lower)) / 2;
	}
	return NAN;
}

/* The view has the column for some series, and the widget shows it. */
static bool
column_exists(const struct widget *w, const struct view *v, const struct column_spec *c)
{
	if (c->op != NULL && !list_names(option(w, KPIS), c->op))
		return false;
	for (int i = 0; i < v->nseries; i++) {
		const struct series *s = &v->series[i];

		if (c->from == FROM_TRACK || (c->from == FROM_EXPECTED && s->expected >= 0) ||
		    (c->from == FROM_BAND && s->lower >= 0 && s->upper >= 0) ||
		    (c->from == FROM_ANOMALY && s->anomaly >= 0))
			return true;
		for (int k = 0; c->from == FROM_KPI && k < SERIES_KPIS && s->kpi[k] >= 0; k++) {
			const char *op = engine_kpi(v->engine, s->kpi[k])->op;

			if (op != NULL && strcmp(op, c->op) == 0)
				return true;
		}
	}
	return false;
}

static int
firing_severity(const struct view *v, const struct series *s)
{
	int gravest = -1;

	for (int rule = 0; rule < engine_rules(v->engine); rule++)
		if (engine_alert(v->engine, rule)->state == ALERT_FIRING &&
		    view_rule_reads(v, rule, s) &&
		    (int)engine_rule(v->engine, rule)->severity > gravest)
			gravest = (int)engine_rule(v->engine, rule)->severity;
	return gravest;
}

static void
update_line(struct line *line, const struct view *v, const struct series *s)
{
	/* of those beside the one with the focus also the last value */
	bool rests = v->rests && line->range.set, all = rests && s != view_selected(v);
	uint64_t first, end;
	double lo, hi;

	if (view_span(v, s, &first, &end) &&
	    history_extent(v->history, s->track, first, end, &lo, &hi))
		range_update(&line->range, lo, hi, end, (end - first) / 4);
	if (v->frozen != NULL)
		return;
	view_see(v, &line->figures, s->source, s->track);
	if (all)
		return;
	for (int c = 0; c < COLUMNS; c++)
		if (!rests || c == LAST)
			line->values[c] = column_value(v, s, &columns[c]);
	if (line->range.set)
		figures_update(&line->figures, line->range.lo, line->range.hi);
	line->before = end > first + 1 ? history_at(v->history, s->track, end - 2) : NAN;
	line->firing = firing_severity(v, s);
}

/* --- update: places --------------------------------------------------------------------------- */

static void
update_shown(const struct widget *w, const struct view *v, int height)
{
	struct table *t = w->state;
	int rows = height - 1, at = 0;

	if (v->nseries != t->n) {
		t->lines = memory_grow(t->lines, (size_t)v->nseries, sizeof *t->lines);
		t->shown = memory_grow(t->shown, (size_t)v->nseries, sizeof *t->shown);
		memset(t->lines, 0, (size_t)v->nseries * sizeof *t->lines);
		t->n = v->nseries;
	}
	t->nshown = 0;
	for (int i = 0; i < v->nseries; i++) {
		if (!shows(w, v, i))
			continue;
		if (i <= v->selected)
			at = t->nshown;
		t->shown[t->nshown++] = i;
	}
	if (rows < 1)
		rows = 1;
	t->rows = rows;
	if (at < t->first)
		t->first = at;
	if (at >= t->first + rows)
		t->first = at - rows + 1;
	if (t->first > t->nshown - rows)
		t->first = t->nshown > rows ? t->nshown - rows : 0;
}

/* A mean and a spread have a digit more than what they are of. */
static int
more_decimals(const struct column_spec *c)
{
	return c->op != NULL && (strcmp(c->op, "mean") == 0 || strcmp(c->op, "sd") == 0);
}

/* How wide a column has to be for the lines shown: whole before the point, whole behind it. It
 * becomes wider, never narrower. */
static void
measure(const struct table *t, struct place *p, int column, int rows, enum glyphs glyphs)
{
	const struct column_spec *c = &columns[column];
	char text[FORM_CHARS];

	p->w = text_cells(title_of(c, glyphs));
	for (int i = t->first; i < t->nshown && i < t->first + rows; i++) {
		const struct line *line = &t->lines[t->shown[i]];
		int n = figures_print(&line->figures, line->values[column], more_decimals(c), text);
		int tail = isnan(line->values[column]) ? 0 : figures_tail(text);

		p->ints = n - tail > p->ints ? n - tail : p->ints;
		p->tail = tail > p->tail ? tail : p->tail;
	}
	if (c->from == FROM_ANOMALY) {
		p->ints = BAR + 2;
		p->tail = 3;
	}
	if (p->w < p->ints + p->tail)
		p->w = p->ints + p->tail;
}

/* Cells of the longest name of those shown. */
static int
widest_name(const struct table *t, const struct view *v)
{
	int widest = 4;

	for (int i = 0; i < t->nshown; i++) {
		char title[TITLE_CHARS];
		int cells;

		series_title(&v->series[t->shown[i]], title);
		cells = text_cells(title);
		widest = cells > widest ? cells : widest;
	}
	return widest;
}

/* Columns in turn while they fit in *rest cells, of which they take theirs; how many do not. */
static int
choose_columns(struct table *t, const struct widget *w, const struct view *v, int rows, int *rest)
{
	int left_out = 0;
	bool full = false;

	for (int c = 0; c < COLUMNS; c++) {
		struct place *p = &t->places[c];

		p->w = 0;
		if (!column_exists(w, v, &columns[c]))
			continue;
		measure(t, p, c, rows, v->glyphs);
		full = full || (c != LAST && p->w + GAP > *rest);
		if (full) {
			p->w = 0;
			left_out++;
		} else
			*rest -= p->w + GAP;
	}
	return left_out;
}

/* Cells between columns: what the trend does not need, up to a limit. */
static int
spread(const struct table *t, int trend_min, int *rest)
{
	int n = 0, gap = GAP;

	for (int c = LAST + 1; c < COLUMNS; c++)
		n += t->places[c].w > 0;
	for (; gap < GAP_MOST && *rest - n >= TREND_ENOUGH - trend_min; gap++)
		*rest -= n;
	return gap;
}

/* The trend stands behind the first column. What the columns leave goes to names that are cut, then
 * to the trend. */
static int
update_places(const struct widget *w, const struct view *v, int width, int rows)
{
	struct table *t = w->state;
	const char *asked = option(w, KPIS);
	int x, left_out, rest, more, gap, widest = widest_name(t, v);
	int trend_min = asked != NULL && *asked != '\0' ? TREND_LEAST
			: width < 100                   ? TREND_MIN
							: TREND_GOOD;

	t->name_w = widest < NAME_MAX_CELLS ? widest : NAME_MAX_CELLS;
	if (t->name_w > width / 3)
		t->name_w = width / 3;
	rest = width - MARKER - t->name_w - MARK - ARROW - trend_min;
	left_out = choose_columns(t, w, v, rows, &rest);
	if (left_out > 0 &&
	    trend_min == TREND_LEAST) { /* a column that was asked for is worth it */
		int all = width - MARKER - t->name_w - MARK - ARROW, without = all;

		if (choose_columns(t, w, v, rows, &without) < left_out) {
			trend_min = 0;
			rest = all;
		} else
			rest = all - trend_min;
		left_out = choose_columns(t, w, v, rows, &rest);
	}
	more = widest - t->name_w < rest ? widest - t->name_w : rest;
	if (more > 0) {
		t->name_w += more;
		rest -= more;
	}
	gap = spread(t, trend_min, &rest);
	t->trend_w = trend_min + (rest > 0 ? rest : 0);
	x = MARKER + t->name_w + MARK;
	for (int c = 0; c < COLUMNS; c++) {
		t->places[c].x = x;
		x += t->places[c].w > 0 ? t->places[c].w + (c == LAST ? GAP : gap) : 0;
		if (c == LAST) {
			t->trend_x = x - GAP + 1 + ARROW;
			x = t->trend_x + t->trend_w + gap;
		}
	}
	return left_out;
}

/* Series of one unit have one form: the decimals of the finest of those shown. */
static void
join_units(struct table *t, const struct view *v)
{
	int end = t->first + t->rows < t->nshown ? t->first + t->rows : t->nshown;

	for (int i = t->first; i < end; i++)
		for (int k = t->first; k < end; k++) {
			const char *a = v->series[t->shown[i]].unit,
				   *b = v->series[t->shown[k]].unit;
			int decimals = t->lines[t->shown[k]].figures.decimals;
			struct figures *f = &t->lines[t->shown[i]].figures;

			if (a != NULL && b != NULL && *a != '\0' && strcmp(a, b) == 0 &&
			    decimals > f->decimals)
				f->decimals = decimals;
		}
}

static int
table_update(struct widget *w, const struct view *v, int width, int height)
{
	struct table *t = w->state;

	update_shown(w, v, height);
	for (int i = t->first; i < t->nshown && i < t->first + height; i++)
		update_line(&t->lines[t->shown[i]], v, &v->series[t->shown[i]]);
	join_units(t, v);
	return update_places(w, v, width, height - 1);
}

static int
table_lines(const struct widget *w, const struct view *v, int width)
{
	int n = 1;

	(void)width;
	for (int i = 0; i < v->nseries; i++)
		n += shows(w, v, i);
	return view_texts_alone(v) ? 0 : n;
}

static void
table_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct table *t = w->state;
	const struct series *s = view_selected(v);

	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "series");
	if (w->title == NULL && s != NULL)
		heading_key(h, v, s->source);
	if (v->filter != NULL)
		snprintf(h->note, sizeof h->note, "filter: %.60s · %d of %d", v->filter, t->nshown,
		    v->nseries);
	else if (t->nshown > t->rows)
		snprintf(h->note, sizeof h->note, "%d-%d of %d", t->first + 1, t->first + t->rows,
		    t->nshown);
	else if (engine_rules(v->engine) == 0 && v->nseries > 0)
		snprintf(h->note, sizeof h->note, ":a x > 3 for 5s adds an alert");
	else if (t->nshown > 1)
		snprintf(h->note, sizeof h->note, "/ filters · Enter zooms");
	snprintf(h->keys, sizeof h->keys, ":a / Enter");
}

/* --- draw ------------------------------------------------------------------------------------- */

static void
draw_titles(const struct table *t, const struct canvas *c)
{
	int trend = t->trend_w < c->w - t->trend_x ? t->trend_w : c->w - t->trend_x;

	canvas_text(c, MARKER, 0, t->name_w, STYLE_LABEL, "NAME");
	for (int i = 0; i < COLUMNS; i++)
		if (t->places[i].w > 0)
			canvas_right(c, t->places[i].x, 0, t->places[i].w, STYLE_LABEL,
			    title_of(&columns[i], c->glyphs));
	canvas_text(c, t->trend_x, 0, t->trend_w, STYLE_LABEL,
	    trend >= 19  ? "trend of the window"
	    : trend >= 5 ? "trend"
			 : "");
}

static void
draw_anomaly(const struct canvas *c, const struct place *p, int y, double v)
{
	enum style style = v >= 0.5 ? STYLE_CRITICAL : STYLE_DIM;
	int bars = (int)lround(v * BAR);
	char text[FORM_CHARS];

	for (int i = 0; i < bars && i < BAR; i++)
		canvas_cell(c, p->x + i, y, BLOCK, style);
	snprintf(text, sizeof text, "%.2f", v);
	canvas_right(c, p->x, y, p->w, style, v < 1 && text[0] == '0' ? text + 1 : text);
}

static void
draw_value(const struct canvas *c, const struct place *p, int y, enum style style,
    const struct figures *f, double v, int more)
{
	int blank, n;
	char text[FORM_CHARS];

	if (isnan(v)) { /* where the last digit before the point would be */
		canvas_cell(c, p->x + p->w - p->tail - 1, y, '-', STYLE_DIM);
		return;
	}
	n = figures_print(f, v, more, text);
	blank = p->tail - figures_tail(text);
	if (blank < 0 || n > p->w - blank)
		blank = 0;
	canvas_right(c, p->x, y, p->w - blank, style, text);
}

/* A title that is cut keeps its unit. */
static void
draw_title(const struct canvas *c, int y, int w, enum style style, const struct series *s)
{
	const char *name = s->label != NULL ? s->label : s->name;
	int unit = s->unit != NULL && *s->unit != '\0' ? text_cells(s->unit) + 1 : 0;
	char title[TITLE_CHARS];

	series_title(s, title);
	if (text_cells(title) <= w || unit == 0 || unit > w / 2) {
		canvas_text(c, MARKER, y, w, style, text_cells(title) <= w ? title : name);
		return;
	}
	canvas_text(c, MARKER, y, w - unit, style, name);
	canvas_text(c, MARKER + w - unit + 1, y, unit - 1, style, s->unit);
}

static void
draw_line(const struct table *t, const struct view *v, const struct canvas *c, int series, int y)
{
	const struct line *line = &t->lines[series];
	const struct series *s = &v->series[series];
	bool selected = series == v->selected;
	double last = line->values[LAST], before = line->before;

	if (selected)
		canvas_cell(c, 0, y, SELECTED, STYLE_FOCUS);
	draw_title(c, y, t->name_w, selected ? STYLE_FOCUS : STYLE_TEXT, s);
	if (line->firing >= 0)
		canvas_cell(c, MARKER + t->name_w + 1, y, FIRING,
		    severity_style((enum severity)line->firing));
	for (int i = 0; i < COLUMNS; i++) {
		if (t->places[i].w == 0)
			continue;
		if (columns[i].from == FROM_ANOMALY && !isnan(line->values[i]))
			draw_anomaly(c, &t->places[i], y, line->values[i]);
		else
			draw_value(c, &t->places[i], y, i == LAST ? STYLE_BOLD : STYLE_TEXT,
			    &line->figures, line->values[i], more_decimals(&columns[i]));
	}
	if (last > before || last < before)
		canvas_cell(c, t->trend_x - ARROW, y, last > before ? UP : DOWN, STYLE_TEXT);
	if (line->range.set)
		sparkline_draw(c, t->trend_x, y, t->trend_w, v,
		    &(struct trend){
			s->source, s->track, line->range.lo, line->range.hi, s, false });
}

static void
table_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct table *t = w->state;

	if (t->nshown == 0) {
		canvas_text(c, MARKER, c->h / 2, c->w - MARKER, STYLE_DIM,
		    v->nseries == 0 ? view_emptiness(v)
				    : "no series has the filter's text in its name");
		return;
	}
	draw_titles(t, c);
	for (int i = t->first, y = 1; i < t->nshown && y < c->h; i++, y++)
		draw_line(t, v, c, t->shown[i], y);
}

static struct hit
table_at(const struct widget *w, const struct view *v, int width, int height, int x, int y)
{
	const struct table *t = w->state;
	int i = t->first + y - 1;

	(void)v;
	(void)width;
	(void)height;
	(void)x;
	if (y < 1 || i >= t->nshown)
		return (struct hit){ HIT_NOTHING, 0 };
	return (struct hit){ HIT_SERIES, t->shown[i] };
}

static void
table_done(struct widget *w)
{
	struct table *t = w->state;

	free(t->lines);
	free(t->shown);
}

const struct widget_class widget_table = {
	.name = "table",
	.help = "a line for each series: last value, trend, statistics, expected value",
	.params = table_params,
	.of = NAMES_SERIESES,
	.kpis = NAMES_WORDS,
	.size = sizeof(struct table),
	.whole = true,
	.min_w = 20,
	.min_h = 2,
	.weight = 90,
	.update = table_update,
	.heading = table_heading,
	.lines = table_lines,
	.draw = table_draw,
	.at = table_at,
	.done = table_done,
};
