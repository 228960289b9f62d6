/* graph_state.c - the state of a graph as bytes: of each operator its key, its last value, and what
 * its class saves.
 *
 * The bytes are trusted in nothing: keys are looked up, lengths are checked, and each operator must
 * read its own to the end. Whatever the order in which they stand, operators are loaded in that of
 * the plan, so that each finds those it reads as they were, and none is loaded twice. */
#include <stdlib.h>
#include <string.h>

#include "data/base/state.h"
#include "data/graph/graph_parts.h"

static void
save_state(const struct op *op, struct buffer *out)
{
	const struct op_class *class = op->node->class;

	if (class != NULL && class->save != NULL)
		class->save(op, out);
	else if (class != NULL && !class->unsaved)
		buffer_put(out, op->state, class->size);
}

static void
save_op(const struct op *op, struct buffer *out)
{
	size_t n = strlen(op->node->key), at;
	uint64_t state;

	buffer_u64(out, n);
	buffer_put(out, op->node->key, n);
	buffer_put(out, &op->out_last, sizeof op->out_last);
	if (op->ends != NULL)
		buffer_put(out, op->ends, sizeof *op->ends);
	at = out->len;
	buffer_u64(out, 0);
	save_state(op, out);
	state = out->len - at - sizeof state;
	memcpy(out->data + at, &state, sizeof state);
}

void
graph_save(const struct graph *graph, struct buffer *out)
{
	buffer_u64(out, graph->rows);
	buffer_u64(out, graph->watched);
	buffer_u64(out, (uint64_t)graph->n);
	for (int i = 0; i < graph->n; i++)
		save_op(graph_at(graph, i), out);
}

/* --- loading ---------------------------------------------------------------------------------- */

struct saved { /* what the bytes have of an operator */
	bool found;
	double out_last;
	const unsigned char *ends; /* NULL: it was not watched */
	struct reader state;
};

static int
skip(struct reader *r, uint64_t n, const unsigned char **from)
{
	if (n > (uint64_t)(r->end - r->p))
		return -1;
	*from = r->p;
	r->p += n;
	return 0;
}

/* Reads one operator's bytes; *node is -1 where the plan has none of its key. */
static int
read_op(const struct plan *plan, struct reader *r, bool watched, struct saved *s, int *node)
{
	const unsigned char *key, *state;
	uint64_t n, length;

	*s = (struct saved){ .found = true };
	if (reader_u64(r, &n) < 0 || skip(r, n, &key) < 0 ||
	    reader_get(r, &s->out_last, sizeof s->out_last) < 0 ||
	    (watched && skip(r, sizeof(struct op_ends), &s->ends) < 0) ||
	    reader_u64(r, &length) < 0 || skip(r, length, &state) < 0)
		return -1;
	s->state = (struct reader){ state, state + length };
	*node = name_index_find(&plan->keys, (const char *)key, n);
	return 0;
}

static int
read_ops(const struct graph *graph, struct reader *r, struct saved *saved)
{
	uint64_t watched, n;

	if (reader_u64(r, &watched) < 0 || watched > 1 || reader_u64(r, &n) < 0)
		return -1;
	for (; n > 0; n--) {
		struct saved one;
		int node;

		if (read_op(graph->plan, r, watched == 1, &one, &node) < 0)
			return -1;
		if (node < 0 || node >= graph->n)
			continue;
		if (saved[node].found)
			return -1;
		saved[node] = one;
	}
	return 0;
}

static int
load_state(struct op *op, struct reader *r)
{
	const struct op_class *class = op->node->class;
	int status = 0;

	if (class != NULL && class->load != NULL)
		status = class->load(op, r);
	else if (class != NULL && !class->unsaved)
		status = reader_get(r, op->state, class->size);
	return status == 0 && r->p == r->end ? 0 : -1;
}

static int
load_op(struct op *op, struct saved *saved)
{
	op->out_last = saved->out_last;
	if (op->ends != NULL && saved->ends != NULL)
		memcpy(op->ends, saved->ends, sizeof *op->ends);
	return load_state(op, &saved->state);
}

/* What a state leaves out of its bytes is built from the operators that it reads, now that they are
 * there too: it may be asked to explain itself before the next row comes. */
static void
settle(struct graph *graph)
{
	const struct plan *plan = graph->plan;
	const struct run none = { .n = 0, .first = graph->rows };
	const double *in[MAX_INPUTS];

	for (int i = 0; i < graph->n; i++) {
		const struct node *node = plan->nodes[i];
		struct op *op = graph_at(graph, i);

		if (node->class == NULL || node->class->part == NULL || node->class->load == NULL)
			continue;
		for (int k = 0; k < node->ninputs; k++)
			in[k] = plan->starts[node->inputs[k]];
		op->in = in;
		node->class->step(op, &none, graph_node_out(plan, node));
		op->in = NULL;
	}
}

int
graph_load(struct graph *graph, struct reader *r, struct error *err)
{
	return graph_load_same(graph, NULL, r, err);
}

int
graph_load_same(struct graph *graph, const bool *same, struct reader *r, struct error *err)
{
	struct saved *saved;
	int status;

	if (graph_grow(graph, err) < 0)
		return -1;
	saved = memory_zero((size_t)graph->n, sizeof *saved);
	status = reader_u64(r, &graph->rows) < 0 ? -1 : read_ops(graph, r, saved);
	for (int i = 0; i < graph->n && status == 0; i++)
		if (saved[i].found && (same == NULL || same[i]))
			status = load_op(graph_at(graph, i), &saved[i]);
	free(saved);
	if (status < 0)
		return state_damaged("a graph", err);
	settle(graph);
	return 0;
}

/* --- taking over ------------------------------------------------------------------------------ */

static int
take_op(struct op *op, const struct op *from, struct buffer *bytes)
{
	struct saved saved = { true, from->out_last, (const unsigned char *)from->ends, { 0 } };

	bytes->len = 0;
	save_state(from, bytes);
	if (bytes->len > 0) /* an operator without a state has written nothing */
		saved.state = (struct reader){ bytes->data, bytes->data + bytes->len };
	return load_op(op, &saved);
}

int
graph_take(struct graph *graph, const struct graph *from, const bool *same, struct error *err)
{
	struct buffer bytes = { 0 };
	int i, status = 0;

	graph->rows = from->rows;
	for (i = 0; i < graph->n && status == 0; i++) {
		const char *key = graph->plan->nodes[i]->key;
		int at = same[i] ? plan_find(from->plan, key) : -1;

		if (at >= 0 && at < from->n)
			status = take_op(graph_at(graph, i), graph_at(from, at), &bytes);
	}
	buffer_done(&bytes);
	if (status < 0)
		return error_set(
		    err, "the state of %s cannot be taken over", graph->plan->nodes[i - 1]->key);
	settle(graph);
	return 0;
}
