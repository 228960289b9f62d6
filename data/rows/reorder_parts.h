/* reorder_parts.h - what the files of the reorder buffer share; nobody else includes it.
 *
 * reorder.c        rows in, held, and out
 * reorder_state.c  those held as bytes, and back */
#ifndef WEIR_REORDER_PARTS_H
#define WEIR_REORDER_PARTS_H

#include "data/base/name_index.h"
#include "data/base/text.h"
#include "data/rows/reorder.h"

struct held_text { /* in the slot's bytes */
	size_t at, n;
	bool missing;
};

union held {
	double number;
	int64_t time;
	struct held_text text;
};

struct held_fault {
	int column;
	const char *what;
	size_t at, n;
};

struct slot { /* a row held */
	int64_t time;
	uint64_t row;
	struct position after;
	int64_t late; /* ns that the watermark had passed it by when it came, if too late; else 0 */
	bool empty;   /* no row: faults that came after the last one */
	union held *cells;
	struct held_text *written; /* of each column; NULL: not kept */
	struct text bytes;
	struct held_fault *faults;
	int nfaults;
};

struct reorder {
	const struct schema *schema;
	int64_t lateness, watermark; /* greatest time seen */
	struct slot **heap;
	int n, cap;
	struct slot **spare;
	int nspare;
	const struct block *in; /* rows from at on are still to be taken in */
	int at, fault;
	struct block *out;
	bool given;              /* out holds rows of a loaded state that are still to be given */
	uint64_t taken;          /* rows taken in */
	struct position behind;  /* the last of them */
	bool begun;              /* a block was pushed */
	struct name_index words; /* what was wrong, of a state that was loaded */
};

void reorder_slot_done(struct slot *);       /* what it holds */
struct slot *reorder_slot(struct reorder *); /* an empty one, not yet in the heap */
void reorder_spare(struct reorder *, struct slot *);
void reorder_hold(struct reorder *, struct slot *); /* into the heap */
void reorder_fault(struct slot *, int column, const char *what, const char *s, size_t n);
/* A row of a block, with its faults from *fault on, into a slot; behind its last row: faults alone.
 */
void reorder_copy(const struct reorder *, struct slot *, const struct block *, int row, int *fault);
void reorder_give(struct reorder *, const struct slot *); /* behind the rows of out */

#endif
