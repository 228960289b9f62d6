/* weights_chart.c - the weights of a forecast's experts since the first row: a column for so
 * many of its trail's points, divided among the families as the weights were; below it rows, and
 * what happened
 * when. */
#include "widgets/charts/weights_chart.h"

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

void
family_draw(const struct canvas *c, int x, int y, enum forecast_family family, bool letter)
{
	canvas_cell(
	    c, x, y, letter ? (uint32_t)letters[family] : ' ', STYLE_SERIES + (enum style)family);
	canvas_reverse(c, x, y, 1);
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

static int
per_column(const struct score_history *t, int w)
{
	return t->n > w ? (t->n + w - 1) / w : 1;
}

/* Mean weights of the points of column x; false: nothing was forecast then. */
static bool
column_weights(const struct score_history *t, int per, int x, double *weight)
{
	double sum = 0;

	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		weight[f] = 0;
		for (int i = x * per; i < (x + 1) * per && i < t->n; i++)
			weight[f] += (double)t->points[i].looked * (double)t->points[i].weight[f];
		sum += weight[f];
	}
	for (int f = 0; f < FORECAST_FAMILIES && sum > 0; f++)
		weight[f] /= sum;
	return sum > 0;
}

/* Whose the cell is, when they stand one above the other: that at the middle of the cell. */
static enum forecast_family
family_at(const double *weight, int y, int h)
{
	double sum = 0;
	int f = 0;

	while (f < FORECAST_FAMILIES - 1 && (sum += weight[f]) * h <= y + 0.5)
		f++;
	return (enum forecast_family)f;
}

/* before: the weights of the column at its left; NULL. In ASCII every cell has its letter, else the
 * first of each run. */
static void
draw_column(const struct canvas *c, int x, const double *weight, const double *before)
{
	for (int y = 0; y < c->h; y++) {
		enum forecast_family f = family_at(weight, y, c->h);

		family_draw(c, x, y, f,
		    c->glyphs == GLYPHS_ASCII || before == NULL || family_at(before, y, c->h) != f);
	}
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
season_column(const struct weights_chart *p, int per)
{
	if (!p->found || p->trail.season == 0)
		return -1;
	return (int)(p->trail.season_row / p->trail.stride / (uint64_t)per);
}

static void
mark_season(struct under *u, const struct weights_chart *p, int per)
{
	static const char text[] = "season";
	int at = season_column(p, per), n = (int)sizeof text - 1;

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
mark_drifts(const struct under *u, const struct weights_chart *p, const struct view *v, int per)
{
	const struct series *s = &v->series[p->series];

	for (int i = history_marks(v->history) - 1; i >= 0; i--) {
		const struct mark *m = history_mark(v->history, i);

		if (m->type == EVENT_DRIFT && m->source == s->source && m->row < p->trail.rows &&
		    strstr(m->what, s->name) != NULL)
			mark(u, (int)(m->row / p->trail.stride / (uint64_t)per), DIAMOND,
			    STYLE_INFO);
	}
}

static void
draw_under(const struct weights_chart *p, const struct view *v, const struct canvas *c, int per)
{
	int columns = (p->trail.n + per - 1) / per, found = season_column(p, per), last;
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
	mark_season(&u, p, per);
	mark_drifts(&u, p, v, per);
}

void
weights_chart_draw(const struct weights_chart *p, const struct view *v, const struct canvas *c)
{
	struct canvas area = canvas_part(c, 0, 0, c->w, c->h - 1);
	struct canvas under = canvas_part(c, 0, c->h - 1, c->w, 1);
	int per = per_column(&p->trail, c->w);
	double weight[2][FORECAST_FAMILIES], *before = NULL;

	for (int i = 0; i < c->w && i * per < p->trail.n; i++) {
		bool known = column_weights(&p->trail, per, i, weight[i % 2]);

		if (known)
			draw_column(&area, i, weight[i % 2], before);
		before = known ? weight[i % 2] : NULL;
	}
	draw_under(p, v, &under, per);
}
