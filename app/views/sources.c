/* sources.c - where rows come from, and how each source is. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_sources, 1, 1, 1, NULL, NULL }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_sources = {
	.keys = "7",
	.name = "sources",
	.help = "where rows come from",
	.arrows = ARROWS_LINES,
	.panes = panes,
};
