/* moments.h - count, sum, mean and squared deviations of a window, shared by all that need them. */
#ifndef WEIR_MOMENTS_H
#define WEIR_MOMENTS_H

#include "data/graph/op.h"

extern const struct op_class op_moments;                                  /* ".moments" */
enum { MOMENTS_N, MOMENTS_SUM, MOMENTS_MEAN, MOMENTS_M2, MOMENTS_LANES }; /* m2: sum (x - mean)^2 */

extern const struct op_class op_shape;                       /* ".shape" */
enum { SHAPE_N, SHAPE_M2, SHAPE_M3, SHAPE_M4, SHAPE_LANES }; /* mk: sum (x - mean)^k */

#endif
