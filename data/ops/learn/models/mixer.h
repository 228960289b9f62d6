/* mixer.h - one answer out of the members' chances. */
#ifndef WEIR_LEARN_MIXER_H
#define WEIR_LEARN_MIXER_H

#include "data/ops/learn/features/fields.h"

enum member_id { /* those of the mixture first */
	MEMBER_BAYES,
	MEMBER_LOGISTIC,
	MEMBER_TIME, /* logistic regression that looks at changes and labels before */
	MEMBER_FOREST,
	MEMBER_NEIGHBOURS,
	MEMBER_MARKOV,
	MIXED,
	MEMBER_PERCEPTRON = MIXED,
	MEMBER_HOEFFDING,
	MEMBER_LAST,
	MEMBER_MAJORITY,
	MEMBERS
};

struct mixer { /* of the members' chances: one average of logarithms, one of chances */
	double w[MIXED], v[MIXED], loss[MIXED];
	double *p;           /* room: [member][class] */
	double *log, *power; /* room: [member][class], [class] */
	double *hedged;      /* room: [class] */
};

void mixer_fields(struct mixer *, int k, struct fields *);
void mixer_init(struct mixer *);
void mixer_answer(struct mixer *, int k, double *p); /* the members' chances are in p */
void mixer_learn(struct mixer *, int k, int class);
void mixer_shares(const struct mixer *, double share[MIXED]); /* they sum to 1 */

#endif
