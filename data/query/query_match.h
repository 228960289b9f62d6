/* query_match.h - which parts of what is asked for anew were there before: their state goes on.
 *
 * Equal operators have equal keys in any plan, so the key tells whose state goes on. Only a column
 * of another source is called the same though it may be derived otherwise now: such a column, and
 * all that reads it, counts as another. */
#ifndef WEIR_QUERY_MATCH_H
#define WEIR_QUERY_MATCH_H

#include "data/engine/engine_parts.h"

struct flags { /* of the nodes of a plan */
	bool *known, *same;
};

struct takeover {
	const struct engine *was, *is;
	struct flags *flags; /* for each source, of its plan in is */
};

/* Finds it out for every node; both engines outlive it. */
struct takeover takeover_of(const struct engine *was, const struct engine *is);
void takeover_done(struct takeover *);
/* Writes into is (the draft) whose place each KPI, rule and derived column takes. */
void takeover_find(struct takeover *, struct engine *is);
bool same_joined(struct takeover *, int to, const char *name); /* a column of another source */
const struct joined *joined_of(const struct engine *, int to, const char *name); /* or NULL */

#endif
