/* batch.h - what goes into a store with one commit: rows, what is told of them, a checkpoint.
 *
 * Made on the thread that rows go on, written by another, so everything is copied: columns as they
 * stand in their blocks, one behind the other. Its memory is used again for the next one. */
#ifndef WEIR_BATCH_H
#define WEIR_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/rows/block.h"

enum batch_piece { BATCH_RUN, BATCH_ROWS, BATCH_FACT };

struct batch_source {
	const struct schema *schema;
	bool stamps; /* rows have no column of times, and their stamps are to be kept */
};

struct batch_run {    /* a run begins to be recorded, or goes on */
	bool resumed; /* it is the last one in the store */
	const char *version, *command, *config;
	const struct batch_source *sources;
	int nsources;
};

enum fact { FACT_ALERT, FACT_BAD, FACT_NOTE, FACTS };
enum { FACT_TEXTS = 5 };
struct fact_row { /* texts, by kind: alert, state, severity, key, expression; column, what, text;
		   * what, key */
	enum fact kind;
	int source; /* -1: none */
	uint64_t row;
	int64_t time; /* TIME_NONE: not to be told */
	struct cell_text texts[FACT_TEXTS];
};

struct batch { /* zeroed: empty */
	struct buffer log, state;
	uint64_t rows;
	bool checkpoint; /* state is one */
	bool ended;      /* ... of a run that has ended */
	bool last;       /* nothing comes behind it: the run has ended, or was told to */
	uint64_t total;  /* ... rows of the run by then */
	int64_t out;     /* ... bytes of events by then; -1: they go to no file */
	int64_t now;     /* by the wall, ns since 1970 */
	struct batch *next;
};

void batch_clear(struct batch *); /* its memory stays */
void batch_free(struct batch *);

void batch_run(struct batch *, const struct batch_run *);
/* The first `columns` columns of n rows of a block. */
void batch_rows(struct batch *, int source, const struct block *, int columns, int at, int n);
void batch_fact(struct batch *, const struct fact_row *);

size_t batch_size(const struct batch *); /* bytes of memory */

#endif
