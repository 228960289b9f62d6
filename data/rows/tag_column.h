/* tag_column.h - a column that a source knows beside its rows: a file's name, a topic. */
#ifndef WEIR_TAG_COLUMN_H
#define WEIR_TAG_COLUMN_H

#include "data/rows/schema.h"

struct tag_column {
	const char *name; /* NULL behind the last */
	enum column_type type;
};

#endif
