/* rewind_parts.h - what the files of going back share; nobody else includes it.
 *
 * rewind.c       goes back to what is kept, and returns
 * rewind_kept.c  keeps it, now and then, and forgets what is missed least */
#ifndef WEIR_REWIND_PARTS_H
#define WEIR_REWIND_PARTS_H

#include "data/engine/engine_parts.h"

enum { KEPT = 64 };

struct kept {
	uint64_t gone, row; /* rows by then: of all sources; the number in the first */
	int64_t time;       /* of the first source */
	uint64_t lap;
	struct buffer state;
	size_t listeners;          /* where in it the part of those begins */
	struct feed_place *places; /* of each source */
};

struct rewind {
	struct kept all[KEPT]; /* in their order */
	int n;
	size_t bytes, most;
	int64_t worked; /* since the last one kept, or passed */
	int64_t cost;   /* of the last one, ns */
	bool paused;    /* as it was before going back */
	bool away;      /* it went back, and has not returned */
	bool cut;       /* a source was added or ended since the first row */
};

/* What is needed to come back to this row is kept, if it is not. */
void rewind_keep_here(struct engine *);
/* What sources give no more is of no use any more. */
void rewind_forget_unreached(struct engine *);
/* The last one at or before so many rows; -1: there is none. */
int rewind_last_before(const struct rewind *, uint64_t gone);

#endif
