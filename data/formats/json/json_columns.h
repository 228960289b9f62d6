/* json_columns.h - a table written by columns: arrays that stand side by side in one object. */
#ifndef WEIR_JSON_COLUMNS_H
#define WEIR_JSON_COLUMNS_H

#include "data/base/text.h"
#include "data/formats/json/json_object.h"

struct json_column {
	size_t path, npath; /* its name, among the paths; npath bytes */
	size_t name;        /* where the part of it begins that tells it from the others */
	const char *at;     /* its next item, or the value of a label */
	size_t items;       /* 0: a label, which all rows have */
	bool grid;          /* the items are arrays: each has a cell in several columns */
};

struct json_columns { /* zeroed; used again and again */
	struct json_column *columns;
	int n, cap;
	struct text paths; /* of the columns, one behind the other */
	struct text path;  /* under way */
	size_t rows;       /* items of those arrays that make the table */
	const char *end;
};

/* Is the text, whole or all that was looked at, one object that holds such a table, one of whose
 * columns are times? several: an array of objects with labels and such a table each. */
bool json_columns_fit(const char *s, size_t n, bool whole);
bool json_columns_fit_each(const char *s, size_t n);

/* The columns of the object at s, which is right. Returns how many rows they make; 0: none. */
size_t json_columns_read(struct json_columns *, const char *s, const char *end);
/* Gives these rows, with the labels where these are wanted. `after`: behind the object; the format
 * stands before it. */
void json_columns_give(struct json_columns *, struct json_object *, struct format *,
    const struct position *after, bool labels);
void json_columns_done(struct json_columns *);

#endif
