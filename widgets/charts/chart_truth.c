/* chart_truth.c - where it is known to be odd: a heavy line in the axis below these rows. */
#include "data/base/times/times.h"
#include "widgets/charts/chart_parts.h"

enum { AXIS = 0x2500, HEAVY = 0x2501 };

/* By its rows' numbers, or by their times. With --by no number is told of a row of one key. */
static bool
is_odd(const struct view *v, int source, uint64_t row)
{
	const struct trials *t = v->trials;
	uint64_t end = history_end(v->history, source);
	int64_t time =
	    view_has_times(v, source) ? history_time(v->history, source, row) : TIME_NONE;

	for (int k = 0; k < t->truth.n; k++) {
		const struct truth_range *r = &t->truth.ranges[k];
		bool known = r->by_time || (engine_by(v->engine, source) < 0 && t->rows >= end);

		if (known && truth_holds(r, row + 1 + (t->rows - end), time))
			return true;
	}
	return false;
}

void
chart_truth_draw(const struct chart *s, const struct view *v, const struct canvas *axis)
{
	int source = chart_of(s)->source, wide = chart_dots_x(axis->glyphs);

	if (v->trials == NULL || source != 0)
		return;
	for (uint64_t row = chart_first_row(s, v, source); row < s->plot.end; row++) {
		int dot = is_odd(v, source, row) ? plot_dot(&s->plot, row) : -1;
		const struct cell *cell = dot >= 0 ? chart_cell(axis, dot / wide, 0) : NULL;

		if (cell != NULL && cell->rune == AXIS)
			canvas_cell(axis, dot / wide, 0, HEAVY, STYLE_WARNING);
	}
}
