/* headless.h - the engine without a screen. */
#ifndef WEIR_HEADLESS_H
#define WEIR_HEADLESS_H

#include "app/args.h"
#include "app/config.h"

/* The whole run: returns the exit status; what went wrong was printed. */
int headless_run(const struct args *, const struct config *);

#endif
