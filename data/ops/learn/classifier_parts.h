/* classifier_parts.h - what the files of the classifier share; nobody else includes it. */
#ifndef WEIR_LEARN_CLASSIFIER_PARTS_H
#define WEIR_LEARN_CLASSIFIER_PARTS_H

#include "data/ops/learn/classifier.h"

/* --- classifier_labels.c: labels and classes, and models that grow with them -------------------
 */

/* The class of a label; -1: it was never seen. */
int classifier_class(const struct classifier *, double label);
/* The class of a label that may be new: then the models grow. */
int classifier_meet(struct classifier *, double label);
/* The row in x, of this class, is one of the last: the models may be taught it again. */
void classifier_keep(struct classifier *, int class);
void classifier_order(struct classifier *); /* finds the positive one of two labels */
struct models *classifier_models(const struct classifier *, int classes); /* new ones */

/* --- classifier_rows.c: predict, judge, learn ------------------------------------------------ */

void classifier_step(struct op *, const struct run *, double *out);

enum { NOTE_FULL = 1, NOTE_CHANGED }; /* its remarks */

/* --- classifier_state.c: saved and loaded ------------------------------------------------------
 */

void classifier_save(const struct op *, struct buffer *);
int classifier_load(struct op *, struct reader *);

/* --- classifier_explain.c --------------------------------------------------------------------*/

void classifier_explain(const struct op *, struct text *);

enum { /* of a row that waits, behind its features */
	WAITING_LABEL,
	WAITING_SAID,
	WAITING_MAJORITY, /* what the baselines guessed */
	WAITING_LAST,
	WAITING_OWN
};

size_t classifier_waiting_size(const struct classifier *);

#endif
