/* rls.h - a row of recursive least squares on lags: an autoregression that learns at every point.
 */
#ifndef WEIR_FORECAST_RLS_H
#define WEIR_FORECAST_RLS_H

#include "data/ops/forecast/series/series.h"

/* What is regressed: the change from a base (the last point, or the one a season or a second season
 * before) on recent changes against that base. With all coefficients 0, as they start, the forecast
 * is the base itself, so that a new row is the (seasonal) naive forecast. */
enum rls_kind {
	RLS_LAST,      /* on the last three differences */
	RLS_SEASON,    /* on differences at lag m */
	RLS_LONG,      /* on differences at lag M, and those at m against those at M */
	RLS_SHORT_LONG /* on differences at lag m, with those one M before */
};

enum { RLS_SIZE = 7 /* coefficients at most */, RLS_MAX = 8 /* in rows of two lanes */ };

struct rls {
	enum rls_kind kind;
	int m, M;       /* the seasons */
	int wait;       /* for so many more seasons than it takes */
	int size;       /* coefficients */
	double lambda;  /* forgetting: the weight of a point falls by lambda at each next one */
	double inflate; /* 1 / lambda */
	bool ready;
	uint64_t at; /* the next point to learn */
	double count;
	double unit, per_unit; /* differences are divided by unit; 1 / unit */
	double center;         /* the mean at the start */
	double scale;          /* mean size of the errors, for clipping */
	double theta[RLS_MAX];
	double P[RLS_SIZE][RLS_MAX]; /* symmetric; the last column is 0 */
};

/* wait: it starts so many seasons m after its lags are known; what starts late starts well. */
void rls_init(struct rls *, enum rls_kind, int m, int M, double lambda, int wait);
/* Starts on the points from t on, if there are more than it needs, and so many are kept. */
bool rls_start(struct rls *, const struct series *, uint64_t t);
/* Learns points up to the newest, at most so many; true when nothing is left to learn. */
bool rls_learn(struct rls *, const struct series *, int most);
/* The clock goes on without a value; what is still behind learns at most so many points. */
void rls_skip(struct rls *, const struct series *, int most);
/* The forecast of the next point. */
double rls_next(const struct rls *, const struct series *);
/* Forecasts 1 .. h points ahead: written behind the newest point of the series and to path. */
/* Loads one that was begun alike. */
int rls_load(struct rls *, const struct series *, struct reader *);
void rls_path(const struct rls *, const struct series *, int h, double *path);

#endif
