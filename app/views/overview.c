/* overview.c - what a person wants to see first: the focused series, the alerts, all series; with
 * --by all keys, until one is chosen; with --truth also how rules do. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_chart, 1, 3, 5, NULL, NULL }, { &widget_texts, 1, 3, 5, NULL, NULL },
	{ &widget_trials, 1, 3, 5, NULL, NULL }, { &widget_alerts, 2, 1, 1, NULL, NULL },
	{ &widget_table, 3, 2, 1, NULL, NULL }, { &widget_keys, 3, 6, 1, NULL, NULL },
	{ &widget_kpis, 4, 1, 1, "show", "own" }, { &widget_hints, 5, 0, 1, NULL, NULL }, { 0 } };

static const struct keyed keyed[] = { { &widget_table, KEYED_ONE }, { &widget_kpis, KEYED_ONE },
	{ &widget_keys, KEYED_ALL }, { 0 } };

/* Narrow beside rules on trial, whose figures are what is looked for there. */
static const struct room rooms[] = { { &widget_chart, 36, 6, 50 }, { 0 } };

const struct view_class view_overview = {
	.keys = "1",
	.name = "overview",
	.help = "overview: alerts, all series",
	.arrows = ARROWS_SERIES,
	.panes = panes,
	.rooms = rooms,
	.keyed = keyed,
};
