/* store.h - a recording in an SQLite file: runs with their rows, what was told of them, and
 * checkpoints.
 *
 * For people with sqlite3 at hand: the rows of the first source are the table "rows", with its
 * columns' own names and types (times as text in ISO 8601, missing cells NULL), and behind them
 * weir_run, weir_row and weir_time. Tables beside it: runs, sources, columns, alerts, bad, notes,
 * marks, checkpoints.
 *
 * What a store holds is read as a stranger's: no views, no triggers, nothing in it is acted on. */
#ifndef WEIR_STORE_H
#define WEIR_STORE_H

#include "data/base/error.h"
#include "data/store/batch.h"

struct store;

struct store_keep {    /* how much stays; zeroed: all */
	int64_t age;   /* ns of the rows' own time, where they have one */
	int64_t bytes; /* of the file, in whole pieces of some thousand rows more */
};

/* Opens or creates it to be written, by nobody else at the same time. -1 with err: somebody does,
 * it is no store, or it cannot be written; then nothing was changed. */
struct store *store_open(const char *path, const struct store_keep *, struct error *);
void store_close(struct store *); /* NULL is fine */

struct checkpoint {
	struct buffer state; /* the caller's to buffer_done() */
	uint64_t rows;
	int64_t out;
	bool ended;
};
/* The checkpoint before so many newer ones of the last run. 1: read; 0: there is none; -1 with err.
 * Before anything is written. Where the run then goes on, it does so from the one that was read
 * last: what is recorded behind that goes. */
int store_checkpoint(struct store *, int before, struct checkpoint *, struct error *);

/* All of the batch, or nothing; -1 with err: the disk is full, or fails. The same batch may be
 * written again later. */
int store_write(struct store *, const struct batch *, struct error *);
int64_t store_memory(void);                /* bytes that SQLite holds, of all stores */
int64_t store_bytes(const struct store *); /* of the file, as of the last batch */

#endif
