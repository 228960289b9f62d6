/* overview.c - what a person wants to see first: the focused series, the alerts, all series; with
 * --truth also how rules do. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_chart, 1, 3, 5, NULL, NULL }, { &widget_trials, 1, 3, 4, NULL, NULL },
	{ &widget_alerts, 2, 1, 1, NULL, NULL }, { &widget_table, 3, 2, 1, NULL, NULL },
	{ &widget_kpis, 4, 1, 1, "show", "own" }, { &widget_hints, 5, 0, 1, NULL, NULL }, { 0 } };

const struct view_class view_overview = {
	.keys = "1",
	.name = "overview",
	.help = "overview: alerts, all series",
	.arrows = ARROWS_SERIES,
	.panes = panes,
};
