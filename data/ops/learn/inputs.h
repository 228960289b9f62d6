/* inputs.h - in which order models take the features of a learner. */
#ifndef WEIR_LEARN_INPUTS_H
#define WEIR_LEARN_INPUTS_H

#include "data/graph/op.h"

/* Numbers first, then texts, each as they were written: order[i] is where feature i goes, of as
 * many as the learner has inputs behind its first. Returns how many are numbers. */
int inputs_order(const struct op *, int *order);

#endif
