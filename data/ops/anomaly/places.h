/* places.h - where a series has been: how far a value is from the nearest one ever seen. */
#ifndef WEIR_ANOMALY_PLACES_H
#define WEIR_ANOMALY_PLACES_H

#include <stdbool.h>

#include "data/ops/anomaly/tail.h"

enum places_size { PLACES_ALL, PLACES_HALF, PLACES_FEW };

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

void places_init(struct places *, enum places_size);
void places_done(struct places *);
/* The evidence that a value as far from all earlier ones is new; then it is learned. */
double places_step(struct places *, double z);
/* The same where the values before are near each other, odd or not: in the place of the one before
 * joins old, and a trend is no excuse. */
double places_against(struct places *, double z, double old);
size_t places_held(const struct places *);
void places_save(const struct places *, struct buffer *);
int places_load(struct places *, struct reader *);

#endif
