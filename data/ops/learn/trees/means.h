/* means.h - random-test trees for numbers: forests of means. */
#ifndef WEIR_LEARN_MEANS_H
#define WEIR_LEARN_MEANS_H

#include "data/ops/learn/trees/grove.h"
#include "data/ops/learn/features/shape.h"

struct means_sums {      /* of a tree's rows */
	float *n, *mean; /* of each node */
	float *var;      /* of each leaf slot */
	/* of each test: rows and sums on its sides */
	float *left_n, *left, *right_n, *right;
};

struct means {
	struct shape shape;
	struct grove grove;
	int trees, tests, leaves;
	struct means_sums sums[GROVE_MOST];
	double said[GROVE_MOST]; /* of the row */
};

void means_fields(struct means *, struct fields *); /* trees, tests and leaves are set before */
void means_init(struct means *, uint64_t seed);
double means_predict(struct means *, const float *x);
void means_learn(struct means *, const float *x, double y);
/* How surely a test tells means apart: n / 2 ln of the variance before over that behind it, twice.
 */
double means_criterion(double left_n, double left, double right_n, double right, double var);

#endif
