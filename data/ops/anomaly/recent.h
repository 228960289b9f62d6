/* recent.h - the last so many values of a series as a whole: how far they span, and how far they
 * move from one to the next. */
#ifndef WEIR_ANOMALY_RECENT_H
#define WEIR_ANOMALY_RECENT_H

#include "data/ops/anomaly/places.h"

enum { RECENT_ROWS = 32 };

struct recent {
	double rows;
	double x[2 * RECENT_ROWS]; /* the last ones stand before at */
	int at;
	/* what was found of the rows before, which joins once no row is in both; the next goes to
	 * slot */
	double spans[RECENT_ROWS], moves[RECENT_ROWS];
	int slot;
	struct places span, move; /* where these have been */
};

struct recent_evidence {
	double span, move;
};

void recent_init(struct recent *);
void recent_done(struct recent *);
struct recent_evidence recent_step(struct recent *, double x);
void recent_save(const struct recent *, struct buffer *);
int recent_load(struct recent *, struct reader *);
size_t recent_held(const struct recent *);

#endif
