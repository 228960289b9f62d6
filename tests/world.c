/* world.c - a plan of expressions, a graph on it, and what came out of it row by row. */
#include "tests/world.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

void
world_init(struct world *w, const struct schema *schema, const char *const *kpis, int most)
{
	struct error err = { 0 };

	*w = (struct world){ .names = names_new() };
	w->plan = plan_new(schema, w->names, (struct span){ SPAN_ROWS, 60 });
	for (; kpis[w->kpis] != NULL; w->kpis++)
		ck_assert_msg(plan_add(w->plan, kpis[w->kpis], &err) == w->kpis, "%s: %s",
		    kpis[w->kpis], err.text);
	w->graph = graph_new(w->plan, &err);
	ck_assert_msg(w->graph != NULL, "%s", err.text);
	w->block = block_new(schema, NULL);
	w->out = memory_new((size_t)w->kpis, sizeof *w->out);
	w->out[0] = memory_zero((size_t)w->kpis * (size_t)most, sizeof **w->out);
	for (int k = 1; k < w->kpis; k++)
		w->out[k] = w->out[k - 1] + most;
}

void
world_done(struct world *w)
{
	block_free(w->block);
	graph_free(w->graph);
	plan_free(w->plan);
	names_free(w->names);
	free(w->out[0]);
	free(w->out);
	text_done(&w->notes);
}

void
world_go(struct world *w, int from, int n)
{
	struct error err = { 0 };

	ck_assert_int_eq(graph_step(w->graph, w->block, 0, n, NULL, &err), 0);
	for (int k = 0; k < w->kpis; k++)
		memcpy(w->out[k] + from, graph_out(w->graph, k), (size_t)n * sizeof(double));
}
