/* row_parts.h - the rows of a block as they are seen and stepped; engine_parts.h includes it. */
#ifndef WEIR_ROW_PARTS_H
#define WEIR_ROW_PARTS_H

#include "data/base/text.h"
#include "data/query/query.h"
#include "data/rows/block.h"

struct engine;
struct stream;
struct pending;

struct joined_value {      /* the latest value of a joined column */
	union cells cells; /* the value, repeated over the run */
	double number;
	int64_t time;
	struct text text;
	bool missing;
};

struct row_view { /* where the columns of a block stand for those who read it; nothing is copied */
	union cells *shown, *inner;
	int nshown, ninner;
	union cells *derived; /* of the shown columns behind the source's own; owned */
	int nderived;
};

struct row_times {                 /* of the rows of a block, by their place in it */
	int64_t time[BLOCK_ROWS];  /* at which it is stepped, */
	int64_t shift[BLOCK_ROWS]; /* so far ahead of the stamps by then */
	int64_t by[BLOCK_ROWS];    /* ns that it lies behind the clock; 0: it does not */
	bool set_back[BLOCK_ROWS]; /* with it time was found to be set back */
};

struct limit {        /* --start, --stop */
	uint64_t row; /* 0: not by number */
	int64_t time; /* TIME_NONE: not by time */
};

enum row_news { ROW_ON_TIME, ROW_BEHIND, ROW_SETS_BACK };

/* row_range.c */
int row_range_parse(struct engine *, struct error *); /* --start and --stop as they were given */

/* row_view.c: fits the query, whose columns may be more than before. */
void row_view_fit(struct row_view *, const struct query_source *);
void row_view_done(struct row_view *);
/* The block as the plan of its source sees it: with the joined columns, for rows at .. at+n-1. */
struct block row_view_inner(struct engine *, struct stream *, int n);
/* The same as the listeners see it: with the derived columns, from the graph just stepped. */
struct block row_view_shown(struct engine *, struct stream *, int n);

/* joined_values.c */
void joined_value_init(struct joined_value *);
void joined_value_done(struct joined_value *);
void joined_value_fill(struct joined_value *, enum column_type, int at, int n);
void joined_value_take(struct joined_value *, const struct joined *, const struct block *, int row);
void joined_value_copy(struct joined_value *, const struct joined_value *from);

/* row_times.c: of the n rows from at on, which are all of the key that is now. */
void row_times_find(struct engine *, struct stream *, int n);
/* Puts the text of a note in e->note. */
void row_news_print(struct engine *, const struct stream *, const struct pending *);
void tell_lateness(struct engine *); /* at the end, of sources most of whose rows came late */

#endif
