/* help.c - every key. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_help, 1, 1, 1, NULL, NULL }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_help = {
	.keys = "?",
	.name = "help",
	.help = "all keys",
	.brief = "help",
	.line = 12,
	.rank = 1,
	.arrows = ARROWS_LINES,
	.panes = panes,
};
