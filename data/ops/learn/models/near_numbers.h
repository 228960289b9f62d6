/* near_numbers.h - the targets of the nearest of the last rows, plain and beside a linear model. */
#ifndef WEIR_LEARN_NEAR_NUMBERS_H
#define WEIR_LEARN_NEAR_NUMBERS_H

#include "data/ops/learn/models/linear.h"
#include "data/ops/learn/models/ring.h"
#include "data/ops/learn/features/scaler.h"
#include "data/ops/learn/features/shape.h"

struct near_numbers {
	struct shape shape;
	struct ring ring;
	double *y;     /* of each row kept, from the first target */
	double *along; /* of each feature: its correlation with the target */
	double loss[2][RING_WINDOWS];
	double said[2][RING_WINDOWS]; /* of the row: plain, and beside the linear model */
	double *z; /* room: 1, and a neighbour's features as the linear model's */
};

void near_numbers_fields(struct near_numbers *, struct fields *);
/* from_linear: what the linear model says of the row. said: plain, and beside it. */
void near_numbers_predict(struct near_numbers *, const float *x, const struct scaler *,
    const struct linear *, double from_linear, double said[2]);
/* z: the row's features; y_z: the target in standard deviations; step: of means; best: the squared
 * error of late. */
void near_numbers_learn(struct near_numbers *, const float *x, const double *z, double y,
    double y_z, double step, const double best[2], const struct scaler *);

#endif
