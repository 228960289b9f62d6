/* rows.c - the raw rows as they came. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_rows, 1, 1, 1, NULL, NULL }, { &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_rows = {
	.keys = "5",
	.name = "rows",
	.help = "rows as they came",
	.arrows = ARROWS_ROWS,
	.panes = panes,
};
