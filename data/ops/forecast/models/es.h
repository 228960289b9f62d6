/* es.h - exponential smoothing: up to eight rows of one recursion, updated together. */
#ifndef WEIR_FORECAST_ES_H
#define WEIR_FORECAST_ES_H

#include "data/ops/forecast/series/series.h"

enum { ES_ROWS = 8 };

/* f = level + phi trend + rho remainder + drift slope + season[t mod m], and with e = z - f:
 * level += phi trend + alpha e; trend = phi trend + beta e; remainder = rho remainder + ar e;
 * season[t mod m] += gamma e. The gains of a row stand below each other. */
struct es_rows {
	int rows;
	const char *name[ES_ROWS];
	double alpha[ES_ROWS], beta[ES_ROWS], phi[ES_ROWS], gamma[ES_ROWS], ar[ES_ROWS],
	    rho[ES_ROWS], drift[ES_ROWS];
};

struct es {
	const struct es_rows *gains; /* borrowed */
	int rows;                    /* the first of these are in use */
	int m;                       /* 0: no season */
	bool ready;                  /* was started */
	bool plain;                  /* errors are not clipped, gains as given */
	uint64_t at;                 /* the next point to learn */
	double count;                /* points learned */
	int slot;                    /* at mod m, as the season table is laid out */
	double level[ES_ROWS], trend[ES_ROWS], rest[ES_ROWS], scale[ES_ROWS];
	double gain[ES_ROWS]; /* gamma, larger in the first cycles */
	int stride;           /* season values of a slot: rows, some of them unused */
	float *season;        /* [m][stride]; relative to the level, so that floats will do */
};

/* The first rows of gains, which must outlive it. */
void es_init(struct es *, const struct es_rows *gains, int rows, int m);
void es_done(struct es *);
/* Starts at point t, if enough is known from there: 1 point, or two cycles. */
bool es_start(struct es *, const struct series *, uint64_t t);
/* Learns points up to the newest, at most so many; true when nothing is left to learn. */
bool es_learn(struct es *, const struct series *, int most);
/* The clock goes on without a value; the point was filled in the series. What is still behind
 * learns at most so many points. */
void es_skip(struct es *, const struct series *, int most);
/* Forecasts of the next point, ES_ROWS of them; those of unused rows mean nothing. */
void es_next(const struct es *, double slope, double *f);
/* Forecasts of row k 1 .. h points ahead. */
void es_path(const struct es *, int k, double slope, int h, double *path);

void es_save(const struct es *, struct buffer *);
int es_load(struct es *, const struct series *, struct reader *);
size_t es_held(const struct es *);

#endif
