/* mix.h - which expert to believe: their recent errors at each lead, and weights from them. */
#ifndef WEIR_FORECAST_MIX_H
#define WEIR_FORECAST_MIX_H

#include <stdint.h>

#include "data/base/bytes.h"
#include "data/ops/forecast/series/leads.h"

enum { EXPERTS = 24 };

struct mix {
	struct leads leads;
	double next[EXPERTS]; /* forecasts of the next point, in the values' units; NaN: silent */
	struct mix_bucket {
		double loss[EXPERTS]; /* discounted sums of absolute errors ... */
		double mass[EXPERTS]; /* ... and of how many */
		/* mean error of the best of them at each point, and how many */
		double usual, count;
	} * bucket; /* leads.buckets of them */
	/* Whole paths from the last origins: [slot][lead - 2][expert], as changes since the value
	 * at their origin, which a float holds well enough for errors. */
	float *kept;
	struct mix_origin {
		uint64_t at; /* the clock before its first lead; 0: empty */
		double value;
	} * origin; /* of each slot */
};

void mix_init(struct mix *, int horizon);
void mix_done(struct mix *);
/* Forgets everything about the experts from .. to-1: others took their places. */
void mix_forget(struct mix *, int from, int to);

/* Point t is y: scores next and the kept paths' forecasts of it. Before next is changed. */
void mix_score(struct mix *, uint64_t t, double y);
/* Where the paths from origin t are to be kept, [lead - 2][expert]; NULL when none are due. */
float *mix_keep(struct mix *, uint64_t t, double value);

/* The largest error that counts one step ahead: beyond it all are alike. */
double mix_cap(const struct mix *);
/* Weights of the experts in a bucket of leads, summing to 1. Experts that are silent now get none;
 * all get none when all are. */
void mix_weights(const struct mix *, int bucket, double *w);
/* The experts' forecasts of the next point, weighted. */
double mix_next(const struct mix *, const double *w);
/* Mean recent error of an expert one step ahead; NaN while unknown. */
double mix_error(const struct mix *, int expert);

void mix_save(const struct mix *, struct buffer *);
int mix_load(struct mix *, struct reader *);
size_t mix_held(const struct mix *);

#endif
