/* notify.h - desktop notifications that a terminal shows when it is asked to. */
#ifndef WEIR_NOTIFY_H
#define WEIR_NOTIFY_H

#include "data/base/text.h"

/* Appends the sequence that shows the text, for a terminal of that name (TERM) and program
 * (TERM_PROGRAM; NULL: it does not say); nothing where it is not known to have one. Control bytes
 * of the text are left out. */
void notify_sequence(const char *term, const char *program, const char *text, struct text *out);

#endif
