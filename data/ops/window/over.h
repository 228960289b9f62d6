/* over.h - what the statistics over a window share: their parameters, and the telling of what
 * moved. */
#ifndef WEIR_OVER_H
#define WEIR_OVER_H

#include "data/ops/window/window.h"

extern const struct param over_x[];   /* x, w, every, gap */
extern const struct param over_any[]; /* the same where x may be a text */

/* Where an output lane of input i stands in a run. */
static inline const double *
over_lane(const struct op *op, int i, int lane)
{
	return op->in[i] + (ptrdiff_t)lane * BLOCK_ROWS;
}

/* Does the window never drop a row, but for a new session? */
static inline bool
over_all(const struct window *w)
{
	return w->span.unit == SPAN_ALL;
}

/* The number of an explanation: six digits are what the eye takes in. */
void over_number(struct text *, double v);
/* "name = " and the value; ends the line. */
void over_result(struct text *, const char *name, double v);
/* At the last row: true if one row came in and one went out, both present. */
bool over_slid(const struct op *window, double *in, double *out);

#endif
