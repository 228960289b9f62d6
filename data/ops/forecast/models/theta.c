/* theta.c - Theta: exponential smoothing with half of the long-run trend.
 *
 * Assimakopoulos & Nikolopoulos (2000), as Hyndman & Billah (2003) showed it to be: SES with drift.
 * The level's gain is that of the row with the smallest recent errors; the season, if there is one,
 * is smoothed along with it. The winner of the M3 competition. */
#include "data/ops/forecast/models/smooth.h"

static void *
theta_open(const struct forecast_setup *setup)
{
	static const struct es_rows rows = {
		.rows = 4,
		.name = { "theta, 0.1", "theta, 0.3", "theta, 0.5", "theta, 0.8" },
		.alpha = { 0.1, 0.3, 0.5, 0.8 },
		.gamma = { 0.08, 0.08, 0.08, 0.08 },
		.drift = { 0.5, 0.5, 0.5, 0.5 },
	};

	return smooth_open(setup, &rows, false);
}

const struct forecast_method forecast_theta = {
	.name = "theta",
	.help = "exponential smoothing with half the long-run trend",
	.logs = true,
	.seasonal = true,
	.bounded = true,
	.open = theta_open,
	SMOOTH_MEMBERS,
};
