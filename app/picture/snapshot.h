/* snapshot.h - --snapshot without a screen: what a terminal of that size would show at the end. */
#ifndef WEIR_SNAPSHOT_H
#define WEIR_SNAPSHOT_H

#include "app/options/args.h"
#include "app/config/config.h"
#include "app/files/output_file.h"
#include "data/engine/engine.h"
#include "data/history/history.h"
#include "data/trial/trials.h"

struct snapshot;

/* Before the engine runs; without a path it can be drawn, not written: it follows the rows. trials:
 * NULL, or what is shown of them. *err: wrong usage (NULL is returned). */
struct snapshot *snapshot_new(struct engine *, struct history *, const struct trials *,
    const struct args *, const struct config *, struct error *);
/* Draws it and writes the file. */
int snapshot_write(struct snapshot *, const struct output_guard *, struct error *);
/* Draws it as SVG, at any time. */
void snapshot_svg(struct snapshot *, struct text *out);
void snapshot_free(struct snapshot *); /* before the history and the engine */

#endif
