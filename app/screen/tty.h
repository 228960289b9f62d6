/* tty.h - the terminal as a device: its own file description, its modes, its size, its rescue. */
#ifndef WEIR_TTY_H
#define WEIR_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "data/base/error.h"

struct tty {
	int fd; /* non-blocking, shared with no other program; -1: none */
	struct termios saved;
};

/* Opens the terminal that standard output is. */
int tty_open(struct tty *, struct error *);
void tty_close(struct tty *);

void tty_raw(const struct tty *);    /* keys as they come, no echo, signals stay */
void tty_cooked(const struct tty *); /* as it was; keys not yet read are dropped */
bool tty_is_raw(const struct tty *);
bool tty_size(const struct tty *, int *w, int *h); /* false: it does not know */

/* Writes all of it, waiting up to ms for a terminal that stalls; then what it has not taken before
 * is dropped to make room. */
void tty_write(const struct tty *, const char *bytes, size_t n, int ms);

/* From here on, however the program ends (exit, crash, no memory), these bytes are written and the
 * modes restored. Two terminals at a time are not meant. */
void tty_guard(const struct tty *, const char *bytes, size_t n);
void tty_unguard(void);
/* What is half sent is sent before these bytes. Between hold and release no signal ends the
 * program, so that what has been sent and what is told of it are the same. rest: borrowed till the
 * next release; NULL: nothing is half sent. */
void tty_guard_hold(void);
void tty_guard_release(const char *rest, size_t n);

#endif
