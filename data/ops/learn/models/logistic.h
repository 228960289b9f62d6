/* logistic.h - softmax regression whose steps go by a shared covariance. */
#ifndef WEIR_LEARN_LOGISTIC_H
#define WEIR_LEARN_LOGISTIC_H

#include "data/ops/learn/models/covariance.h"
#include "data/ops/learn/features/shape.h"

struct logistic {
	int k, n; /* classes, inputs */
	struct covariance cov;
	double *w; /* [class][input] */
	double *p; /* room: [class] */
};

void logistic_fields(struct logistic *, struct fields *);
void logistic_init(struct logistic *); /* behind fields: the covariance begins */
void logistic_predict(const struct logistic *, const double *x, double *p);
/* p is then what was said of the row before it was learned. */
void logistic_learn(struct logistic *, const double *x, int class);
/* The weights may be wrong from now on: they learn as if they were new. */
void logistic_doubt(struct logistic *);

#endif
