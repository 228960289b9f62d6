/* health.c - how the program itself is. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_health, 1, 1, 1, NULL, NULL }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_health = {
	.keys = "H",
	.name = "health",
	.help = "how weir itself is",
	.arrows = ARROWS_LINES,
	.panes = panes,
};
