/* query_state.h - what a query asks for, as it stands beside a saved state, and what of that goes
 * on in another query.
 *
 * A name goes on where it means the same: the operators of its expression, down to the columns of
 * other sources that it reads, are the same ones. Of all that is saved only hashes are kept, so
 * nothing that stands in a file is ever compiled. */
#ifndef WEIR_QUERY_STATE_H
#define WEIR_QUERY_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/name_index.h"
#include "data/base/text.h"
#include "data/query/query.h"

struct saved_query { /* zeroed: nothing was asked */
	uint64_t *meanings; /* of n names */
	struct name_index names, things; /* what is asked, by its name and by what it means */
	int n, nrules; /* rules come first */
};

/* All that is asked, or its rules alone: the same bytes until more is asked. */
void saved_query_put(const struct query *, bool all, struct buffer *);
/* -1: the bytes are damaged. */
int saved_query_get(struct saved_query *, struct reader *);
void saved_query_done(struct saved_query *);

/* The saved rule that the bound query's rule goes on as; -1: it is new. */
int saved_query_rule(const struct saved_query *, const struct query *, int rule);
/* "kept a, b; started anew c; new d; gone e", of a query that was saved as a whole; false: all goes
 * on. */
bool saved_query_differs(const struct saved_query *, const struct query *, struct text *what);

/* What a joined column means: the hash differs where it is computed otherwise. */
uint64_t query_joined_means(const struct query *, int joined);
/* Those nodes of a source's plan that read none of the joined columns whose `same` is false; NULL:
 * all of them. The caller's to free. */
bool *query_nodes_with(const struct query *, int source, const bool *same);

#endif
