/* late_keys.h - keys that came after the columns were settled: each is told once, with the row at
 * which it was met, so that what was known at any earlier row can still be said.
 *
 * So many are kept; cells under further ones are left out and counted. */
#ifndef WEIR_LATE_KEYS_H
#define WEIR_LATE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/name_index.h"

enum { LATE_KEYS = 1000 };

struct left_out { /* of a row: cells left out up to its end, since the first row */
	uint64_t row, cells;
};

struct late_keys { /* zeroed: none */
	struct name_index keys;
	uint64_t rows[LATE_KEYS]; /* at which each was met: they only grow */
	bool full;                /* a cell was left out, and told */
	uint64_t full_row;        /* ... at this row */
	struct left_out *left;    /* of the last rows; the first entry stands for all before it */
	size_t nleft, cap;
};

enum late_key {
	LATE_KEY_KNOWN,     /* was met before, or is left out as others were */
	LATE_KEY_NEW,       /* is to be told */
	LATE_KEY_FIRST_LEFT /* the first that is left out: to be told too */
};

enum late_key late_keys_meet(struct late_keys *, const char *key, size_t n, uint64_t row);
uint64_t late_keys_left(const struct late_keys *, uint64_t row); /* cells, up to this row's end */
/* Nothing will be asked about rows before this one: their memory is used again. */
void late_keys_forget(struct late_keys *, uint64_t row);
/* Rows are numbered anew: all that was met stays known, and no cell is left out yet. */
void late_keys_restart(struct late_keys *);
/* What was known at a row; loaded into one that is zeroed. -1: damaged. */
void late_keys_save(const struct late_keys *, uint64_t row, struct buffer *);
int late_keys_load(struct late_keys *, uint64_t row, struct reader *);
void late_keys_done(struct late_keys *);

#endif
