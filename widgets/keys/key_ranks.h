/* key_ranks.h - the keys of a source in the order of a number, or of their names, as far as a
 * screen shows them.
 *
 * Of a hundred thousand keys a few dozen are seen: these are picked out, not all put in order. */
#ifndef WEIR_KEY_RANKS_H
#define WEIR_KEY_RANKS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/engine/keys_view.h"

struct key_sorting { /* numbers from the greatest, names from the first */
	enum key_measure by;
	int kpi;            /* of KEY_KPI */
	bool reversed;      /* the other way round; missing numbers are last all the same */
	const char *filter; /* only keys whose name contains it, in any case; NULL */
};

struct key_rank {
	/* the lower goes first; of equal ranks the lower name, as far as eight bytes of it say */
	uint64_t rank, name;
	int number;
};

struct key_ranks { /* zeroed: none yet */
	struct key_rank *all;
	int n, room;   /* n: that the filter lets pass */
	size_t common; /* bytes that all names begin with */
	bool falling;  /* names from the last */
};

/* Ranks them anew. */
void key_ranks_find(
    struct key_ranks *, const struct engine *, int source, const struct key_sorting *);
/* Puts those of the places from .. to-1 there, in order. */
void key_ranks_pick(struct key_ranks *, const struct engine *, int source, int from, int to);
/* The place of a key; -1: it is not among them. */
int key_ranks_place(
    const struct key_ranks *, const struct engine *, int source, const struct key_state *);
void key_ranks_done(struct key_ranks *);

#endif
