/* block.h - rows on their way through the engine: 1 to BLOCK_ROWS of one source, column by column.
 *
 * A block is filled by a feed and read by everyone else. Cells of number columns are doubles
 * (missing: NaN), of time columns nanoseconds (missing: TIME_NONE), of text columns bytes in the
 * block's arena. What was wrong with a row travels beside it as faults, so that the events of a
 * row can be told in its turn, however the rows were cut into blocks. */
#ifndef WEIR_BLOCK_H
#define WEIR_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/rows/position.h"
#include "data/rows/schema.h"

enum { BLOCK_ROWS = 256 };

struct cell_text { /* s is NULL when the cell is missing; no NUL behind it */
	const char *s;
	uint32_t n;
};

/* A record that gave no row (a line that is no JSON, one over 1 MiB) is told before the row that
 * came next. Where none came, it is in a last block that has no rows. */
struct fault {
	int row;               /* in the block; 0 in a block without rows */
	int column;            /* FAULT_ROW: the row as a whole */
	const char *what;      /* "not a number", "too few fields", ... static */
	struct cell_text text; /* what stood there, cut to FAULT_TEXT bytes, not yet escaped */
};
enum {
	FAULT_TEXT = 80,
	FAULT_ROW = -1,
	FAULT_NOTE = -2 /* nothing is wrong, but is to be told; the text is the name of a column */
};

/* Lines that are none of the table: counted as skipped, not as bad. */
extern const char fault_header_again[], fault_comment[], fault_other_table[], fault_other_columns[],
    fault_other_header[]; /* with the number of its line */
bool fault_skips(const struct fault *);

union cells {
	double *number;
	int64_t *time;
	struct cell_text *text;
};

struct block {
	const struct schema *schema;
	int cap;            /* rows that it can hold: BLOCK_ROWS, fewer with thousands of columns */
	int n;              /* rows in it; 0 only where faults came after the last row */
	uint64_t first_row; /* number of row 0 in its source, from 1 */
	struct position from;   /* where its source goes on before row 0 */
	struct position *after; /* ... and behind each row; without rows [0]: behind the faults */
	int64_t *time;          /* of each row: its cell, else the arrival; never TIME_NONE */
	int64_t
	    shift; /* ns that times stand ahead of the stamps, where they are those of a clock */
	/* of each row: ns that it lies behind others that went, when that is beyond the lateness;
	 * else 0. Found by those who put rows in order. */
	int64_t *late;
	union cells *cells;     /* one for each column of the schema, cap long */
	bool *used;             /* of each column; the others share cells that are all missing */
	union cells missing[3]; /* those, by type */
	/* Of each column of numbers or times how its cells stood there (NULL: missing), for those
	 * who show them: 1.50, 5 %, a date; NULL: not kept. See block_keep_written. */
	struct cell_text **written;
	int nwritten;         /* columns of these; a view has more of its own behind them */
	struct fault *faults; /* in the order of their rows */
	int nfaults;
	struct arena *arena; /* the bytes of its texts */
};

/* The schema outlives it. used: of each column, whether somebody reads it; NULL: of all. */
struct block *block_new(const struct schema *, const bool *used);
void block_free(struct block *);
void block_clear(struct block *); /* no rows, no faults; the memory stays */

/* Nothing more should be added: its rows, faults or bytes of text are as many as they may be. */
bool block_full(const struct block *);

/* Where the source goes on when so many of its rows went. */
const struct position *block_position(const struct block *, int rows);

/* Cells are kept as they stand there, too, from now on. */
void block_keep_written(struct block *);

/* Copies n bytes, which stay where they are until the block is cleared. */
struct cell_text block_text(struct block *, const char *s, size_t n);
/* Moves the row begun behind the last whole row, its first `columns` cells and its faults, to an
 * empty block. */
void block_carry(struct block *from, struct block *to, int columns);
void block_fault(struct block *, int row, int column, const char *what, const char *s, size_t n);

#endif
