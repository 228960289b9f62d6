/* keys_view.c - the keys of a source for those who list them. See keys_view.h. */
#include "data/engine/keys_view.h"

#include <math.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"
#include "data/ops/window/window.h"

int
engine_keys(const struct engine *e, int source)
{
	return e->streams[source]->states.n;
}

uint64_t
engine_keys_evicted(const struct engine *e, int source)
{
	return e->streams[source]->states.evicted;
}

const struct key_state *
engine_key_at(const struct engine *e, int source, int number)
{
	return e->streams[source]->states.all[number];
}

int
engine_key_number(const struct key_state *k)
{
	return k->place;
}

uint64_t
engine_key_rows(const struct key_state *k)
{
	return graph_rows(k->graph);
}

uint64_t
engine_key_row(const struct key_state *k)
{
	return k->row;
}

int64_t
engine_key_time(const struct key_state *k)
{
	return k->time;
}

/* --- rules ------------------------------------------------------------------------------------ */

const struct alert *
engine_key_alert(const struct engine *e, const struct key_state *k, int rule)
{
	static const struct alert inactive;

	return k != NULL && rule < e->nfired ? &k->alerts[rule] : &inactive;
}

int
engine_key_firing(const struct engine *e, int source, const struct key_state *k, int *gravest)
{
	int n = 0;

	*gravest = -1;
	for (int i = 0; i < e->nfired; i++) {
		const struct rule *r = &e->query->rules[i];

		if (r->source != source || k->alerts[i].state != ALERT_FIRING)
			continue;
		n++;
		*gravest = (int)r->rule.severity > *gravest ? (int)r->rule.severity : *gravest;
	}
	return n;
}

/* --- all of them ------------------------------------------------------------------------------ */

static double
firing_measure(const struct engine *e, int source, const struct key_state *k)
{
	enum { RULES_MOST = 1 << 20 };
	int gravest, n = engine_key_firing(e, source, k, &gravest);

	return (double)(gravest + 1) * RULES_MOST + n;
}

/* node: what a KPI is read from. */
static double
measure(
    const struct engine *e, int source, const struct key_state *k, enum key_measure what, int node)
{
	switch (what) {
	case KEY_NAME:
		return NAN;
	case KEY_ROWS:
		return (double)graph_rows(k->graph);
	case KEY_SEEN:
		return (double)k->row;
	case KEY_FIRING:
		return firing_measure(e, source, k);
	case KEY_KPI:
		return k->behind ? NAN : graph_node_value(k->graph, node);
	}
	return NAN;
}

/* What keys further on are read from is fetched in time: else each would be waited for. */
static void
fetch(const struct key_states *states, int i, enum key_measure what, int node)
{
	enum { FAR = 64, NEAR = 32 };

	if (i + FAR < states->n) {
		const struct key_state *k = states->all[i + FAR];

		__builtin_prefetch(k);
		__builtin_prefetch(k + 1); /* the name */
	}
	if (i + NEAR < states->n && what == KEY_FIRING)
		__builtin_prefetch(states->all[i + NEAR]->alerts);
	else if (i + NEAR < states->n && (what == KEY_ROWS || what == KEY_KPI))
		graph_prefetch(states->all[i + NEAR]->graph, node);
}

void
engine_keys_list(const struct engine *e, int source, int from, int n, enum key_measure what,
    int kpi, struct key_entry *out)
{
	const struct key_states *states = &e->streams[source]->states;
	const struct query *q = e->query;
	int node = what == KEY_KPI ? plan_root_node(q->sources[source].plan, q->kpis[kpi].root) : 0;

	for (int i = from; i < from + n; i++) {
		const struct key_state *k = states->all[i];

		fetch(states, i, what, node);
		*out++ = (struct key_entry){ k->key, k->len, measure(e, source, k, what, node) };
	}
}

/* --- trends ----------------------------------------------------------------------------------- */

/* Is the node of the plan what a column of the shown schema is read from? */
static bool
gives_column(const struct engine *e, int source, int node, int column)
{
	const struct plan *plan = e->query->sources[source].plan;
	const struct node *n = plan_node_at(plan, node);

	if (column < e->query->sources[source].own->n)
		return n->class == NULL && n->column == column;
	for (int i = 0; i < e->query->nderived; i++) {
		const struct derivation *d = &e->query->derived[i];

		if (d->source == source && d->column == column && d->root >= 0)
			return plan_root_node(plan, d->root) == node;
	}
	return false;
}

/* The window of the column that holds the most of its last rows; NULL: none. One that is since the
 * start, or moves in steps, holds none of them. */
static const struct window *
window_of(const struct engine *e, int source, const struct graph *graph, int column)
{
	const struct plan *plan = e->query->sources[source].plan;
	const struct window *found = NULL;

	for (int i = 0; i < plan_nodes(plan); i++) {
		const struct node *node = plan_node_at(plan, i);
		const struct op *op = node->class == &op_window ? graph_node_op(graph, i) : NULL;
		const struct window *w = op != NULL ? op->state : NULL;

		if (w == NULL || w->span.unit == SPAN_ALL || w->every.unit != SPAN_NONE ||
		    !gives_column(e, source, node->inputs[0], column))
			continue;
		if (found == NULL || w->end - w->kept > found->end - found->kept)
			found = w;
	}
	return found;
}

int
engine_key_trend(const struct engine *e, int source, const struct key_state *k, int column,
    double *out, int64_t *times, int n, uint64_t *end)
{
	const struct window *w = k->behind ? NULL : window_of(e, source, k->graph, column);
	uint64_t first;

	*end = 0;
	if (w == NULL || w->x == NULL)
		return 0;
	first = w->end - w->kept > (uint64_t)n ? w->end - (uint64_t)n : w->kept;
	for (uint64_t row = first; row < w->end; row++) {
		*out++ = window_x(w, row);
		if (times != NULL)
			*times++ =
			    w->time != NULL && row >= w->timed ? window_time(w, row) : TIME_NONE;
	}
	*end = w->end;
	return (int)(w->end - first);
}
