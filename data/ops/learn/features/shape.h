/* shape.h - what the models of one learner have in common, and one row as they see it. */
#ifndef WEIR_LEARN_SHAPE_H
#define WEIR_LEARN_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	CLASSES_MOST = 255, /* labels that are told apart; later ones are "other" */
	CLASSES_MIXED = 48, /* the same of the forest and the mixture */
	ROWS_KEPT = 1024    /* the rows that neighbours are looked for among */
};

struct shape {
	int d;    /* features */
	int k;    /* classes; 0: the target is a number */
	int lags; /* features of trees beside them, which are of the targets before */
	int u;    /* features of the models that look at time */
	int rows; /* kept for neighbours: fewer with very many features */
	uint64_t seed;
};

/* What a model may look at to predict, all from before the row's target is known. */
struct example {
	const double *z; /* d features, each as deviations from its running mean */
	const double *u; /* 1, z, changes, distances to recent means, targets before */
	const float *f;  /* d features less what they were at first, then the lags */
	int before;      /* class of the row before; -1: none yet */
	int before_that;
};

static inline int
shape_tree(const struct shape *s) /* features of trees */
{
	return s->d + s->lags;
}

#endif
