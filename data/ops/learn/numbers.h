/* numbers.h - the models that predict a number, side by side, on one reading of the row. */
#ifndef WEIR_LEARN_NUMBERS_H
#define WEIR_LEARN_NUMBERS_H

#include "data/ops/learn/features/codes.h"
#include "data/ops/learn/models/linear.h"
#include "data/ops/learn/trees/means.h"
#include "data/ops/learn/models/near_numbers.h"
#include "data/ops/learn/features/scaler.h"
#include "data/ops/learn/models/wild.h"

enum number_member { /* those of the mixture first */
	NUMBER_LINEAR,
	NUMBER_TIME, /* linear, with changes and the targets before */
	NUMBER_FOREST,
	NUMBER_LINEAR_FOREST, /* a forest on what the linear model errs */
	NUMBER_TIME_FOREST,
	NUMBER_NEAR,
	NUMBER_LINEAR_NEAR,
	NUMBER_LAST,
	NUMBER_MEAN,
	NUMBERS_MIXED,
	NUMBER_TREE = NUMBERS_MIXED, /* one tree on what the linear model errs */
	NUMBER_MEMBERS
};

struct number_method {
	const char *name, *help;
	int answers;    /* a member; NUMBER_MEMBERS: the mixture */
	unsigned needs; /* members, as bits */
};
extern const struct number_method number_methods[]; /* ends with a NULL name */
extern const char *const number_names[NUMBER_MEMBERS];

struct numbers {
	struct shape shape;
	const struct number_method *method;
	int plain, texts; /* features that are numbers, and texts */
	struct codes codes;
	struct scaler scaler;
	struct wild wild;
	/* targets: how many, the first, the last two, mean and variance, a recent mean, the range
	 */
	double n, first, last, before, mean, var, recent, least, most;
	double *x, *z, *u; /* the row that was read; z and u begin with a 1 */
	float *f;
	struct linear linear, time, stack;
	struct means forest[4]; /* of the target, of both linear models' errors; the one tree */
	struct near_numbers near;
	double said[NUMBER_MEMBERS];   /* of the row, from the first target */
	double square[NUMBER_MEMBERS]; /* squared error of late */
	double loss[NUMBERS_MIXED];
	double stack_loss, hedge_loss;
	double stacked, hedged,
	    scale; /* of the row: what the mixture's halves say, in which unit */
	double inputs[NUMBERS_MIXED];
	size_t held;
};

/* In one allocation, freed with free(). */
struct numbers *numbers_new(
    const struct number_method *, int plain, int texts, uint64_t seed, bool compact);
void numbers_save(struct numbers *, struct buffer *);
int numbers_load(struct numbers *, struct reader *);

/* Reads a row's features, numbers first, and predicts its target; NaN before the first one. */
double numbers_predict(struct numbers *, const double *x);
/* The target of the row that was predicted. false: it is wild, and nothing was learned. */
bool numbers_learn(struct numbers *, double y);
/* The row that was read is the one before from now on: behind numbers_learn, or before it where the
 * target comes later. */
void numbers_pass(struct numbers *);
/* The row that was read, kept for when its target comes: so many numbers. */
size_t numbers_row_size(const struct numbers *);
void numbers_row_keep(const struct numbers *, double *row);
void numbers_row_recall(struct numbers *, const double *row);
/* Who answers by how much, of the mixture, in its averaging half. */
void numbers_shares(const struct numbers *, double share[NUMBERS_MIXED]);
void numbers_weights(const struct numbers *, double *share); /* of features as they came */

#endif
