/* world.h - a plan of expressions, a graph on it, and what came out of it row by row. */
#ifndef WEIR_TESTS_WORLD_H
#define WEIR_TESTS_WORLD_H

#include "data/graph/graph.h"

struct world {
	struct names *names;
	struct plan *plan;
	struct graph *graph;
	struct block *block; /* to be filled for the next step */
	int kpis;
	double **out; /* [kpi][row], one behind the other, of most rows each */
	struct text notes;
};

/* kpis: ends with NULL; those without a window have 60 rows. */
void world_init(struct world *, const struct schema *, const char *const *kpis, int most);
void world_done(struct world *);
/* The n rows in its block go, the first of them being that one. */
void world_go(struct world *, int from, int n);

#endif
