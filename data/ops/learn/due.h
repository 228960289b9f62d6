/* due.h - which learner a prediction is of. */
#ifndef WEIR_LEARN_DUE_H
#define WEIR_LEARN_DUE_H

#include "data/graph/op.h"

/* The first learner that the operator is computed from, or itself; NULL: none. */
const struct op *learner_behind(const struct op *);

#endif
