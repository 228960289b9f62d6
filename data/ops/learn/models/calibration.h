/* calibration.h - chances as a model gives them, put right by how often they came true. */
#ifndef WEIR_LEARN_CALIBRATION_H
#define WEIR_LEARN_CALIBRATION_H

#include "data/ops/learn/features/fields.h"

struct calibration {
	int k;           /* classes */
	float *n, *hits; /* [class][bin]: rows that were given such a chance of the class, and those
			    that were of it */
};

void calibration_fields(struct calibration *, struct fields *);
/* Chances of the k classes, in place. */
void calibration_apply(const struct calibration *, double *p);
/* The class of a row to which these chances were given, before they were put right. */
void calibration_learn(struct calibration *, const double *p, int class);

#endif
