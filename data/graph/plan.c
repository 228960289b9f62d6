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
	name_index_done(&plan->columns);
	free(plan->named);
	name_index_done(&plan->keys);
	name_index_done(&plan->root_keys);
	name_index_done(&plan->derived_names);
	free(plan->nodes);
	free(plan->roots);
	free(plan->derived);
	free(plan->lanes);
	free(plan->starts);
	free(plan->moves);
	free(plan);
}

/* Of two with one name the first counts. */
static void
index_column(struct plan *plan, const char *name, int column)
{
	int known = plan->columns.n, i = name_index_add(&plan->columns, name, strlen(name));

	if (i < known)
		return;
	plan->named = memory_grow(plan->named, (size_t)i + 1, sizeof *plan->named);
	plan->named[i] = column;
}

int
plan_column(struct plan *plan, const char *name)
{
	const struct schema *schema = plan->schema;
	int i;

	for (; plan->indexed < schema->n; plan->indexed++)
		index_column(plan, schema->columns[plan->indexed].name, plan->indexed);
	i = name_index_find(&plan->columns, name, strlen(name));
	return i >= 0 ? plan->named[i] : -1;
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

void
plan_stamps(struct plan *plan, bool stamps)
{
	plan->stamps = stamps;
}

/* Where the name is known already, it stands for this from now on. */
static void
derived_set(struct plan *plan, const char *name, int node)
{
	int known = plan->derived_names.n;
	int i = name_index_add(&plan->derived_names, name, strlen(name));

	if (i == known)
		plan->derived = memory_grow(plan->derived, (size_t)i + 1, sizeof *plan->derived);
	plan->derived[i] = node;
	if (plan->nodes[node]->class != NULL && plan->nodes[node]->called == NULL)
		plan->nodes[node]->called = plan->derived_names.names[i];
}

int
plan_derive(struct plan *plan, const char *name, const char *expr, struct error *err)
{
	struct expr *e = expr_parse(expr, err);
	struct compiler c = { .plan = plan, .err = err };
	int node = e != NULL ? compile(&c, e, NULL) : -1;

	expr_free(e);
	if (node < 0)
		return -1;
	derived_set(plan, name, node);
	return 0;
}

bool *
plan_closure(const struct plan *plan, int node)
{
	bool *needed = memory_zero((size_t)node + 1, sizeof *needed);

	needed[node] = true;
	for (int i = node; i >= 0; i--) /* inputs stand before those that read them */
		for (int k = 0; needed[i] && k < plan->nodes[i]->ninputs; k++)
			needed[plan->nodes[i]->inputs[k]] = true;
	return needed;
}

static int
root_add(struct plan *plan, const struct expr *e, const struct text *key, struct error *err)
{
	struct compiler c = { .plan = plan, .err = err };
	int root = name_index_find(&plan->root_keys, text_get(key), key->len);
	int node = root < 0 ? compile(&c, e, NULL) : -1;

	if (root >= 0 || node < 0)
		return root;
	root = name_index_add(&plan->root_keys, text_get(key), key->len);
	plan->roots = memory_grow(plan->roots, (size_t)root + 1, sizeof *plan->roots);
	plan->roots[root] = node;
	return root;
}

int
plan_add(struct plan *plan, const char *text, struct error *err)
{
	struct expr *e = expr_parse(text, err);
	struct text key = { 0 };
	int root;

	if (e == NULL)
		return -1;
	expr_print(e, &key);
	root = root_add(plan, e, &key, err);
	text_done(&key);
	expr_free(e);
	return root;
}

int
plan_roots(const struct plan *plan)
{
	return plan->root_keys.n;
}

const char *
plan_key(const struct plan *plan, int root)
{
	return plan->root_keys.names[root];
}

enum op_result
plan_result(const struct plan *plan, int root)
{
	return plan->nodes[plan->roots[root]]->result;
}

int
plan_columns(const struct plan *plan, int root, const int **columns)
{
	const struct node *node = plan_node(plan, root);

	*columns = node->columns;
	return node->ncolumns;
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
	return plan->nodes[plan->roots[root]];
}

bool
plan_plain(const struct plan *plan, int root)
{
	return plan_node(plan, root)->plain;
}

bool
plan_uses(const struct plan *plan, int root, const char *op_name)
{
	int last = plan->roots[root];
	bool *needed = plan_closure(plan, last), uses = false;

	for (int i = 0; i <= last && !uses; i++)
		uses = needed[i] && plan->nodes[i]->class != NULL &&
		       strcmp(plan->nodes[i]->class->name, op_name) == 0;
	free(needed);
	return uses;
}

static bool
has_duration(const struct node *node)
{
	for (int i = 0; node->class != NULL && i < count_params(node->class); i++)
		if (!param_is_input(node->class->params[i].type) &&
		    node->values[i].span.unit == SPAN_TIME)
			return true;
	return false;
}

bool
plan_counts_time(const struct plan *plan, int root)
{
	int last = plan->roots[root];
	bool *needed = plan_closure(plan, last), counts = false;

	for (int i = 0; i <= last && !counts; i++)
		counts = needed[i] && has_duration(plan->nodes[i]);
	free(needed);
	return counts;
}

int
plan_nodes(const struct plan *plan)
{
	return plan->n;
}

const struct node *
plan_node_at(const struct plan *plan, int node)
{
	return plan->nodes[node];
}

int
plan_find(const struct plan *plan, const char *key)
{
	return name_index_find(&plan->keys, key, strlen(key));
}

int
plan_root_node(const struct plan *plan, int root)
{
	return plan->roots[root];
}
