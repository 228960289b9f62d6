/* sparkline.h - a series' last rows in one line of text. */
#ifndef WEIR_SPARKLINE_H
#define WEIR_SPARKLINE_H

#include "widgets/widget.h"

/* In w cells at x, y; the least and greatest value it spans are the caller's, so that they need not
 * jump. */
void sparkline_draw(const struct canvas *, int x, int y, int w, const struct view *, int source,
    int track, double lo, double hi);

#endif
