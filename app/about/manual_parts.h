/* manual_parts.h - what the files of the manual share; nobody else includes it.
 *
 * manual.c        all of it, and what is read off the tables
 * manual_rules.c  what rules do, the events, trials and what is served */
#ifndef WEIR_MANUAL_PARTS_H
#define WEIR_MANUAL_PARTS_H

#include "data/base/text.h"

/* A term in bold, and what it means (NULL: nothing). */
void manual_entry(struct text *, const char *term, const char *meaning);

void manual_rules(struct text *);

#endif
