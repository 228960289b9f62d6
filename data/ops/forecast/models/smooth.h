/* smooth.h - a method that is one smoothing row, or the best of a few: ses, holt, hw, theta. */
#ifndef WEIR_FORECAST_SMOOTH_H
#define WEIR_FORECAST_SMOOTH_H

#include "data/ops/forecast/models/es.h"
#include "data/ops/forecast/models/method.h"

struct smooth {
	struct series *series;
	struct es_rows gains; /* as asked for, smaller after a divergence */
	bool plain;           /* the textbook's recursion: gains as given, nothing clipped */
	/* older values are not learned from: what diverged, diverged in them */
	uint64_t since;
	struct es es;
	double next[ES_ROWS], loss[ES_ROWS]; /* recent squared errors, one step ahead */
};

/* For a method's open: the gains told replace those of all rows; a beta told is of the trend alone,
 * as the textbooks have it: the row's is alpha beta. */
struct smooth *smooth_open(const struct forecast_setup *, const struct es_rows *, bool plain);
void smooth_close(void *);
void smooth_restart(void *, struct seasons);
void smooth_calm(void *);
void smooth_score(void *, double y);
void smooth_learn(void *);
void smooth_skip(void *);
void smooth_path(void *, int h, double *path, bool keep);
void smooth_save(const void *, struct buffer *);
int smooth_load(void *, struct reader *);
size_t smooth_held(const void *);

/* The members of a const struct forecast_method that all of them share. */
#define SMOOTH_MEMBERS                                                                             \
	.close = smooth_close, .restart = smooth_restart, .score = smooth_score,                   \
	.learn = smooth_learn, .skip = smooth_skip, .path = smooth_path, .save = smooth_save,      \
	.load = smooth_load, .held = smooth_held

#endif
