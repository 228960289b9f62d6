/* demo.h - the bundled demos: dashboards with notes, data/sets/demos/NAME.yaml. */
#ifndef WEIR_DEMO_H
#define WEIR_DEMO_H

#include "data/base/error.h"
#include "data/base/text.h"

/* A line for each, with what it is about. -1 with err: they are not installed. */
int demo_list(struct text *, struct error *);
/* The file of a demo, owned by the caller; NULL with err: there is none of this name. */
char *demo_find(const char *name, struct error *);

#endif
