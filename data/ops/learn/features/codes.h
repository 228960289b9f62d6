/* codes.h - texts among the features, as numbers that models understand.
 *
 * A text becomes how much it speaks for each class (or by how much its rows lie above the mean),
 * of the rows before, and a place between 0 and 1 by its hash, by which trees tell texts apart.
 * Texts are kept by their hash in tables of fixed size: a million different ones share their
 * places. */
#ifndef WEIR_LEARN_CODES_H
#define WEIR_LEARN_CODES_H

#include "data/ops/learn/features/fields.h"

enum { CODES_CLASSES = 6 }; /* classes at most that a text speaks for */

struct codes {
	int texts;     /* features that are texts */
	int k;         /* classes; 0: numbers */
	int slots;     /* places of each text */
	double *total; /* [class], or rows and their sum */
	float *sums;   /* [text][slot][class], or rows and the sum of their targets */
	int *at;       /* room: [text], the place of the row's */
};

static inline int
codes_width(int k) /* features that a text becomes */
{
	return k == 0 || k == 2 ? 2 : (k < CODES_CLASSES ? k : CODES_CLASSES) + 1;
}

void codes_fields(struct codes *, struct fields *);
/* id: as names.h gives it; NaN: missing, which is a text like any other. out: codes_width(k). */
void codes_read(struct codes *, int text, double id, double *out);
/* The row that was read. */
void codes_learn_class(struct codes *, int class);
void codes_learn_number(struct codes *, double y);

#endif
