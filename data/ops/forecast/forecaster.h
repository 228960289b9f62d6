/* forecaster.h - one method on one stream of values: predict, score, then learn. */
#ifndef WEIR_FORECAST_FORECASTER_H
#define WEIR_FORECAST_FORECASTER_H

#include "data/ops/forecast/series/clock.h"
#include "data/ops/forecast/forecast.h"
#include "data/ops/forecast/intervals.h"
#include "data/ops/forecast/models/method.h"
#include "data/ops/forecast/series/seasons.h"
#include "data/ops/forecast/series/series.h"

enum forecast_event { /* what happened that is worth a note */
	FORECAST_NOTHING,
	FORECAST_SEASON_OF_STEP, /* the time stamps' step tells the season */
	FORECAST_SEASON_FOUND,   /* in the data */
	FORECAST_DIVERGED        /* the method's errors grew beyond all measure: it started anew */
};

struct forecaster_options {
	const struct forecast_method *method;
	int horizon; /* intervals and weights are learned this far ahead */
	bool compact;
	bool timed; /* the rows' times are their own, not those of their arrival */
	bool told;  /* the seasons are these; else they are looked for */
	struct seasons seasons;
	double alpha, beta, gamma; /* NaN: the method's own */
};

struct forecaster {
	struct forecaster_options options;
	void *self; /* the method's state */
	struct series series;
	struct seasons seasons;
	bool from_step; /* the seasons follow from the step of the stamps */
	int64_t step;   /* the last that was asked for its seasons */
	struct season_search search;
	struct clock clock;
	struct intervals intervals;
	double next;           /* forecast of the next point; NaN before the first value */
	double widths[LEVELS]; /* and half the width of its intervals; NaN while unknown */
	int64_t gap;           /* points missing since the last value */

	/* one step ahead, over all rows so far */
	double n, absolute, square, naive, covered, judged, last;
	/* recent: mean absolute error, that of naive, the mean, and the mean deviation from it */
	double error, naive_error, center, spread;
	double level;        /* of late, while all values are above 0; 0: none yet */
	uint64_t calm_until; /* a method that was restarted is given time */

	enum forecast_event happened; /* at the last row */
};

void forecaster_init(struct forecaster *, const struct forecaster_options *);
void forecaster_done(struct forecaster *);

/* The next row: y may be missing. What was forecast for it stands in next and widths before; a hole
 * in the times changes both, so forecaster_time() comes first. */
void forecaster_time(struct forecaster *, int64_t time);
void forecaster_value(struct forecaster *, double y);

/* Forecasts 1 .. h points ahead of the last row, in the values' units. */
void forecaster_ahead(struct forecaster *, int h, double *path);
/* Half widths at lead h, counted from the last row. */
void forecaster_widths(const struct forecaster *, int h, double *widths);

void forecaster_save(const struct forecaster *, struct buffer *);
int forecaster_load(struct forecaster *, struct reader *);
size_t forecaster_held(const struct forecaster *);

#endif
