/* graph_parts.h - the inside of a graph, for the files that step, save and explain it. */
#ifndef WEIR_GRAPH_PARTS_H
#define WEIR_GRAPH_PARTS_H

#include "data/graph/plan_parts.h"

/* The operators of the nodes that the plan had when the graph was made or grew: with the pointers
 * to those they read and their states in one allocation, since with --by there is one for each key.
 * None moves, so that others may point to them. */
struct chunk {
	struct chunk *next;
	int first, n;   /* the node of the first one, and how many */
	size_t fetched; /* bytes that graph_fetch() fetches */
	struct op ops[];
};

struct graph {
	struct plan *plan;
	struct chunk *chunks, *newest;
	int n; /* nodes of the plan when it was last grown */
	int nspeakers;
	const struct op **speakers; /* the operators whose class has remarks */
	struct op_ends *ends;       /* watched: one for each operator */
	int nends;
	bool watched;
	uint64_t rows;
};

struct op *graph_at(const struct graph *, int node);              /* node < n */
double *graph_node_out(const struct plan *, const struct node *); /* in the plan's scratch */
int graph_grow(struct graph *, struct error *);                   /* with the plan; -1 with err */

#endif
