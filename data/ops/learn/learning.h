/* learning.h - the methods that learn, for lists. */
#ifndef WEIR_LEARN_LEARNING_H
#define WEIR_LEARN_LEARNING_H

#include "data/base/text.h"

/* One line for each method, for `weir list models`: what it is, and what a model takes in memory.
 */
void learning_methods_print(struct text *);

#endif
