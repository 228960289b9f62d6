/* planner.c - trees of expressions into one plan, where equal parts are one node.
 *
 * Every node has a canonical key, "mean(x, 60)"; a node is looked up by it before it is made. Operators
 * that are defined in the language (op_class.means) leave no node of their own: their definition is
 * compiled in their place, with its parameters bound to what was given. A definition's calls inherit
 * the parameters of the same names, so "max(x) - min(x)" passes w=, every= and gap= on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/suggest.h"
#include "data/expr/lexer.h"
#include "data/expr/plan.h"

enum { MAX_KEY = 400 };

/* What the names in a definition stand for; NULL outside definitions. */
struct scope {
	const struct op_class *class;
	const int *inputs;          /* nodes, in the order of the input parameters */
	int ninputs;
	const struct value *values; /* of class->params */
};

struct compiler {
	struct plan *plan;
	struct error *err;
};

/* A call being compiled: what was given for each parameter. */
struct call {
	const struct expr *expr;
	const struct op_class *class;
	int inputs[MAX_INPUTS];
	int ninputs;
	struct value *values;
};

static int compile(struct compiler *, const struct expr *, const struct scope *);

/* --- making nodes ----------------------------------------------------------------------------- */

static int
plan_find(const struct plan *plan, const char *key)
{
	return keys_find(&plan->keys, key, strlen(key));
}

static void
plan_reserve_lanes(struct plan *plan, int lanes)
{
	size_t stride = BLOCK_ROWS;

	if (plan->nlanes + lanes > plan->lanes_cap) {
		plan->lanes_cap = (plan->nlanes + lanes) * 2;
		plan->lanes = memory_grow(plan->lanes, (size_t)plan->lanes_cap * stride,
		    sizeof *plan->lanes);
	}
	plan->nlanes += lanes;
}

static int
plan_append(struct plan *plan, struct node *node)
{
	size_t n = (size_t)plan->n + 1;
	int lanes = node->class != NULL && node->class->lanes > 0 ? node->class->lanes : 1;

	node->lane = plan->nlanes;
	plan_reserve_lanes(plan, lanes);
	plan->nodes = memory_grow(plan->nodes, n, sizeof *plan->nodes);
	plan->nodes[plan->n] = node;
	keys_add(&plan->keys, node->key, strlen(node->key));
	plan->starts = memory_grow(plan->starts, n, sizeof *plan->starts);
	plan->n++;
	/* The scratch may have moved. */
	for (int i = 0; i < plan->n; i++)
		plan->starts[i] = plan->lanes + (size_t)plan->nodes[i]->lane * BLOCK_ROWS;
	if (node->class == NULL && node->column < 0)
		for (int i = 0; i < BLOCK_ROWS; i++)
			plan->lanes[(size_t)node->lane * BLOCK_ROWS + (size_t)i] = node->constant;
	return plan->n - 1;
}

static int
leaf(struct plan *plan, int column, double constant, enum op_result result, const char *key)
{
	struct node *node;
	int found = plan_find(plan, key);

	if (found >= 0)
		return found;
	node = memory_zero(1, sizeof *node);
	node->column = column;
	node->constant = constant;
	node->result = result;
	node->key = memory_text(key, strlen(key));
	return plan_append(plan, node);
}

static int
leaf_constant(struct plan *plan, double v)
{
	struct text key = { 0 };
	int node;

	text_number(&key, v);
	node = leaf(plan, -1, v, RESULT_NUMBER, text_get(&key));
	text_done(&key);
	return node;
}

static int
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

static int
leaf_column(struct plan *plan, int column)
{
	const struct column *c = &plan->schema->columns[column];
	struct expr e = { .kind = EXPR_NAME };
	struct text key = { 0 };
	int node;

	e.text = memory_text(c->name, strlen(c->name));
	expr_print(&e, &key);
	node = leaf(plan, column, 0, c->type == COLUMN_TEXT ? RESULT_TEXT : RESULT_NUMBER,
	    text_get(&key));
	free(e.text);
	text_done(&key);
	return node;
}

static bool
is_input(enum param_type type)
{
	return type == PARAM_INPUT || type == PARAM_ANY || type == PARAM_INPUTS;
}

static int
count_params(const struct op_class *class)
{
	int n = 0;

	while (class->params != NULL && class->params[n].name != NULL)
		n++;
	return n;
}

static int
find_param(const struct op_class *class, const char *name)
{
	for (int i = 0; i < count_params(class); i++)
		if (strcmp(class->params[i].name, name) == 0)
			return i;
	return -1;
}

static bool
value_given(const struct value *v, enum param_type type)
{
	switch (type) {
	case PARAM_NUMBER:
	case PARAM_COUNT:
		return !isnan(v->number);
	case PARAM_WINDOW:
	case PARAM_SPAN:
	case PARAM_DURATION:
		return v->span.unit != SPAN_NONE;
	default:
		return v->text != NULL;
	}
}

static void
copy_value(struct value *to, const struct value *from)
{
	*to = *from;
	if (from->text != NULL)
		to->text = memory_text(from->text, strlen(from->text));
}

static const struct value no_value = { .number = NAN };

static struct value *
values_new(const struct op_class *class)
{
	int n = count_params(class);
	struct value *values = memory_zero((size_t)n, sizeof *values);

	for (int i = 0; i < n; i++)
		values[i] = no_value;
	return values;
}

static void
values_free(const struct op_class *class, struct value *values)
{
	for (int i = 0; i < count_params(class); i++)
		value_done(&values[i]);
	free(values);
}

/* Keys contain those of their inputs, so a column derived from itself time and again would have one of
 * astronomical length: a long key keeps its beginning and a hash of the whole (FNV-1a). */
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

		if (is_input(p->type) || !value_given(&call->values[i], p->type))
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

/* Runs init once on a state that is thrown away, so that what only it can refuse is refused here. */
static int
trial(const struct plan *plan, const struct node *node, struct error *err)
{
	struct op op = { .node = node, .names = plan->names, .horizon = plan->horizon,
		.compact = plan->compact };
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

static void
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
		input += is_input(call->class->params[i].type);
	}
	return input < call->ninputs ? plan->nodes[call->inputs[input]]->result : RESULT_NUMBER;
}

/* Finds or makes the node of a call whose inputs are final; takes call->values. */
static int
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
	node = memory_zero(1, sizeof *node);
	node->class = call->class;
	node->column = -1;
	node->result = call_result(c->plan, call);
	node->ninputs = call->ninputs;
	node->inputs = inputs;
	node->values = call->values;
	node->key = key.s;
	if (trial(c->plan, node, c->err) == 0)
		return plan_append(c->plan, node);
	error_at(c->err, "column %zu: %s", call->expr->at, call->class->name);
	node_free(node);
	return -1;
}

/* --- parts and definitions --------------------------------------------------------------------- */

/* Passes an input through a class's part, and that through its part's, and so on. */
static int
wrap(struct compiler *c, const struct call *call, const struct op_class *part, int input)
{
	struct call inner = { .expr = call->expr, .class = part, .ninputs = 1 };

	if (part->part != NULL) {
		input = wrap(c, call, part->part, input);
		if (input < 0)
			return -1;
	}
	inner.inputs[0] = input;
	inner.values = values_new(part);
	for (int i = 0; i < count_params(part); i++) {
		int outer = find_param(call->class, part->params[i].name);

		if (outer >= 0 && !is_input(part->params[i].type))
			copy_value(&inner.values[i], &call->values[outer]);
	}
	return intern_call(c, &inner);
}

static void
forget_passed_on(const struct call *call, const struct op_class *part)
{
	for (; part != NULL; part = part->part)
		for (int i = 0; i < count_params(part); i++) {
			int outer = find_param(call->class, part->params[i].name);

			if (outer >= 0 && !is_input(part->params[i].type)) {
				value_done(&call->values[outer]);
				call->values[outer] = no_value;
			}
		}
}

static int
compile_definition(struct compiler *c, struct call *call)
{
	struct scope scope = { call->class, call->inputs, call->ninputs, call->values };
	struct expr *e = expr_parse(call->class->means, c->err);
	int node = -1;

	if (e != NULL)
		node = compile(c, e, &scope);
	expr_free(e);
	values_free(call->class, call->values);
	return node;
}

/* --- calls ------------------------------------------------------------------------------------- */

/* An argument as the text that value_parse reads: 60, 5m, hw, "a text". */
static int
argument_text(struct compiler *c, const struct expr *arg, const struct param *p, struct text *out)
{
	if (arg->kind == EXPR_TEXT || arg->kind == EXPR_NAME) {
		text_add(out, arg->text);
		return 0;
	}
	if (arg->kind == EXPR_CALL && strcmp(arg->text, "neg") == 0 &&
	    arg->args[0]->kind == EXPR_NUMBER) {
		text_addc(out, '-');
		arg = arg->args[0];
	}
	if (arg->kind != EXPR_CALL) {
		text_add(out, arg->written);
		return 0;
	}
	return error_set(c->err, "column %zu: %s must be written out, not computed", arg->at, p->name);
}

/* A name in a definition that is one of its parameters; -1. */
static int
scope_param(const struct scope *scope, const struct expr *e)
{
	return scope != NULL && e->kind == EXPR_NAME ? find_param(scope->class, e->text) : -1;
}

static int
set_value(struct compiler *c, struct call *call, int param, const struct expr *arg,
    const struct scope *scope)
{
	const struct param *p = &call->class->params[param];
	int outer = scope_param(scope, arg);
	struct text text = { 0 };
	struct error what;
	int status;

	if (outer >= 0) {
		copy_value(&call->values[param], &scope->values[outer]);
		return 0;
	}
	if (argument_text(c, arg, p, &text) < 0) {
		text_done(&text);
		return -1;
	}
	status = value_parse(&call->values[param], p, text_get(&text), &what);
	text_done(&text);
	if (status < 0)
		return error_set(c->err, "column %zu: %s: %s", arg->at, p->name, what.text);
	return 0;
}

static int
add_input(struct compiler *c, struct call *call, int param, const struct expr *arg,
    const struct scope *scope)
{
	const struct param *p = &call->class->params[param];
	int node = compile(c, arg, scope);
	enum op_result result;

	if (node < 0)
		return -1;
	if (call->ninputs == MAX_INPUTS)
		return error_set(c->err, "column %zu: more than %d inputs", arg->at, MAX_INPUTS);
	result = c->plan->nodes[node]->result;
	if (p->type != PARAM_ANY && result == RESULT_TEXT)
		return error_set(c->err, "column %zu: %s is a text, and '%s' takes numbers", arg->at,
		    c->plan->nodes[node]->key, call->class->name);
	for (int i = 0, input = 0; i < param; i++) {
		if (call->class->params[i].type == PARAM_ANY && p->type == PARAM_ANY &&
		    c->plan->nodes[call->inputs[input]]->result != result)
			return error_set(c->err, "column %zu: a text beside a number in '%s'", arg->at,
			    call->class->name);
		input += is_input(call->class->params[i].type);
	}
	call->inputs[call->ninputs++] = node;
	return 0;
}

/* A number behind a named list, as in season=24, 168, goes on with the list. */
static bool
continues_list(struct call *call, int last_named, const struct expr *arg)
{
	char **list, number[NUMBER_CHARS + 1];
	struct text joined = { 0 };

	if (last_named < 0 || call->class->params[last_named].type != PARAM_TEXT ||
	    arg->kind != EXPR_NUMBER)
		return false;
	list = &call->values[last_named].text;
	number[number_format(arg->number, number)] = '\0';
	text_addf(&joined, "%s,%s", *list, number);
	free(*list);
	*list = joined.s;
	return true;
}

static int
find_argument_name(struct compiler *c, const struct call *call, const struct expr *arg,
    const char *name)
{
	struct suggestion near = { 0 };
	int param = find_param(call->class, name);

	if (param >= 0 && !is_input(call->class->params[param].type))
		return param;
	for (int i = 0; i < count_params(call->class); i++)
		if (!is_input(call->class->params[i].type))
			suggest(&near, name, call->class->params[i].name);
	return error_set(c->err, "column %zu: %s has no parameter '%s'%s%s%s", arg->at,
	    call->class->name, name, near.word ? " (did you mean '" : "",
	    near.word ? near.word : "", near.word ? "'?)" : "");
}

static int
fill_arguments(struct compiler *c, struct call *call, bool *set, const struct scope *scope)
{
	int n = count_params(call->class), position = 0, last_named = -1;

	for (int i = 0; i < call->expr->n; i++) {
		const struct expr *arg = call->expr->args[i];
		const char *name = call->expr->names[i];
		int param;

		if (name == NULL && continues_list(call, last_named, arg))
			continue;
		while (name == NULL && position < n && set[position] &&
		    call->class->params[position].type != PARAM_INPUTS)
			position++;
		param = name != NULL ? find_argument_name(c, call, arg, name) : position;
		if (param < 0)
			return -1;
		if (param >= n)
			return error_set(c->err, "column %zu: too many arguments for '%s'", arg->at,
			    call->class->name);
		if (name != NULL && set[param])
			return error_set(c->err, "column %zu: %s is given twice", arg->at, name);
		if (is_input(call->class->params[param].type) ? add_input(c, call, param, arg, scope) < 0
		                                              : set_value(c, call, param, arg, scope) < 0)
			return -1;
		set[param] = true;
		last_named = name != NULL ? param : -1;
	}
	return 0;
}

/* Parameters that were not written: inherited by a definition's calls, else their defaults. */
static int
fill_defaults(struct compiler *c, struct call *call, const bool *set, const struct scope *scope)
{
	for (int i = 0; i < count_params(call->class); i++) {
		const struct param *p = &call->class->params[i];
		int outer = scope != NULL ? find_param(scope->class, p->name) : -1;

		if (set[i])
			continue;
		if (!is_input(p->type) && outer >= 0) {
			copy_value(&call->values[i], &scope->values[outer]);
			continue;
		}
		if (p->fallback == NULL)
			return error_set(c->err, "column %zu: %s needs %s (%s)", call->expr->at,
			    call->class->name, p->name, p->help);
		if (p->type == PARAM_WINDOW && *p->fallback == '\0')
			call->values[i].span = c->plan->window;
		else if (*p->fallback != '\0' && !is_input(p->type) &&
		    value_parse(&call->values[i], p, p->fallback, c->err) < 0)
			return -1;
	}
	return 0;
}

static const struct op_class *
find_operator(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	const struct op_class *class = op_class_find(e->text);
	struct suggestion near = { 0 };

	if (class != NULL && (*class->name != '.' || scope != NULL))
		return class;
	for (int i = 0; op_classes[i] != NULL; i++)
		if (*op_classes[i]->name != '.')
			suggest(&near, e->text, op_classes[i]->name);
	error_set(c->err, "column %zu: no operator '%s' (%s%s%s)", e->at, e->text,
	    near.word ? "did you mean '" : "`weir list ops` names them",
	    near.word ? near.word : "", near.word ? "'?" : "");
	return NULL;
}

static int
compile_call(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	struct call call = { .expr = e, .class = find_operator(c, e, scope) };
	bool *set;
	int status;

	if (call.class == NULL)
		return -1;
	set = memory_zero((size_t)count_params(call.class) + 1, sizeof *set);
	call.values = values_new(call.class);
	status = fill_arguments(c, &call, set, scope) < 0 || fill_defaults(c, &call, set, scope) < 0
	    ? -1 : 0;
	free(set);
	if (status < 0) {
		values_free(call.class, call.values);
		return -1;
	}
	if (call.class->means != NULL)
		return compile_definition(c, &call);
	if (call.class->part != NULL) {
		for (int i = 0; i < call.ninputs; i++) {
			call.inputs[i] = wrap(c, &call, call.class->part, call.inputs[i]);
			if (call.inputs[i] < 0) {
				values_free(call.class, call.values);
				return -1;
			}
		}
		forget_passed_on(&call, call.class->part);
	}
	return intern_call(c, &call);
}

/* --- names -------------------------------------------------------------------------------------- */

/* A name inside a definition: one of its inputs, or the number given for a parameter. */
static int
compile_bound(struct compiler *c, const struct scope *scope, int param)
{
	const struct param *params = scope->class->params;
	int input = 0;

	if (!is_input(params[param].type))
		return leaf_constant(c->plan, scope->values[param].number);
	for (int i = 0; i < param; i++)
		input += is_input(params[i].type);
	return input < scope->ninputs ? scope->inputs[input] : -1;
}

static int
unknown_column(struct compiler *c, const struct expr *e)
{
	const struct schema *schema = c->plan->schema;
	struct suggestion near = { 0 };
	struct text names = { 0 };

	for (int i = 0; i < schema->n; i++) {
		suggest(&near, e->text, schema->columns[i].name);
		if (i < 8)
			text_addf(&names, "%s%s", i > 0 ? ", " : "", schema->columns[i].name);
	}
	for (int i = 0; i < c->plan->nderived; i++)
		suggest(&near, e->text, c->plan->derived[i].name);
	if (near.word != NULL)
		error_set(c->err, "column %zu: no column '%s' (did you mean '%s'?)", e->at, e->text,
		    near.word);
	else
		error_set(c->err, "column %zu: no column '%s' (there are %s%s)", e->at, e->text,
		    text_get(&names), schema->n > 8 ? ", ..." : "");
	text_done(&names);
	return -1;
}

static int
compile_name(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	int param = scope_param(scope, e), column;

	if (param >= 0)
		return compile_bound(c, scope, param);
	for (int i = c->plan->nderived - 1; i >= 0; i--) /* the latest of a name counts */
		if (strcmp(c->plan->derived[i].name, e->text) == 0)
			return c->plan->derived[i].node;
	column = schema_find(c->plan->schema, e->text);
	return column >= 0 ? leaf_column(c->plan, column) : unknown_column(c, e);
}

static int
compile(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	switch (e->kind) {
	case EXPR_NUMBER:
	case EXPR_DURATION:
		return leaf_constant(c->plan, e->number);
	case EXPR_TEXT:
		return leaf_text(c->plan, e->text);
	case EXPR_NAME:
		return compile_name(c, e, scope);
	case EXPR_CALL:
		break;
	}
	return compile_call(c, e, scope);
}

/* --- the plan ------------------------------------------------------------------------------------ */

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
	keys_done(&plan->keys);
	free(plan->lanes);
	free(plan->starts);
	free(plan);
}

void
plan_horizon(struct plan *plan, int rows)
{
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
	struct compiler c = { plan, err };
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
	struct compiler c = { plan, err };
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

bool
plan_reads(const struct plan *plan, int column)
{
	for (int i = 0; i < plan->n; i++)
		if (plan->nodes[i]->class == NULL && plan->nodes[i]->column == column)
			return true;
	return false;
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
