/* markov.h - how often each label comes, after the one before, and after the two before. */
#ifndef WEIR_LEARN_MARKOV_H
#define WEIR_LEARN_MARKOV_H

#include <stdbool.h>

#include "data/ops/learn/features/fields.h"
#include "data/ops/learn/features/shape.h"

enum { MARKOV_PAIRS = 16 }; /* classes up to which the two before are looked at */

struct markov {
	int k;
	double *alone;            /* [class] */
	double *after, *sum;      /* [before][class], and its sums */
	double *after_two, *sums; /* [before that][before][class] */
	double total;
};

void markov_fields(struct markov *, struct fields *);
/* The chances of the labels alone, whatever came before. */
void markov_prior(const struct markov *, double *p);
void markov_predict(const struct markov *, const struct example *, double *p);
void markov_learn(struct markov *, const struct example *, int class);
/* How much of the labels' entropy the label before tells: 0..1. */
double markov_told(const struct markov *);

#endif
