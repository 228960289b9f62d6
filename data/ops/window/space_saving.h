/* space_saving.h - the most frequent of any number of different values, in fixed memory. */
#ifndef WEIR_SPACE_SAVING_H
#define WEIR_SPACE_SAVING_H

#include "data/ops/window/ranked.h"

struct heavy { /* zeroed but for k: no value yet */
	struct tally tally;
	uint32_t *heap; /* of entries, the least frequent on top; an entry's spare is its place */
	size_t cap;
	size_t k;                  /* how many of the best are asked for, at most RANKS_MOST */
	uint32_t best[RANKS_MOST]; /* entries, the most frequent first */
	size_t nbest;
};

/* Counts one more. True when the value had no counter: it has one now, and *dropped is the value
 * that lost it, or NaN. */
bool heavy_add(struct heavy *, double key, uint64_t row, double *dropped);
double heavy_kth(const struct heavy *);     /* NaN: there are fewer than k */
uint64_t heavy_error(const struct heavy *); /* a count is too high by so many at most */

void heavy_clear(struct heavy *);
void heavy_done(struct heavy *);
void heavy_save(const struct heavy *, struct buffer *);
int heavy_load(struct heavy *, struct reader *);
size_t heavy_held(const struct heavy *);

#endif
