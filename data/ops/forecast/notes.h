/* notes.h - what a forecaster tells of itself in words. */
#ifndef WEIR_FORECAST_TOLD_H
#define WEIR_FORECAST_TOLD_H

#include "data/ops/forecast/forecaster.h"

struct forecast_note {
	enum forecast_event what;
	int season, long_season; /* 0: none */
};

/* "forecast of x: the season is 24 rows (found in the data)" */
void forecast_note_print(const struct op *, const struct forecast_note *, struct text *);

/* Of an operator of class op_forecaster. */
const struct forecaster *forecaster_of(const struct op *);
void forecaster_explain(const struct op *, struct text *);

#endif
