/* reorder.h - rows held back until the watermark has passed, and given out in the order of time. */
#ifndef WEIR_REORDER_H
#define WEIR_REORDER_H

#include <stdbool.h>

#include "data/base/bytes.h"
#include "data/base/error.h"
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
/* How many rows were taken in, and the place behind the last of them, from which the source goes on
 * where the rows held are saved. Nothing was: false. */
bool reorder_taken(const struct reorder *, uint64_t *rows, struct position *);
/* State: the rows held, and those of the block last given behind the first `gone`, which went. A
 * block without rows went when gone is 1. Loaded into one that is new, of the same schema and
 * lateness, which first gives again what had not gone. -1: damaged, or of others. */
void reorder_save(const struct reorder *, int gone, struct buffer *);
int reorder_load(struct reorder *, struct reader *, struct error *);
uint64_t reorder_held(const struct reorder *); /* rows */
void reorder_clear(struct reorder *); /* forgets all, for a recording that starts over */

#endif
