/* nodes.c - the nodes of a plan: found by their canonical key before they are made. */
#include <stdlib.h>
#include <string.h>

#include "data/graph/planner_parts.h"

enum { MAX_KEY = 400 };

/* Where a node's outputs stand, unless they stand in a block. */
static void
set_start(struct plan *plan, int i)
{
	plan->starts[i] = plan->lanes + (size_t)plan->nodes[i]->lane * BLOCK_ROWS;
}

/* Room for one node more, and for its lanes: both double, so that many cost no more each. */
static void
plan_reserve(struct plan *plan, int lanes)
{
	size_t stride = BLOCK_ROWS;

	if (plan->n == plan->cap) {
		plan->cap = plan->cap > 0 ? plan->cap * 2 : 16;
		plan->nodes = memory_grow(plan->nodes, (size_t)plan->cap, sizeof *plan->nodes);
		plan->starts = memory_grow(plan->starts, (size_t)plan->cap, sizeof *plan->starts);
	}
	if (plan->nlanes + lanes > plan->lanes_cap) {
		plan->lanes_cap = (plan->nlanes + lanes) * 2;
		plan->lanes =
		    memory_grow(plan->lanes, (size_t)plan->lanes_cap * stride, sizeof *plan->lanes);
		for (int i = 0; i < plan->n; i++)
			set_start(plan, i);
	}
}

/* Puts those of an input among those that are there, in order: two sorted lists become one, from
 * the end, each column once. */
static void
add_columns(struct node *node, const struct node *input)
{
	int *all = node->columns, n = node->ncolumns, more = 0, i, k;

	for (i = 0, k = 0; k < input->ncolumns; k++) {
		while (i < n && all[i] < input->columns[k])
			i++;
		more += i == n || all[i] != input->columns[k];
	}
	node->ncolumns = n + more;
	for (i = n - 1, k = input->ncolumns - 1, n = node->ncolumns - 1; k >= 0 && n >= 0; n--) {
		if (i >= 0 && all[i] >= input->columns[k]) {
			k -= all[i] == input->columns[k];
			all[n] = all[i--];
		} else {
			all[n] = input->columns[k--];
		}
	}
}

/* The columns of a node are its own, or those of all its inputs. */
static void
find_columns(const struct plan *plan, struct node *node)
{
	size_t most = node->class == NULL && node->column >= 0;

	for (int i = 0; i < node->ninputs; i++)
		most += (size_t)plan->nodes[node->inputs[i]]->ncolumns;
	node->columns = memory_new(most, sizeof *node->columns);
	if (node->class == NULL && node->column >= 0)
		node->columns[node->ncolumns++] = node->column;
	for (int i = 0; i < node->ninputs; i++)
		add_columns(node, plan->nodes[node->inputs[i]]);
}

/* Without a state, of inputs that are so: a row's own values are all that it reads. */
static bool
is_plain(const struct plan *plan, const struct node *node)
{
	if (node->class != NULL && node->class->size > 0)
		return false;
	for (int i = 0; i < node->ninputs; i++)
		if (!plan->nodes[node->inputs[i]]->plain)
			return false;
	return true;
}

static int
plan_append(struct plan *plan, struct node *node)
{
	int lanes = node->class != NULL && node->class->lanes > 0 ? node->class->lanes : 1;

	plan_reserve(plan, lanes);
	node->lane = plan->nlanes;
	node->plain = is_plain(plan, node);
	plan->nlanes += lanes;
	plan->nodes[plan->n] = node;
	name_index_add(&plan->keys, node->key, strlen(node->key));
	set_start(plan, plan->n);
	find_columns(plan, node);
	if (node->class == NULL && node->column < 0)
		for (int i = 0; i < BLOCK_ROWS; i++)
			plan->lanes[(size_t)node->lane * BLOCK_ROWS + (size_t)i] = node->constant;
	return plan->n++;
}

static struct node *
node_new(const struct plan *plan)
{
	struct node *node = memory_zero(1, sizeof *node);

	node->column = -1;
	node->names = plan->names;
	node->horizon = plan->horizon;
	node->compact = plan->compact;
	node->stamps = plan->stamps;
	node->timed = plan->schema->time >= 0;
	return node;
}

static int
leaf(struct plan *plan, int column, double constant, enum op_result result, const char *key)
{
	struct node *node;
	int found = plan_find(plan, key);

	if (found >= 0)
		return found;
	node = node_new(plan);
	node->column = column;
	node->constant = constant;
	node->result = result;
	node->key = memory_text(key, strlen(key));
	return plan_append(plan, node);
}

int
leaf_constant(struct plan *plan, double v)
{
	struct text key = { 0 };
	int node;

	text_number(&key, v);
	node = leaf(plan, -1, v, RESULT_NUMBER, text_get(&key));
	text_done(&key);
	return node;
}

int
leaf_text(struct plan *plan, const char *s)
{
	struct expr e = { .kind = EXPR_TEXT };
	struct text key = { 0 };
	int node;

	e.text = memory_text(s, strlen(s));
	expr_print(&e, &key);
	node = leaf(plan, -1, names_id(plan->names, s, strlen(s)), RESULT_TEXT, text_get(&key));
	free(e.text);
	text_done(&key);
	return node;
}

int
leaf_column(struct plan *plan, int column)
{
	const struct column *c = &plan->schema->columns[column];
	struct expr e = { .kind = EXPR_NAME };
	struct text key = { 0 };
	int node;

	e.text = memory_text(c->name, strlen(c->name));
	expr_print(&e, &key);
	node = leaf(
	    plan, column, 0, c->type == COLUMN_TEXT ? RESULT_TEXT : RESULT_NUMBER, text_get(&key));
	free(e.text);
	text_done(&key);
	return node;
}

int
leaf_number(struct plan *plan, int text)
{
	int column = plan->nodes[text]->column;
	struct text key = { 0 };
	int node;

	if (plan->nodes[text]->class != NULL || column < 0 || !plan->schema->columns[column].open)
		return -1;
	text_addf(&key, "%s as number", plan->nodes[text]->key);
	node = leaf(plan, column, 0, RESULT_NUMBER, text_get(&key));
	text_done(&key);
	return node;
}

int
count_params(const struct op_class *class)
{
	int n = 0;

	while (class->params != NULL && class->params[n].name != NULL)
		n++;
	return n;
}

int
find_param(const struct op_class *class, const char *name)
{
	for (int i = 0; i < count_params(class); i++)
		if (strcmp(class->params[i].name, name) == 0)
			return i;
	return -1;
}

void
copy_value(struct value *to, const struct value *from)
{
	*to = *from;
	if (from->text != NULL)
		to->text = memory_text(from->text, strlen(from->text));
}

const struct value no_value = { .number = NAN };

struct value *
values_new(const struct op_class *class)
{
	int n = count_params(class);
	struct value *values = memory_zero((size_t)n, sizeof *values);

	for (int i = 0; i < n; i++)
		values[i] = no_value;
	return values;
}

void
values_free(const struct op_class *class, struct value *values)
{
	for (int i = 0; i < count_params(class); i++)
		value_done(&values[i]);
	free(values);
}

/* Keys contain those of their inputs, so a column derived from itself time and again would have one
 * of astronomical length: a long key keeps its beginning and a hash of the whole (FNV-1a). */
static void
shorten(struct text *key)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	if (key->len <= MAX_KEY)
		return;
	for (size_t i = 0; i < key->len; i++)
		hash = (hash ^ (unsigned char)key->s[i]) * UINT64_C(0x100000001b3);
	key->len = MAX_KEY / 2;
	while (key->len > 0 && ((unsigned char)key->s[key->len] & 0xc0) == 0x80)
		key->len--;
	text_addf(key, "...#%016llx)", (unsigned long long)hash);
}

/* "mean(x, 60)", "ewma(x, alpha=0.1)": inputs and the window by position, the rest by name. */
static void
print_key(const struct plan *plan, const struct call *call, struct text *key)
{
	const char *comma = "";

	text_addf(key, "%s(", call->class->name);
	for (int i = 0; i < call->ninputs; i++, comma = ", ")
		text_addf(key, "%s%s", comma, plan->nodes[call->inputs[i]]->key);
	for (int i = 0; i < count_params(call->class); i++) {
		const struct param *p = &call->class->params[i];

		if (param_is_input(p->type) || !value_given(&call->values[i], p->type))
			continue;
		text_add(key, comma);
		comma = ", ";
		if (p->type != PARAM_WINDOW)
			text_addf(key, "%s=", p->name);
		value_print(&call->values[i], p, key);
	}
	text_addc(key, ')');
	shorten(key);
}

/* Runs init once on a state that is thrown away, so that what only it can refuse is refused here.
 */
static int
trial(const struct node *node, struct error *err)
{
	struct op op = { .node = node };
	int status;

	if (node->class->init == NULL)
		return 0;
	op.state = memory_zero(1, node->class->size);
	status = node->class->init(&op, err);
	if (node->class->done != NULL)
		node->class->done(&op);
	free(op.state);
	return status;
}

void
node_free(struct node *node)
{
	union {
		const int *in;
		int *out;
	} inputs = { .in = node->inputs };
	union {
		const struct value *in;
		struct value *out;
	} values = { .in = node->values };

	if (node->class != NULL)
		values_free(node->class, values.out);
	free(inputs.out);
	free(node->columns);
	free(node->key);
	free(node);
}

/* The result of a call: its class's, or that of its first input that may be either. */
static enum op_result
call_result(const struct plan *plan, const struct call *call)
{
	int input = 0;

	if (call->class->result != RESULT_AS_INPUT)
		return call->class->result;
	for (int i = 0; i < count_params(call->class); i++) {
		if (call->class->params[i].type == PARAM_ANY)
			break;
		input += param_is_input(call->class->params[i].type);
	}
	return input < call->ninputs ? plan->nodes[call->inputs[input]]->result : RESULT_NUMBER;
}

/* What an operator refused, "season=0 (...)", at the argument of that name as it was written, else
 * at the call: never at a part or in a definition, which nobody wrote. */
static int
blame(struct compiler *c, const struct expr *call)
{
	const struct expr *written = c->origin != NULL ? c->origin : call;
	size_t at = written->at, n;

	if (c->err == NULL)
		return -1;
	n = strcspn(c->err->text, "=");
	for (int i = 0; i < written->n; i++)
		if (written->names[i] != NULL && strlen(written->names[i]) == n &&
		    strncmp(c->err->text, written->names[i], n) == 0)
			at = written->args[i]->at;
	return error_column(c->err, (int)at, "%s: %s", written->text, c->err->text);
}

/* Finds or makes the node of a call whose inputs are final; takes call->values. */
int
intern_call(struct compiler *c, struct call *call)
{
	struct text key = { 0 };
	struct node *node;
	int *inputs, found;

	print_key(c->plan, call, &key);
	found = plan_find(c->plan, text_get(&key));
	if (found >= 0) {
		text_done(&key);
		values_free(call->class, call->values);
		return found;
	}
	inputs = memory_new((size_t)call->ninputs, sizeof *inputs);
	memcpy(inputs, call->inputs, (size_t)call->ninputs * sizeof *inputs);
	node = node_new(c->plan);
	node->class = call->class;
	node->result = call_result(c->plan, call);
	node->ninputs = call->ninputs;
	node->inputs = inputs;
	node->values = call->values;
	node->key = key.s;
	if (trial(node, c->err) == 0)
		return plan_append(c->plan, node);
	blame(c, call->expr);
	node_free(node);
	return -1;
}
