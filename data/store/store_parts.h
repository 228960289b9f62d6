/* store_parts.h - what the files of a store share; nobody else includes it.
 *
 * store.c        opened, locked and closed; checkpoints
 * store_sql.c    statements and their errors
 * store_tables.c the tables there are
 * store_run.c    a run begins: the tables of its sources
 * store_write.c  a batch becomes rows of tables
 * store_keep.c   the oldest rows go
 * store_cut.c    those behind a checkpoint that is gone on from
 * batch.c        what is to be written, copied
 * writer.c       ... by a thread of its own
 * store_rows.c   rows of a store, read
 * store_runs.c   ... its runs
 * rows_text.c    ... as CSV and NDJSON */
#ifndef WEIR_STORE_PARTS_H
#define WEIR_STORE_PARTS_H

#include <sqlite3.h>

#include "data/base/text.h"
#include "data/store/store.h"

enum {
	STORE_ID = 0x57454952, /* "WEIR": application_id of the file */
	STORE_VERSION = 2,     /* of these tables: user_version; older ones are carried over */
	WIDE = 1900            /* columns beyond which a row is one JSON text */
};

struct store_table { /* of a source of the run that is written */
	char *name;
	enum column_type *types;
	char **stored; /* the columns' names in there; of a wide one as they are */
	int n;
	bool wide, stamps;
	int time; /* the column of times; -1 */
	sqlite3_stmt *insert;
	int64_t first, last; /* rowids of this batch; last 0: none */
	int64_t newest;      /* time of a row; TIME_NONE */
};

struct store {
	char *path;
	int lock; /* descriptor */
	sqlite3 *db;
	struct store_keep keep;
	int64_t run;  /* 0: none yet */
	int64_t from; /* the checkpoint that was read last; 0: none was */
	struct store_table *tables;
	int ntables;
	sqlite3_stmt *facts[FACTS], *checkpoint, *mark;
	struct text json; /* of a row under way */
	int64_t bytes;
};

/* store_sql.c: -1 with err from what SQLite says. */
int store_failed(const struct store *, struct error *);
int sql_failed(sqlite3 *, const char *path, struct error *);
int store_exec(struct store *, const char *sql, struct error *);
int store_prepare(struct store *, const char *sql, sqlite3_stmt **, struct error *);
int store_step(struct store *, sqlite3_stmt *, struct error *); /* to its end, and reset */
/* The first cell of the first row; 0 where there is none. */
int store_number(struct store *, const char *sql, int64_t *v, struct error *);
void sql_quote(struct text *, const char *name); /* "name", as SQL has it */
/* Safe to be read whoever wrote it: what the file says is data. */
void sql_distrust(sqlite3 *);
int sql_check(
    sqlite3 *, const char *path, struct error *); /* a store of a version that is known? */

/* store_tables.c */
int store_make_tables(struct store *, struct error *);
int store_carry_over(struct store *, struct error *); /* those of an older version */
void store_forget_run(struct store *);                /* tables and statements of it */

/* store_run.c: reads a BATCH_RUN behind its kind. */
int store_begin_run(struct store *, struct reader *, int64_t now, struct error *);

/* ... It has ended, or is told to. */
int store_end_run(struct store *, int64_t now, struct error *);

/* store_cut.c: what this run has behind the checkpoint that was read goes. */
int store_cut(struct store *, struct error *);

/* store_keep.c: some of what is too old, or too much. */
int store_trim(struct store *, struct error *);

#endif
