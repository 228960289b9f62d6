/* learning.c - how what learns row by row does. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_learning, 1, 1, 1, NULL, NULL }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_learning = {
	.keys = "6",
	.name = "learning",
	.help = "what learns, and how it does",
	.arrows = ARROWS_SERIES,
	.panes = panes,
};
