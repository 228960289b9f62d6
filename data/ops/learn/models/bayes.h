/* bayes.h - Gaussian naive Bayes: each class a mean and a variance of every feature. */
#ifndef WEIR_LEARN_BAYES_H
#define WEIR_LEARN_BAYES_H

#include "data/ops/learn/features/fields.h"
#include "data/ops/learn/features/shape.h"

struct bayes {
	struct shape shape;
	double n;                     /* rows learned, up to a bound */
	double *count;                /* of each class; all fade together */
	double *all_mean, *all_var;   /* of each feature, over all classes */
	double *mean, *var, *log_var; /* [class][feature] */
};

void bayes_fields(struct bayes *, struct fields *);
void bayes_predict(const struct bayes *, const struct example *, double *p);
void bayes_learn(struct bayes *, const struct example *, int class);
/* The share of a feature's variance that is between the classes: 0..1. */
double bayes_between(const struct bayes *, int feature);

#endif
