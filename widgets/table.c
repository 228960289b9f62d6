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
#include "widgets/sparkline.h"
#include "widgets/table_parts.h"

enum { SELECTED = 0x25b8, UP = 0x25b2, DOWN = 0x25bc, FIRING = 0x25cf, BLOCK = 0x2587 };

static const struct param table_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "the columns that have a line, \"a, b\"; left out: all" },
	{ "kpis", PARAM_TEXT, "", 0, 0, "mean|sd|min|p95|max|expected|anomaly",
	    "what is shown of them, \"mean, sd, p95, expected\"; left out: what fits" },
	{ 0 }
};

const char *
table_option(const struct widget *w, int i)
{
	return w->values != NULL ? w->values[i].text : NULL;
}

static bool
shows(const struct widget *w, const struct view *v, int series)
{
	return view_shows(v, series) &&
	       list_names(table_option(w, TABLE_OF), v->series[series].name);
}

/* --- update ----------------------------------------------------------------------------------- */

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

static int
table_update(struct widget *w, const struct view *v, int width, int height)
{
	struct table *t = w->state;

	update_shown(w, v, height);
	for (int i = t->first; i < t->nshown && i < t->first + height; i++)
		table_line_update(&t->lines[t->shown[i]], v, &v->series[t->shown[i]]);
	table_join_units(t, v);
	return table_place(t, w, v, width);
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
	for (int i = 0; i < TABLE_COLUMNS; i++)
		if (t->places[i].w > 0)
			canvas_right(c, t->places[i].x, 0, t->places[i].w, STYLE_LABEL,
			    column_title(&table_columns[i], c->glyphs));
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
	double last = line->values[TABLE_LAST], before = line->before;

	if (selected)
		canvas_cell(c, 0, y, SELECTED, STYLE_FOCUS);
	draw_title(c, y, t->name_w, selected ? STYLE_FOCUS : STYLE_TEXT, s);
	if (line->firing >= 0)
		canvas_cell(c, MARKER + t->name_w + 1, y, FIRING,
		    severity_style((enum severity)line->firing));
	for (int i = 0; i < TABLE_COLUMNS; i++) {
		if (t->places[i].w == 0)
			continue;
		if (table_columns[i].from == FROM_ANOMALY && !isnan(line->values[i]))
			draw_anomaly(c, &t->places[i], y, line->values[i]);
		else
			draw_value(c, &t->places[i], y, i == TABLE_LAST ? STYLE_BOLD : STYLE_TEXT,
			    &line->figures, line->values[i],
			    column_more_decimals(&table_columns[i]));
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
