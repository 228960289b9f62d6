/* reload.h - the dashboard file read again while rows go. */
#ifndef WEIR_RELOAD_H
#define WEIR_RELOAD_H

#include "app/options/args.h"
#include "app/config/config.h"

/* Reads the file of -c into config, and has the engine compute what it asks for: what is the same
 * goes on, see engine_replace(). Appends what came of it, one line. -1 with err: nothing has
 * changed; the error names the place in the file. config_done(config) also then. was: what is in
 * force. */
int reload(const struct args *, const struct config *was, struct config *, struct engine *,
    struct text *said, struct error *);

#endif
