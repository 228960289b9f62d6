/* pairs.h - how two values of a row vary together over a window, by adding alone (fold.h). */
#ifndef WEIR_PAIRS_H
#define WEIR_PAIRS_H

#include "data/ops/window/two_stacks.h"

struct products {          /* of a - anchor.a and b - anchor.b */
	double n, a, b;    /* sums */
	double aa, bb, ab; /* of the deviations from the means */
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

/* Adds a pair, seen from the aggregate's anchor. */
void products_add(struct products *, double a, double b);
/* Joins front and back; shift_a and shift_b lead from the anchor of front to that of back. */
struct products pairs_join(const struct pairs *, double shift_a, double shift_b);

#endif
