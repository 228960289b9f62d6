/* covariance.h - how sure a linear model is of its weights: the covariance of a Kalman filter whose
 * weights walk at random. With many inputs, its diagonal alone. */
#ifndef WEIR_LEARN_COVARIANCE_H
#define WEIR_LEARN_COVARIANCE_H

#include "data/ops/learn/features/fields.h"

enum { COVARIANCE_FULL = 64 }; /* inputs up to which all of it is kept */

struct covariance {
	int n;
	double start, walk; /* variance at first, and at most; what each row adds to it */
	double *p;          /* n x n, or the diagonal */
	double *gain;       /* p x, of the row being learned */
};

void covariance_fields(struct covariance *, struct fields *);
void covariance_init(struct covariance *); /* it knows nothing */
/* Fills gain; returns x p x. */
double covariance_gain(struct covariance *, const double *x);
/* The row with these inputs was learned; h: how much it tells (its curvature); den = 1 + h x p x.
 */
void covariance_learn(struct covariance *, const double *x, double h, double den);

#endif
