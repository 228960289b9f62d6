/* bar.h - a horizontal bar, to an eighth of a cell. */
#ifndef WEIR_BAR_H
#define WEIR_BAR_H

#include "widgets/draw/canvas.h"

/* In w cells at x, y; share is 0 to 1. Returns the cells that it covers, the last maybe in part. */
int bar_draw(const struct canvas *, int x, int y, int w, double share, enum style);

#endif
