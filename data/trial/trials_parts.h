/* trials_parts.h - what the files of the trials share; nobody else includes it.
 *
 * trials.c        counted as the rows go
 * trials_back.c   back with the engine when it goes back
 * trials_print.c  as a table */
#ifndef WEIR_TRIALS_PARTS_H
#define WEIR_TRIALS_PARTS_H

#include "data/trial/trials.h"

/* The trial of that name, a new one where there is none. */
int trials_take(struct trials *, const char *name, bool drift);

/* As in struct listener. */
void trials_save(const void *self, struct buffer *);
bool trials_hold(const void *self, struct reader);
int trials_go_back(void *self, struct reader *);

#endif
