/* sparkline.h - a series' last rows in one line of text. */
#ifndef WEIR_SPARKLINE_H
#define WEIR_SPARKLINE_H

#include "widgets/widget.h"

struct trend {
	int source, track;
	/* the least and greatest value it spans: the caller's, so that they need not jump */
	double lo, hi;
	const struct series *of; /* whose thresholds colour it; NULL: none's */
	bool dots;               /* braille in the place of bars */
};
/* In w cells at x, y. */
void sparkline_draw(
    const struct canvas *, int x, int y, int w, const struct view *, const struct trend *);

/* The same of n values that stand in no track, the last of which is the end-th of all: cells take
 * as many of them as TREND_ROWS need, always the same ones together. */
enum { TREND_ROWS = 60 };
void sparkline_values(const struct canvas *, int x, int y, int w, const struct view *,
    const struct trend *, const double *values, int n, uint64_t end);

#endif
