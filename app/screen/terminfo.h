/* terminfo.h - what a terminal can do, looked up by its name. There is one at a time. */
#ifndef WEIR_TERMINFO_H
#define WEIR_TERMINFO_H

#include <stddef.h>

#include "app/screen/colors.h"
#include "data/base/error.h"

/* Looks up TERM, which newterm() would end the program for if it did not know it; -1 with err: it is
 * not known, or cannot be drawn on. */
int terminfo_check(const char *term, struct error *);
/* The name to use in its place, with so many colours. */
void terminfo_name(char *name, size_t size, const char *term, enum color_level);
void terminfo_forget(void); /* what was looked up */

/* Of the one that was looked up, or that curses uses; NULL: it has none. */
const char *terminfo_string(const char *capability);
/* Appends a capability without its delays, "$<50>": no terminal of today needs to catch its breath.
 */
void terminfo_add(char *to, size_t size, const char *capability);

#endif
