/* setup.h - an engine as the command line asks for it. */
#ifndef WEIR_SETUP_H
#define WEIR_SETUP_H

#include "app/args.h"
#include "data/engine.h"

/* NULL with err: wrong usage. screen: rows go at 10 a second where nothing else is said, and the
 * default KPIs have expected values among them. */
struct engine *setup_engine(const struct args *, bool screen, struct uv_loop_s *, struct error *);

#endif
