/* run_headless.h - the engine without a screen. */
#ifndef WEIR_RUN_HEADLESS_H
#define WEIR_RUN_HEADLESS_H

#include "app/options/args.h"
#include "app/config/config.h"

/* The whole run: returns the exit status; what went wrong was printed. */
int run_headless(const struct args *, const struct config *);

#endif
