/* score_history.h - how a forecast became what it is: its errors and the weights of its experts
 * since the first row, in so many points. */
#ifndef WEIR_FORECAST_TRAIL_H
#define WEIR_FORECAST_TRAIL_H

#include "data/base/bytes.h"
#include "data/ops/forecast/forecast.h"

enum { TRAIL_POINTS = 256 };

struct trail_point { /* of stride rows; the last one of those that came so far */
	float weight[FORECAST_FAMILIES]; /* means over those of its rows that were looked at, ... */
	uint32_t looked;                 /* ... so many; 0: none had a forecast */
	/* rows that had a value and a forecast, and of these ... */
	uint32_t scored;
	/* ... the sums of absolute errors: ours, of the last value */
	double error, naive;
};

struct score_history {
	uint64_t rows;   /* so far */
	uint64_t stride; /* rows of a point: a power of two that doubles when the points are full */
	int n;           /* points */
	int season, long_season;
	uint64_t season_row; /* from 0: the first that was forecast with these */
	struct trail_point points[TRAIL_POINTS];
};

/* NULL: the compact form of many keys keeps none. */
const struct score_history *forecaster_trail(const struct op *);
/* Mean absolute error, ours or that of the last value, of the points from .. to-1; NaN: none
 * scored. */
double score_history_error(const struct score_history *, int from, int to, bool naive);

struct forecaster;
struct score_history *score_history_new(void);
/* A row with value y, which the forecaster has not seen yet. */
void score_history_row(struct score_history *, const struct forecaster *, double y);
void score_history_save(const struct score_history *, struct buffer *);
int score_history_load(struct score_history *, struct reader *);

#endif
