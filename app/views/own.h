/* own.h - the layout of a dashboard file, in the place of the overview's panes. */
#ifndef WEIR_VIEWS_OWN_H
#define WEIR_VIEWS_OWN_H

#include "app/config.h"
#include "app/views/view.h"

/* The panes, between the status line and the line of keys; they end with a NULL class and are the
 * caller's to free. NULL: the file has no layout. What they point at is the config's. */
struct pane *own_panes(const struct config *);

#endif
