/* weights_chart.c - the weights of a forecast's experts since the first row: an area for each
 * family, one on the other, as high as its weight was; below them rows, and what happened when.
 *
 * A column is a whole number of the trail's points, or a point a whole number of columns, so that
 * the picture moves but when that number changes. */
#include "widgets/charts/weights_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/draw/scale.h"

enum { UP = 0x25b2, DIAMOND = 0x25c7 };
static const float VISIBLE = 0.02F; /* of the weight */

static const char letters[FORECAST_FAMILIES] = {
	[FAMILY_LAST] = 'L',
	[FAMILY_AVERAGE] = 'A',
	[FAMILY_TREND] = 'T',
	[FAMILY_SEASON] = 'S',
	[FAMILY_LONG_SEASON] = 'Z',
	[FAMILY_LAGS] = 'R',
	[FAMILY_SEASON_LAGS] = 'Q',
};

enum style
family_style(enum forecast_family family)
{
	return STYLE_AREA + (enum style)family;
}

void
family_draw(const struct canvas *c, int x, int y, enum forecast_family family)
{
	canvas_solid(c, x, y, family_style(family));
	canvas_cell(c, x, y, (uint32_t)letters[family],
	    c->glyphs == GLYPHS_ASCII ? family_style(family) : STYLE_TITLE);
}

void
weights_chart_update(struct weights_chart *p, const struct view *v, const struct op *op)
{
	const struct score_history *trail = forecaster_trail(op);
	struct forecast_state state = forecaster_state(op);

	p->series = v->selected;
	p->row = engine_progress(v->engine, view_selected(v)->source).row;
	p->found = !state.told && !state.from_step;
	if (trail != NULL)
		p->trail = *trail;
	else
		p->trail.n = 0;
}

bool
weights_chart_shows(const struct weights_chart *p, enum forecast_family family)
{
	for (int i = 0; i < p->trail.n; i++)
		if (p->trail.points[i].looked > 0 && p->trail.points[i].weight[family] > VISIBLE)
			return true;
	return false;
}

struct columns {  /* how points stand in columns: one of the two is 1 */
	int n;    /* that are used */
	int per;  /* points in a column */
	int each; /* columns for a point */
};

static struct columns
spread(const struct score_history *t, int w)
{
	struct columns c = { .per = t->n > w ? (t->n + w - 1) / w : 1,
		.each = t->n > 0 && t->n < w ? w / t->n : 1 };

	c.n = (t->n + c.per - 1) / c.per * c.each;
	return c;
}

/* The column of a row; it may be beyond the last. */
static int
row_column(const struct columns *c, const struct score_history *t, uint64_t row)
{
	return (int)(row / t->stride / (uint64_t)c->per) * c->each;
}

/* Mean weights of the points of column x; false: nothing was forecast then. */
static bool
column_weights(const struct score_history *t, const struct columns *c, int x, double *weight)
{
	int from = x / c->each * c->per;
	double sum = 0;

	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		weight[f] = 0;
		for (int i = from; i < from + c->per && i < t->n; i++)
			weight[f] += (double)t->points[i].looked * (double)t->points[i].weight[f];
		sum += weight[f];
	}
	for (int f = 0; f < FORECAST_FAMILIES && sum > 0; f++)
		weight[f] /= sum;
	return sum > 0;
}

/* Where each area ends, in eighths of a cell from above; the last one ends below. */
static void
find_ends(const double *weight, int h, int *ends)
{
	double sum = 0;

	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		sum += weight[f];
		ends[f] = (int)lround(fmin(sum, 1) * h * EIGHTHS);
	}
	ends[FORECAST_FAMILIES - 1] = h * EIGHTHS;
}

static enum forecast_family
family_at(const int *ends, int eighth)
{
	int f = 0;

	while (f < FORECAST_FAMILIES - 1 && ends[f] <= eighth)
		f++;
	return (enum forecast_family)f;
}

/* In ASCII every cell has its letter. */
static void
draw_cell(const struct canvas *c, int x, int y, const int *ends)
{
	int top = y * EIGHTHS, bottom = top + EIGHTHS, edge = bottom;
	enum forecast_family upper = family_at(ends, top), lower = family_at(ends, bottom - 1);

	while (edge > top && family_at(ends, edge - 1) == lower)
		edge--;
	if (c->glyphs == GLYPHS_ASCII)
		family_draw(c, x, y, 2 * (bottom - edge) >= EIGHTHS ? lower : upper);
	else
		canvas_edge(c, x, y, family_style(upper), family_style(lower), bottom - edge);
}

struct place { /* where a family's area is highest */
	int x, y, height;
};

/* Cells of one family alone are the place of its letter. */
static void
find_places(struct place *places, int x, const int *ends)
{
	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		int top = f > 0 ? ends[f - 1] : 0, height = ends[f] - top;
		int y = (top + ends[f] - EIGHTHS + EIGHTHS - 1) / 2 / EIGHTHS;

		y = y * EIGHTHS < top ? y + 1 : y;
		if ((y + 1) * EIGHTHS <= ends[f] && height > places[f].height)
			places[f] = (struct place){ x, y, height };
	}
}

static void
draw_areas(const struct weights_chart *p, const struct columns *columns, const struct canvas *c)
{
	struct place places[FORECAST_FAMILIES] = { 0 };

	for (int x = 0; x < columns->n; x++) {
		double weight[FORECAST_FAMILIES];
		int ends[FORECAST_FAMILIES];

		if (!column_weights(&p->trail, columns, x, weight))
			continue;
		find_ends(weight, c->h, ends);
		for (int y = 0; y < c->h; y++)
			draw_cell(c, x, y, ends);
		find_places(places, x + columns->each / 2, ends);
	}
	for (int f = 0; f < FORECAST_FAMILIES; f++)
		if (places[f].height > 0 && c->glyphs != GLYPHS_ASCII)
			family_draw(c, places[f].x < columns->n ? places[f].x : columns->n - 1,
			    places[f].y, (enum forecast_family)f);
}

struct under { /* the line below the columns: what may still be written to */
	struct canvas c;
	int from, to; /* cells between the first and the last row's number */
	int taken_from, taken_to;
};

static void
mark(const struct under *u, int x, uint32_t rune, enum style style)
{
	if (x >= u->from && x < u->to && (x < u->taken_from || x >= u->taken_to))
		canvas_cell(&u->c, x, 0, rune, style);
}

/* Since when the season that was found is known; -1: there is none, or it was told. */
static int
season_column(const struct weights_chart *p, const struct columns *c)
{
	if (!p->found || p->trail.season == 0)
		return -1;
	return row_column(c, &p->trail, p->trail.season_row);
}

static void
mark_season(struct under *u, const struct weights_chart *p, const struct columns *c)
{
	static const char text[] = "season";
	int at = season_column(p, c), n = (int)sizeof text - 1;

	if (at < u->from || at >= u->to)
		return;
	canvas_cell(&u->c, at, 0, UP, STYLE_INFO);
	u->taken_from = at;
	u->taken_to = at + 1;
	if (at + 2 + n > u->to)
		return;
	canvas_text(&u->c, at + 2, 0, n, STYLE_LABEL, text);
	u->taken_to = at + 2 + n;
}

static void
mark_drifts(const struct under *u, const struct weights_chart *p, const struct view *v,
    const struct columns *c)
{
	const struct series *s = &v->series[p->series];

	for (int i = history_marks(v->history) - 1; i >= 0; i--) {
		const struct mark *m = history_mark(v->history, i);

		if (m->type == EVENT_DRIFT && m->source == s->source && m->row < p->trail.rows &&
		    strstr(m->what, s->name) != NULL)
			mark(u, row_column(c, &p->trail, m->row), DIAMOND, STYLE_INFO);
	}
}

static void
draw_under(const struct weights_chart *p, const struct view *v, const struct canvas *c,
    const struct columns *spread)
{
	int columns = spread->n, found = season_column(p, spread), last;
	struct under u = { .c = *c };
	char number[COUNT_CHARS], text[COUNT_CHARS + 8];

	count_print(p->row > p->trail.rows ? p->row - p->trail.rows + 1 : 1, number);
	snprintf(text, sizeof text, "row %s", number);
	if (found < 0 || found > text_cells(text)) /* else the season is worth more */
		u.from = canvas_text(c, 0, 0, c->w, STYLE_LABEL, text) + 1;
	count_print(p->row, number);
	snprintf(text, sizeof text, "row %s", number);
	last = text_cells(text);
	u.to = columns > last ? columns - last - 1 : columns;
	if (u.to >= u.from && u.to < columns)
		canvas_text(c, columns - last, 0, last, STYLE_LABEL, text);
	mark_season(&u, p, spread);
	mark_drifts(&u, p, v, spread);
}

void
weights_chart_draw(const struct weights_chart *p, const struct view *v, const struct canvas *c)
{
	struct canvas area = canvas_part(c, 0, 0, c->w, c->h - 1);
	struct canvas under = canvas_part(c, 0, c->h - 1, c->w, 1);
	struct columns columns = spread(&p->trail, c->w);

	draw_areas(p, &columns, &area);
	draw_under(p, v, &under, &columns);
}
