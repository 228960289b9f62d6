/* what_if.c - a row as if it came next: the KPIs that it would give, and nothing changes by it.
 *
 * The row goes the way of all rows, through a decoder and a graph, but ones that are thrown away:
 * the graph has the state of the key's own. */
#include <stdlib.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

/* The key's graph as it is now, or a new one where the key is. NULL with err. */
static struct graph *
copy_graph(struct engine *e, const struct stream *s, struct error *err)
{
	struct graph *copy = graph_new(e->query->sources[s->index].plan, err);
	struct buffer bytes = { 0 };
	struct reader reader;

	if (copy == NULL || s->now == NULL)
		return copy;
	graph_save(s->now->graph, &bytes);
	reader = (struct reader){ bytes.data, bytes.data + bytes.len };
	if (graph_load(copy, &reader, err) != 0) {
		graph_free(copy);
		copy = NULL;
	}
	buffer_done(&bytes);
	return copy;
}

static int
step(struct engine *e, struct stream *s, void (*tell)(void *, int, double), void *self,
    struct error *err)
{
	struct graph *graph = copy_graph(e, s, err);
	struct block view;
	int status;

	if (graph == NULL)
		return -1;
	e->times.time[0] = s->block->time[0];
	if (s->now != NULL && s->now->time != TIME_NONE && s->now->time > e->times.time[0])
		e->times.time[0] = s->now->time;
	e->times.shift[0] = 0;
	view = row_view_inner(e, s, 1);
	status = graph_step(graph, &view, 0, 1, NULL, err);
	for (int k = 0; status == 0 && k < e->query->nkpis; k++)
		if (e->query->kpis[k].source == s->index)
			tell(self, k, graph_out(graph, e->query->kpis[k].root)[0]);
	graph_free(graph);
	return status;
}

int
engine_what_if(struct engine *e, int source, const char *json, size_t n,
    void (*tell)(void *, int, double), void *self, struct error *err)
{
	struct stream *s = e->streams[source], before = *s;
	int by = e->query->sources[source].by, status;
	struct feed_trial *trial = feed_try(s->feed, json, n, s->time, err);
	struct row_key key = { 0 };

	if (trial == NULL)
		return -1;
	engine_follow(e);
	s->block = feed_trial_block(trial);
	s->at = 0;
	if (by >= 0) {
		row_key_find(&key, s, by, 0);
		s->now = key_states_find(&s->states, key.s, key.n);
		query_move_key(e, source, s->now);
	}
	status = step(e, s, tell, self, err);
	*s = before;
	feed_trial_free(trial);
	return status;
}
