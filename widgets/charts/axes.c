/* axes.c - the two axes of a plot: values at its left, rows or times below it.
 *
 * The distance of ticks follows from what the full plot would span, not from what it holds so far,
 * so that labels stay while a picture fills. */
#include "widgets/charts/axes.h"

#include <math.h>
#include <stdio.h>

#include "data/base/times/times.h"
#include "widgets/charts/gaps.h"
#include "widgets/draw/time_ticks.h"

#define DAY_NS (86400 * TIME_SECOND)
enum {
	BREAK = 0x2571,
	LABEL_GAP = 4,
	APART = 2, /* least cells between two labels */
	TIME_LEAST = 5,
	TICKS_MAX = 100,
	LABELS_GOOD = 2, /* one alone tells no distance */
	FINER_MOST = 4,
	DATED = 11 /* "01-02 00:00" */
};

int
axis_y_width(const struct scale *s)
{
	return form_width(s->form) + 2;
}

void
axis_y_draw(const struct canvas *c, int width, const struct scale *s, int h)
{
	int line = width - 1, dots = canvas_dots_y(c) / (c->h > 0 ? c->h : 1);
	char label[FORM_CHARS];

	for (int y = 0; y < h; y++)
		canvas_cell(c, line, y, 0x2502, STYLE_FRAME);
	for (int i = 0; i <= s->steps; i++) {
		int y = scale_dot(s, scale_tick(s, i), h * dots) / (dots > 0 ? dots : 1);

		form_print(s->form, scale_tick(s, i), label);
		canvas_right(c, 0, y, line, STYLE_LABEL, label);
		canvas_cell(c, line, y, 0x2524, STYLE_FRAME);
	}
	canvas_cell(c, line, h, 0x2514, STYLE_FRAME);
}

void
axis_right_draw(const struct canvas *c, const struct scale *s, int h)
{
	int line = 0, dots = canvas_dots_y(c) / (c->h > 0 ? c->h : 1);
	char label[FORM_CHARS];

	for (int y = 0; y < h; y++)
		canvas_cell(c, line, y, 0x2502, STYLE_FRAME);
	for (int i = 0; i <= s->steps; i++) {
		int y = scale_dot(s, scale_tick(s, i), h * dots) / (dots > 0 ? dots : 1);

		form_print(s->form, scale_tick(s, i), label);
		canvas_text(c, line + 1, y, c->w - line - 1, STYLE_LABEL, label);
		canvas_cell(c, line, y, 0x251c, STYLE_FRAME);
	}
	canvas_cell(c, line, h, 0x2518, STYLE_FRAME);
}

struct ticks { /* what has been written below the plot so far */
	const struct canvas *c;
	int x, y;
	int per_cell;   /* dots */
	int first, end; /* cells taken by labels */
	int n;          /* labels */
	bool tried;     /* nothing is written: only how many there would be is asked */
};

/* A tick with its label below, or in the line of the axis where that is the last one. A label that
 * would leave on the right stands as far left as it has to; one that would touch another is left
 * out with its tick. */
static void
tick(struct ticks *t, int dot, const char *label)
{
	int x = t->x + dot / t->per_cell, w = text_cells(label);
	int at = x + w > t->c->w ? t->c->w - w : x, below = t->y + 1 < t->c->h;

	if (dot < 0 || at < 0)
		return;
	if (t->n > 0 && !(at >= t->end + 1 || at + w < t->first))
		return;
	if (!t->tried) {
		canvas_cell(t->c, x, t->y, 0x252c, STYLE_FRAME);
		canvas_text(t->c, at, t->y + below, w, STYLE_LABEL, label);
	}
	t->first = t->n == 0 || at < t->first ? at : t->first;
	t->end = t->n == 0 || at + w > t->end ? at + w : t->end;
	t->n++;
}

/* A tick at each multiple of a step at which labels stand so many cells apart. */
static void
row_ticks_apart(struct ticks *t, const struct plot *p, uint64_t first, int width, int apart)
{
	char label[COUNT_CHARS];
	uint64_t step;

	count_print(p->end, label);
	step = (uint64_t)step_round(
	    fmax(1, (double)plot_capacity(p) * (text_cells(label) + apart) / width));
	for (uint64_t row = (first + step) / step * step; row <= p->end; row += step) {
		count_print(row, label);
		tick(t, plot_dot(p, row - 1), label);
	}
}

/* Where no round number is in sight, the first row is told. */
static void
row_ticks(struct ticks *t, const struct plot *p, uint64_t first, int width)
{
	struct ticks wide = *t, narrow = *t;
	char label[COUNT_CHARS];

	wide.tried = narrow.tried = true;
	row_ticks_apart(&wide, p, first, width, LABEL_GAP);
	row_ticks_apart(&narrow, p, first, width, APART);
	row_ticks_apart(
	    t, p, first, width, wide.n >= LABELS_GOOD || wide.n >= narrow.n ? LABEL_GAP : APART);
	if (t->n > 0)
		return;
	count_print(first + 1, label);
	tick(t, plot_dot(p, first), label);
}

/* The first row of [from, to) that is not before t. */
static uint64_t
row_at_time(const struct history *h, int source, uint64_t from, uint64_t to, int64_t t)
{
	while (from < to) {
		uint64_t middle = from + (to - from) / 2;

		if (history_time(h, source, middle) < t)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Midnight is called by its date; where labels are far apart, by both. */
static void
date_midnight(char *label, int n)
{
	if (n == 5 && label[2] == '-')
		snprintf(label + n, TIME_LABEL - (size_t)n, " 00:00");
}

/* The finest whose labels stand apart, in a plot whose width spans so many ns. */
static struct time_step
fitting_step(double span, int width)
{
	int64_t whole = (int64_t)fmin(fmax(span, 1), 9e18);
	struct time_step step = time_step_for(whole, 1);

	for (int n = width / (TIME_LEAST + APART); n > 1; n--) {
		struct time_step finer = time_step_for(whole, n);

		if (time_step_length(finer) / fmax(span, 1) * width >=
		    time_step_width(finer) + APART)
			return finer;
	}
	return step;
}

/* A tick at each multiple of the step from the first row to the last. */
static void
time_ticks_at(struct ticks *t, const struct view *v, int source, const struct plot *p,
    uint64_t first, struct time_step step, bool dated)
{
	int64_t last = history_time(v->history, source, p->end - 1);
	int64_t at = time_step_next(step, history_time(v->history, source, first));
	char label[TIME_LABEL];

	for (int i = 0; i < TICKS_MAX && at <= last && at != INT64_MAX; i++) {
		int n = time_step_label(step, at, label);

		if (dated)
			date_midnight(label, n);
		tick(t, plot_dot(p, row_at_time(v->history, source, first, p->end, at)), label);
		at = time_step_next(step, at + 1);
	}
}

/* That step, or one up to so many finer: time stands still in gaps, and a plot may not be full. */
static struct time_step
telling_step(const struct ticks *t, const struct view *v, int source, const struct plot *p,
    uint64_t first, struct time_step step)
{
	struct time_step best = step;
	int most = -1;

	for (int i = 0; i < FINER_MOST && most < LABELS_GOOD; i++) {
		struct ticks tried = *t;

		tried.tried = true;
		time_ticks_at(&tried, v, source, p, first, step, false);
		if (tried.n > most) {
			most = tried.n;
			best = step;
		}
		step = time_step_finer(step);
	}
	return best;
}

/* Where no round instant is in sight, the first row's is told. */
static void
time_ticks(struct ticks *t, const struct view *v, int source, const struct plot *p, uint64_t first,
    int width)
{
	int64_t begin = history_time(v->history, source, first);
	int64_t last = history_time(v->history, source, p->end - 1);
	double span =
	    ((double)last - (double)begin) / (double)(p->end - first) * (double)plot_capacity(p);
	struct time_step step = fitting_step(span, width);
	char label[TIME_LABEL];

	step = telling_step(t, v, source, p, first, step);
	if (last > begin)
		time_ticks_at(t, v, source, p, first, step,
		    time_step_length(step) / span * width >= DATED + 1);
	if (t->n > 0)
		return;
	if (time_step_length(step) >= DAY_NS)
		step = (struct time_step){ .ns = DAY_NS };
	else if (step.ns > TIME_SECOND || begin % TIME_SECOND == 0) /* no finer than it is */
		step = (struct time_step){ .ns = TIME_SECOND };
	time_step_label(step, begin, label);
	tick(t, plot_dot(p, first), label);
}

/* Where no row came for long: two strokes through the axis, one where there is no room; none where
 * labels stand in it. */
static void
draw_gaps(
    const struct ticks *t, const struct view *v, int source, const struct plot *p, uint64_t first)
{
	struct gaps gaps = gaps_find(v, source, first, p->end);

	for (uint64_t row = first + 1; row < p->end && t->y + 1 < t->c->h; row++) {
		int from = plot_dot(p, row - 1) / t->per_cell, dot = plot_dot(p, row);

		if (dot < 0 || !gaps_before(&gaps, v, row))
			continue;
		canvas_cell(t->c, t->x + dot / t->per_cell, t->y, BREAK, STYLE_LABEL);
		if (dot / t->per_cell - 1 > from)
			canvas_cell(t->c, t->x + dot / t->per_cell - 1, t->y, BREAK, STYLE_LABEL);
	}
}

void
axis_x_draw(
    const struct canvas *c, int x, int y, const struct view *v, int source, const struct plot *p)
{
	uint64_t begin = history_begin(v->history, source),
		 first = p->first > begin ? p->first : begin;
	int cells = c->w > x ? c->w - x : 1; /* of the plot, which may have dots of its own */
	struct ticks t = { .c = c, .x = x, .y = y, .per_cell = (p->dots + cells - 1) / cells };

	canvas_fill(c, x, y, c->w - x, 1, 0x2500, STYLE_FRAME);
	if (first >= p->end || c->w <= x)
		return;
	if (view_has_times(v, source))
		time_ticks(&t, v, source, p, first, c->w - x);
	else
		row_ticks(&t, p, first, c->w - x);
	draw_gaps(&t, v, source, p, first);
}
