/* pairs.h - how two values of a row vary together over a window, by adding alone (fold.h). */
#ifndef WEIR_PAIRS_H
#define WEIR_PAIRS_H

#include "data/ops/window/two_stacks.h"

struct products {          /* of (a - anchor.a) * unit_a and (b - anchor.b) * unit_b; see unit.h */
	double n, a, b;    /* sums */
	double aa, bb, ab; /* of the deviations from the means */
	double unit_a, unit_b;
};

struct anchor { /* a pair that all of an aggregate are seen from */
	double a, b;
	int64_t t; /* where a is a time or a row number, which doubles hold less exactly */
};

struct pairs {
	struct two_stacks fold;
	struct anchor back_anchor, front_anchor;
	struct products back;
};

extern const struct products products_none; /* of no pair */

/* Adds a pair, to be seen from an anchor. */
void products_add(struct products *, const struct anchor *, double a, double b);
/* Joins front and back, whose values are seen from these anchors. */
struct products pairs_join(
    const struct pairs *, const struct anchor *front, const struct anchor *back);

#endif
