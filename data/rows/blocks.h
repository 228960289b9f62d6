/* blocks.h - blocks in their order: filled at one end, used up at the other, and used again. */
#ifndef WEIR_BLOCKS_H
#define WEIR_BLOCKS_H

#include "data/rows/block.h"

enum { BLOCKS_SPARE = 4 };

struct blocks {              /* zeroed: none */
	struct block **held; /* ring of those in use, oldest at head */
	int head, n, cap;
	struct block *spare[BLOCKS_SPARE]; /* to be used again */
	int nspare;
	int outdated; /* the first so many held are not used again */
};

/* Puts an empty one behind all others. used: see block_new. */
struct block *blocks_add(struct blocks *, const struct schema *, const bool *used);
struct block *blocks_at(const struct blocks *, int i); /* 0: the first */
struct block *blocks_first(const struct blocks *);     /* NULL: none */
void blocks_drop(struct blocks *);                     /* the first */
void blocks_renew(struct blocks *);                    /* those there are are not used again */
void blocks_done(struct blocks *);

#endif
