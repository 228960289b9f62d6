/* series.c - one series at large: its chart, its distribution, its KPIs. */
#include "app/views/view.h"

static const struct pane panes[] = {
	{ &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_chart, 1, 3, 1, NULL, NULL },
	{ &widget_histogram, 2, 2, 3, NULL, NULL },
	{ &widget_kpis, 2, 2, 2, "show", "series" },
	{ &widget_scores, 2, 2, 2, NULL, NULL },
	{ &widget_hints, 3, 0, 1, NULL, NULL },
	{ 0 }
};

const struct view_class view_series = {
	.key = '2',
	.keys = "2",
	.name = "series",
	.help = "the focused series at large",
	.arrows = ARROWS_SERIES,
	.panes = panes,
};
