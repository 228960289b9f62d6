/* looks_like.h - what a stream is that no format reads. */
#ifndef WEIR_LOOKS_LIKE_H
#define WEIR_LOOKS_LIKE_H

#include <stdbool.h>
#include <stddef.h>

/* "a zip archive", and what to do about it, by the first bytes; NULL: it may be rows. told: the
 * format was told, so what is text is left to it. */
const char *looks_like(const char *first, size_t n, bool told, const char **advice);

#endif
