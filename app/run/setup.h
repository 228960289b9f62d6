/* setup.h - an engine as the command line and the dashboard file ask for it. */
#ifndef WEIR_SETUP_H
#define WEIR_SETUP_H

#include "app/options/args.h"
#include "app/config/config.h"
#include "data/engine/engine.h"

/* NULL with err: wrong usage. What an option says counts; what none says, the file does (zeroed:
 * there is none). SOURCE arguments stand in the place of the file's; -d, -k and -a are added.
 * screen: rows go at 10 a second where nothing else is said, and the default KPIs have expected
 * values among them; so have those of a run that makes a picture of the screen. */
struct engine *setup_engine(
    const struct args *, const struct config *, bool screen, struct uv_loop_s *, struct error *);
/* Parts of it, for a file that is read again: what the engine is to be like, and the derived
 * columns, KPIs and rules. */
void setup_options(
    const struct args *, const struct config *, bool screen, struct engine_options *);
int setup_ask(struct query *, const struct args *, const struct config *, struct error *);

#endif
