/* query_match.h - which parts of what is asked for anew were there before: their state goes on.
 *
 * Equal operators have equal keys in any plan, so the key tells whose state goes on. Only a column
 * of another source is called the same though it may be derived otherwise now: such a column, and
 * all that reads it, counts as another. */
#ifndef WEIR_QUERY_MATCH_H
#define WEIR_QUERY_MATCH_H

#include "data/query/query.h"

struct match_flags { /* of the nodes of a plan */
	bool *known, *same;
};

struct query_match {
	const struct query *was, *is;
	struct match_flags *flags; /* for each source, of its plan in is */
};

/* Finds it out for every node; both queries outlive it. */
struct query_match query_match(const struct query *was, const struct query *is);
void query_match_done(struct query_match *);
/* Writes into is whose place each KPI, rule and derived column takes. */
void query_match_mark(struct query_match *, struct query *is);
/* The joined column of was that goes on as this one of is; -1: none. */
int query_match_joined(struct query_match *, int joined);

#endif
