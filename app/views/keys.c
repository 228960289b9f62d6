/* keys.c - the keys of --by: a line for each. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_keys, 1, 1, 1, "fill", "yes" }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_keys = {
	.keys = "3",
	.name = "keys",
	.help = "the keys of --by",
	.arrows = ARROWS_KEYS,
	.panes = panes,
};
