/* weights_chart.h - the weights of a forecast's experts since the first row, as a stacked
 * picture. */
#ifndef WEIR_WEIGHTS_CHART_H
#define WEIR_WEIGHTS_CHART_H

#include "data/ops/forecast/score_history.h"
#include "widgets/widget.h"

struct weights_chart {
	struct score_history trail; /* n = 0: none is kept */
	uint64_t row;               /* the number of its last row */
	int series;
	bool found; /* a season that there is was found in the data, nobody told it */
};

/* Of the selected series, whose forecaster this is. */
void weights_chart_update(struct weights_chart *, const struct view *, const struct op *forecaster);
/* The family had so much of the weight once that it may stand in the picture. */
bool weights_chart_shows(const struct weights_chart *, enum forecast_family);
/* On all of the canvas, two lines high at least. */
void weights_chart_draw(const struct weights_chart *, const struct view *, const struct canvas *);
/* A cell of the family's colour with its letter: colour alone would not tell. */
void family_draw(const struct canvas *, int x, int y, enum forecast_family);
enum style family_style(enum forecast_family); /* of its area */

#endif
