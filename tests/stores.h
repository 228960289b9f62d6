/* stores.h - a store of a test's own: written, asked, and spoiled. */
#ifndef WEIR_TESTS_STORES_H
#define WEIR_TESTS_STORES_H

#include "data/base/text.h"
#include "data/store/store.h"

extern const struct store_keep store_keep_all;

const char *store_file(void); /* its path */
void store_file_remove(void); /* with what SQLite keeps beside it */
struct store *store_file_open(const struct store_keep *);
/* The first cell of what it answers, as a number; -1: nothing, or no answer. */
int64_t store_file_ask(const char *sql);
void store_file_change(const char *sql);
/* Appends the rows of a run as CSV with a header, or as NDJSON. */
void store_file_export(struct text *, int64_t run, bool ndjson);

/* A block of rows of a schema of numbers, times and texts: cells follow from the row's number. */
struct block *stored_block(const struct schema *, int n);
void stored_begin_run(struct batch *, const struct schema *, bool resumed);
void stored_add_rows(struct batch *, const struct schema *, int n, uint64_t first);
/* A batch of n rows; begin: of a new run. */
int stored_write_rows(struct store *, const struct schema *, int n, bool begin, struct error *);

#endif
