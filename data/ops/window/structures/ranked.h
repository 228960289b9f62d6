/* ranked.h - the values of a window by how often each occurs, the k-th of them at hand. */
#ifndef WEIR_RANKED_H
#define WEIR_RANKED_H

#include <stdbool.h>

#include "data/ops/window/structures/tally.h"

enum { RANKS_MOST = 100 }; /* the last rank that may be asked for */

/* The order of ranks: the more frequent first, of equals the one seen first. */
static inline bool
entry_better(const struct entry *a, const struct entry *b)
{
	return a->count != b->count ? a->count > b->count : a->first < b->first;
}

struct ranked { /* zeroed: none */
	struct tally tally;
	uint32_t *heap; /* of entries, the best on top; an entry's spare is its place in it */
	size_t cap;
};

/* Counts one more; of a new value, which then has a count of 1, row is the first. */
struct entry *ranked_add(struct ranked *, double key, uint64_t row);
/* Counts one less; first: the row where it is seen first from now on. True: none is left, and the
 * entry is gone. */
bool ranked_drop(struct ranked *, struct entry *, uint64_t first);
double ranked_kth(const struct ranked *, size_t k); /* NaN: there are fewer */

void ranked_done(struct ranked *);
size_t ranked_held(const struct ranked *);

#endif
