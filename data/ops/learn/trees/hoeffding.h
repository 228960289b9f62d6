/* hoeffding.h - a decision tree that splits a leaf when it is sure enough (VFDT). */
#ifndef WEIR_LEARN_HOEFFDING_H
#define WEIR_LEARN_HOEFFDING_H

#include <stdbool.h>

#include "data/ops/learn/features/fields.h"
#include "data/ops/learn/features/shape.h"

struct hoeffding_tree {
	int nodes, leaves;
	double err, weight; /* discounted, of what it said before it learned */
	int age;            /* rows learned */
	double *thr;
	int16_t *feature, *child, *slot; /* of nodes; a leaf has no child, -1 */
	/* of leaf slots */
	double *count;        /* [slot][class], with those expected when its node was split */
	double *seen;         /* [slot][class], rows that came since */
	double *mean, *m2;    /* [slot][class, of all classes last][feature] */
	double *least, *most; /* [slot][feature] */
	double *hits_bayes, *hits_majority, *looked; /* [slot]; rows when it was last looked at */
	int said, said_bayes; /* room: the classes that it, and naive Bayes in the leaf, named */
};

struct hoeffding {
	struct shape shape;
	int leaves_most;
	int first; /* of the two trees, the one that answers; the other one waits to be better */
	struct hoeffding_tree tree[2];
	double *p; /* room */
};

void hoeffding_fields(struct hoeffding *, struct fields *);
void hoeffding_init(struct hoeffding *);
int hoeffding_check(const struct hoeffding *);
void hoeffding_predict(struct hoeffding *, const struct example *, double *p);
/* The row that hoeffding_predict was asked of last. */
void hoeffding_learn(struct hoeffding *, const struct example *, int class);
void hoeffding_uses(const struct hoeffding *, double *uses); /* splits by each feature */

/* Bits that a split of these class counts gains; 0 where a side has less than a hundredth. */
double hoeffding_gain(const double *left, const double *right, int k);
/* How far a mean of n values within a range may be off, but for a chance of delta. */
double hoeffding_bound(double range, double n);

#endif
