/* query_move.c - the graphs of keys move from the plans of one query to those of the next.
 *
 * Of very many keys that takes longer than keys of the keyboard may wait. So only the key that is
 * the newest of its source moves at once: what one cannot, none can, and then nothing changes. The
 * others move in slices, and sooner when their next row comes or somebody looks at them; until then
 * they are behind, and have no values of the new query. The query before stays until all have
 * moved, and those that were set aside meanwhile are freed. */
#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "data/engine/engine_parts.h"
#include "data/query/query_match.h"

enum { FEW = 512 }; /* keys that all move at once */

struct moving {
	struct query *was;
	struct query_match match;
	int source, place; /* of the next key */
};

/* NULL with err. */
static struct graph *
moved_graph(const struct query_match *t, int source, const struct graph *was, struct error *err)
{
	struct graph *graph = graph_new(t->is->sources[source].plan, err);

	if (graph == NULL || graph_take(graph, was, t->flags[source].same, err) == 0)
		return graph;
	graph_free(graph);
	return NULL;
}

static void
exchange(struct key_state *k, struct graph *graph)
{
	graph_free(k->graph);
	k->graph = graph;
	k->behind = false;
}

static int
count_keys(const struct engine *e)
{
	int n = 0;

	for (int s = 0; s < e->nstreams; s++)
		n += e->streams[s]->states.n;
	return n;
}

/* Of each source the graph of its newest key; NULL with err. */
static struct graph **
first_graphs(const struct engine *e, const struct query_match *t, struct error *err)
{
	struct graph **graphs = memory_zero((size_t)e->nstreams + 1, sizeof *graphs);

	for (int s = 0; s < e->nstreams; s++) {
		const struct key_state *k = e->streams[s]->states.newest;

		if (k == NULL || (graphs[s] = moved_graph(t, s, k->graph, err)) != NULL)
			continue;
		while (--s >= 0)
			if (graphs[s] != NULL)
				graph_free(graphs[s]);
		free(graphs);
		return NULL;
	}
	return graphs;
}

int
query_move_begin(struct engine *e, struct query_match *t, struct error *err)
{
	struct graph **graphs = first_graphs(e, t, err);

	if (graphs == NULL)
		return -1;
	for (int s = 0; s < e->nstreams; s++) {
		struct key_states *states = &e->streams[s]->states;

		for (int i = 0; i < states->n; i++)
			states->all[i]->behind = true;
		if (states->newest != NULL)
			exchange(states->newest, graphs[s]);
	}
	free(graphs);
	e->moving = memory_zero(1, sizeof *e->moving);
	e->moving->was = e->query;
	e->moving->match = *t;
	return 0;
}

void
query_move_key(struct engine *e, int source, struct key_state *k)
{
	struct error err;
	struct graph *graph;

	if (k == NULL || !k->behind)
		return;
	graph = moved_graph(&e->moving->match, source, k->graph, &err);
	assert(graph != NULL); /* the first one was made likewise */
	exchange(k, graph);
}

/* The next one that is behind; NULL: none is. */
static struct key_state *
next_behind(struct engine *e, int *source)
{
	struct moving *m = e->moving;

	for (; m->source < e->nstreams; m->source++, m->place = 0)
		for (const struct key_states *states = &e->streams[m->source]->states;
		     m->place < states->n; m->place++)
			if (states->all[m->place]->behind) {
				*source = m->source;
				return states->all[m->place];
			}
	return NULL;
}

static void
end(struct engine *e)
{
	query_match_done(&e->moving->match);
	query_free(e->moving->was);
	free(e->moving);
	e->moving = NULL;
}

void
query_move_on(struct engine *e, int64_t until)
{
	struct key_state *k;
	int source;

	if (e->moving == NULL)
		return;
	while ((k = next_behind(e, &source)) != NULL) {
		query_move_key(e, source, k);
		if (until != INT64_MAX && engine_clock() >= until)
			return;
	}
	if (e->aside == NULL)
		end(e);
}

void
query_move_all(struct engine *e)
{
	if (e->moving == NULL)
		return;
	key_states_free(&e->aside, INT_MAX);
	query_move_on(e, INT64_MAX);
}

void
query_move_few(struct engine *e)
{
	if (count_keys(e) <= FEW)
		query_move_all(e);
}

void
query_move_free(struct engine *e)
{
	if (e->moving != NULL)
		end(e);
}
