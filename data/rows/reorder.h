/* reorder.h - rows held back until the watermark has passed, and given out in the order of time. */
#ifndef WEIR_REORDER_H
#define WEIR_REORDER_H

#include <stdbool.h>

#include "data/rows/block.h"

struct reorder;

enum { REORDER_ROWS = 65536 }; /* held at most; then the oldest goes, whatever the watermark says */

struct reorder *reorder_new(const struct schema *, int64_t lateness);
void reorder_free(struct reorder *);

/* Gives it the rows of a block, with their faults, to be taken in one by one by reorder_pop: the
 * block must stay until that answers NULL. */
void reorder_push(struct reorder *, const struct block *);
/* The next rows that may go, in the order of their times; flush: all may. NULL: none may, and all
 * rows given were taken in. Rows of a block are numbered one after the other. Valid until the next
 * call. */
struct block *reorder_pop(struct reorder *, bool flush);
void reorder_clear(struct reorder *); /* forgets all, for a recording that starts over */

#endif
