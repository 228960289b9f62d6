/* plan.c - what is computed: the expressions added, and what they read. */
#include "data/graph/plan_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/planner_parts.h"

struct plan *
plan_new(const struct schema *schema, struct names *names, struct span window)
{
	struct plan *plan = memory_zero(1, sizeof *plan);

	plan->schema = schema;
	plan->names = names;
	plan->window = window;
	plan->horizon = 12;
	return plan;
}

void
plan_free(struct plan *plan)
{
	if (plan == NULL)
		return;
	for (int i = 0; i < plan->n; i++)
		node_free(plan->nodes[i]);
	for (int i = 0; i < plan->nroots; i++) {
		free(plan->roots[i].key);
		free(plan->roots[i].columns);
	}
	for (int i = 0; i < plan->nderived; i++)
		free(plan->derived[i].name);
	free(plan->nodes);
	free(plan->roots);
	free(plan->derived);
	name_index_done(&plan->keys);
	free(plan->lanes);
	free(plan->starts);
	free(plan);
}

void
plan_horizon(struct plan *plan, int rows)
{
	assert(rows >= 1 && rows <= HORIZON_MAX);
	plan->horizon = rows;
}

void
plan_compact(struct plan *plan, bool compact)
{
	plan->compact = compact;
}

int
plan_derive(struct plan *plan, const char *name, const char *expr, struct error *err)
{
	struct expr *e = expr_parse(expr, err);
	struct compiler c = { .plan = plan, .err = err };
	size_t n = (size_t)plan->nderived + 1;
	int node = e != NULL ? compile(&c, e, NULL) : -1;

	expr_free(e);
	if (node < 0)
		return -1;
	plan->derived = memory_grow(plan->derived, n, sizeof *plan->derived);
	plan->derived[plan->nderived] = (struct derived){ memory_text(name, strlen(name)), node };
	if (plan->nodes[node]->class != NULL && plan->nodes[node]->called == NULL)
		plan->nodes[node]->called = plan->derived[plan->nderived].name;
	plan->nderived++;
	return 0;
}

bool *
plan_closure(const struct plan *plan, int node)
{
	bool *needed = memory_zero((size_t)plan->n, sizeof *needed);

	needed[node] = true;
	for (int i = node; i >= 0; i--) /* inputs stand before those that read them */
		for (int k = 0; needed[i] && k < plan->nodes[i]->ninputs; k++)
			needed[plan->nodes[i]->inputs[k]] = true;
	return needed;
}

static void
root_columns(const struct plan *plan, struct root *root)
{
	bool *needed = plan_closure(plan, root->node);
	bool *reads = memory_zero((size_t)plan->schema->n + 1, sizeof *reads);

	for (int i = 0; i <= root->node; i++)
		if (needed[i] && plan->nodes[i]->class == NULL && plan->nodes[i]->column >= 0)
			reads[plan->nodes[i]->column] = true;
	root->columns = memory_new((size_t)plan->schema->n + 1, sizeof *root->columns);
	for (int i = 0; i < plan->schema->n; i++)
		if (reads[i])
			root->columns[root->ncolumns++] = i;
	root->columns = memory_grow(root->columns, (size_t)root->ncolumns, sizeof *root->columns);
	free(reads);
	free(needed);
}

int
plan_add(struct plan *plan, const char *text, struct error *err)
{
	struct compiler c = { .plan = plan, .err = err };
	struct expr *e = expr_parse(text, err);
	struct text key = { 0 };
	struct root root = { 0 };

	if (e == NULL)
		return -1;
	expr_print(e, &key);
	root.key = memory_text(text_get(&key), key.len);
	text_done(&key);
	for (int i = 0; i < plan->nroots; i++)
		if (strcmp(plan->roots[i].key, root.key) == 0) {
			free(root.key);
			expr_free(e);
			return i;
		}
	root.node = compile(&c, e, NULL);
	expr_free(e);
	if (root.node < 0) {
		free(root.key);
		return -1;
	}
	root_columns(plan, &root);
	plan->roots = memory_grow(plan->roots, (size_t)plan->nroots + 1, sizeof *plan->roots);
	plan->roots[plan->nroots] = root;
	return plan->nroots++;
}

int
plan_roots(const struct plan *plan)
{
	return plan->nroots;
}

const char *
plan_key(const struct plan *plan, int root)
{
	return plan->roots[root].key;
}

enum op_result
plan_result(const struct plan *plan, int root)
{
	return plan->nodes[plan->roots[root].node]->result;
}

int
plan_columns(const struct plan *plan, int root, const int **columns)
{
	*columns = plan->roots[root].columns;
	return plan->roots[root].ncolumns;
}

void
plan_reads(const struct plan *plan, bool *columns)
{
	for (int i = 0; i < plan->n; i++)
		if (plan->nodes[i]->class == NULL && plan->nodes[i]->column >= 0)
			columns[plan->nodes[i]->column] = true;
}

const struct node *
plan_node(const struct plan *plan, int root)
{
	return plan->nodes[plan->roots[root].node];
}

bool
plan_uses(const struct plan *plan, int root, const char *op_name)
{
	int last = plan->roots[root].node;
	bool *needed = plan_closure(plan, last), uses = false;

	for (int i = 0; i <= last && !uses; i++)
		uses = needed[i] && plan->nodes[i]->class != NULL &&
		       strcmp(plan->nodes[i]->class->name, op_name) == 0;
	free(needed);
	return uses;
}
