/* planner.c - trees of expressions into one plan, where equal parts are one node.
 *
 * Every node has a canonical key, "mean(x, 60)"; a node is looked up by it before it is made.
 * Operators that are defined in the language (op_class.means) leave no node of their own: their
 * definition is compiled in their place, with its parameters bound to what was given. A
 * definition's calls inherit the parameters of the same names, so "max(x) - min(x)" passes w=,
 * every= and gap= on. */
#include "data/graph/planner_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/params/suggest.h"
#include "data/graph/other_names.h"

/* --- parts and definitions -------------------------------------------------------------------- */

/* What the parts were given is said by their keys, and no more by those that read them: so the same
 * part is one, whether it was written in a definition or stands behind an operator. */
static void
forget_passed_on(const struct call *call, const struct op_class *part)
{
	for (; part != NULL; part = part->part)
		for (int i = 0; i < count_params(part); i++) {
			int outer = find_param(call->class, part->params[i].name);

			if (outer >= 0 && !param_is_input(part->params[i].type)) {
				value_done(&call->values[outer]);
				call->values[outer] = no_value;
			}
		}
}

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

		if (outer >= 0 && !param_is_input(part->params[i].type))
			copy_value(&inner.values[i], &call->values[outer]);
	}
	forget_passed_on(&inner, part->part);
	return intern_call(c, &inner);
}

/* A part that reads all inputs together: they become its one output. */
static int
gather(struct compiler *c, struct call *call, const struct op_class *part)
{
	struct call inner = { .expr = call->expr, .class = part, .ninputs = call->ninputs };
	int node;

	memcpy(inner.inputs, call->inputs, sizeof inner.inputs);
	inner.values = values_new(part);
	for (int i = 0; i < count_params(part); i++) {
		int outer = find_param(call->class, part->params[i].name);

		if (outer >= 0 && !param_is_input(part->params[i].type))
			copy_value(&inner.values[i], &call->values[outer]);
	}
	node = intern_call(c, &inner);
	if (node < 0)
		return -1;
	call->inputs[0] = node;
	call->ninputs = 1;
	return 0;
}

/* Passes the inputs through the class's part, each on its own or all together. */
static int
pass_through_part(struct compiler *c, struct call *call)
{
	const struct op_class *part = call->class->part;

	if (part->gathers)
		return gather(c, call, part);
	for (int i = 0; i < call->ninputs; i++) {
		call->inputs[i] = wrap(c, call, part, call->inputs[i]);
		if (call->inputs[i] < 0)
			return -1;
	}
	return 0;
}

/* What the call stands for, in the language. */
static const char *
definition(const struct call *call)
{
	int halflife = call->class->fading != NULL ? find_param(call->class, "halflife") : -1;

	if (halflife >= 0 &&
	    value_given(&call->values[halflife], call->class->params[halflife].type))
		return call->class->fading;
	return call->class->means;
}

static int
compile_definition(struct compiler *c, struct call *call)
{
	struct scope scope = { call->class, call->inputs, call->ninputs, call->values };
	struct expr *e = expr_parse(definition(call), c->err);
	const struct expr *outer = c->origin;
	int node = -1;

	if (outer == NULL)
		c->origin = call->expr;
	if (e != NULL)
		node = compile(c, e, &scope);
	c->origin = outer;
	expr_free(e);
	values_free(call->class, call->values);
	return node;
}

/* --- calls ------------------------------------------------------------------------------------ */

static const struct op_class *
find_operator(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	const struct op_class *class = op_class_find(e->text);
	struct suggestion near = { 0 };
	struct text ours = { 0 };

	if (class != NULL && (*class->name != '.' || scope != NULL))
		return class;
	if (other_name(e->text, &ours) == 0) {
		error_column(c->err, (int)e->at, "no operator '%s' (it is written %s here)",
		    e->text, text_get(&ours));
		text_done(&ours);
		return NULL;
	}
	for (int i = 0; op_classes[i] != NULL; i++)
		if (*op_classes[i]->name != '.')
			suggest(&near, e->text, op_classes[i]->name);
	error_column(c->err, (int)e->at, "no operator '%s' (%s%s%s)", e->text,
	    near.word ? "did you mean '" : "`weir list ops` names them", near.word ? near.word : "",
	    near.word ? "'?" : "");
	return NULL;
}

static int
compile_call(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	struct call call = { .expr = e, .class = find_operator(c, e, scope) };

	if (call.class == NULL || call_fill(c, &call, scope) < 0)
		return -1;
	if (call.class->means != NULL)
		return compile_definition(c, &call);
	if (call.class->part != NULL) {
		if (pass_through_part(c, &call) < 0) {
			values_free(call.class, call.values);
			return -1;
		}
		forget_passed_on(&call, call.class->part);
	}
	return intern_call(c, &call);
}

/* --- names ------------------------------------------------------------------------------------ */

/* A name inside a definition: one of its inputs, or the number given for a parameter. */
static int
compile_bound(struct compiler *c, const struct scope *scope, int param)
{
	const struct param *params = scope->class->params;
	int input = 0;

	if (!param_is_input(params[param].type))
		return leaf_constant(c->plan, scope->values[param].number);
	for (int i = 0; i < param; i++)
		input += param_is_input(params[i].type);
	return input < scope->ninputs ? scope->inputs[input] : -1;
}

/* A word that other languages have for what is not there. */
static bool
is_nothing(const char *word)
{
	static const char *const words[] = { "null", "NA", "NaN", "none", "nil", "missing" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(words[i], word) == 0)
			return true;
	return false;
}

/* What a name that is no column is instead: -1 with err; 0: nothing known. */
static int
known_otherwise(struct compiler *c, const struct expr *e)
{
	const struct op_class *class = op_class_find(e->text);
	struct text form = { 0 };

	if (is_nothing(e->text))
		return error_column(c->err, (int)e->at,
		    "no column '%s' (missing(x, 1) is 1 where x has no value)", e->text);
	if (class == NULL || *class->name == '.')
		return 0;
	op_form_print(class, &form);
	error_column(
	    c->err, (int)e->at, "no column '%s' (the operator is %s)", e->text, text_get(&form));
	text_done(&form);
	return -1;
}

static int
unknown_column(struct compiler *c, const struct expr *e)
{
	const struct schema *schema = c->plan->schema;
	struct suggestion near = { 0 };
	struct text names = { 0 };

	if (known_otherwise(c, e) != 0)
		return -1;
	for (int i = 0; i < schema->n; i++) {
		suggest(&near, e->text, schema->columns[i].name);
		if (i < 8)
			text_addf(&names, "%s%s", i > 0 ? ", " : "", schema->columns[i].name);
	}
	for (int i = 0; i < c->plan->derived_names.n; i++)
		suggest(&near, e->text, c->plan->derived_names.names[i]);
	if (near.word != NULL)
		error_column(
		    c->err, (int)e->at, "no column '%s' (did you mean '%s'?)", e->text, near.word);
	else
		error_column(c->err, (int)e->at, "no column '%s' (there are %s%s)", e->text,
		    text_get(&names), schema->n > 8 ? ", ..." : "");
	text_done(&names);
	return -1;
}

static int
compile_name(struct compiler *c, const struct expr *e, const struct scope *scope)
{
	int param = scope_param(scope, e), column, derived;

	if (param >= 0)
		return compile_bound(c, scope, param);
	derived = name_index_find(&c->plan->derived_names, e->text, strlen(e->text));
	if (derived >= 0)
		return c->plan->derived[derived];
	column = plan_column(c->plan, e->text);
	return column >= 0 ? leaf_column(c->plan, column) : unknown_column(c, e);
}

int
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
