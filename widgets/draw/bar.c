/* bar.c - a horizontal bar, to an eighth of a cell. */
#include "widgets/draw/bar.h"

#include <math.h>

enum { FULL = 0x2588 }; /* U+2589 to U+258F are seven eighths to one */

int
bar_draw(const struct canvas *c, int x, int y, int w, double share, enum style style)
{
	int eighths = share > 0 ? (int)lround(fmin(share, 1) * w * EIGHTHS) : 0, i = 0;

	for (; i < w && eighths > 0; i++, eighths -= EIGHTHS)
		canvas_cell(c, x + i, y,
		    (uint32_t)(eighths >= EIGHTHS ? FULL : FULL + EIGHTHS - eighths), style);
	return i;
}
