/* row_map.h - how the cells of a source's records become columns of its rows. */
#ifndef WEIR_ROW_MAP_H
#define WEIR_ROW_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/error.h"
#include "data/base/name_index.h"
#include "data/rows/column_form.h"
#include "data/rows/dialect.h"
#include "data/rows/schema.h"
#include "data/rows/tag_column.h"

enum { HEADS_MAX = 8 };

/* In the place of a cell of the header that is a time: when it was written, another one each time.
 */
enum { HEAD_CLOCK = 0x1d };

struct heads { /* the records of the header and of units, so that they are known again */
	int n;
	int width[HEADS_MAX];
	char **cells[HEADS_MAX];
};

struct heads_met {     /* of the record under way */
	unsigned like; /* heads that have all its cells so far */
	unsigned last; /* ... those that had its first `same` cells */
	int same;
};

void heads_begin(struct heads_met *, unsigned mask); /* a record that may be one of these */
void heads_meet(const struct heads *, struct heads_met *, int cell, const char *s, size_t n);
/* ... that it is, having so many cells. */
unsigned heads_whole(const struct heads *, unsigned mask, int cells);
/* Is a record of so many cells, right behind one of the heads in the mask, a row of another table,
 * of which that is the title or the header? It has as many cells as that, or one less, and not the
 * width of most rows. */
bool heads_beside(const struct heads *, unsigned mask, int cells, int width);
/* Is the record, which has so many cells, the header of another table? It begins with the names of
 * ours, half of them and half of its own at least, but has more or fewer of them. */
bool heads_other(const struct heads *, const struct heads_met *, int cells);
bool heads_other_names(int same, int ours, int cells);
/* All of them that can be told from a row: one cell at least says something. */
unsigned heads_all(const struct heads *);

void heads_done(struct heads *);

struct row_map { /* zeroed: no columns */
	struct schema schema;
	struct name_index
	    keys; /* the columns' names, and so, where cells have keys, key -> column */
	struct column_form *forms; /* of each column */
	int fields; /* columns that cells are for; behind them there is a joined one at most */
	/* Two columns of texts that are one time in the last column; column -1: there are none. */
	struct {
		int date, clock, column;
	} join;
	int tags;     /* columns behind all others that the source itself gives: see row_map_tag */
	char **names; /* what the header says; of schema.n columns */
	bool told;    /* --columns: keys that it does not name are not wanted */
	int width;    /* fields of most records; 0: any number will do */
	int tail;     /* fields behind the columns that are empty */
	struct heads heads;
	struct zone *zone;       /* of times that have none; NULL: UTC */
	const char *time_format; /* --time-format; NULL */
	const char *missing; /* --missing: texts that are missing cells, apart by commas; NULL */
	/* The cell for which a column that would tell the time does not; row 0: there is none. */
	int doubt_column;
	uint64_t doubt_row;
};

/* Makes columns of these names, which the layout then owns. Column names are unique: an empty one
 * is c3 by its position, a second v is v#2. */
void row_map_name(struct row_map *, char **names, int n);

/* Makes the columns of a date and of its clock texts, and of both together a column of times. */
void row_map_join(struct row_map *, int date, int clock);

/* Makes a column of it, behind all others; another one of its name makes it name#2. A time is taken
 * for the rows' time where they have none. */
void row_map_tag(struct row_map *, const struct tag_column *);

/* Opens the zone that is told, and gives it and the format of times to the forms there are. -1:
 * there is no such zone. Again, when there are more forms. */
int row_map_times(struct row_map *, const struct dialect_options *, struct error *);

/* --types and -t over the types found, and the time column: -t, else the one found, else the first
 * column of times. Either text may be NULL. -1: they do not fit the columns. */
int row_map_types(struct row_map *, const char *types, const char *time, struct error *);

/* What the forms of the columns tell of the whole. */
void row_map_dialect(const struct row_map *, struct dialect *);

/* Is the cell one of those that are told to be missing? */
bool row_map_missing(const struct row_map *, const char *s, size_t n);

/* Do numbers in a column of this name mean time since 1970? */
bool row_map_epoch_name(const char *name);

/* Are these n bytes the name? */
bool row_map_same(const char *name, const char *s, size_t n);

/* As it was found; loaded into one that is zeroed, for a source that is called so. -1: damaged;
 * what was loaded is to be released all the same. */
void row_map_save(const struct row_map *, struct buffer *);
int row_map_load(struct row_map *, const char *source, struct reader *);

void row_map_done(struct row_map *);

#endif
