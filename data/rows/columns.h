/* columns.h - how the cells of a source's records become columns of its rows. */
#ifndef WEIR_COLUMNS_H
#define WEIR_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/name_index.h"
#include "data/rows/schema.h"

struct layout { /* zeroed: no columns */
	struct schema schema;
	struct keys keys; /* the columns' names, and so, where cells have keys, key -> column */
	bool *epochs;     /* of each column: numbers in it are times */
	bool header;      /* the first record names the columns */
	char **names;     /* what a header line says or would say; of schema.n columns */
	bool named;       /* one of them at least says something: it can be told from a row */
	bool told;        /* --columns: what else there is is not wanted */
	/* The cell for which a column that would tell the time does not; row 0: there is none. */
	int doubt_column;
	uint64_t doubt_row;
};

/* Makes columns of these names, which the layout then owns. Column names are unique: an empty one
 * is c3 by its position, a second v is v#2. */
void layout_name(struct layout *, char **names, int n);

/* --types and -t over the types found, and the time column: -t, else the first column of times.
 * Either text may be NULL. -1: they do not fit the columns. */
int layout_types(struct layout *, const char *types, const char *time, struct error *);

/* Do numbers in a column of this name mean time since 1970? */
bool layout_epoch_name(const char *name);

/* Are these n bytes the name? */
bool layout_same(const char *name, const char *s, size_t n);
extern const char layout_header_again[]; /* what is told of a header line that comes again */

void layout_done(struct layout *);

#endif
