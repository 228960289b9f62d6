/* position.h - a place in a source from which reading can go on as if it had never stopped.
 *
 * Behind each row stands the place where its record ended: whoever goes on seeks the source there
 * and reads with a fresh format. So nothing half read is ever kept: what stood between two rows is
 * read again with the later one, and its faults come again by themselves. The same bytes give the
 * same places, however they were cut and wherever reading began. */
#ifndef WEIR_POSITION_H
#define WEIR_POSITION_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"

/* What a format must know to go on from there. Bits from POSITION_OWN on are each format's own. */
enum {
	POSITION_CR = 1 << 0,     /* a CR ended the record: an LF behind it is its second half */
	POSITION_SINGLE = 1 << 1, /* the first record had one cell: blank lines are rows, too */
	POSITION_WIDE = 1 << 4,   /* it had several */
	POSITION_SKIP = 1 << 2,   /* inside a record that was dropped: up to the line end is its */
	POSITION_END = 1 << 3,    /* ... and what is told at the end of all was told */
	POSITION_OTHER = 1 << 6,  /* among the lines of another table: see heads_other */
	POSITION_OWN = 1 << 8,
};

struct position {        /* zeroed: where a document begins */
	uint64_t offset; /* bytes before it; of a packed file unpacked, of a generator as made */
	uint64_t line;   /* lines that ended before it */
	uint32_t flags;
	uint32_t passed; /* records that begin behind it and count as read all the same */
	uint32_t lane;   /* of sources that have several: whose place it is */
};

bool position_same(const struct position *, const struct position *);
void position_save(const struct position *, struct buffer *);
int position_load(struct position *, struct reader *); /* -1: is none */

#endif
