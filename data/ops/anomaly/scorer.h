/* scorer.h - what a method that scores anomalies is to the operator around it. */
#ifndef WEIR_ANOMALY_SCORER_H
#define WEIR_ANOMALY_SCORER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/text.h"
#include "data/ops/anomaly/evidence.h"

enum { ANOMALY_INPUTS = 16 };
#define ANOMALY_VALUE_MAX 1e140 /* so that squares and their sums stay finite */

struct scorer_setup {
	int inputs;
	bool compact; /* one of many keys: keep little */
	bool timed;   /* rows' times are a column's */
	int window;   /* rows that are looked back on; 0: the method's own */
	double limit; /* deviations at which the score is 0.5; NaN: the method's own */
	uint64_t seed;
};

/* A score is in [0, 1], of the past alone, 0.5 where it is time to look; 0 while too little is
 * known. Values are finite and within +-ANOMALY_VALUE_MAX; rows with a missing one are not told. */
struct scorer {
	const char *name, *help;
	int inputs;                 /* at most */
	bool looks_back, has_limit; /* takes a window, a limit */
	void *(*open)(const struct scorer_setup *);
	void (*close)(void *);
	double (*step)(void *, const double *x, int64_t time);
	void (*save)(const void *, struct buffer *);
	int (*load)(void *, struct reader *);
	size_t (*held)(const void *);
	/* What its views had to say so far; NULL: it has none. Optional. */
	const struct evidence_history *(*evidence)(const void *);
	/* Why the last row scored as it did, as a few lines. */
	void (*explain)(const void *, struct text *);
};

extern const struct scorer anomaly_auto, anomaly_z, anomaly_hampel, anomaly_hst, anomaly_spot,
    anomaly_conformal;

/* 0.5 where evidence is at the level, and steep there, so that few scores crowd around 0.5. */
double anomaly_score(double evidence, double level);

#endif
