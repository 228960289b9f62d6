/* chart_curves.c - what was expected at a row of a chart, or is to come. */
#include <math.h>

#include "widgets/charts/chart_parts.h"

const struct series *
chart_of(const struct chart *s)
{
	return &s->traces.all[0].of;
}

int
chart_dots_x(enum glyphs g)
{
	return g == GLYPHS_BRAILLE ? 2 : 1;
}

int
chart_dots_y(enum glyphs g)
{
	return g == GLYPHS_BRAILLE ? 4 : g == GLYPHS_BLOCK ? 2 : 1;
}

const struct cell *
chart_cell(const struct canvas *plot, int x, int y)
{
	if (x < 0 || x >= plot->w || y < 0 || y >= plot->h)
		return NULL;
	return &plot->cells[(size_t)(plot->y + y) * (size_t)plot->stride + (size_t)(plot->x + x)];
}

uint64_t
chart_first_row(const struct chart *s, const struct view *v, int source)
{
	uint64_t begin = history_begin(v->history, source);

	return s->plot.first > begin ? s->plot.first : begin;
}

double
curve_at(const struct chart *s, const struct view *v, enum curve curve, uint64_t row)
{
	const struct series *of = chart_of(s);
	const int tracks[] = { of->expected, of->lower, of->upper };
	const double *ahead[] = { s->mean, s->lower, s->upper };

	if (row >= s->plot.end)
		return row - s->made < (uint64_t)s->horizon ? ahead[curve][row - s->made] : NAN;
	if (tracks[curve] < 0 || row < history_begin(v->history, of->source))
		return NAN;
	return history_at(v->history, tracks[curve], row);
}

double
curve_at_dot(const struct chart *s, const struct view *v, enum curve curve, int dot)
{
	uint64_t row;
	double way, here, next;

	if (!plot_row(&s->plot, dot, &row, &way))
		return NAN;
	here = curve_at(s, v, curve, row);
	if (way <= 0)
		return here;
	/* What is to come begins at what is. */
	if (row + 1 == s->plot.end && s->horizon > 0 && s->made == s->plot.end)
		here = view_last(v, chart_of(s)->source, chart_of(s)->track);
	next = curve_at(s, v, curve, row + 1);
	return isnan(next) ? NAN : here + (next - here) * way;
}
