/* alerts.c - the history of alerts. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_alerts, 1, 1, 1, "show", "episodes" },
	{ &widget_hints, 2, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_alerts = {
	.keys = "4",
	.name = "alerts",
	.help = "history of alerts",
	.arrows = ARROWS_MARKS,
	.panes = panes,
};
