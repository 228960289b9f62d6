/* plot.c - which rows stand at which columns of dots, for the three ways in which a chart moves. */
#include "widgets/draw/plot.h"

enum { SWEEP_GAP = 24 /* a part of the width */, WHOLE_FROM = 8 /* rows in a dot */ };

static uint64_t
place(const struct plot *p, uint64_t row)
{
	return row / (uint64_t)p->per_dot * (uint64_t)p->stretch / PLOT_PARTS;
}

/* The first row whose place is not left of a dot. */
static uint64_t
row_from(const struct plot *p, uint64_t dot)
{
	uint64_t stretch = (uint64_t)p->stretch;

	return (dot * PLOT_PARTS + stretch - 1) / stretch * (uint64_t)p->per_dot;
}

/* The window as wide as the plot, to a part of a dot; where it sweeps over its old picture, and
 * where many rows share a dot, to a whole number of one or the other. */
static void
stretch(struct plot *p, uint64_t window, uint64_t ahead)
{
	uint64_t rows = window + ahead, dots = (uint64_t)p->dots;

	p->stretch = PLOT_PARTS;
	p->per_dot = 1;
	if (window == 0)
		return;
	if (rows <= dots && p->motion == MOTION_SWEEP)
		p->stretch = (int)(dots / rows) * PLOT_PARTS;
	else if (rows <= dots * WHOLE_FROM && p->motion == MOTION_SCROLL && rows % dots != 0)
		p->stretch = (int)(dots * PLOT_PARTS / rows);
	else if (rows <= dots)
		p->stretch = (int)(dots / rows) * PLOT_PARTS;
	else
		p->per_dot = (int)((rows + dots - 1) / dots);
}

/* The dot behind those of a row. */
static uint64_t
end_of(const struct plot *p, uint64_t row)
{
	return plot_shares(p) ? place(p, row) + 1 : place(p, row + 1);
}

/* The multiple of the step that is not below v, which may be. */
static int64_t
step_up(int64_t v, int64_t step)
{
	return (v >= 0 ? (v + step - 1) / step : -(-v / step)) * step;
}

/* Blank between the newest row and the oldest. */
static void
place_sweep(struct plot *p)
{
	uint64_t wide = (uint64_t)p->stretch / PLOT_PARTS, room = (uint64_t)p->dots / wide * wide;
	uint64_t needed = end_of(p, p->end > 0 ? p->end - 1 : 0) + room / SWEEP_GAP / wide * wide;

	p->offset = needed > room ? needed - room : 0;
	p->dots = (int)room;
}

/* The last of what is ahead stands at the right edge, or up to a step beyond it; where nothing is
 * ahead, the last row does, or up to a step before it. */
static void
place_scroll(struct plot *p, int step, uint64_t ahead)
{
	uint64_t last = p->end > 0 ? p->end - 1 : 0, needed = end_of(p, last + ahead);
	int64_t wide = (int64_t)(needed - end_of(p, last)),
		slack = step - 1 < wide ? step - 1 : wide;
	int64_t shift = step_up((int64_t)needed - slack - p->dots, step);

	p->offset = shift > 0 ? (uint64_t)shift : 0;
	p->lead = shift < 0 ? (int)-shift : 0;
}

struct plot
plot_fit(enum motion motion, int step, uint64_t end, uint64_t window, int ahead, int dots)
{
	struct plot p = { .dots = dots > 1 ? dots : 1, .end = end, .motion = motion };

	stretch(&p, window, (uint64_t)ahead);
	if (motion == MOTION_SWEEP)
		place_sweep(&p);
	else
		place_scroll(&p, step > 1 ? step : 1, (uint64_t)ahead);
	p.first = row_from(&p, p.offset);
	if (p.first > end)
		p.first = end;
	return p;
}

uint64_t
plot_capacity(const struct plot *p)
{
	return (uint64_t)p->dots * PLOT_PARTS / (uint64_t)p->stretch * (uint64_t)p->per_dot;
}

bool
plot_shares(const struct plot *p)
{
	return p->per_dot > 1 || p->stretch < PLOT_PARTS;
}

uint64_t
plot_row_after(const struct plot *p, uint64_t row)
{
	return row_from(p, place(p, row) + 1);
}

int
plot_width(const struct plot *p, int rows)
{
	return p->per_dot > 0 ? rows * p->stretch / PLOT_PARTS / p->per_dot : rows;
}

int64_t
plot_place(const struct plot *p, uint64_t row)
{
	return (int64_t)place(p, row) + p->lead - (int64_t)p->offset;
}

int
plot_dot(const struct plot *p, uint64_t row)
{
	uint64_t at = place(p, row);

	if (row < p->first || at < p->offset)
		return -1;
	if (p->motion == MOTION_SWEEP)
		return row < p->end ? (int)(at % (uint64_t)p->dots) : -1;
	return plot_place(p, row) < p->dots ? (int)plot_place(p, row) : -1;
}

bool
plot_row(const struct plot *p, int dot, uint64_t *row, double *on_the_way)
{
	uint64_t at = p->offset + (uint64_t)dot - (uint64_t)p->lead, from, to;

	if (dot < p->lead || dot >= p->dots)
		return false;
	if (p->motion == MOTION_SWEEP) { /* the next place after offset that falls on this dot */
		uint64_t dots = (uint64_t)p->dots;

		at = p->offset + ((uint64_t)dot + dots - p->offset % dots) % dots;
	}
	*row = row_from(p, at);
	*on_the_way = 0;
	if (!plot_shares(p)) { /* the last row that is not right of it */
		*row = row_from(p, at + 1) - 1;
		from = place(p, *row);
		to = place(p, *row + 1);
		*on_the_way = (double)(at - from) / (double)(to - from);
	}
	return p->motion != MOTION_SWEEP || *row < p->end;
}
