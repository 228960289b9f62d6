/* over.h - what the statistics over a window share: their parameters, and the telling of what
 * moved. */
#ifndef WEIR_OVER_H
#define WEIR_OVER_H

#include "data/graph/explain.h"
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

/* A value that two windows of the same rows have in common, found anew when these are others. */
struct over_value {
	uint64_t lo, hi; /* the rows that it is of */
	double now;
};

/* follow: makes the value that of these rows. */
void over_value_step(struct op *, const struct run *, double *out, const struct over_value *,
    void (*follow)(struct op *, struct range));
/* Of a loaded state: can it follow the windows? 0; -1: damaged. */
int over_value_check(const struct op *, const struct over_value *);

/* What the last row did to the window, of its values that are present: one came in, and none or one
 * went out. */
enum over_move { OVER_GREW, OVER_SLID, OVER_OTHERWISE };
enum over_move over_moved(const struct op *window, double *in, double *out);

#endif
