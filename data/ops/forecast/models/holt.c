/* holt.c - double exponential smoothing: a level and a trend.
 *
 * Holt (1957); alpha 0.3 and beta 0.1 unless told. The first trend is 0: that of the first two
 * values, which textbooks take, is mostly noise. */
#include "data/ops/forecast/models/smooth.h"

static void *
holt_open(const struct forecast_setup *setup)
{
	static const struct es_rows rows = {
		.rows = 1,
		.name = { "level and trend" },
		.alpha = { 0.3 },
		.beta = { 0.1 },
		.phi = { 1 },
	};

	return smooth_open(setup, &rows, true);
}

const struct forecast_method forecast_holt = {
	.name = "holt",
	.help = "exponential smoothing with a trend",
	.calm = smooth_calm,
	.open = holt_open,
	SMOOTH_MEMBERS,
};
