/* traces.c - the lines of a chart: which they are, on which axis, and how each is drawn.
 *
 * Lines share the left axis as long as one would not press the other flat. A line of another unit,
 * or whose values lie far from those of the first, has the right one, and keeps it, so that the
 * picture does not jump. */
#include "widgets/traces.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/pane_options.h"

enum { SETTLED = 8 /* rows before scales tell anything */ };
#define APART 1.5   /* together they span so many times what the greater one does */
#define GREATER 5.0 /* one's values are so many times the other's */

/* --- which ------------------------------------------------------------------------------------ */

static void
add(struct traces *t, const struct series *of)
{
	struct trace *trace = &t->all[t->n];

	if (t->n == TRACES || (t->n > 0 && of->source != t->all[0].of.source))
		return;
	if (trace->of.track != of->track)
		*trace = (struct trace){ .right = false };
	trace->of = *of;
	t->n++;
}

void
traces_find(struct traces *t, const struct view *v, const char *of, const char *kpis)
{
	const struct series *lines[TRACES];
	int n = pane_option_lines(v, of, lines, TRACES);

	n += pane_option_kpis(v, of, kpis, lines + n, TRACES - n);
	t->n = 0;
	for (int i = 0; i < n; i++)
		add(t, lines[i]);
}

/* --- axes ------------------------------------------------------------------------------------- */

static bool
far_apart(
    const struct trace *a, const struct trace *b, double alo, double ahi, double blo, double bhi)
{
	const char *u = a->of.unit != NULL ? a->of.unit : "",
		   *w = b->of.unit != NULL ? b->of.unit : "";
	double both = fmax(ahi, bhi) - fmin(alo, blo);

	if (!isnan(a->of.min) && !isnan(a->of.max)) /* what is fixed shows nothing beyond */
		return bhi < a->of.min || blo > a->of.max;
	if (*u != '\0' && strcmp(u, w) == 0)
		return false;
	if (*u != '\0' && *w != '\0')
		return true;
	if (fmax(fmax(fabs(alo), fabs(ahi)), fmax(fabs(blo), fabs(bhi))) >
	    GREATER * fmin(fmax(fabs(alo), fabs(ahi)), fmax(fabs(blo), fabs(bhi))))
		return true;
	if (blo <= ahi && alo <= bhi)
		return false;
	return *u != '\0' || *w != '\0' || both > APART * fmax(ahi - alo, bhi - blo);
}

bool
traces_update(struct traces *t, const struct view *v, uint64_t first, uint64_t end, int h, int dots,
    double *lo, double *hi)
{
	double a = *lo, b = *hi, from = INFINITY, to = -INFINITY, l, u;

	for (int i = 1; i < t->n; i++) {
		struct trace *trace = &t->all[i];

		if (!history_extent(v->history, trace->of.track, first, end, &l, &u))
			continue;
		trace->right = trace->right ||
			       (end - first >= SETTLED && far_apart(&t->all[0], trace, a, b, l, u));
		if (trace->right) {
			from = fmin(from, isnan(trace->of.min) ? l : trace->of.min);
			to = fmax(to, isnan(trace->of.max) ? u : trace->of.max);
		} else {
			*lo = fmin(*lo, l);
			*hi = fmax(*hi, u);
		}
	}
	if (from > to)
		return false;
	range_update(&t->range, from, to, end, (end - first) / 4);
	t->scale = scale_fit_cells(t->range.lo, t->range.hi, h, dots);
	return true;
}

/* --- names ------------------------------------------------------------------------------------ */

static const char *
label(const struct trace *t)
{
	return t->of.label != NULL ? t->of.label : t->of.name;
}

int
traces_label_width(const struct traces *t, int most)
{
	int w = 0;

	for (int i = 0; i < t->n && t->n > 1; i++) {
		int cells = text_cells(label(&t->all[i])) + 1;

		w = cells > w ? cells : w;
	}
	return w < most ? w : most;
}

/* --- draw ------------------------------------------------------------------------------------- */

/* Rows of their own dots: a line from value to value, broken where one is missing. */
static void
draw_rows(const struct canvas *c, const struct plot *p, const struct view *v,
    const struct series *of, const struct scale *scale, uint64_t first, enum style style)
{
	int dots = canvas_dots_y(c), x0 = -1, y0 = 0;

	for (uint64_t row = first; row < p->end; row++) {
		double value = history_at(v->history, of->track, row);
		int x = plot_dot(p, row), y;

		if (isnan(value) || x < 0) {
			x0 = -1;
			continue;
		}
		y = scale_dot(scale, value, dots);
		if (x0 >= 0 && x > x0) /* not where a sweep starts over */
			canvas_line(c, x0, y0, x, y, style);
		else
			canvas_dot(c, x, y, style);
		x0 = x;
		y0 = y;
	}
}

/* Rows that share dots: from the least to the greatest of them, joined to those before. */
static void
draw_envelope(const struct canvas *c, const struct plot *p, const struct view *v,
    const struct series *of, const struct scale *scale, uint64_t first, enum style style)
{
	int dots = canvas_dots_y(c), last_x = -2, last_top = 0, last_bottom = 0;
	uint64_t per_dot = (uint64_t)p->per_dot, row = first, next;
	double lo, hi;

	for (; row < p->end; row = next) {
		int x = plot_dot(p, row), top, bottom;

		next = (row / per_dot + 1) * per_dot;
		if (next > p->end)
			next = p->end;
		if (x < 0 || !history_extent(v->history, of->track, row, next, &lo, &hi))
			continue;
		top = scale_dot(scale, hi, dots);
		bottom = scale_dot(scale, lo, dots);
		if (x == last_x + 1 && top > last_bottom)
			canvas_line(c, x, last_bottom, x, top, style);
		else if (x == last_x + 1 && bottom < last_top)
			canvas_line(c, x, last_top, x, bottom, style);
		canvas_line(c, x, top, x, bottom, style);
		last_x = x;
		last_top = top;
		last_bottom = bottom;
	}
}

void
trace_draw(const struct canvas *c, const struct plot *p, const struct view *v,
    const struct series *of, const struct scale *scale, uint64_t first, enum style style)
{
	if (p->per_dot > 1)
		draw_envelope(c, p, v, of, scale, first, style);
	else
		draw_rows(c, p, v, of, scale, first, style);
}

static enum style
style_of(int i)
{
	return (enum style)(STYLE_SERIES + i % SERIES_STYLES);
}

static const struct scale *
scale_of(const struct traces *t, int i, const struct scale *left)
{
	return t->all[i].right ? &t->scale : left;
}

void
traces_draw(const struct traces *t, const struct canvas *c, const struct plot *p,
    const struct view *v, const struct scale *left, uint64_t first)
{
	for (int i = t->n - 1; i > 0; i--)
		trace_draw(c, p, v, &t->all[i].of, scale_of(t, i, left), first, style_of(i));
}

/* Names stand where their lines end; those that would meet move down, and all up from the edge. */
void
traces_draw_labels(const struct traces *t, const struct canvas *c, int x, int w, int h,
    const struct view *v, const struct scale *left)
{
	int order[TRACES], y[TRACES], most = t->n < h ? t->n : h;

	for (int i = 0, k; i < most; i++) {
		double last = view_last(v, t->all[i].of.source, t->all[i].of.track);
		int at = isnan(last) ? h - 1 : scale_dot(scale_of(t, i, left), last, h);

		at = at < 0 ? 0 : at >= h ? h - 1 : at;
		for (k = i; k > 0 && y[k - 1] > at; k--) {
			y[k] = y[k - 1];
			order[k] = order[k - 1];
		}
		y[k] = at;
		order[k] = i;
	}
	for (int k = 1; k < most; k++)
		y[k] = y[k] <= y[k - 1] ? y[k - 1] + 1 : y[k];
	for (int k = most - 1, edge = h - 1; k >= 0; k--, edge = y[k + 1] - 1)
		y[k] = y[k] > edge ? edge : y[k];
	for (int k = 0; k < most; k++)
		canvas_text(c, x + 1, y[k], w - 1, style_of(order[k]), label(&t->all[order[k]]));
}
