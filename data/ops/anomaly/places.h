/* places.h - where a series has been: how far a value is from the nearest one ever seen. */
#ifndef WEIR_ANOMALY_PLACES_H
#define WEIR_ANOMALY_PLACES_H

#include <stdbool.h>

#include "data/ops/anomaly/tail.h"

enum { PLACES = 512, PLACES_COMPACT = 96 };

struct places {     /* one view of a series */
	double *at; /* ascending */
	int n, most;
	bool any;
	double before;  /* the value of the row before, which joins one row late */
	double gap;     /* of the last value to the nearest seen */
	double nearest; /* and which that was */
	struct tail gaps;
	/* Values beyond all before: how many, by how much in all, what share of late; and rows. */
	double records, overshoot, rate, rows;
};

void places_init(struct places *, bool compact);
void places_done(struct places *);
/* The evidence that a value as far from all earlier ones is new; then it is learned. */
double places_step(struct places *, double z);
void places_save(const struct places *, struct buffer *);
int places_load(struct places *, struct reader *);

#endif
