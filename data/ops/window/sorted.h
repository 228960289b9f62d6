/* sorted.h - the values of a window in order, shared by all quantiles, mad and rank of the same x
 * and w. */
#ifndef WEIR_SORTED_H
#define WEIR_SORTED_H

#include "data/graph/op.h"

extern const struct op_class op_sorted; /* ".sorted"; a lane for each question */

enum question { ASK_QUANTILE, ASK_IQR, ASK_MAD, ASK_RANK /* of the window's last value */ };
enum { SORTED_LANES = 24 };

/* For init of an operator whose part is op_sorted: the lane where the answer will stand for each
 * row. -1 with err when too many different ones were asked. */
int sorted_ask(const struct op *sorted, enum question, double q, struct error *);
/* How many values are in order, and whether a sketch stands in for them. */
size_t sorted_count(const struct op *sorted, bool *sketched);
double sorted_at(const struct op *sorted, size_t rank); /* from 0; where no sketch stands in */

#endif
