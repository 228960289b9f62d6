/* course.h - how a learner does over time, each row judged before it was learned, beside two honest
 * baselines; and when its errors change for worse. */
#ifndef WEIR_LEARN_COURSE_H
#define WEIR_LEARN_COURSE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/ops/learn/features/fields.h"

enum {
	COURSE_POINTS = 128, /* of its history */
	COURSE_MARKS = 16    /* changes that are remembered, the latest */
};

struct course_point { /* sums of errors: misses, or sizes */
	double n, own;
	double plain, last; /* of the majority class or the mean; of the label or value before */
};

struct course {
	uint64_t rows, stride;
	int points; /* each of stride rows; the last one of those that came so far */
	struct course_point point[COURSE_POINTS];
	struct course_point all;
	double *detector;            /* the state of ADWIN, of the errors */
	uint64_t marks;              /* changes so far */
	uint64_t mark[COURSE_MARKS]; /* rows, from 0; mark i stands at i % COURSE_MARKS */
};

void course_fields(struct course *, struct fields *);
void course_init(struct course *);
/* Of a state that was loaded: can it go on? Its options are put right. */
bool course_check(struct course *);
/* The errors of a row. True: from about here on its own are more than before. */
bool course_row(struct course *, double own, double plain, double last);

#endif
