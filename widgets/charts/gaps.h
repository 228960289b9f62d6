/* gaps.h - pauses between rows that are far longer than usual: there a chart's line is broken, and
 * so is its axis. */
#ifndef WEIR_GAPS_H
#define WEIR_GAPS_H

#include "widgets/widget.h"

struct gaps {
	int source;
	double least; /* ns; infinite: there are none */
};

/* Of the rows first .. end - 1, which are kept. */
struct gaps gaps_find(const struct view *, int source, uint64_t first, uint64_t end);
/* Between the row and the one before it, which is kept, too. */
bool gaps_before(const struct gaps *, const struct view *, uint64_t row);

#endif
