/* chart_marks.c - signs of what happened at a row: anomalies, alerts, drift. */
#include <math.h>
#include <string.h>

#include "widgets/charts/chart_parts.h"

enum {
	MARK_UP = 0x25b2,
	MARK_DOWN = 0x25bc,
	DIAMOND = 0x25c7,
	DASH = 0x254c,       /* of a threshold */
	DOTS_FIRST = 0x2800, /* likewise */
	REACH = 3            /* lines that a mark may stand from its value */
};
#define ANOMALY_LEVEL 0.5

/* It holds no line, and no name of a threshold. */
static bool
is_free(const struct canvas *plot, int x, int y)
{
	const struct cell *cell = chart_cell(plot, x, y);
	bool named = cell != NULL && cell->style >= STYLE_THRESHOLD && cell->style < STYLE_KEY &&
		     cell->rune < DOTS_FIRST && cell->rune != DASH;

	return cell != NULL && !named && (cell->style < STYLE_SERIES || cell->rune == ' ');
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
	if (c->h - plot->h > 1) /* else labels stand in it */
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
