/* ring.h - the last rows, searched for those nearest to one: the part of nearest neighbours that
 * does not care what is asked of them. */
#ifndef WEIR_LEARN_RING_H
#define WEIR_LEARN_RING_H

#include "data/ops/learn/features/fields.h"

enum { RING_NEAREST = 10, RING_WINDOWS = 3, RING_BLOCK = 8 };

struct ring {
	int d, cap; /* features; rows, a multiple of RING_BLOCK */
	uint64_t n; /* rows ever */
	float *x;   /* [block][feature][RING_BLOCK] */
	float *tag; /* a number of each row, compared on its own: the class before; -1: none */
	float *w;   /* weight of each feature in the distance */
	double tag_weight; /* added where tags differ */
};

struct near { /* rows near to the one asked for, nearest first */
	int n;
	float distance[RING_NEAREST];
	int row[RING_NEAREST]; /* where they stand: 0 .. cap-1 */
};

void ring_fields(struct ring *, struct fields *);
/* The nearest among the newest sixteenth, the newest quarter and all rows; 0 rows in none. */
void ring_search(const struct ring *, const float *x, float tag, struct near found[RING_WINDOWS]);
/* Returns where the row stands. */
int ring_push(struct ring *, const float *x, float tag);
int ring_rows(const struct ring *);

#endif
