/* plan_parts.h - the inside of a plan, for the planner that makes it and the graph that steps
 * it. */
#ifndef WEIR_PLAN_PARTS_H
#define WEIR_PLAN_PARTS_H

#include "data/expr/expr.h"
#include "data/graph/graph.h"
#include "data/base/name_index.h"

enum { MAX_INPUTS = 1024 };

struct plan {
	const struct schema *schema;
	struct name_index columns; /* of its first columns, so many, and which these are */
	int indexed, *named;
	struct names *names;
	struct span window;
	int horizon;
	bool compact, stamps;
	struct node **nodes; /* inputs before those that read them */
	int n, cap;
	struct name_index keys;      /* of the nodes: a key's number is its node's */
	struct name_index root_keys; /* canonical texts of what was asked for, and their nodes */
	int *roots;
	struct name_index derived_names; /* and what they stand for, the latest of each name */
	int *derived;
	/* One scratch for all graphs of the plan: outputs of the run being stepped. Lane l stands
	 * at lanes + l * BLOCK_ROWS; starts[i] is where node i's outputs for row 0 of the run are:
	 * in the scratch, or, for a number column, in the block itself. */
	double *lanes;
	int nlanes, lanes_cap;
	const double **starts; /* room as in nodes */
	bool *moves; /* graph_tick.c: of the first nmoves nodes, which move while no row comes */
	int nmoves;
	bool any_moves;
};

int plan_column(struct plan *, const char *name); /* of the schema; -1 */

/* Which nodes a node is computed from, itself among them: flags for 0 .. node, owned by the caller.
 */
bool *plan_closure(const struct plan *, int node);

#endif
