/* said.h - what a program says on its standard error, line by line. */
#ifndef WEIR_SAID_H
#define WEIR_SAID_H

#include <stddef.h>

struct said;
struct uv_loop_s;

enum { SAID_BYTES = 200 }; /* of a line; what is longer is cut */

/* Reads fd, which it closes, and calls line for each that is not empty: n bytes, which may be any,
 * and a NUL behind them. */
struct said *said_open(
    struct uv_loop_s *, int fd, void (*line)(void *self, const char *s, size_t n), void *self);
/* What is there by now is told first, also a last line without an end; NULL is fine. */
void said_close(struct said *);

#endif
