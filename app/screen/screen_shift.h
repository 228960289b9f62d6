/* screen_shift.h - what of a row only went to the left since it was drawn: the terminal can do that
 * by itself. */
#ifndef WEIR_SCREEN_SHIFT_H
#define WEIR_SCREEN_SHIFT_H

#include <stdbool.h>

#include "data/base/text.h"
#include "widgets/draw/canvas.h"

struct shift { /* the cells from .. to-1 show what stood `by` columns right of them; by 0: none */
	int from, to, by;
};

/* The shift after which the least of a row of w cells is left to write, where it is worth one. */
struct shift shift_find(const struct cell *new, const struct cell *old, int w);
/* Appends what has the terminal shift them in line y, from 0: the `by` cells behind become blank,
 * those behind these stay. The cursor goes astray. to_column: it knows CSI G. */
void shift_write(struct text *out, int y, struct shift, bool to_column);

#endif
