/* judge.h - how a classifier does, each row judged before it was learned, beside the most frequent
 * label and the last one, as these were known when the row was predicted. */
#ifndef WEIR_LEARN_JUDGE_H
#define WEIR_LEARN_JUDGE_H

#include "data/ops/learn/course.h"
#include "data/ops/learn/features/shape.h"

enum { JUDGE_MATRIX = 16 /* classes of the confusion matrix; the last one: all others */ };

struct judge_guess { /* classes; -1: none is known */
	int majority, last;
};

struct judge {
	struct course course; /* of misses */
	double *count;        /* [class]: labels so far */
	double *matrix;       /* [label][said], times unit: later rows count more */
	double unit;
	struct judge_guess now; /* the most frequent class so far, and the last */
};

void judge_fields(struct judge *, struct fields *);
void judge_init(struct judge *);
/* A row with class y, of which said was said, where the baselines guessed so. True where its errors
 * have changed for worse. */
bool judge_row(struct judge *, int said, struct judge_guess, int y);
/* The class of a row is known: what the baselines guess of the next one. */
void judge_learn(struct judge *, int y);

#endif
