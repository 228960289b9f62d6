/* graph_step.c - steps a plan's operators over runs of rows. */
#include <stdlib.h>

#include "data/base/numbers/number.h"
#include "data/graph/graph_parts.h"

double *
graph_node_out(const struct plan *plan, const struct node *node)
{
	return plan->lanes + (size_t)node->lane * BLOCK_ROWS;
}

/* Sets where a column's values for the run are, converting what is not a number already. */
static void
read_column(struct plan *plan, int i, const struct block *block, int from, int n)
{
	const struct node *node = plan->nodes[i];
	const union cells cells = block->cells[node->column];
	double *out = graph_node_out(plan, node);

	switch (plan->schema->columns[node->column].type) {
	case COLUMN_NUMBER:
		plan->starts[i] = cells.number + from;
		return;
	case COLUMN_TIME:
		for (int k = 0; k < n; k++)
			out[k] = cells.time[from + k] == TIME_NONE
				     ? NAN
				     : time_seconds(cells.time[from + k]);
		return;
	case COLUMN_TEXT:
		for (int k = 0; k < n; k++) {
			struct cell_text t = cells.text[from + k];

			out[k] = NAN;
			if (t.s != NULL && node->result == RESULT_NUMBER) /* a column left open */
				number_cell(t.s, t.n, &out[k]);
			else if (t.s != NULL)
				out[k] = names_id(plan->names, t.s, t.n);
		}
		return;
	}
}

/* The value at the last row; for explain also its inputs there and the value at the one before. */
static void
remember(struct op *op, const double *const *in, const double *out, int n)
{
	int inputs = op->node->ninputs < 4 ? op->node->ninputs : 4;

	for (int k = 0; k < inputs && op->ends != NULL; k++)
		op->ends->in_last[k] = in[k][n - 1];
	if (op->ends != NULL)
		op->ends->out_before = n > 1 ? out[n - 2] : op->out_last;
	op->out_last = out[n - 1];
}

static void
call_op(struct op *op, const struct plan *plan, const double *const *in, const struct run *run,
    int offset)
{
	op->in = in;
	op->node->class->step(op, run, graph_node_out(plan, op->node) + offset);
	op->in = NULL;
}

static void
find_inputs(const struct node *node, const struct plan *plan, const double **in, int offset)
{
	for (int k = 0; k < node->ninputs; k++)
		in[k] = plan->starts[node->inputs[k]] + offset;
}

static void
step_op(struct op *op, const struct plan *plan, int i, const struct run *run, int offset)
{
	const double *in[MAX_INPUTS];

	find_inputs(op->node, plan, in, offset);
	if (op->node->class != NULL)
		call_op(op, plan, in, run, offset);
	remember(op, in, plan->starts[i] + offset, run->n);
}

/* Steps all operators over n rows that stand at offset in the scratch. */
static void
step_run(struct graph *graph, const int64_t *time, int64_t shift, int offset, int n)
{
	struct run run = { .n = n, .first = graph->rows, .time = time, .shift = shift };

	for (struct chunk *chunk = graph->chunks; chunk != NULL; chunk = chunk->next)
		for (int i = 0; i < chunk->n; i++)
			step_op(&chunk->ops[i], graph->plan, chunk->first + i, &run, offset);
	graph->rows += (uint64_t)n;
}

/* A late row changes nothing: what is shown beside it is what stood before, but for what its own
 * values tell. */
static void
hold(struct graph *graph, const int64_t *time, int offset)
{
	const struct run run = { .n = 1, .first = graph->rows, .time = time };
	const double *in[MAX_INPUTS];

	for (int i = 0; i < graph->n; i++) {
		struct op *op = graph_at(graph, i);

		if (op->node->class == NULL)
			continue;
		if (!op->node->plain) {
			graph_node_out(graph->plan, op->node)[offset] = op->out_last;
			continue;
		}
		find_inputs(op->node, graph->plan, in, offset);
		call_op(op, graph->plan, in, &run, offset);
	}
}

int
graph_step(struct graph *graph, const struct block *block, int from, int n, const bool *late,
    struct error *err)
{
	struct plan *plan = graph->plan;

	if (graph_grow(graph, err) < 0)
		return -1;
	for (int i = 0; i < graph->n; i++)
		if (plan->nodes[i]->class == NULL && plan->nodes[i]->column >= 0)
			read_column(plan, i, block, from, n);
	for (int i = 0, end; i < n; i = end) {
		end = i + 1;
		if (late != NULL && late[i]) {
			hold(graph, block->time + from + i, i);
			continue;
		}
		while (end < n && (late == NULL || !late[end]))
			end++;
		step_run(graph, block->time + from + i, block->shift, i, end - i);
	}
	return 0;
}
