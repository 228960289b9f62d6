/* drift.h - what others know of the detectors of changes. */
#ifndef WEIR_DRIFT_H
#define WEIR_DRIFT_H

#include "data/graph/op.h"

extern const struct op_class op_detector; /* ".drift" */

/* A line each: name and what it does. */
void drift_methods_print(struct text *out);

#endif
