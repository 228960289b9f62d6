/* graph.c - the state of a plan's operators, and stepping it over runs of rows.
 *
 * All graphs of a plan share the plan's scratch for outputs, since only one is stepped at a time;
 * what must outlast a step is in the operators. With 10,000 keys that leaves each key its states
 * alone. */
#include "data/graph/graph.h"

#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/graph/plan_parts.h"

struct graph {
	struct plan *plan;
	struct op **ops; /* one for each node of the plan when it was last grown */
	int n;
	const struct op **speakers; /* those of ops whose class has remarks */
	int nspeakers;
	uint64_t rows;
};

/* A text that an expression names is no column's: it is seen once, and lasts. */
static bool
is_literal_text(const struct node *node)
{
	return node->class == NULL && node->column < 0 && node->result == RESULT_TEXT;
}

static void
op_free(struct op *op)
{
	if (is_literal_text(op->node))
		names_release(op->names, op->node->constant);
	if (op->node->class != NULL && op->node->class->done != NULL)
		op->node->class->done(op);
	free(op);
}

/* An operator, the pointers to those it reads, and its state, in one allocation. */
static struct op *
op_new(struct graph *graph, const struct node *node, struct error *err)
{
	const struct op_class *class = node->class;
	size_t align = _Alignof(max_align_t);
	size_t args = sizeof(struct op) + (size_t)node->ninputs * sizeof(struct op *);
	size_t at = (args + align - 1) / align * align;
	unsigned char *memory = memory_zero(at + (class != NULL ? class->size : 0), 1);
	struct op *op = (void *)memory;
	const struct op **reads = (void *)(memory + sizeof(struct op));

	op->node = node;
	op->names = graph->plan->names;
	op->horizon = graph->plan->horizon;
	op->compact = graph->plan->compact;
	op->timed = graph->plan->schema->time >= 0;
	op->out_last = op->out_before = NAN;
	for (int i = 0; i < 4; i++)
		op->in_last[i] = NAN;
	for (int i = 0; i < node->ninputs; i++)
		reads[i] = graph->ops[node->inputs[i]];
	op->args = reads;
	op->state = memory + at;
	if (is_literal_text(node))
		names_hold(op->names, node->constant);
	if (class != NULL && class->init != NULL && class->init(op, err) < 0) {
		op_free(op);
		return NULL;
	}
	return op;
}

static void
speaker_add(struct graph *graph, const struct op *op)
{
	size_t n = (size_t)graph->nspeakers + 1;

	graph->speakers = memory_grow(graph->speakers, n, sizeof *graph->speakers);
	graph->speakers[graph->nspeakers++] = op;
}

static int
graph_grow(struct graph *graph, struct error *err)
{
	const struct plan *plan = graph->plan;

	if (graph->n == plan->n)
		return 0;
	graph->ops = memory_grow(graph->ops, (size_t)plan->n, sizeof(struct op *));
	while (graph->n < plan->n) {
		struct op *op = op_new(graph, plan->nodes[graph->n], err);

		if (op == NULL)
			return -1;
		graph->ops[graph->n++] = op;
		if (op->node->class != NULL && op->node->class->remarks != NULL)
			speaker_add(graph, op);
	}
	return 0;
}

struct graph *
graph_new(struct plan *plan, struct error *err)
{
	struct graph *graph = memory_zero(1, sizeof *graph);

	graph->plan = plan;
	if (graph_grow(graph, err) == 0)
		return graph;
	graph_free(graph);
	return NULL;
}

void
graph_free(struct graph *graph)
{
	if (graph == NULL)
		return;
	for (int i = graph->n - 1; i >= 0; i--)
		op_free(graph->ops[i]);
	free(graph->ops);
	free(graph->speakers);
	free(graph);
}

/* --- stepping --------------------------------------------------------------------------------- */

static double *
node_out(const struct plan *plan, const struct node *node)
{
	return plan->lanes + (size_t)node->lane * BLOCK_ROWS;
}

/* Sets where a column's values for the run are, converting what is not a number already. */
static void
read_column(struct plan *plan, int i, const struct block *block, int from, int n)
{
	const struct node *node = plan->nodes[i];
	const union cells cells = block->cells[node->column];
	double *out = node_out(plan, node);

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

			out[k] = t.s == NULL ? NAN : names_id(plan->names, t.s, t.n);
		}
		return;
	}
}

/* What explain needs: the inputs of the last row, the values at it and at the one before. */
static void
remember(struct op *op, const double *const *in, const double *out, int n)
{
	int inputs = op->node->ninputs < 4 ? op->node->ninputs : 4;

	for (int k = 0; k < inputs; k++)
		op->in_last[k] = in[k][n - 1];
	op->out_before = n > 1 ? out[n - 2] : op->out_last;
	op->out_last = out[n - 1];
}

/* Steps all operators over n rows that stand at offset in the scratch. */
static void
step_run(struct graph *graph, const int64_t *time, int offset, int n)
{
	const struct plan *plan = graph->plan;
	const double *in[MAX_INPUTS];
	struct run run = { .n = n, .first = graph->rows, .time = time };

	for (int i = 0; i < graph->n; i++) {
		const struct node *node = plan->nodes[i];
		struct op *op = graph->ops[i];

		if (node->class != NULL) {
			double *out = node_out(plan, node) + offset;

			for (int k = 0; k < node->ninputs; k++)
				in[k] = plan->starts[node->inputs[k]] + offset;
			op->in = in;
			node->class->step(op, &run, out);
			op->in = NULL;
		}
		remember(op, in, plan->starts[i] + offset, n);
	}
	graph->rows += (uint64_t)n;
}

/* A late row changes nothing: what is shown beside it is what stood before. */
static void
hold(struct graph *graph, int offset)
{
	for (int i = 0; i < graph->n; i++)
		if (graph->plan->nodes[i]->class != NULL)
			node_out(graph->plan, graph->plan->nodes[i])[offset] =
			    graph->ops[i]->out_last;
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
			hold(graph, i);
			continue;
		}
		while (end < n && (late == NULL || !late[end]))
			end++;
		step_run(graph, block->time + from + i, i, end - i);
	}
	return 0;
}

const double *
graph_out(const struct graph *graph, int root)
{
	return graph->plan->starts[graph->plan->roots[root].node];
}

double
graph_value(const struct graph *graph, int root)
{
	int node = graph->plan->roots[root].node;

	return node < graph->n ? graph->ops[node]->out_last : NAN;
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

/* --- state as bytes --------------------------------------------------------------------------- */

static void
save_state(const struct op *op, struct buffer *out)
{
	const struct op_class *class = op->node->class;

	if (class != NULL && class->save != NULL)
		class->save(op, out);
	else if (class != NULL)
		buffer_put(out, op->state, class->size);
}

static void
save_op(const struct op *op, struct buffer *out)
{
	struct buffer state = { 0 };

	save_state(op, &state);
	buffer_u64(out, strlen(op->node->key));
	buffer_put(out, op->node->key, strlen(op->node->key));
	buffer_put(out, op->in_last, sizeof op->in_last);
	buffer_put(out, &op->out_last, sizeof op->out_last);
	buffer_put(out, &op->out_before, sizeof op->out_before);
	buffer_u64(out, state.len);
	buffer_put(out, state.data, state.len);
	buffer_done(&state);
}

void
graph_save(const struct graph *graph, struct buffer *out)
{
	buffer_u64(out, graph->rows);
	buffer_u64(out, (uint64_t)graph->n);
	for (int i = 0; i < graph->n; i++)
		save_op(graph->ops[i], out);
}

static struct op *
find_op(const struct graph *graph, const unsigned char *key, size_t n)
{
	for (int i = 0; i < graph->n; i++) {
		const char *own = graph->ops[i]->node->key;

		if (strlen(own) == n && memcmp(own, key, n) == 0)
			return graph->ops[i];
	}
	return NULL;
}

static int
load_state(struct op *op, struct reader *r)
{
	const struct op_class *class = op->node->class;

	if (class == NULL)
		return 0;
	if (class->load != NULL)
		return class->load(op, r);
	return reader_get(r, op->state, class->size);
}

static int
load_op(struct graph *graph, struct reader *r)
{
	double ends[6];
	uint64_t key, state;
	struct reader inner;
	const unsigned char *name = NULL;
	struct op *op;

	if (reader_u64(r, &key) < 0 || key > (uint64_t)(r->end - r->p))
		return -1;
	name = r->p;
	r->p += key;
	if (reader_get(r, ends, sizeof ends) < 0 || reader_u64(r, &state) < 0 ||
	    state > (uint64_t)(r->end - r->p))
		return -1;
	inner = (struct reader){ r->p, r->p + state };
	r->p += state;
	op = find_op(graph, name, key);
	if (op == NULL)
		return 0;
	memcpy(op->in_last, ends, sizeof op->in_last);
	op->out_last = ends[4];
	op->out_before = ends[5];
	return load_state(op, &inner);
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
		struct op *op = graph->ops[i];

		if (node->class == NULL || node->class->part == NULL || node->class->load == NULL)
			continue;
		for (int k = 0; k < node->ninputs; k++)
			in[k] = plan->starts[node->inputs[k]];
		op->in = in;
		node->class->step(op, &none, node_out(plan, node));
		op->in = NULL;
	}
}

int
graph_load(struct graph *graph, struct reader *r, struct error *err)
{
	uint64_t n = 0;

	if (graph_grow(graph, err) < 0)
		return -1;
	if (reader_u64(r, &graph->rows) < 0 || reader_u64(r, &n) < 0)
		return error_set(err, "the saved state is cut short");
	for (uint64_t i = 0; i < n; i++)
		if (load_op(graph, r) < 0)
			return error_set(err, "the saved state is damaged");
	settle(graph);
	return 0;
}

static int
take_op(struct op *op, const struct op *from)
{
	struct buffer state = { 0 };
	struct reader r = { NULL, NULL };
	int status;

	memcpy(op->in_last, from->in_last, sizeof op->in_last);
	op->out_last = from->out_last;
	op->out_before = from->out_before;
	save_state(from, &state);
	if (state.len > 0) /* an operator without a state has written nothing */
		r = (struct reader){ state.data, state.data + state.len };
	status = load_state(op, &r);
	buffer_done(&state);
	return status;
}

int
graph_take(struct graph *graph, const struct graph *from, const bool *same, struct error *err)
{
	graph->rows = from->rows;
	for (int i = 0; i < graph->n; i++) {
		const char *key = graph->ops[i]->node->key;
		int at = same[i] ? name_index_find(&from->plan->keys, key, strlen(key)) : -1;

		if (at >= 0 && at < from->n && take_op(graph->ops[i], from->ops[at]) < 0)
			return error_set(err, "the state of %s cannot be taken over", key);
	}
	settle(graph);
	return 0;
}

/* --- telling ---------------------------------------------------------------------------------- */

static void
print_value(const struct names *names, enum op_result result, double v, struct text *out)
{
	if (number_missing(v))
		text_add(out, "missing");
	else if (result == RESULT_TEXT)
		text_add(out, names_text(names, v));
	else
		text_number(out, v);
}

void
graph_print(const struct graph *graph, int root, double v, struct text *out)
{
	print_value(graph->plan->names, plan_result(graph->plan, root), v, out);
}

/* A batch keeps every row of every column that it reads, as doubles. */
void
graph_explain_held(const struct graph *graph, int root, struct text *out)
{
	unsigned long long rows = graph->rows, held = graph_held(graph, root);
	int columns = graph->plan->roots[root].ncolumns;

	text_addf(out, "state kept = %llu byte%s", held, held == 1 ? "" : "s");
	if (held == 0)
		text_add(out, ": the row itself is enough");
	if (held > 0 && columns > 0 && rows > 0) {
		text_addc(out, '\n');
		explain_line(out, "a batch");
		text_addf(out, "would hold %llu row%s x ", rows, rows == 1 ? "" : "s");
		if (columns > 1)
			text_addf(out, "%d columns x ", columns);
		text_addf(out, "8 bytes = %llu by now", rows * 8 * (unsigned long long)columns);
	}
	text_addc(out, '\n');
}

/* What the user wrote, where that is defined by what was told: "p95(x) = 12". */
static void
explain_definition(const struct graph *graph, int root, struct text *out)
{
	const char *key = graph->plan->roots[root].key;
	int node = graph->plan->roots[root].node;
	char *name = memory_text(key, strcspn(key, "("));
	const struct op_class *class = op_class_find(name);

	free(name);
	if (class == NULL || class->means == NULL || strchr(key, '(') == NULL || node >= graph->n)
		return;
	explain_written(key, out);
	explain_result(graph->ops[node], out);
}

void
graph_explain(const struct graph *graph, int root, struct text *out)
{
	int last = graph->plan->roots[root].node;
	bool *needed = plan_closure(graph->plan, last);

	for (int i = 0; i <= last && i < graph->n; i++) {
		const struct op *op = graph->ops[i];
		const struct op_class *class = op->node->class;
		bool named;

		if (!needed[i] || (class == NULL && i < last))
			continue;
		named = class == NULL || explain_names(class);
		if (named)
			explain_label(op, out);
		if (class != NULL && class->explain != NULL)
			class->explain(op, out);
		else if (named)
			explain_result(op, out);
	}
	explain_definition(graph, root, out);
	free(needed);
}

size_t
graph_held(const struct graph *graph, int root)
{
	int last = graph->plan->roots[root].node;
	bool *needed = plan_closure(graph->plan, last);
	size_t held = 0;

	for (int i = 0; i <= last && i < graph->n; i++) {
		const struct op_class *class = graph->ops[i]->node->class;

		if (!needed[i] || class == NULL)
			continue;
		held += class->size;
		if (class->held != NULL)
			held += class->held(graph->ops[i]);
	}
	free(needed);
	return held;
}

const struct op *
graph_op(const struct graph *graph, int root)
{
	int node = graph->plan->roots[root].node;

	if (node >= graph->n || graph->ops[node]->node->class == NULL)
		return NULL;
	return graph->ops[node];
}
