/* outputs.h - what a run reads, so that it is not written, too. */
#ifndef WEIR_OUTPUTS_H
#define WEIR_OUTPUTS_H

#include "app/config/config.h"
#include "app/files/output_file.h"
#include "app/options/args.h"

/* Adds the files that are read to the guard (zeroed; the caller's to output_guard_done), and sees
 * whether one of those to be written is among them, before anything is opened. -1 with err: wrong
 * usage. */
int outputs_check(
    const struct args *, const struct config *, struct output_guard *, struct error *);

/* A source more is read; -1 with err: it is written. */
int outputs_add(const char *spec, const struct args *, struct output_guard *, struct error *);

#endif
