/* store_rows.h - the rows of a run in a store, read in their order, whether it is still written or
 * not. */
#ifndef WEIR_STORE_ROWS_H
#define WEIR_STORE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/rows/schema.h"

struct store_rows;

bool store_is(const char *path); /* do its first bytes say that it is a store? */

struct store_run { /* texts: valid while it is told */
	int64_t number;
	const char *began, *ended; /* ended "": it was killed, or goes on */
	const char *command;
	uint64_t rows; /* about so many, of its first source */
};
/* Tells each run that it has, in their order. -1 with err. */
int store_runs(const char *path, void (*tell)(void *self, const struct store_run *), void *self,
    struct error *);

enum { STORE_LAST_RUN = 0, STORE_ALL_RUNS = -1 };

/* run: its number, or STORE_LAST_RUN; source NULL: its first. STORE_ALL_RUNS: the rows of all runs
 * that are in one table with those of the last one, for they have the same columns, and behind
 * these a column weir_run. NULL with err. */
struct store_rows *store_rows_open(
    const char *path, int64_t run, const char *source, struct error *);
void store_rows_close(struct store_rows *);

/* The columns; schema.time is that of the column of times, behind the others where rows were
 * stamped on arrival. */
const struct schema *store_rows_schema(const struct store_rows *);
uint64_t store_rows_count(const struct store_rows *); /* about so many there are */

/* From a row on (by its rowid); 0: the first. */
void store_rows_seek(struct store_rows *, int64_t rowid);
/* 1: the next row is there; 0: there is none; -1 with err. */
int store_rows_next(struct store_rows *, struct error *);
int64_t store_rows_at(const struct store_rows *); /* its rowid */

/* Rows of very many columns are kept as JSON, and can be had as that alone. */
bool store_rows_wide(const struct store_rows *);
/* Appends the header, or the row there, with a line end. */
void store_rows_csv_header(const struct store_rows *, struct text *);
void store_rows_csv(const struct store_rows *, struct text *);
void store_rows_ndjson(const struct store_rows *, struct text *);

#endif
