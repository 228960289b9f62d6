/* classifier.h - what classify, proba and the scores of classes share: one learner of a label from
 * features, each row predicted before it is learned.
 *
 * Labels are numbers or texts; each becomes a class when it is first seen. Then the models are made
 * anew for one class more and are taught the last rows again, so that they are as if they had known
 * it from the start. */
#ifndef WEIR_LEARN_CLASSIFIER_H
#define WEIR_LEARN_CLASSIFIER_H

#include "data/graph/op.h"
#include "data/ops/learn/judge.h"
#include "data/ops/learn/models.h"
#include "data/ops/learn/waiting.h"

/* ".classifier"; it reads the label and all features. */
extern const struct op_class op_classifier;
extern const struct op_class op_classify, op_proba; /* read it */

enum { CLASSIFIER_ASKED = 12, CLASSIFIER_REMARKS = 8 /* of a step */ };
enum {
	CLASSIFIER_SAID, /* the class that was predicted, as a label */
	CLASSIFIER_SURE, /* its chance */
	CLASSIFIER_TRUE, /* the chance that was given to the row's label; missing without one */
	/* of two labels the chance of the later one in order, of more that of the one said */
	CLASSIFIER_POSITIVE,
	CLASSIFIER_WHICH,   /* that label; missing when there are not two */
	CLASSIFIER_ANSWERS, /* the chances of the values that were asked for */
	CLASSIFIER_LANES = CLASSIFIER_ANSWERS + CLASSIFIER_ASKED
};

/* The parameters of every operator on a classifier, behind its inputs and its own. */
#define CLASSIFIER_METHODS "auto|hoeffding|logistic|nb|perceptron|knn|forest|last|majority"
#define CLASSIFIER_PARAMS                                                                          \
	{ "method", PARAM_CHOICE, "auto", 0, 0, CLASSIFIER_METHODS, "what learns" },               \
	    { "delay", PARAM_SPAN, "", 0, 0, NULL,                                                 \
		    "the label is known so many rows, or so long, after its row" },                \
	    { "ahead", PARAM_COUNT, "", 1, 10000, NULL,                                            \
		    "the label wanted is that of so many rows later" },                            \
	{                                                                                          \
		"seed", PARAM_COUNT, "1", 0, 1000000, NULL, "of what is left to chance"            \
	}

struct classifier {
	const struct method *method;
	struct models *models; /* NULL: the expression is only checked */
	int inputs;            /* features */
	int numbers;           /* of them; the others are texts */
	int *order;            /* of the models, where each input stands: numbers first */
	bool text;             /* labels are texts */
	struct names *names;
	uint64_t seed;
	bool compact;
	/* labels */
	int classes; /* seen; of methods->classes named ones, one more stands for all others */
	double label[CLASSES_MOST + 1];
	int positive;  /* of two classes, the one that is later in order; -1: there are not two */
	double others; /* rows whose label found no place */
	/* the last rows: features, then the class; for models with one class more */
	int kept, kept_most;
	uint64_t rows;
	double *past;
	/* rows whose label is to come: features, label, what was said, what the models read */
	struct waiting waiting;
	int ahead; /* it is that of the row so many rows later; 0 */
	struct judge judge;
	void *judge_memory;  /* of its arrays */
	double *x, *p;       /* room: features in the models' order; chances */
	int said;            /* class; -1: none known */
	const double *lanes; /* the outputs of the last step, until the next */
	/* the values that were asked for */
	int asked;
	double value[CLASSIFIER_ASKED];
	bool full_told; /* that later labels are "other" */
	/* remarks of the last step */
	int nremarks;
	struct op_remark remark[CLASSIFIER_REMARKS];
};

/* For init of an operator that reads it: the lane of the chances of that label. -1 with err. */
int classifier_ask(const struct op *, const char *value, struct error *);
/* The classifier of an operator that reads one, or its own; NULL: it has none. */
const struct classifier *classifier_of(const struct op *);
/* A label as people read it. */
void classifier_print_label(const struct classifier *, int class, struct text *);
/* A feature of a learner, from 0, as the user wrote it; cut where it is long. */
void learner_print_feature(const struct op *, int input, struct text *);

#endif
