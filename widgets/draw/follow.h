/* follow.h - an axis that follows its data, and stands still in between. */
#ifndef WEIR_FOLLOW_H
#define WEIR_FOLLOW_H

#include "widgets/draw/scale.h"

enum { FOLLOW_REST = 100 }; /* rows: so long an axis stands once it was made, if it can */

struct extent {
	double lo, hi;
};

struct follow { /* zeroed: none yet */
	struct scale scale;
	uint64_t row; /* when it was made */
	int h;        /* for so many cells */
	bool set;
};

struct demand {
	struct extent data; /* has to be seen */
	struct extent wish; /* what should be, too: data and more */
	double slope;       /* of the data a row, of late */
	double trend;       /* the same over all rows that are seen; 0: it goes nowhere */
	struct extent ends; /* where the user wants it to end; NaN: anywhere */
};

/* At that row, for h cells of that many dots. The axis is made anew when data leaves it, with room
 * for where the data goes; when it has rested and what is wished for fills less than half of it, or
 * lies beyond it; and before so many rows were seen sooner than later. Returns true when it was. */
bool follow_update(struct follow *, const struct demand *, uint64_t row, int h, int dots);

#endif
