/* wild.h - targets that are no part of the series: once in a thousand rows 1e9. */
#ifndef WEIR_LEARN_WILD_H
#define WEIR_LEARN_WILD_H

#include <stdbool.h>

#include "data/ops/learn/features/fields.h"

enum { WILD_ROWS = 64 };

struct wild {
	uint64_t n;
	double row[WILD_ROWS];    /* the last targets, wild ones too, in turn */
	double sorted[WILD_ROWS]; /* the same in order */
};

void wild_fields(struct wild *, struct fields *);
/* Is it beyond ten times the spread of the last ones? It is one of them from now on: what comes
 * often is not wild. */
bool wild_next(struct wild *, double y);

#endif
