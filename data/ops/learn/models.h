/* models.h - the models that classify, side by side, on one reading of the row.
 *
 * A member is one of them, and a line in the table of members; a method is who of them answers, and
 * a line in the table of methods. All are of one shape: when a label comes that was never seen, the
 * owner makes models for one class more. */
#ifndef WEIR_LEARN_MODELS_H
#define WEIR_LEARN_MODELS_H

#include "data/base/text.h"
#include "data/ops/learn/models/alarm.h"
#include "data/ops/learn/models/bayes.h"
#include "data/ops/learn/models/calibration.h"
#include "data/ops/learn/features/codes.h"
#include "data/ops/learn/trees/forest.h"
#include "data/ops/learn/trees/hoeffding.h"
#include "data/ops/learn/models/logistic.h"
#include "data/ops/learn/models/markov.h"
#include "data/ops/learn/models/mixer.h"
#include "data/ops/learn/models/neighbours.h"
#include "data/ops/learn/models/perceptron.h"
#include "data/ops/learn/features/scaler.h"

struct models;

struct member {
	const char *name;                                 /* as people read it */
	void (*fields)(struct models *, struct fields *); /* NULL: it has no state */
	void (*init)(struct models *);
	int (*check)(const struct models *); /* what was loaded */
	void (*predict)(struct models *, double *p);
	void (*learn)(struct models *, int class);
};
extern const struct member members[MEMBERS];

struct method {
	const char *name, *help;
	int answers;    /* a member; MEMBERS: the mixture */
	unsigned needs; /* members, as bits */
	int classes;    /* at most */
};
extern const struct method methods[]; /* ends with a NULL name; the first is the default */

struct models {
	struct shape shape;
	const struct method *method;
	int numbers, texts; /* features as they come: which is which is the owner's */
	struct codes codes;
	struct scaler scaler;
	int before, before_that; /* classes of the last rows; -1 */
	double *recalled;        /* room: [class] */
	double *recent;          /* [class]: share of late */
	/* the row that was read */
	double *x, *z, *u;
	float *f;
	struct example row;
	/* what the members said of the row when it came, where it was recalled; NULL: just now */
	const double *said;
	struct bayes bayes;
	struct logistic logistic, time;
	struct calibration calibration; /* of logistic */
	struct alarm alarm;             /* of its losses */
	struct forest forest;
	struct neighbours neighbours;
	struct markov markov;
	struct perceptron perceptron;
	struct hoeffding hoeffding;
	struct mixer mixer;
	size_t held;
};

/* Models of k classes, in one allocation, freed with free(). */
struct models *models_new(
    const struct method *, int numbers, int texts, int k, uint64_t seed, bool compact);
void models_save(struct models *, struct buffer *);
int models_load(struct models *, struct reader *);

/* Reads a row's features: numbers first, then texts as ids. */
void models_read(struct models *, const double *x);
/* Chances of the classes for the row that was read. */
void models_predict(struct models *, double *p);
/* The class of the row that was read, behind models_predict. */
void models_learn(struct models *, int class);
/* The row that was read is the one before from now on: behind models_learn, or before it where the
 * label comes later. */
void models_pass(struct models *);
/* The row that was read, kept for when its label comes: so many numbers. */
size_t models_row_size(const struct models *);
void models_row_keep(const struct models *, double *row);
void models_row_recall(struct models *, const double *row);

/* --- for views and explain --- */

/* How much each feature as it came matters to the method, as shares that sum to 1, or all 0. */
void models_weights(const struct models *, double *share);
/* Who answers by how much: of the mixture. */
void models_shares(const struct models *, double share[MIXED]);
/* The features as they came that one feature of the models stands for. */
int models_origin(const struct models *, int feature);

#endif
