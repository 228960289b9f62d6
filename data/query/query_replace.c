/* query_replace.c - a draft takes the place of what an engine was asked for before; equal states
 * go on, key by key. */
#include <stdlib.h>
#include <string.h>

#include "data/graph/plan_parts.h"
#include "data/query/query_match.h"

/* The graph that the key's state goes on in; NULL with err. */
static struct graph *
new_graph(const struct takeover *t, int source, const struct graph *was, struct error *err)
{
	struct graph *graph = graph_new(t->is->streams[source]->plan, err);

	if (graph == NULL || graph_take(graph, was, t->flags[source].same, err) == 0)
		return graph;
	graph_free(graph);
	return NULL;
}

/* All graphs of the engine's states, key by key and source by source; NULL with err. */
static struct graph **
new_graphs(const struct takeover *t, int *n, struct error *err)
{
	struct graph **graphs;
	size_t keys = 0;

	for (int s = 0; s < t->was->nstreams; s++)
		keys += (size_t)t->was->streams[s]->states.n;
	graphs = memory_new(keys, sizeof(struct graph *));
	*n = 0;
	for (int s = 0; s < t->was->nstreams; s++)
		for (struct key_state *k = t->was->streams[s]->states.oldest; k != NULL;
		     k = k->newer) {
			graphs[*n] = new_graph(t, s, k->graph, err);
			if (graphs[(*n)++] != NULL)
				continue;
			while (--*n >= 0)
				graph_free(graphs[*n]);
			free(graphs);
			return NULL;
		}
	return graphs;
}

static struct alert *
new_alerts(const struct engine *draft, const struct alert *was)
{
	struct alert *alerts = memory_zero((size_t)draft->nrules, sizeof *alerts);

	for (int i = 0; i < draft->nrules; i++)
		if (draft->rules[i].was >= 0)
			alerts[i] = was[draft->rules[i].was];
	return alerts;
}

static void
exchange_states(struct engine *e, const struct engine *draft, struct graph **graphs)
{
	int n = 0;

	for (int s = 0; s < e->nstreams; s++)
		for (struct key_state *k = e->streams[s]->states.oldest; k != NULL; k = k->newer) {
			struct alert *alerts = new_alerts(draft, k->alerts);

			key_state_exchange(k, graphs[n++]);
			free(k->alerts);
			k->alerts = alerts;
		}
}

/* The latest value goes on; a column that is other now has none until its source's next row. */
static void
carry_joined(struct takeover *t, struct engine *draft)
{
	for (int i = 0; i < draft->njoined; i++) {
		struct joined *is = draft->joined[i];
		const struct joined *was = joined_of(t->was, is->to, is->name);

		if (was == NULL || was->type != is->type || !same_joined(t, is->to, is->name))
			continue;
		is->number = was->number;
		is->time = was->time;
		is->missing = was->missing;
		text_clear(&is->text);
		text_addn(&is->text, text_get(&was->text), was->text.len);
	}
}

static void
exchange(void *a, void *b, size_t size)
{
	unsigned char *p = a, *q = b;

	for (size_t i = 0; i < size; i++) {
		unsigned char kept = p[i];

		p[i] = q[i];
		q[i] = kept;
	}
}

static void
exchange_stream(struct stream *s, struct stream *draft)
{
	exchange(&s->shown, &draft->shown, sizeof s->shown);
	exchange(&s->inner, &draft->inner, sizeof s->inner);
	exchange(&s->shown_cells, &draft->shown_cells, sizeof s->shown_cells);
	exchange(&s->inner_cells, &draft->inner_cells, sizeof s->inner_cells);
	exchange(&s->plan, &draft->plan, sizeof s->plan);
	exchange(&s->drifts, &draft->drifts, sizeof s->drifts);
	exchange(&s->ndrifts, &draft->ndrifts, sizeof s->ndrifts);
	exchange(&s->scanned, &draft->scanned, sizeof s->scanned);
	s->plan->schema = &s->inner;
	draft->plan->schema = &draft->inner;
}

static void
exchange_asked(struct engine *e, struct engine *draft)
{
	exchange(&e->derived, &draft->derived, sizeof e->derived);
	exchange(&e->nderived, &draft->nderived, sizeof e->nderived);
	exchange(&e->joined, &draft->joined, sizeof e->joined);
	exchange(&e->njoined, &draft->njoined, sizeof e->njoined);
	exchange(&e->aliases, &draft->aliases, sizeof e->aliases);
	exchange(&e->naliases, &draft->naliases, sizeof e->naliases);
	exchange(&e->wishes, &draft->wishes, sizeof e->wishes);
	exchange(&e->nwishes, &draft->nwishes, sizeof e->nwishes);
	exchange(&e->kpis, &draft->kpis, sizeof e->kpis);
	exchange(&e->nkpis, &draft->nkpis, sizeof e->nkpis);
	exchange(&e->rules, &draft->rules, sizeof e->rules);
	exchange(&e->nrules, &draft->nrules, sizeof e->nrules);
	exchange(&e->options.window, &draft->options.window, sizeof e->options.window);
	for (int s = 0; s < e->nstreams; s++)
		exchange_stream(e->streams[s], draft->streams[s]);
}

static void
tell_adopted(struct engine *e)
{
	struct event event = { .type = EVENT_ADOPTED,
		.source = -1,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = "KPIs and rules were asked for anew" };

	tell(e, &event);
}

int
engine_adopt(struct engine *e, struct engine *draft, struct error *err)
{
	struct takeover t = takeover_of(e, draft);
	struct graph **graphs;
	int n;

	takeover_find(&t, draft);
	graphs = new_graphs(&t, &n, err);
	if (graphs != NULL) {
		for (int i = 0; i < draft->nrules; i++)
			if (draft->rules[i].was >= 0)
				draft->rules[i].fired = e->rules[draft->rules[i].was].fired;
		carry_joined(&t, draft);
		exchange_states(e, draft, graphs);
	}
	takeover_done(&t);
	if (graphs == NULL)
		return -1;
	exchange_asked(e, draft);
	tell_adopted(e);
	free(graphs);
	return 0;
}
