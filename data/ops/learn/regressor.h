/* regressor.h - what predict and its interval share: one learner of a number from features. */
#ifndef WEIR_LEARN_REGRESSOR_H
#define WEIR_LEARN_REGRESSOR_H

#include "data/graph/op.h"
#include "data/ops/learn/numbers.h"

/* ".regressor"; it reads the target and all features. */
extern const struct op_class op_regressor;

enum { REGRESSOR_ASKED = 6, RESIDUALS = 512 };
enum {
	REGRESSOR_SAID,
	REGRESSOR_WIDTHS, /* half widths of the intervals that were asked for */
	REGRESSOR_LANES = REGRESSOR_WIDTHS + REGRESSOR_ASKED
};

#define REGRESSOR_METHODS "auto|linear|hoeffding|knn|last|mean"
#define REGRESSOR_PARAMS                                                                           \
	{ "method", PARAM_CHOICE, "auto", 0, 0, REGRESSOR_METHODS, "what learns" },                \
	{                                                                                          \
		"seed", PARAM_COUNT, "1", 0, 1000000, NULL, "of what is left to chance"            \
	}

struct residuals { /* sizes of the last errors */
	uint64_t n;
	double row[RESIDUALS], sorted[RESIDUALS];
};

struct coverage {     /* an interval that was asked for */
	double c;     /* the share of values that it is to hold */
	double level; /* of the residuals, which holds it */
};

struct regressor {
	const struct number_method *method;
	struct numbers *numbers; /* NULL: only checked */
	int inputs;
	int *order; /* which of the models' features each input is: numbers first */
	double *x;
	struct residuals residuals;
	int asked;
	struct coverage coverage[REGRESSOR_ASKED];
	double said; /* of the last row */
	/* over all rows: judged, wild; sums of absolute errors: ours, of the mean, of the last */
	double n, wild, error, mean_error, last_error;
};

/* For init of an operator that reads it: the lane of the half width at coverage c. -1 with err. */
int regressor_ask(const struct op *, double c, struct error *);
const struct regressor *regressor_of(const struct op *); /* of one that reads it, or its own */

#endif
