/* screen_sgr.h - fewer bytes for the same looks: escapes that set colours and attributes (SGR). */
#ifndef WEIR_SCREEN_SGR_H
#define WEIR_SCREEN_SGR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/text.h"

enum { SGR_COLOR = 20 };

struct sgr_look {
	uint8_t flags;       /* a bit for each of bold, dim, underlined, reverse */
	char fg[SGR_COLOR];  /* as in the escape: "36", "38;5;74"; "": the terminal's own */
	char bg[SGR_COLOR];
};

struct sgr { /* zeroed to start with */
	struct sgr_look is, wanted; /* of what the terminal was sent last, of what comes next */
	bool known;                 /* "is" holds: nobody else wrote in between */
	struct text out;
};

/* A whole frame in, the same cells for fewer bytes out; valid until the next one. What the last frame
 * left set stays set till something else is needed. */
const char *sgr_shorten(struct sgr *, const char *bytes, size_t *n);
void sgr_forget(struct sgr *); /* somebody else has written to the terminal */
void sgr_done(struct sgr *);

#endif
