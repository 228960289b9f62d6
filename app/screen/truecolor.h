/* truecolor.h - colours of 24 bits through curses, which knows numbers of colours only.
 *
 * Curses is given a number for each colour; in what it writes, the escape that it makes of the
 * number is replaced by the one that sets the colour. No text can be mistaken for it: escapes in
 * the bytes are curses' own, because the canvas lets none through. */
#ifndef WEIR_TRUECOLOR_H
#define WEIR_TRUECOLOR_H

#include <stddef.h>
#include <stdint.h>

#include "widgets/draw/canvas.h"

enum { SWAPS_MOST = STYLE_COUNT + BACK_COUNT, SWAP_BYTES = 32 };

struct swaps { /* zeroed to start with */
	struct truecolor {
		char from[SWAP_BYTES], to[SWAP_BYTES];
		size_t from_len, to_len;
	} list[SWAPS_MOST];
	int n;
	char *bytes;
	size_t cap;
};

/* from: the escape for the number. layer: "38" of letters, "48" behind them. */
void swaps_add(struct swaps *, const char *from, const char *layer, int32_t rgb);
/* The bytes with the colours swapped; valid until the next call. *n: how many, before and after. */
const char *swaps_apply(struct swaps *, const char *bytes, size_t *n);
void swaps_done(struct swaps *);

#endif
