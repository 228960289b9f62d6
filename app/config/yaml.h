/* yaml.h - a YAML text as a tree whose nodes know their line and column.
 *
 * What a dashboard file needs and no more: mappings, lists and scalars. Aliases and several
 * documents are refused, so a small file cannot grow into a large tree, and its depth is bounded.
 */
#ifndef WEIR_YAML_H
#define WEIR_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/error.h"
#include "data/base/text.h"

struct yaml_place { /* counted in characters, from 1; line 0: nowhere in the file */
	int line, column;
};

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAPPING };

struct yaml {
	enum yaml_kind kind;
	struct yaml_place at;
	bool plain;          /* a scalar without quotes */
	bool exact;          /* it stands in the file letter by letter, on one line */
	char *text;          /* of a scalar; without NUL inside */
	struct yaml **items; /* of a list; of a mapping key, value, key, value */
	int n, cap;          /* how many of these, and how many have room */
};

struct yaml_report {      /* where errors about a text go */
	const char *path; /* as errors call it */
	const char *bytes;
	size_t len;
	struct error *err; /* the last one */
	struct errors
	    *all; /* all of them are kept here, and reading goes on; NULL: it ends at one */
};

/* NULL with the report filled. An empty text is an error. */
struct yaml *yaml_parse(const struct yaml_report *);
void yaml_free(struct yaml *);

/* Nothing stands here: "key:" with nothing behind it, ~ or null. */
bool yaml_is_empty(const struct yaml *);

/* The value of a key in a mapping; NULL. */
const struct yaml *yaml_get(const struct yaml *, const char *key);

/* "PATH:LINE:COLUMN: WHAT", an ERROR_FILE. Returns -1. */
int yaml_wrong(const struct yaml_report *, struct yaml_place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds the line of that place and a caret below it. */
void yaml_excerpt(const char *bytes, size_t len, struct yaml_place, struct text *);

#endif
