/* regressor.h - what predict and its interval share: one learner of a number from features. */
#ifndef WEIR_LEARN_REGRESSOR_H
#define WEIR_LEARN_REGRESSOR_H

#include "data/graph/op.h"
#include "data/ops/learn/course.h"
#include "data/ops/learn/numbers.h"
#include "data/ops/learn/residuals.h"
#include "data/ops/learn/waiting.h"

/* ".regressor"; it reads the target and all features. */
extern const struct op_class op_regressor;

enum { REGRESSOR_ASKED = 6, REGRESSOR_REMARKS = 8 };
enum {
	REGRESSOR_SAID,
	REGRESSOR_WIDTHS, /* half widths of the intervals that were asked for */
	REGRESSOR_LANES = REGRESSOR_WIDTHS + REGRESSOR_ASKED
};

#define REGRESSOR_METHODS "auto|linear|hoeffding|knn|last|mean"
#define REGRESSOR_PARAMS                                                                           \
	{ "method", PARAM_CHOICE, "auto", 0, 0, REGRESSOR_METHODS, "what learns" },                \
	    { "delay", PARAM_SPAN, "", 0, 0, NULL,                                                 \
		    "y is known so many rows, or so long, after its row" },                        \
	{                                                                                          \
		"seed", PARAM_COUNT, "1", 0, 1000000, NULL, "of what is left to chance"            \
	}

struct coverage {     /* an interval that was asked for */
	double c;     /* the share of values that it is to hold */
	double level; /* of the residuals, which holds it */
};

struct regressor {
	const struct number_method *method;
	struct numbers *numbers; /* NULL: only checked */
	int inputs;
	int *order; /* of the models, where each input stands: numbers first */
	double *x;
	struct residuals residuals;
	int asked;
	struct coverage coverage[REGRESSOR_ASKED];
	double said;          /* of the last row */
	double wild;          /* rows that were not learned */
	struct course course; /* of sizes of errors, beside the mean so far and the value before */
	void *course_memory;  /* of its arrays */
	struct waiting waiting; /* rows whose target is to come */
	int nremarks;           /* of the last step */
	struct op_remark remark[REGRESSOR_REMARKS];
};

/* For init of an operator that reads it: the lane of the half width at coverage c. -1 with err. */
int regressor_ask(const struct op *, double c, struct error *);
const struct regressor *regressor_of(const struct op *); /* of one that reads it, or its own */

#endif
