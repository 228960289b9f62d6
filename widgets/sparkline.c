/* sparkline.c - a series' last rows in one line of text: braille dots, else rising bars.
 *
 * A cell has four dots of height in braille and eight bars in block glyphs; plain ASCII tells
 * height by where a sign stands in its line: _ . - ' */
#include "widgets/sparkline.h"

#include <math.h>

#include "widgets/plot.h"
#include "widgets/scale.h"

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
	to = row + (uint64_t)p->per_dot < p->end ? row + (uint64_t)p->per_dot : p->end;
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

static void
draw_levels(const struct canvas *part, const struct plot *p, const struct view *v, int track,
    uint64_t begin, const struct scale *s)
{
	bool ascii = part->glyphs == GLYPHS_ASCII;
	int levels = ascii ? SIGNS : BARS;
	double lo, hi;

	for (int x = 0; x < p->dots; x++) {
		int level;

		if (!dot_extent(p, v, track, begin, x, &lo, &hi))
			continue;
		level = levels - 1 - scale_dot(s, (lo + hi) / 2, levels);
		level = level < 0 ? 0 : level >= levels ? levels - 1 : level;
		canvas_cell(part, x, 0,
		    ascii ? (uint32_t)signs[level] : (uint32_t)(FIRST_BAR + level), STYLE_SERIES);
	}
}

void
sparkline_draw(const struct canvas *c, int x, int y, int w, const struct view *v, int source,
    int track, double lo, double hi)
{
	struct canvas part = canvas_part(c, x, y, w, 1);
	bool dots = part.glyphs == GLYPHS_BRAILLE;
	uint64_t end = view_end(v, source), begin = history_begin(v->history, source);
	/* A constant stands in the middle. */
	struct scale s = { .lo = hi > lo ? lo : lo - 1, .hi = hi > lo ? hi : hi + 1 };
	enum motion motion = MOTION_SWEEP;
	struct plot p;

	if (part.w == 0 || part.h == 0 || track < 0 || end == 0)
		return;
	/* It jumps rather than scrolls: many of them scrolling cost more than they tell. Behind the
	 * last row of all nothing comes that needs room. */
	if (v->motion != MOTION_SWEEP)
		motion = engine_state(v->engine) == ENGINE_END ? MOTION_SCROLL : MOTION_STEP;
	p = plot_fit(motion, end, view_window(v, source), 0, dots ? canvas_dots_x(&part) : part.w);
	if (dots && p.per_dot == 1)
		draw_line(&part, &p, v, track, begin, &s);
	else if (dots)
		draw_dots(&part, &p, v, track, begin, &s);
	else
		draw_levels(&part, &p, v, track, begin, &s);
}
