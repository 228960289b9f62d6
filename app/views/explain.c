/* explain.c - the arithmetic of the row just read, below the chart. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_chart, 1, 4, 1, NULL, NULL }, { &widget_explain, 2, 9, 1, NULL, NULL },
	{ &widget_hints, 3, 0, 1, NULL, NULL }, { 0 } };

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
