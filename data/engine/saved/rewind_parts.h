/* rewind_parts.h - what the files of going back share: what is kept, in the order of its rows.
 *
 * rewind.c       going back and forth
 * rewind_keep.c  when something is kept, what of it is dropped, and making it in slices */
#ifndef WEIR_REWIND_PARTS_H
#define WEIR_REWIND_PARTS_H

#include "data/engine/engine_parts.h"

enum { REWIND_KEPT = 64 };

struct kept {
	uint64_t gone, row; /* rows by then: of all sources; the number in the first */
	int64_t time;       /* of the first source */
	uint64_t lap;
	struct buffer state;
	size_t listeners;          /* where in it the part of those begins */
	struct feed_place *places; /* of each source */
};

struct rewind {
	struct kept all[REWIND_KEPT]; /* in their order */
	int n;
	size_t bytes, most;
	int64_t worked;       /* since the last one kept, or passed */
	int64_t cost;         /* of the last one, ns */
	struct kept making;   /* one that is under way, ... */
	struct saving saving; /* out NULL: there is none */
	int64_t took;         /* ... which took so many ns up to now */
	bool paused;          /* as it was before going back */
	bool away;            /* it went back, and has not returned */
	bool cut;             /* a source was added or ended since the first row */
	bool resumed;         /* the first that was kept is where a run goes on */
};

/* Here, unless it is. It is gone on with later when it is not done until then; INT64_MAX. */
void rewind_keep_here(struct engine *, int64_t until);
/* The last one at or before so many rows; -1: there is none. */
int rewind_last_before(const struct rewind *, uint64_t gone);
/* What sources give no more is of no use any more. */
void rewind_forget_unreached(struct engine *);

#endif
