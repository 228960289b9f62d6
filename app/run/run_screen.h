/* run_screen.h - the engine on a screen. */
#ifndef WEIR_RUN_SCREEN_H
#define WEIR_RUN_SCREEN_H

#include "app/options/args.h"
#include "app/config/config.h"

/* The whole run: returns the exit status; what went wrong was printed. table: what came of rules on
 * trial is appended; NULL. */
int run_screen(const struct args *, const struct config *, struct text *table);

#endif
