/* plot.c - which rows stand at which columns of dots, for the three ways in which a chart moves. */
#include "widgets/draw/plot.h"

enum { SWEEP_GAP = 24 }; /* a part of the width */

static uint64_t
place(const struct plot *p, uint64_t row)
{
	return row / (uint64_t)p->per_dot * (uint64_t)p->per_row;
}

static void
stretch(struct plot *p, uint64_t window, uint64_t ahead)
{
	uint64_t rows = window + ahead, dots = (uint64_t)p->dots;

	p->per_row = p->per_dot = 1;
	if (window == 0)
		return;
	if (rows <= dots)
		p->per_row = (int)(dots / rows);
	else
		p->per_dot = (int)((rows + dots - 1) / dots);
}

static uint64_t
multiple_up(uint64_t v, uint64_t step)
{
	return (v + step - 1) / step * step;
}

/* The multiple of the step that is not below v, which may be. */
static int64_t
step_up(int64_t v, int64_t step)
{
	return (v >= 0 ? (v + step - 1) / step : -(-v / step)) * step;
}

/* Blank between the newest row and the oldest. */
static void
place_sweep(struct plot *p, uint64_t needed)
{
	uint64_t per_row = (uint64_t)p->per_row, room = (uint64_t)p->dots / per_row * per_row;

	needed += room / SWEEP_GAP / per_row * per_row;
	p->offset = needed > room ? needed - room : 0;
	p->dots = (int)room;
}

/* The last of what is ahead stands at the right edge, or up to a step beyond it; where nothing is
 * ahead, the last row does, or up to a step before it. */
static void
place_scroll(struct plot *p, int step, uint64_t needed, uint64_t ahead)
{
	int64_t slack = step - 1 < (int64_t)ahead ? step - 1 : (int64_t)ahead;
	int64_t shift = step_up((int64_t)(needed + ahead) - slack - p->dots, step);

	p->offset = shift > 0 ? (uint64_t)shift : 0;
	p->lead = shift < 0 ? (int)-shift : 0;
}

struct plot
plot_fit(enum motion motion, int step, uint64_t end, uint64_t window, int ahead, int dots)
{
	struct plot p = { .dots = dots > 1 ? dots : 1, .end = end, .motion = motion };
	uint64_t per_row, needed;

	stretch(&p, window, (uint64_t)ahead);
	per_row = (uint64_t)p.per_row;
	needed = place(&p, end > 0 ? end - 1 : 0) + per_row;
	if (motion == MOTION_SWEEP)
		place_sweep(&p, needed);
	else
		place_scroll(&p, step > 1 ? step : 1, needed,
		    place(&p, (uint64_t)ahead + (uint64_t)p.per_dot - 1));
	p.first = multiple_up(p.offset, per_row) / per_row * (uint64_t)p.per_dot;
	if (p.first > end)
		p.first = end;
	return p;
}

uint64_t
plot_capacity(const struct plot *p)
{
	return (uint64_t)(p->dots / p->per_row) * (uint64_t)p->per_dot;
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
	uint64_t at = p->offset + (uint64_t)dot - (uint64_t)p->lead, per_row = (uint64_t)p->per_row;

	if (dot < p->lead || dot >= p->dots)
		return false;
	if (p->motion == MOTION_SWEEP) { /* the next place after offset that falls on this dot */
		uint64_t dots = (uint64_t)p->dots;

		at = p->offset + ((uint64_t)dot + dots - p->offset % dots) % dots;
	}
	*row = at / per_row * (uint64_t)p->per_dot;
	*on_the_way = (double)(at % per_row) / (double)p->per_row;
	return p->motion != MOTION_SWEEP || *row < p->end;
}
