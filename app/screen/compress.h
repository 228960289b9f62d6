/* compress.h - fewer bytes for the same picture: colours and moves of curses, written shorter.
 */
#ifndef WEIR_COMPRESS_H
#define WEIR_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/text.h"

enum { COLOR_BYTES = 20 };

struct terminal_look {
	uint8_t flags;        /* a bit for each of bold, dim, underlined, reverse */
	char fg[COLOR_BYTES]; /* as in the escape: "36", "38;5;74"; "": the terminal's own */
	char bg[COLOR_BYTES];
};

struct compressor {     /* zeroed to start with */
	bool to_column; /* the terminal knows CSI G: to a column of the line */
	/* it knows 39 and 49: one colour back to its own, the other and attributes as they are */
	bool to_own;
	/* of what the terminal was sent last, of what comes next */
	struct terminal_look is, wanted;
	bool known; /* "is" holds: nobody else wrote in between */
	int line;   /* where the cursor is, from 1; 0: not known */
	struct text out;
};

/* A whole frame in, the same cells for fewer bytes out; valid until the next one. What the last
 * frame left set stays set till something else is needed. */
const char *compressor_apply(struct compressor *, const char *bytes, size_t *n);
void compressor_forget(struct compressor *); /* somebody else has written to the terminal */
void compressor_done(struct compressor *);

#endif
