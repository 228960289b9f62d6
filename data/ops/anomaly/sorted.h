/* sorted.h - the last w values in order: their median, and how far the values are from it. */
#ifndef WEIR_ANOMALY_SORTED_H
#define WEIR_ANOMALY_SORTED_H

#include "data/base/bytes.h"

struct sorted_ring {
	int w, n, at; /* most; held; where the next goes */
	double *ring;
	double *sorted;
};

void sorted_ring_init(struct sorted_ring *, int w);
void sorted_ring_done(struct sorted_ring *);
void sorted_ring_push(struct sorted_ring *, double x);
int sorted_ring_below(const struct sorted_ring *, double x); /* how many are below x */
double sorted_ring_median(const struct sorted_ring *);
/* The median of |x - center|, where center is the median. */
double sorted_ring_mad(const struct sorted_ring *, double center);
void sorted_ring_save(const struct sorted_ring *, struct buffer *);
int sorted_ring_load(struct sorted_ring *, struct reader *);

#endif
