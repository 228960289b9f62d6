/* show.h - the engine on a screen. */
#ifndef WEIR_SHOW_H
#define WEIR_SHOW_H

#include "app/args.h"
#include "app/config.h"

/* The whole run: returns the exit status; what went wrong was printed. */
int show_run(const struct args *, const struct config *);

#endif
