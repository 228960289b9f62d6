/* graph_tick.c - time passes and no row comes: windows of time empty, and what does not come is
 * absent.
 *
 * What moves is found once for a plan: operators that know how (op_class.tick), those that follow
 * the range of a window, and what is computed from these alone without a state. All others count
 * rows, and keep the value of the last one. */
#include <stdlib.h>

#include "data/graph/graph_parts.h"

/* Does it follow a window's range? Then a step over a range that has not moved changes nothing. */
static bool
follows_range(const struct op_class *class)
{
	return class->part != NULL && (class->part->tick != NULL || follows_range(class->part));
}

static bool
one_lane(const struct node *node)
{
	return node->class == NULL || node->class->lanes <= 1;
}

static bool
moves(const struct plan *plan, const struct node *node)
{
	bool any = false;

	if (node->class == NULL || node->class->tick != NULL)
		return node->class != NULL;
	if (node->class->size > 0 && !follows_range(node->class))
		return false;
	for (int k = 0; k < node->ninputs; k++) {
		int input = node->inputs[k];

		any |= plan->moves[input];
		/* of what keeps its value, that of the first lane alone is known */
		if (!plan->moves[input] && !one_lane(plan->nodes[input]))
			return false;
	}
	return any;
}

bool
plan_moves(struct plan *plan)
{
	if (plan->nmoves == plan->n)
		return plan->any_moves;
	plan->moves = memory_grow(plan->moves, (size_t)plan->n, sizeof *plan->moves);
	for (; plan->nmoves < plan->n; plan->nmoves++) {
		plan->moves[plan->nmoves] = moves(plan, plan->nodes[plan->nmoves]);
		plan->any_moves |= plan->moves[plan->nmoves];
	}
	return plan->any_moves;
}

int64_t
plan_edge(const struct plan *plan, int64_t after)
{
	int64_t edge = INT64_MAX;

	for (int i = 0; i < plan->nmoves; i++) {
		const struct node *node = plan->nodes[i];

		for (int p = 0; node->class != NULL && node->class->tick != NULL &&
				node->class->params[p].name != NULL;
		     p++) {
			int64_t ns = node->values[p].span.n;

			if (node->class->params[p].type == PARAM_DURATION && ns > after &&
			    ns < edge)
				edge = ns;
		}
	}
	return edge;
}

static void
hold(const struct op *op, struct plan *plan, int i)
{
	double *out = graph_node_out(plan, op->node);

	if (op->node->class == NULL && op->node->column < 0)
		return; /* a constant stands there already */
	out[0] = op->out_last;
	plan->starts[i] = out;
}

static void
tick_op(struct op *op, struct plan *plan, int i, const struct run *run)
{
	const struct node *node = op->node;
	const double *in[MAX_INPUTS];
	double *out = graph_node_out(plan, node);

	for (int k = 0; k < node->ninputs; k++)
		in[k] = plan->starts[node->inputs[k]];
	plan->starts[i] = out;
	op->in = in;
	if (node->class->tick != NULL)
		node->class->tick(op, run, out);
	else
		node->class->step(op, run, out);
	op->in = NULL;
	op->out_last = out[0];
}

void
graph_tick(struct graph *graph, int64_t time, int64_t shift)
{
	struct plan *plan = graph->plan;
	const struct run run = { .n = 1, .first = graph->rows, .time = &time, .shift = shift };

	if (graph->rows == 0 || !plan_moves(plan))
		return;
	for (struct chunk *chunk = graph->chunks; chunk != NULL; chunk = chunk->next)
		for (int i = 0; i < chunk->n; i++) {
			if (plan->moves[chunk->first + i])
				tick_op(&chunk->ops[i], plan, chunk->first + i, &run);
			else
				hold(&chunk->ops[i], plan, chunk->first + i);
		}
}
