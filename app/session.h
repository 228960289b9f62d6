/* session.h - the engine with a screen: the dashboard, keys and frames. */
#ifndef WEIR_SESSION_H
#define WEIR_SESSION_H

#include "app/args.h"

/* The whole session: returns the exit status; what went wrong was printed. */
int session_run(const struct args *);

#endif
