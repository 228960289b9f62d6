/* neighbours.h - the class of the nearest of the last rows. */
#ifndef WEIR_LEARN_NEIGHBOURS_H
#define WEIR_LEARN_NEIGHBOURS_H

#include "data/ops/learn/models/bayes.h"
#include "data/ops/learn/models/markov.h"
#include "data/ops/learn/models/ring.h"
#include "data/ops/learn/features/scaler.h"

struct neighbours {
	struct shape shape;
	struct ring ring;
	uint16_t *class; /* of each row kept */
	double loss[RING_WINDOWS];
	double *p;     /* room: [window][class], of the row */
	double *prior; /* room */
};

void neighbours_fields(struct neighbours *, struct fields *);
int neighbours_check(const struct neighbours *);
/* The labels alone are from markov. Kept for neighbours_learn of the same row. */
void neighbours_predict(
    struct neighbours *, const struct example *, const struct markov *, double *p);
/* What features tell is from bayes, and what the label before tells from markov. */
void neighbours_learn(struct neighbours *, const struct example *, int class, const struct scaler *,
    const struct bayes *, const struct markov *);

#endif
