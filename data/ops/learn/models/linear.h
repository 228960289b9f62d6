/* linear.h - recursive least squares: a weighted sum of inputs, whose weights walk. */
#ifndef WEIR_LEARN_LINEAR_H
#define WEIR_LEARN_LINEAR_H

#include "data/ops/learn/models/covariance.h"

struct linear {
	int n;
	double rows, square; /* rows learned; squared error of late */
	struct covariance cov;
	double *w;
};

void linear_fields(struct linear *, struct fields *);
void linear_init(struct linear *);
double linear_predict(const struct linear *, const double *x);
void linear_learn(struct linear *, const double *x, double target);

#endif
