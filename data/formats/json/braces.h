/* braces.h - where in JSON one stands, by braces and quotes alone: also where it is broken. */
#ifndef WEIR_BRACES_H
#define WEIR_BRACES_H

#include <stdbool.h>

struct braces { /* zeroed: before the first byte */
	int depth;
	bool quoted, escaped;
	bool torn; /* a line ended inside a text, which JSON knows not */
};

static inline void
braces_step(struct braces *b, char c)
{
	if (c == '\n') {
		b->torn = b->torn || b->quoted;
		b->quoted = b->escaped = false;
	} else if (b->escaped) {
		b->escaped = false;
	} else if (b->quoted && c == '\\') {
		b->escaped = true;
	} else if (c == '"') {
		b->quoted = !b->quoted;
	} else if (!b->quoted) {
		b->depth += (c == '{' || c == '[') - (c == '}' || c == ']');
	}
}

#endif
