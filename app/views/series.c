/* series.c - one series at large: its chart, its distribution, its KPIs, and how it is forecast.
 *
 * The chart stays longest; what the forecast is made of comes next. The other panes are there when
 * all they have to say finds room, so that nothing is shown in part. */
#include "app/views/view.h"

static const struct pane panes[] = { { &widget_status, 0, 0, 1, NULL, NULL },
	{ &widget_chart, 1, 3, 5, NULL, NULL }, { &widget_texts, 1, 3, 5, NULL, NULL },
	{ &widget_histogram, 1, 3, 0, NULL, NULL }, { &widget_kpis, 2, 1, 1, "show", "series" },
	{ &widget_scores, 2, 1, 2, NULL, NULL }, { &widget_experts, 2, 1, 4, NULL, NULL },
	{ &widget_evidence, 3, 0, 1, NULL, NULL }, { &widget_hints, 4, 0, 1, NULL, NULL }, { 0 } };

static const struct room rooms[] = { { &widget_chart, 30, 4, 50 },
	{ &widget_histogram, 26, 10, 30 }, { &widget_kpis, 24, 9, 26 },
	{ &widget_scores, 30, 9, 28 }, { &widget_experts, 52, 9, 36 },
	{ &widget_evidence, 36, 7, 24 }, { 0 } };

const struct view_class view_series = {
	.keys = "2",
	.name = "series",
	.help = "the focused series at large",
	.arrows = ARROWS_SERIES,
	.panes = panes,
	.rooms = rooms,
};
