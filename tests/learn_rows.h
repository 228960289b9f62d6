/* learn_rows.h - rows with labels, and a plan of expressions that learns from them. */
#ifndef WEIR_TESTS_LEARN_ROWS_H
#define WEIR_TESTS_LEARN_ROWS_H

#include "tests/world.h"

enum { MOST = 900 };

struct row {
	double a, b, n, p;
	const char *word, *label, *said; /* NULL: missing */
};

/* kpis: ends with NULL. */
void learn_world(struct world *, const char *const *kpis); /* of MOST rows at the most */
/* In blocks of cut rows; 0: of all sizes in turn. */
void learn_run(struct world *, const struct row *rows, int from, int to, int cut);

/* Three labels by where a, b and the word are, with noise; some labels and features missing; a new
 * label from row 300 on. */
void learn_rows(struct row *, int n);

#endif
