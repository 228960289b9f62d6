/* store_rows_parts.h - what reads rows of a store, and what writes them as text. */
#ifndef WEIR_STORE_ROWS_PARTS_H
#define WEIR_STORE_ROWS_PARTS_H

#include "data/store/store_parts.h"
#include "data/store/store_rows.h"

struct store_rows {
	sqlite3 *db;
	char *path, *table;
	int64_t run;
	struct schema schema;    /* its names are those in the source */
	char **stored;           /* ... in the table */
	bool wide, stamps, all;  /* all: rows of every run in the table */
	int64_t first, at, last; /* rowids; at 0: before the first */
	int64_t bound;           /* all are below it; INT64_MAX: there is no run behind it */
	bool failed;
	struct error why;
	sqlite3_stmt *select;
};

/* Where cell `column` of the row stands in the statement. */
static inline int
cell_place(int column)
{
	return column + 2;
}

#endif
