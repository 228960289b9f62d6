/* chart_parts.h - what the files of the chart share; nobody else includes it.
 *
 * chart.c         which rows and lines it shows, and on what axis
 * chart_curves.c  what was expected at a row, or is to come
 * chart_draw.c    the picture of it */
#ifndef WEIR_CHART_PARTS_H
#define WEIR_CHART_PARTS_H

#include "data/ops/forecast/forecast.h"
#include "widgets/traces.h"

enum { AXIS_LINES = 2 };

struct chart {
	struct traces traces;
	int track; /* of the first of them, which the rest is about; -1: nothing yet */
	struct range range;
	struct scale y;
	int fitted_h; /* lines that y was made for; 0: none yet */
	struct plot plot;
	int dots;                   /* that it has room for */
	int gutter, right, label_w; /* cells beside the plot: axes, names of the lines */
	int horizon;
	uint64_t made; /* the row that the forecast begins with: those before it were known */
	double mean[HORIZON_MAX], lower[HORIZON_MAX], upper[HORIZON_MAX];
};

const struct series *chart_of(const struct chart *); /* the series that it is about */
int chart_dots_x(enum glyphs);                       /* dots of a cell, side by side */
int chart_dots_y(enum glyphs);
/* The first row shown that is still known. */
uint64_t chart_first_row(const struct chart *, const struct view *, int source);

enum curve { CURVE_EXPECTED, CURVE_LOWER, CURVE_UPPER };
/* What was predicted for a row, or is for one to come; missing where nothing was. */
double curve_at(const struct chart *, const struct view *, enum curve, uint64_t row);
/* The same at a dot, between two rows where rows are stretched. */
double curve_at_dot(const struct chart *, const struct view *, enum curve, int dot);

void chart_draw(const struct widget *, const struct view *, const struct canvas *);

#endif
