/* tail.h - how unusual a magnitude is among all earlier ones. */
#ifndef WEIR_ANOMALY_TAIL_H
#define WEIR_ANOMALY_TAIL_H

#include <stdint.h>

#include "data/base/bytes.h"

enum { TAIL_BINS = 512, TAIL_BINS_HALF = 256, TAIL_BINS_COMPACT = 128 };

struct tail {
	uint32_t *count; /* of each bin */
	double *sum;
	int bins, fine; /* bins; binary digits of a magnitude that tell them apart in an octave */
	int top;        /* the highest bin in use */
	double rows;
};

void tail_init(struct tail *, int bins);
void tail_done(struct tail *);
void tail_add(struct tail *, double magnitude);
/* About -log10 of the chance of one as large as g, 0 in the bulk: the excess over the 95th
 * percentile by an exponential tail. least: what is no excess in the unit of the data. 0 before 30
 * rows. */
double tail_evidence(const struct tail *, double g, double least);
/* How many earlier ones were as large, to an eighth of its size or so. */
double tail_as_large(const struct tail *, double g);
void tail_save(const struct tail *, struct buffer *);
int tail_load(struct tail *, struct reader *);

#endif
