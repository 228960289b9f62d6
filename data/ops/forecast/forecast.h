/* forecast.h - the forecaster of a column, shared by expected, lower, upper, forecast and the scores.
 *
 * A method is a const struct forecast_method in its own file. The forecaster around it scores each
 * prediction before the method sees the value, keeps the intervals, and bounds what a method says. */
#ifndef WEIR_FORECAST_H
#define WEIR_FORECAST_H

#include "data/op.h"

extern const struct op_class op_forecaster; /* ".forecaster"; parameters x, method, season */

/* Forecasts 1..h rows ahead made after the last row, with intervals of coverage c (0.5 .. 0.99), for
 * an operator of class op_forecaster. Arrays hold h numbers; lower and upper may be NULL. h is at most
 * FORECAST_LEADS. */
enum { FORECAST_LEADS = 200 };
void forecaster_path(const struct op *, int h, double c, double *mean, double *lower, double *upper);

struct forecast_scores { /* one step ahead, over all rows so far */
	uint64_t n;
	double mae, rmse, mase, coverage; /* of the 95 % interval; missing while n is 0 */
};
struct forecast_scores forecaster_scores(const struct op *);

#endif
