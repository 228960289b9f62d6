/* graph_explain.c - what a graph tells of its values: what they are, how they came about at the
 * last row, and what is kept for them. */
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/graph/graph_parts.h"

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
	const int *which, columns = plan_columns(graph->plan, root, &which);

	text_add(out, "state kept = ");
	text_size(out, held);
	if (held == 0)
		text_add(out, ": the row itself is enough");
	if (held > 0 && columns > 0 && rows > 0) {
		text_addc(out, '\n');
		explain_line(out, "a batch");
		text_count(out, rows);
		text_addf(out, " row%s * ", rows == 1 ? "" : "s");
		if (columns > 1)
			text_addf(out, "%d columns * ", columns);
		text_add(out, "8 bytes = ");
		text_size(out, rows * 8 * (unsigned long long)columns);
	}
	text_addc(out, '\n');
}

/* What the user wrote, where that is defined by what was told: "p95(x) = 12". */
static void
explain_definition(const struct graph *graph, int root, struct text *out)
{
	const char *key = plan_key(graph->plan, root);
	int node = graph->plan->roots[root];
	char *name = memory_text(key, strcspn(key, "("));
	const struct op_class *class = op_class_find(name);

	free(name);
	if (class == NULL || class->means == NULL || strchr(key, '(') == NULL || node >= graph->n)
		return;
	explain_written(key, out);
	explain_result(graph_at(graph, node), out);
}

/* Its parts have not kept what they did at the last row. */
static void
explain_unwatched(const struct graph *graph, int root, struct text *out)
{
	int node = graph->plan->roots[root];

	if (node >= graph->n)
		return;
	explain_written(plan_key(graph->plan, root), out);
	explain_result(graph_at(graph, node), out);
}

void
graph_explain(const struct graph *graph, int root, struct text *out)
{
	int last = graph->plan->roots[root];
	bool *needed;

	if (!graph->watched) {
		explain_unwatched(graph, root, out);
		return;
	}
	needed = plan_closure(graph->plan, last);
	for (int i = 0; i <= last && i < graph->n; i++) {
		const struct op *op = graph_at(graph, i);
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
	int last = graph->plan->roots[root];
	bool *needed = plan_closure(graph->plan, last);
	size_t held = 0;

	for (int i = 0; i <= last && i < graph->n; i++) {
		const struct op_class *class = graph->plan->nodes[i]->class;

		if (!needed[i] || class == NULL)
			continue;
		held += class->size;
		if (class->held != NULL)
			held += class->held(graph_at(graph, i));
	}
	free(needed);
	return held;
}

size_t
graph_bytes(const struct graph *graph)
{
	size_t bytes = sizeof *graph + (size_t)graph->nspeakers * sizeof *graph->speakers +
		       (size_t)graph->nends * sizeof *graph->ends;

	for (int i = 0; i < graph->n; i++) {
		const struct op_class *class = graph->plan->nodes[i]->class;

		bytes += sizeof(struct op) + (class != NULL ? class->size : 0);
		if (class != NULL && class->held != NULL)
			bytes += class->held(graph_at(graph, i));
	}
	return bytes;
}
