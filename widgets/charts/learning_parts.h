/* learning_parts.h - what the files of the view of a learner share; nobody else includes it.
 *
 * learning.c         what is known of it, copied
 * learning_plot.c    its errors over time beside those of two baselines
 * learning_tables.c  which label was taken for which, who answers, what it goes by */
#ifndef WEIR_LEARNING_PARTS_H
#define WEIR_LEARNING_PARTS_H

#include "data/ops/learn/course.h"
#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum {
	LEARNING_NAME = 24,
	LEARNING_LABELS = 8, /* of the matrix */
	LEARNING_SHARES = 12 /* features, or models, the greatest shares */
};

struct learning_share {
	char name[LEARNING_NAME];
	double share;
};

struct learning_shares {
	struct learning_share all[LEARNING_SHARES];
	int n;
};

struct learning {
	bool any, numbers; /* it predicts a number, not a label */
	char of[48], method[16];
	struct course course;
	double matrix[LEARNING_LABELS][LEARNING_LABELS];
	char label[LEARNING_LABELS][LEARNING_NAME];
	int labels, more; /* shown; that are not */
	struct learning_shares features, members;
	struct scale y;
};

/* The lines of the plot: of the learner, of the plain baseline, of the one before. */
enum { LEARNING_OWN, LEARNING_PLAIN, LEARNING_LAST, LEARNING_LINES };
const char *learning_line_name(const struct learning *, int line);
/* As it is drawn: the share that was right in percent, or the mean error, of all rows. Missing
 * before any. */
double learning_overall(const struct learning *, int line);
/* The axis for so many cells, each with so many dots. */
void learning_fit(struct learning *, int height, int dots);

void learning_draw_plot(const struct learning *, const struct canvas *);
/* How many lines they fill. */
int learning_tables_height(const struct learning *);
void learning_draw_tables(const struct learning *, const struct canvas *);

#endif
