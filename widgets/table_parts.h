/* table_parts.h - what the files of the table share; nobody else includes it.
 *
 * table.c         which series have a line, and the picture of it
 * table_values.c  what stands in the columns of a line
 * table_places.c  which columns there is room for, and where they stand */
#ifndef WEIR_TABLE_PARTS_H
#define WEIR_TABLE_PARTS_H

#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum column_from { FROM_TRACK, FROM_KPI, FROM_EXPECTED, FROM_BAND, FROM_ANOMALY };

struct column_spec {
	const char *title, *op; /* op: what an option calls it, too */
	enum column_from from;
	const char *ascii; /* the title where that is all there is; NULL: the same */
};

enum {
	TABLE_COLUMNS = 9,
	TABLE_LAST = 0, /* the column of the last value */
	MARKER = 2,     /* cells: of the sign beside the line that has the focus */
	MARK = 3,       /* ... of its alert */
	ARROW = 2,      /* ... of the direction of its last value */
	BAR = 5         /* ... of how odd that is */
};
/* From the most important to the least, which is also from left to right. */
extern const struct column_spec table_columns[TABLE_COLUMNS];

struct line { /* what is shown of one series */
	double values[TABLE_COLUMNS];
	double before; /* the value of the row before the last */
	struct range range;
	struct figures figures;
	int firing; /* severity of the gravest alert that reads it; -1 */
};

struct place {    /* of a column */
	int x, w; /* w 0: left out */
	int ints, tail;
};

struct table {
	struct line *lines; /* one for each series of the view */
	int n;
	int *shown;        /* series that the filter lets pass */
	int nshown, first; /* first: of shown, in the upper line */
	int rows;          /* lines for them */
	int name_w, trend_x, trend_w;
	struct place places[TABLE_COLUMNS];
};

/* The text of an option of the widget; NULL: none was given. */
enum { TABLE_OF, TABLE_KPIS };
const char *table_option(const struct widget *, int);
const char *column_title(const struct column_spec *, enum glyphs);
/* A mean and a spread have a digit more than what they are of. */
int column_more_decimals(const struct column_spec *);
/* The view has the column for some series, and the widget shows it. */
bool column_exists(const struct widget *, const struct view *, const struct column_spec *);

/* The values of a line at the view's last row; of a frozen picture its range alone. */
void table_line_update(struct line *, const struct view *, const struct series *);
/* Series of one unit have one form: the decimals of the finest of those shown. */
void table_join_units(struct table *, const struct view *);
/* Which columns of the lines shown stand where, in so many cells; how many are left out. */
int table_place(struct table *, const struct widget *, const struct view *, int width);

#endif
