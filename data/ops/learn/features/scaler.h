/* scaler.h - features as they come, made fit for models: holes filled, scaled by what was seen
 * before, beside their changes. */
#ifndef WEIR_LEARN_SCALER_H
#define WEIR_LEARN_SCALER_H

#include <stdbool.h>

#include "data/ops/learn/features/fields.h"

struct scaler {
	int d;
	double n;       /* rows learned, up to a bound: older ones are forgotten */
	double *origin; /* of each feature: its first value */
	double *mean, *var;
	double *per_sd;          /* 1 / its standard deviation; 0: it does not vary */
	double *before, *recent; /* its last value, and a mean of the latest */
	double *x;               /* of the row that was read: without holes */
};

void scaler_fields(struct scaler *, struct fields *);
/* The row's features, of which missing and infinite ones are taken as their means. z: deviations in
 * standard deviations, at most 6; f: from the first value, for floats to hold. */
void scaler_read(struct scaler *, const double *x, double *z, float *f);
/* Changes since the row before, and distances from the recent mean, in standard deviations. */
void scaler_changes(const struct scaler *, double *change, double *distance);
void scaler_learn(struct scaler *); /* the row that was read */
void scaler_pass(struct scaler *);  /* it is the row before from now on */
double scaler_sd(const struct scaler *, int feature);

#endif
