/* forest.h - random-test trees that vote on classes. */
#ifndef WEIR_LEARN_FOREST_H
#define WEIR_LEARN_FOREST_H

#include "data/ops/learn/trees/grove.h"
#include "data/ops/learn/features/shape.h"

struct forest_counts {          /* of a tree's rows, by class */
	float *node;            /* [node][class] */
	uint16_t *left, *right; /* [slot][test][class] */
};

struct forest {
	struct shape shape;
	struct grove grove;
	struct forest_counts counts[GROVE_MOST];
	int votes[GROVE_MOST]; /* of each tree, the more, the better it did of late */
	double *p;             /* room: [tree][class], what each said of the row */
};

void forest_fields(struct forest *, struct fields *);
void forest_init(struct forest *);
int forest_check(const struct forest *);
/* What each tree said is kept for forest_learn of the same row. */
void forest_predict(struct forest *, const struct example *, double *p);
void forest_learn(struct forest *, const struct example *, int class);

const struct grove_tree *forest_best(const struct forest *); /* of late, of those that vote */

/* ln-likelihood ratio of two columns of counts, times two: how surely a test tells classes apart.
 */
double forest_criterion(const uint16_t *left, const uint16_t *right, int k);

#endif
