/* order_slide.h - one value of a short sorted array for another, in one pass. */
#ifndef WEIR_ORDER_SLIDE_H
#define WEIR_ORDER_SLIDE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	SLIDE_MOST = 128, /* values; in more of them a search pays */
	SLIDE_PAD = 1     /* +infinity behind the room, read along */
};

/* Can this machine do it faster than by searching? */
bool order_slides(void);
/* `out`, which is among them, leaves sorted values filled up with +infinity, and `in` comes. room:
 * a multiple of four. */
void order_slide(double *values, size_t room, double out, double in);

#endif
