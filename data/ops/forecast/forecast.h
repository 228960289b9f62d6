/* forecast.h - the forecaster of a column, shared by expected, lower, upper, forecast and the
 * scores.
 *
 * A method is a const struct forecast_method in its own file. The forecaster around it scores each
 * prediction before the method sees the value, keeps the intervals, and bounds what a method says.
 */
#ifndef WEIR_FORECAST_H
#define WEIR_FORECAST_H

#include "data/graph/op.h"
#include "data/ops/forecast/models/expert.h"

/* ".forecaster": one row ahead; FORECAST_LANES outputs for each row, all from before the row but X.
 */
extern const struct op_class op_forecaster;

enum {
	FORECAST_EXPECTED,
	FORECAST_WIDTHS,                      /* half widths at the coverages .5, .8, .95 and .99 */
	FORECAST_LEAST = FORECAST_WIDTHS + 4, /* no interval reaches below: 0, or minus infinity */
	FORECAST_X,                           /* the row's value itself */
	FORECAST_LANES
};

/* The parameters of every operator on a forecaster, behind its own. */
#define FORECAST_METHODS "auto|naive|seasonal|ses|holt|hw|ar|theta"
#define FORECAST_PARAMS                                                                            \
	{ "method", PARAM_CHOICE, "auto", 0, 0, FORECAST_METHODS, "how to forecast" },             \
	    { "season", PARAM_TEXT, "auto", 0, 0, NULL,                                            \
		    "rows, \"24,168\" for two, none, or auto" },                                   \
	    { "alpha", PARAM_NUMBER, "", 0, 1, NULL, "gain of the level (ses, holt, hw)" },        \
	    { "beta", PARAM_NUMBER, "", 0, 1, NULL, "gain of the trend (holt, hw)" },              \
	{                                                                                          \
		"gamma", PARAM_NUMBER, "", 0, 1, NULL, "gain of the season (hw)"                   \
	}

/* Asks the forecaster for its forecasts h rows ahead at each row, from init on; returns the number
 * to ask with. During step: forecasts made after each row of the run. */
int forecaster_want(const struct op *, int h);
const double *forecaster_wanted(const struct op *, int number);

/* Forecasts 1..h rows ahead made after the last row, with intervals of coverage c (0.5 .. 0.99),
 * for an operator of class op_forecaster. Arrays hold h numbers; lower and upper may be NULL. h is
 * at most HORIZON_MAX. */
void forecaster_path(
    const struct op *, int h, double c, double *mean, double *lower, double *upper);

struct forecast_scores { /* one step ahead, over all rows so far */
	uint64_t n;
	double mae, rmse, mase, coverage; /* of the 95 % interval; missing while n is 0 */
};
struct forecast_scores forecaster_scores(const struct op *);

struct forecast_state { /* for views */
	const char *method;
	int season, long_season;   /* rows; 0: none */
	bool told, from_step;      /* by whom: the user, the step of the times, else found */
	double error, naive_error; /* recent mean absolute errors: ours, and of the last value */
	double next, width;        /* forecast of the next row, and half its 95 % interval */
};
struct forecast_state forecaster_state(const struct op *);

/* One line for each method, for `weir list models`. */
void forecast_methods_print(struct text *);

/* Returns how many; a plain method is one expert of weight 1. */
int forecaster_experts(const struct op *, struct forecast_expert *, int most);

#endif
