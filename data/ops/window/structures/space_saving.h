/* space_saving.h - the most frequent of any number of different values, in fixed memory. */
#ifndef WEIR_SPACE_SAVING_H
#define WEIR_SPACE_SAVING_H

#include "data/ops/window/structures/ranked.h"

struct space_saving { /* zeroed but for k: no value yet */
	struct tally tally;
	uint32_t *heap; /* of entries, the least frequent on top; an entry's spare is its place */
	size_t cap;
	size_t k;                  /* how many of the best are asked for, at most RANKS_MOST */
	uint32_t best[RANKS_MOST]; /* entries, the most frequent first */
	size_t nbest;
};

/* Counts one more. True when the value had no counter: it has one now, and *dropped is the value
 * that lost it, or NaN. */
bool space_saving_add(struct space_saving *, double key, uint64_t row, double *dropped);
double space_saving_kth(const struct space_saving *); /* NaN: there are fewer than k */
uint64_t space_saving_error(
    const struct space_saving *); /* a count is too high by so many at most */

void space_saving_clear(struct space_saving *);
void space_saving_done(struct space_saving *);
void space_saving_save(const struct space_saving *, struct buffer *);
int space_saving_load(struct space_saving *, struct reader *);
size_t space_saving_held(const struct space_saving *);

#endif
