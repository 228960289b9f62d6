/* perceptron.h - a linear model for classes that steps only where it is wrong, or nearly so. */
#ifndef WEIR_LEARN_PERCEPTRON_H
#define WEIR_LEARN_PERCEPTRON_H

#include "data/ops/learn/features/fields.h"

struct perceptron {
	int k, n;  /* classes, inputs */
	double *w; /* [class][input] */
	double *s; /* room: scores */
};

void perceptron_fields(struct perceptron *, struct fields *);
void perceptron_predict(const struct perceptron *, const double *x, double *p);
void perceptron_learn(struct perceptron *, const double *x, int class);

#endif
