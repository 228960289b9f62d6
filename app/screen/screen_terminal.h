/* screen_terminal.h - what terminfo tells of a terminal. All but terminal_check() and
 * terminal_name() are about the one that was looked up last. */
#ifndef WEIR_SCREEN_TERMINAL_H
#define WEIR_SCREEN_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "app/screen/colors.h"
#include "data/base/error.h"

/* Can it be drawn on? newterm() ends the program on one that it does not know. -1 with err. */
int terminal_check(const char *term, struct error *err);
/* What curses is to take it for. Terminals that call themselves "xterm" mostly know the colours of
 * "xterm-256color". */
void terminal_name(char *name, size_t size, const char *term, enum color_level);

const char *terminal_string(const char *capability); /* NULL: it has none */
/* Appends one to a text of that size, without its delays, "$<50>": no terminal of today needs to
 * catch its breath. */
void terminal_add_string(char *to, size_t size, const char *capability);

/* CSI G; and behind the last column the cursor stays in its line, as it does nearly everywhere. */
bool terminal_knows_columns(void);
bool terminal_knows_own_colors(void); /* what brings both colours back names each */
bool terminal_knows_shifts(void);     /* DCH and ICH, for screen_shift.h */

#endif
