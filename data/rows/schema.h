/* schema.h - the columns of a source: their names and types. */
#ifndef WEIR_SCHEMA_H
#define WEIR_SCHEMA_H

#include <stdbool.h>

enum column_type { COLUMN_NUMBER, COLUMN_TIME, COLUMN_TEXT };

struct column {
	char *name; /* unique in its source: a second "v" is "v#2" */
	enum column_type type;
	/* No cell told what it is: it is kept as text, and read as numbers where numbers are
	 * needed. */
	bool open;
	bool joined;      /* it is a date and a clock of other columns: there are no such cells */
	const char *unit; /* that its cells, or a line of units, have; empty or NULL: none */
	bool index;       /* it numbers the rows: nothing to be drawn */
};

struct schema {
	char *source; /* what the source is called */
	struct column *columns;
	int n;
	int time;         /* the column with the event time; -1: rows are stamped on arrival */
	bool stamps_tell; /* the stamps belong to the events: a time column, or a live source */
};

int schema_find(const struct schema *, const char *name); /* index, or -1 */
const char *column_type_name(enum column_type);
void schema_done(struct schema *);

#endif
