/* json_columns_parts.h - what the files of tables by columns share; nobody else includes it.
 *
 * json_columns.c       the columns of an object, and its rows
 * json_columns_find.c  is a text written so? */
#ifndef WEIR_JSON_COLUMNS_PARTS_H
#define WEIR_JSON_COLUMNS_PARTS_H

#include <string.h>

#include "data/formats/json/json_columns.h"
#include "data/formats/json/json_object_parts.h"

/* All arrays and labels, as far as the text goes: of any length. */
void json_columns_collect(struct json_columns *, const char *s, const char *end);
const char *json_column_path(const struct json_columns *, int i); /* npath bytes of it */

/* --- over a text that may end anywhere: false where it does --- */

struct json_walk {
	struct json_columns *c;
	const char *s, *end;
};

static inline bool
json_skip_blanks(struct json_walk *w)
{
	while (w->s < w->end && strchr(" \t\r\n", *w->s) != NULL && *w->s != '\0')
		w->s++;
	return w->s < w->end;
}

static inline bool
json_take(struct json_walk *w, char c)
{
	if (!json_skip_blanks(w) || *w->s != c)
		return false;
	w->s++;
	return true;
}

/* The string whose quote is at s; false: it has no end. */
static inline bool
json_skip_text(struct json_walk *w)
{
	for (w->s++; w->s < w->end && *w->s != '"'; w->s++)
		if (*w->s == '\\')
			w->s++;
	if (w->s >= w->end)
		return false;
	w->s++;
	return true;
}

static inline bool
json_skip_scalar(struct json_walk *w)
{
	if (*w->s == '"')
		return json_skip_text(w);
	while (w->s < w->end && strchr(",]} \t\r\n", *w->s) == NULL)
		w->s++;
	return w->s < w->end;
}

#endif
