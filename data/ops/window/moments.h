/* moments.h - count, sum, mean and squared deviations of a window, shared by all that need them. */
#ifndef WEIR_MOMENTS_H
#define WEIR_MOMENTS_H

#include "data/graph/op.h"

extern const struct op_class op_moments; /* ".moments" */
enum {
	MOMENTS_N,
	MOMENTS_SUM,
	MOMENTS_MEAN,
	MOMENTS_M2, /* sum (x - mean)^2; times SCALE^2 */
	/* The mean in two parts that together hold digits which MEAN has not; times SCALE. Only
	 * for those who called moments_split. */
	MOMENTS_ANCHOR,
	MOMENTS_ABOVE,
	MOMENTS_SCALE, /* a power of two, 1 but for values whose squares are no doubles */
	MOMENTS_LANES
};

void moments_split(const struct op *); /* for init */

/* Standard deviation of the values in the window after the last row; missing of less than 2. */
double moments_sd(const struct op *);

extern const struct op_class op_shape;                       /* ".shape" */
enum { SHAPE_N, SHAPE_M2, SHAPE_M3, SHAPE_M4, SHAPE_LANES }; /* mk: sum (x - mean)^k, in a unit */

#endif
