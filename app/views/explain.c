/* explain.c - the arithmetic of the row just read, drawn and told. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_explain, 1, 1, 1, NULL, NULL }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_explain = {
	.keys = "e",
	.name = "explain",
	.help = "arithmetic of the last row",
	.brief = "explain",
	.line = 9,
	.rank = 10,
	.arrows = ARROWS_SUBJECTS,
	.panes = panes,
};
