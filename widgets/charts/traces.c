/* traces.c - the lines of a chart: which they are, on which axis, and how each is drawn.
 *
 * Lines share the left axis as long as one would not press the other flat. A line of another unit,
 * or whose values lie far from those of the first, has the right one; that is looked at again, but
 * seldom changed, so that the picture does not jump. */
#include "widgets/charts/traces.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/charts/gaps.h"
#include "widgets/pane_options.h"

/* How the line of a series is drawn: two dots thick or one. */
struct pen {
	enum style style;
	bool thick;
};

enum { SETTLED = 8 /* rows before scales tell anything */ };
#define APART 10.0 /* one's values are so many times the other's, or ranges away */
#define BACK 5.0   /* below that they share an axis again */

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

/* So many times as great as the other, or so many ranges away from it. */
static bool
are_apart(const struct extent *a, const struct extent *b, double times)
{
	double amost = fmax(fabs(a->lo), fabs(a->hi)), bmost = fmax(fabs(b->lo), fabs(b->hi));
	double range = fmax(a->hi - a->lo, b->hi - b->lo);
	double gap = fmax(b->lo - a->hi, a->lo - b->hi);

	if (range > 0 && gap > times * range)
		return true;
	return fmin(amost, bmost) > 0 && fmax(amost, bmost) > times * fmin(amost, bmost);
}

/* Does it ask for an axis of its own? One that has it gives it up late. */
static bool
wants_right(
    const struct trace *a, const struct trace *b, const struct extent *ea, const struct extent *eb)
{
	const char *u = a->of.unit != NULL ? a->of.unit : "";
	const char *w = b->of.unit != NULL ? b->of.unit : "";

	if (!isnan(a->of.min) && !isnan(a->of.max)) /* what is fixed shows nothing beyond */
		return eb->hi < a->of.min || eb->lo > a->of.max;
	if (*u != '\0' && *w != '\0')
		return strcmp(u, w) != 0;
	return are_apart(ea, eb, b->right ? BACK : APART);
}

/* Which axis it has, seldom another one. */
static void
choose_axis(struct trace *t, bool right, uint64_t end)
{
	bool rested = end < t->since || end - t->since >= FOLLOW_REST || t->since == 0;

	if (right == t->right || !rested)
		return;
	t->right = right;
	t->since = end;
}

bool
traces_update(struct traces *t, const struct view *v, uint64_t first, uint64_t end, int h, int dots,
    struct extent *left)
{
	const struct extent own = *left;
	struct demand d = { .data = { INFINITY, -INFINITY }, .ends = { NAN, NAN } };

	for (int i = 1; i < t->n; i++) {
		struct trace *trace = &t->all[i];
		struct extent e;

		if (!history_extent(v->history, trace->of.track, first, end, &e.lo, &e.hi))
			continue;
		if (end - first >= SETTLED)
			choose_axis(trace, wants_right(&t->all[0], trace, &own, &e), end);
		if (trace->right) {
			d.data.lo = fmin(d.data.lo, isnan(trace->of.min) ? e.lo : trace->of.min);
			d.data.hi = fmax(d.data.hi, isnan(trace->of.max) ? e.hi : trace->of.max);
		} else {
			left->lo = fmin(left->lo, e.lo);
			left->hi = fmax(left->hi, e.hi);
		}
	}
	if (d.data.lo > d.data.hi)
		return false;
	d.wish = d.data;
	follow_update(&t->follow, &d, end, h, dots);
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

/* Two dots thick, or one. */
static void
draw_piece(const struct canvas *c, int x0, int y0, int x1, int y1, struct pen pen)
{
	if (pen.thick)
		canvas_stroke(c, x0, y0, x1, y1, pen.style);
	else
		canvas_line(c, x0, y0, x1, y1, pen.style);
}

/* Rows of their own dots: a line from value to value, broken where one is missing, and where none
 * came for long. It comes in from the row before the first. */
static void
draw_rows(const struct canvas *c, const struct plot *p, const struct view *v,
    const struct series *of, const struct scale *scale, uint64_t first, struct pen pen)
{
	bool sweeps = p->motion == MOTION_SWEEP, begun = false;
	int dots = canvas_dots_y(c), x0 = 0, y0 = 0;
	struct gaps gaps = gaps_find(v, of->source, first, p->end);

	if (!sweeps && first > history_begin(v->history, of->source))
		first--;
	for (uint64_t row = first; row < p->end; row++) {
		double value = history_at(v->history, of->track, row);
		int x = sweeps ? plot_dot(p, row) : (int)plot_place(p, row), y;

		if (isnan(value) || (sweeps && x < 0)) {
			begun = false;
			continue;
		}
		y = scale_dot(scale, value, dots);
		if (begun && x > x0 && !gaps_before(&gaps, v, row)) /* nor where a sweep begins */
			draw_piece(c, x0, y0, x, y, pen);
		else
			draw_piece(c, x, y, x, y, pen);
		begun = true;
		x0 = x;
		y0 = y;
	}
}

/* Rows that share dots: from the least to the greatest of them, joined to those before. */
static void
draw_envelope(const struct canvas *c, const struct plot *p, const struct view *v,
    const struct series *of, const struct scale *scale, uint64_t first, struct pen pen)
{
	int dots = canvas_dots_y(c), last_x = -2, last_top = 0, last_bottom = 0;
	uint64_t row = first, next;
	struct gaps gaps = gaps_find(v, of->source, first, p->end);
	double lo, hi;

	for (; row < p->end; row = next) {
		int x = plot_dot(p, row), top, bottom;

		next = plot_row_after(p, row);
		if (next > p->end)
			next = p->end;
		if (x < 0 || !history_extent(v->history, of->track, row, next, &lo, &hi))
			continue;
		top = scale_dot(scale, hi, dots);
		bottom = scale_dot(scale, lo, dots);
		bottom += pen.thick && bottom == top;
		if (row > first && gaps_before(&gaps, v, row))
			last_x = -2;
		if (x == last_x + 1 && top > last_bottom)
			canvas_line(c, x, last_bottom, x, top, pen.style);
		else if (x == last_x + 1 && bottom < last_top)
			canvas_line(c, x, last_top, x, bottom, pen.style);
		canvas_line(c, x, top, x, bottom, pen.style);
		last_x = x;
		last_top = top;
		last_bottom = bottom;
	}
}

/* A line through the rows from first on, or their least and greatest values where they share
 * dots. */
static void
draw_trace(const struct canvas *c, const struct plot *p, const struct view *v,
    const struct series *of, const struct scale *scale, uint64_t first, struct pen pen)
{
	if (plot_shares(p))
		draw_envelope(c, p, v, of, scale, first, pen);
	else
		draw_rows(c, p, v, of, scale, first, pen);
}

static enum style
style_of(int i)
{
	return (enum style)(STYLE_SERIES + i % SERIES_STYLES);
}

const struct scale *
traces_scale(const struct traces *t, int i, const struct scale *left)
{
	return t->all[i].right ? &t->follow.scale : left;
}

void
traces_draw(const struct traces *t, const struct canvas *c, const struct plot *p,
    const struct view *v, const struct scale *left, uint64_t first, bool thick)
{
	for (int i = t->n - 1; i >= 0; i--) {
		struct pen pen = { style_of(i), thick };

		draw_trace(c, p, v, &t->all[i].of, traces_scale(t, i, left), first, pen);
	}
}

/* Names stand where their lines end; those that would meet move down, and all up from the edge. */
void
traces_draw_labels(const struct traces *t, const struct canvas *c, int x, int w, int h,
    const struct view *v, const struct scale *left)
{
	int order[TRACES], y[TRACES], most = t->n < h ? t->n : h;

	for (int i = 0, k; i < most; i++) {
		double last = view_last(v, t->all[i].of.source, t->all[i].of.track);
		int at = isnan(last) ? h - 1 : scale_dot(traces_scale(t, i, left), last, h);

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
