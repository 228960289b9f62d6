/* graph.c - the state of a plan's operators: made, grown with the plan, read.
 *
 * All graphs of a plan share the plan's scratch for outputs, since only one is stepped at a time;
 * what must outlast a step is in the operators. With 10,000 keys that leaves each key its states
 * alone. */
#include "data/graph/graph.h"

#include <stdlib.h>
#include <string.h>

#include "data/graph/graph_parts.h"

enum { CACHE_LINE = 64, FETCH_MOST = 40 * CACHE_LINE };

static const struct op_ends no_ends = { { NAN, NAN, NAN, NAN }, NAN };

/* A text that an expression names is no column's: it is seen once, and lasts. */
static bool
is_literal_text(const struct node *node)
{
	return node->class == NULL && node->column < 0 && node->result == RESULT_TEXT;
}

static void
op_done(struct op *op)
{
	if (is_literal_text(op->node))
		names_release(op->node->names, op->node->constant);
	if (op->node->class != NULL && op->node->class->done != NULL)
		op->node->class->done(op);
}

static int
op_init(struct op *op, struct error *err)
{
	const struct node *node = op->node;

	op->out_last = NAN;
	if (is_literal_text(node))
		names_hold(node->names, node->constant);
	if (node->class == NULL || node->class->init == NULL || node->class->init(op, err) == 0)
		return 0;
	op_done(op);
	return -1;
}

/* --- memory ----------------------------------------------------------------------------------- */

static size_t
aligned(size_t n)
{
	size_t align = _Alignof(max_align_t);

	return (n + align - 1) / align * align;
}

static size_t
state_size(const struct node *node)
{
	return node->class != NULL ? aligned(node->class->size) : 0;
}

struct chunk_layout { /* bytes from its start on */
	size_t args, states, size;
};

/* The operators of the nodes from `first` on, then the pointers to those they read, then the
 * states. */
static struct chunk_layout
chunk_layout(const struct plan *plan, int first)
{
	size_t n = (size_t)(plan->n - first), inputs = 0, states = 0;
	struct chunk_layout l;

	for (int i = first; i < plan->n; i++) {
		inputs += (size_t)plan->nodes[i]->ninputs;
		states += state_size(plan->nodes[i]);
	}
	l.args = sizeof(struct chunk) + n * sizeof(struct op);
	l.states = aligned(l.args + inputs * sizeof(struct op *));
	l.size = l.states + states;
	return l;
}

/* In zeroed memory of that layout. */
static struct chunk *
chunk_begin(void *memory, const struct chunk_layout *l, const struct plan *plan, int first)
{
	unsigned char *state = (unsigned char *)memory + l->states;
	const struct op **args = (void *)((unsigned char *)memory + l->args);
	struct chunk *chunk = memory;

	chunk->first = first;
	chunk->fetched = l->size < FETCH_MOST ? l->size : FETCH_MOST;
	for (int i = 0; i < plan->n - first; i++) {
		struct op *op = &chunk->ops[i];

		op->node = plan->nodes[first + i];
		op->args = args;
		op->state = state;
		args += op->node->ninputs;
		state += state_size(op->node);
	}
	return chunk;
}

struct op *
graph_at(const struct graph *graph, int node)
{
	struct chunk *chunk = graph->chunks;

	while (node >= chunk->first + chunk->n)
		chunk = chunk->next;
	return &chunk->ops[node - chunk->first];
}

static void
speaker_add(struct graph *graph, const struct op *op)
{
	size_t n = (size_t)graph->nspeakers + 1;

	graph->speakers = memory_grow(graph->speakers, n, sizeof *graph->speakers);
	graph->speakers[graph->nspeakers++] = op;
}

/* Each operator finds those it reads initialised. */
static int
chunk_init(struct graph *graph, struct chunk *chunk, int n, struct error *err)
{
	const struct op **args = (void *)&chunk->ops[n];

	for (; chunk->n < n; chunk->n++) {
		struct op *op = &chunk->ops[chunk->n];

		for (int k = 0; k < op->node->ninputs; k++)
			*args++ = graph_at(graph, op->node->inputs[k]);
		if (op_init(op, err) < 0)
			return -1;
		graph->n++;
		if (op->node->class != NULL && op->node->class->remarks != NULL)
			speaker_add(graph, op);
	}
	return 0;
}

/* What was kept stays; the operators that came since have nothing yet. */
static void
ends_extend(struct graph *graph)
{
	graph->ends = memory_grow(graph->ends, (size_t)graph->n, sizeof *graph->ends);
	for (; graph->nends < graph->n; graph->nends++)
		graph->ends[graph->nends] = no_ends;
	for (int i = 0; i < graph->n; i++)
		graph_at(graph, i)->ends = &graph->ends[i];
}

static int
grow_by(struct graph *graph, struct chunk *chunk, struct error *err)
{
	*(graph->newest != NULL ? &graph->newest->next : &graph->chunks) = chunk;
	graph->newest = chunk;
	if (chunk_init(graph, chunk, graph->plan->n - chunk->first, err) < 0)
		return -1;
	if (graph->watched)
		ends_extend(graph);
	return 0;
}

int
graph_grow(struct graph *graph, struct error *err)
{
	struct chunk_layout l;

	if (graph->n == graph->plan->n)
		return 0;
	l = chunk_layout(graph->plan, graph->n);
	return grow_by(graph, chunk_begin(memory_zero(l.size, 1), &l, graph->plan, graph->n), err);
}

void
graph_watch(struct graph *graph, bool watched)
{
	graph->watched = watched;
	if (watched) {
		ends_extend(graph);
		return;
	}
	free(graph->ends);
	graph->ends = NULL;
	graph->nends = 0;
	for (int i = 0; i < graph->n; i++)
		graph_at(graph, i)->ends = NULL;
}

/* The first chunk stands right behind the graph: of many keys each is one piece of memory. */
static const struct chunk *
chunk_within(const struct graph *graph)
{
	return (const void *)((const unsigned char *)graph + aligned(sizeof *graph));
}

struct graph *
graph_new(struct plan *plan, struct error *err)
{
	struct chunk_layout l = chunk_layout(plan, 0);
	size_t head = aligned(sizeof(struct graph));
	struct graph *graph = memory_zero(head + l.size, 1);
	void *behind = (unsigned char *)graph + head;

	graph->plan = plan;
	if (plan->n == 0 || grow_by(graph, chunk_begin(behind, &l, plan, 0), err) == 0) {
		graph_watch(graph, !plan->compact);
		return graph;
	}
	graph_free(graph);
	return NULL;
}

void
graph_free(struct graph *graph)
{
	struct chunk *chunk, *next;

	if (graph == NULL)
		return;
	for (int i = graph->n - 1; i >= 0; i--)
		op_done(graph_at(graph, i));
	for (chunk = graph->chunks; chunk != NULL; chunk = next) {
		next = chunk->next;
		if (chunk != chunk_within(graph))
			free(chunk);
	}
	free(graph->speakers);
	free(graph->ends);
	free(graph);
}

/* --- reading ---------------------------------------------------------------------------------- */

const double *
graph_out(const struct graph *graph, int root)
{
	return graph->plan->starts[graph->plan->roots[root]];
}

double
graph_value(const struct graph *graph, int root)
{
	return graph_node_value(graph, graph->plan->roots[root]);
}

double
graph_node_value(const struct graph *graph, int node)
{
	return node < graph->n ? graph_at(graph, node)->out_last : NAN;
}

const struct op *
graph_node_op(const struct graph *graph, int node)
{
	return node < graph->n ? graph_at(graph, node) : NULL;
}

void
graph_fetch(const struct graph *graph)
{
	const struct chunk *chunk = graph->chunks;
	const char *line = (const void *)chunk;

	for (size_t i = 0; chunk != NULL && i < chunk->fetched; i += CACHE_LINE)
		__builtin_prefetch(line + i, 1);
}

void
graph_fetch_held(const struct graph *graph)
{
	const struct chunk *chunk = graph->chunks;

	for (int i = 0; chunk != NULL && i < chunk->n; i++) {
		const struct op *op = &chunk->ops[i];

		if (op->node->class != NULL && op->node->class->fetch != NULL)
			op->node->class->fetch(op);
	}
}

void
graph_prefetch(const struct graph *graph, int node)
{
	__builtin_prefetch(graph);
	__builtin_prefetch(chunk_within(graph));
	__builtin_prefetch(&chunk_within(graph)->ops[node].out_last);
}

uint64_t
graph_rows(const struct graph *graph)
{
	return graph->rows;
}

int
graph_speakers(const struct graph *graph, const struct op *const **speakers)
{
	*speakers = graph->speakers;
	return graph->nspeakers;
}

const struct op *
graph_op(const struct graph *graph, int root)
{
	int node = graph->plan->roots[root];

	if (node >= graph->n || graph->plan->nodes[node]->class == NULL)
		return NULL;
	return graph_at(graph, node);
}
