/* judge.h - how a classifier does, each row judged before it was learned, beside two honest
 * baselines: the most frequent label so far, and the label before. */
#ifndef WEIR_LEARN_JUDGE_H
#define WEIR_LEARN_JUDGE_H

#include <stdint.h>

#include "data/ops/learn/features/fields.h"
#include "data/ops/learn/features/shape.h"

enum {
	JUDGE_POINTS = 128, /* of its history */
	JUDGE_MATRIX = 16,  /* classes of the confusion matrix; the last one: all others */
	JUDGE_MARKS = 16    /* changes that are remembered, the latest */
};

struct judge_point { /* of stride rows; the last one of those that came so far */
	double n, hits, majority, last;
};

struct judge {
	uint64_t rows; /* judged so far */
	uint64_t stride;
	int points;
	struct judge_point point[JUDGE_POINTS];
	double hits, majority, last; /* over all rows */
	double *count;               /* [class]: labels so far */
	double *matrix;              /* [label][said], times unit: later rows count more */
	double unit;
	int top;    /* the most frequent class so far */
	int before; /* class of the label before; -1 */
	/* the error of late, and since the last change */
	double fast, slow, since;
	uint64_t marks;             /* changes so far */
	uint64_t mark[JUDGE_MARKS]; /* rows, from 0; mark i stands at i % JUDGE_MARKS */
};

void judge_fields(struct judge *, struct fields *);
void judge_init(struct judge *);
/* A row with class y, of which said was said. Returns 1 where its errors have changed for worse. */
int judge_row(struct judge *, int said, int y);

#endif
