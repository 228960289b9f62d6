/* agreement.h - how often each label came, was said, and both: what kappa and f1 are made of. */
#ifndef WEIR_LEARN_AGREEMENT_H
#define WEIR_LEARN_AGREEMENT_H

#include "data/base/bytes.h"

enum { AGREEMENT_LABELS = 256 /* later ones are one, together */ };

struct agreement_label {
	double value;
	double came, said, both; /* weights of rows; exact where each is 1 */
};

struct agreement {
	double n, hits;
	int labels;
	struct agreement_label label[AGREEMENT_LABELS];
};

/* A row more, or with a negative weight one less. Missing values are the caller's to skip. */
void agreement_add(struct agreement *, double label, double said, double weight);
void agreement_scale(struct agreement *, double by);
/* NaN where there is nothing to tell. */
double agreement_kappa(const struct agreement *);
double agreement_f1(
    const struct agreement *, double value); /* NaN: the mean of all that came or were said */
void agreement_save(const struct agreement *, struct buffer *);
int agreement_load(struct agreement *, struct reader *);

#endif
