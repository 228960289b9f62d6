/* learn_rows.h - rows with labels, and a plan of expressions that learns from them. */
#ifndef WEIR_TESTS_LEARN_ROWS_H
#define WEIR_TESTS_LEARN_ROWS_H

#include "data/graph/graph.h"

enum { MOST = 900, KPIS = 32 };

struct row {
	double a, b, n, p;
	const char *word, *label, *said; /* NULL: missing */
};

struct world { /* a plan of expressions, a graph on it, and what came out: [kpi][row] */
	struct names *names;
	struct plan *plan;
	struct graph *graph;
	struct block *block;
	int kpis;
	double (*out)[MOST];
};

/* kpis: ends with NULL. */
void world_init(struct world *, const char *const *kpis);
void world_done(struct world *);
void world_step(struct world *, const struct row *rows, int from, int n);
/* In blocks of cut rows; 0: of all sizes in turn. */
void world_run(struct world *, const struct row *rows, int from, int to, int cut);

/* Three labels by where a, b and the word are, with noise; some labels and features missing; a new
 * label from row 300 on. */
void learn_rows(struct row *, int n);

#endif
