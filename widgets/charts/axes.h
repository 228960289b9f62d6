/* axes.h - the two axes of a plot: values at its left, rows or times below it. */
#ifndef WEIR_AXES_H
#define WEIR_AXES_H

#include "widgets/widget.h"
#include "widgets/draw/scale.h"

int axis_y_width(const struct scale *); /* labels and line */
/* In the first width columns of c, for a plot of h lines. */
void axis_y_draw(const struct canvas *c, int width, const struct scale *, int h);
/* In the first columns of c, which stands at the right, for what has another scale. */
void axis_right_draw(const struct canvas *c, const struct scale *, int h);
/* In lines y (ticks) and y + 1 (labels) of c, or both in y where that is its last one, for a plot
 * that starts at column x. Rows are numbered from 1 as the user counts; a source with times has
 * times. */
void axis_x_draw(
    const struct canvas *c, int x, int y, const struct view *, int source, const struct plot *);

#endif
