/* positions.h - sum of c log2 c over the counts c of any number of different values, in fixed
 * memory. */
#ifndef WEIR_POSITIONS_H
#define WEIR_POSITIONS_H

#include "data/ops/window/structures/tally.h"

enum { POSITIONS = 16384 };

struct positioned {
	uint32_t entry;  /* of the value that stood there */
	uint64_t before; /* what its entry had counted before */
};

struct positions {          /* zeroed: no value yet */
	struct tally tally; /* of the values that stand at a position, counted from the first such
			     * one on; spare: at how many */
	struct positioned *at;
	struct {
		uint64_t n, due; /* values met, and how many when the mean is worked out again */
		double mean;
	} now; /* saved as it is */
};

void positions_add(struct positions *, double key);
double positions_sum(const struct positions *);

void positions_done(struct positions *); /* zeroed again */
void positions_save(const struct positions *, struct buffer *);
int positions_load(struct positions *, struct reader *);
size_t positions_held(const struct positions *);

#endif
