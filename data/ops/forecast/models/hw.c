/* hw.c - Holt-Winters: a level, a trend and a season, additive.
 *
 * Winters (1960) in the form of Hyndman & Athanasopoulos, FPP2 7.3. Unless told, the gains are
 * small ones that are stable at any season: alpha 0.3, beta 0.03, gamma 0.3. Large ones diverge
 * when the season is long (0.3, 0.1, 0.6 at 48). Without a season it is Holt's method. */
#include "data/ops/forecast/models/smooth.h"

static void *
hw_open(const struct forecast_setup *setup)
{
	static const struct es_rows rows = {
		.rows = 1,
		.name = { "level, trend and season" },
		.alpha = { 0.3 },
		.beta = { 0.03 },
		.phi = { 1 },
		.gamma = { 0.3 },
	};

	return smooth_open(setup, &rows, true);
}

const struct forecast_method forecast_hw = {
	.name = "hw",
	.help = "Holt-Winters: level, trend and additive season",
	.seasonal = true,
	.calm = smooth_calm,
	.open = hw_open,
	SMOOTH_MEMBERS,
};
