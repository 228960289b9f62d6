/* ses.c - simple exponential smoothing: a level that moves a share of each error.
 *
 * Brown (1959); alpha 0.3 unless told. The forecast is the level, however far ahead. */
#include "data/ops/forecast/models/smooth.h"

static void *
ses_open(const struct forecast_setup *setup)
{
	static const struct es_rows rows = { .rows = 1, .name = { "level" }, .alpha = { 0.3 } };

	return smooth_open(setup, &rows, true);
}

const struct forecast_method forecast_ses = {
	.name = "ses",
	.help = "exponential smoothing: level += alpha * error",
	.bounded = true,
	.open = ses_open,
	SMOOTH_MEMBERS,
};
