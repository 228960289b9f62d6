/* method.h - what a forecasting method is to the forecaster around it.
 *
 * The forecaster owns the series of past points and the seasons; a method reads them. At each point
 * it is first told the value to score its experts, then the point enters the series, then it
 * learns; at a missing point the series is filled with its forecast and it skips. */
#ifndef WEIR_FORECAST_METHOD_H
#define WEIR_FORECAST_METHOD_H

#include "data/base/text.h"
#include "data/ops/forecast/models/expert.h"
#include "data/ops/forecast/series/seasons.h"
#include "data/ops/forecast/series/series.h"

struct forecast_setup {
	struct series *series; /* outlives the method; its spare cells are the method's to write */
	int horizon;           /* paths are kept and scored this far */
	bool compact;
	double alpha, beta, gamma; /* gains told by the user; NaN: the method's own */
};

struct forecast_method {
	const char *name, *help;
	bool logs;     /* wants logarithms of a series that is always above 0 */
	bool seasonal; /* makes something of a season */
	bool bounded;  /* watches itself: cannot diverge, whatever the data do */
	void *(*open)(const struct forecast_setup *);
	void (*close)(void *);
	/* The seasons are these from now on, or the series changed as a whole: start anew from it.
	 */
	void (*restart)(void *, struct seasons);
	/* It has diverged: smaller gains, and start anew. NULL: nothing to make smaller. */
	void (*calm)(void *);
	void (*score)(void *, double y);
	void (*learn)(void *);
	void (*skip)(void *);
	/* Forecasts 1 .. h points ahead, in the values' units, finite. keep: the method may keep
	 * what it needs to score its experts; once at each point, with h = 1 or the horizon. */
	void (*path)(void *, int h, double *path, bool keep);
	int (*experts)(const void *, struct forecast_expert *, int most);
	void (*save)(const void *, struct buffer *);
	int (*load)(void *, struct reader *);
	size_t (*held)(const void *);
};

extern const struct forecast_method forecast_auto, forecast_naive, forecast_seasonal, forecast_ses,
    forecast_holt, forecast_hw, forecast_ar, forecast_theta;

#endif
