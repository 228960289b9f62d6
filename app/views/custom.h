/* custom.h - the view of a dashboard file: its layout stands in the place of the overview. */
#ifndef WEIR_VIEWS_CUSTOM_H
#define WEIR_VIEWS_CUSTOM_H

#include "app/config/config.h"
#include "app/views/view.h"

enum { PANES_MAX = 64 };

struct custom {
	struct view_class class;
	struct pane *panes; /* the status line, those of the file, the line of keys */
	const struct config_pane *told[PANES_MAX]; /* what the file says of each; NULL: nothing */
};

/* Returns false, with nothing set, when the file has no layout. */
bool custom_init(struct custom *, const struct config *);
void custom_done(struct custom *);

#endif
