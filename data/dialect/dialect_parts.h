/* dialect_parts.h - what the files that find a dialect share; nobody else includes it.
 *
 * find.c     the steps, one after the other
 * writing.c  delimiter, quote, escape
 * table.c    where the table begins: titles, header, units, width */
#ifndef WEIR_DIALECT_PARTS_H
#define WEIR_DIALECT_PARTS_H

#include "data/dialect/sample.h"
#include "data/rows/dialect.h"

struct finding { /* under way */
	const struct dialect_options *options;
	struct dialect *dialect;
	const char *text; /* in UTF-8, without its mark */
	size_t len;
	bool whole;     /* it is all there is */
	char delimiter; /* told, by an option, the format or a sep= line; 0: not */
	struct sample sample;
};

void find_writing(struct finding *);
void find_escape(struct finding *);
void find_table(struct finding *); /* the sample was taken in the way of writing found */

#endif
