/* numbers_parts.h - what the files of the models of numbers share; nobody else includes it. */
#ifndef WEIR_LEARN_NUMBERS_PARTS_H
#define WEIR_LEARN_NUMBERS_PARTS_H

#include <math.h>

#include "data/ops/learn/numbers.h"

enum { NUMBERS_STACK_FROM = 6 /* rows */, NUMBERS_FAR = 6 /* standard deviations */ };

static inline bool
numbers_has(const struct numbers *m, int member)
{
	return (m->method->needs >> member & 1) != 0;
}

static inline double
numbers_clip(double v, double most)
{
	return v > most ? most : v >= -most ? v : -most;
}

/* How far off a target is, for models that look at targets before. */
static inline double
numbers_in_sds(const struct numbers *m, double v)
{
	return m->var > 0 ? numbers_clip(v / sqrt(m->var), NUMBERS_FAR) : 0;
}

/* The smallest mean square error of late among the members of the mixture. */
double numbers_best_square(const struct numbers *);

#endif
