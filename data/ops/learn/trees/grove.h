/* grove.h - what forests of classes and of numbers share: trees in flat arrays, whose leaves hold
 * random tests that wait to become splits; and who votes.
 *
 * A tree that does not vote, the challenger, learns like the others. When it does better than the
 * worst of them it takes its place: so a forest follows a change in what it learns. */
#ifndef WEIR_LEARN_GROVE_H
#define WEIR_LEARN_GROVE_H

#include <stdbool.h>

#include "data/ops/learn/features/chance.h"
#include "data/ops/learn/features/fields.h"

enum {
	GROVE_MOST = 13, /* trees, the challenger among them */
	NO_FEATURE = -1
};

struct grove_tree {
	struct chance chance;
	int nodes, leaves;
	int age;             /* rows learned; of a challenger */
	double loss, weight; /* discounted, of what it said before it learned */
	float *thr;          /* of each node: left is where the feature is at most thr */
	int16_t *feature;
	/* The left child, the right one stands behind it; of a leaf: -1. */
	int16_t *child;
	int16_t *slot; /* of a leaf: where its tests are */
	/* leaf slots: tests in a row */
	float *test_thr;       /* [slot][test] */
	int16_t *test_feature; /* NO_FEATURE: empty */
	uint16_t *waiting;     /* [slot]: weight since its tests were last looked at */
};

struct grove {
	int trees;         /* that vote */
	int features;      /* of a row */
	int first_lag;     /* features from here on are of the targets before; = features: none */
	int leaves, tests; /* at most, of a tree; of a leaf */
	double lag_share;  /* how often a new test is of a lag */
	int order[GROVE_MOST]; /* who stands where: the challenger last */
	struct grove_tree tree[GROVE_MOST];
};

void grove_fields(struct grove *, struct fields *); /* all but what the leaves count */
/* What was loaded must be trees. -1. */
int grove_check(const struct grove *);
void grove_init(struct grove *, uint64_t seed);

static inline int
grove_nodes(const struct grove *g) /* room for nodes: two for each leaf */
{
	return 2 * g->leaves;
}

/* The next node on the way down; a leaf has none: -1. */
static inline int
grove_next(const struct grove_tree *t, int node, const float *x)
{
	int child = t->child[node];

	if (child < 0)
		return -1;
	return child + !(x[t->feature[node]] <= t->thr[node]);
}

/* Makes a leaf a node with two leaves by its test; the left one keeps its slot. Returns the left
 * one; -1: there is no room. All tests of both are empty. */
int grove_split(struct grove *, struct grove_tree *, int node, int test);
/* Fills an empty test from the row. */
void grove_draw(const struct grove *, struct grove_tree *, int slot, int test, const float *x);
void grove_empty(const struct grove *, struct grove_tree *, int slot);
void grove_plant(const struct grove *, struct grove_tree *); /* a single leaf again */

/* After a row: the challenger takes a place where it is better by so much. */
struct rivalry {
	double better, margin; /* its loss < better * the worst - margin */
};
/* Returns the tree that begins anew, which its owner plants; NULL: none. */
struct grove_tree *grove_contest(struct grove *, const struct rivalry *);
void grove_score(struct grove_tree *, double loss);
double grove_loss(const struct grove_tree *); /* its mean of late */

/* How often each feature is asked by the trees that vote, by splits. */
void grove_uses(const struct grove *, double *uses);

#endif
