/* notes.h - what a forecaster tells of itself in words. */
#ifndef WEIR_FORECAST_TOLD_H
#define WEIR_FORECAST_TOLD_H

#include "data/ops/forecast/forecaster.h"

/* Of an operator of class op_forecaster. */
const struct forecaster *forecaster_of(const struct op *);
void forecaster_explain(const struct op *, struct text *);

#endif
