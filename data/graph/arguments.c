/* arguments.c - the arguments of a call, against the table of its operator: by position and by
 * name, literals and expressions, defaults, and what a definition's calls inherit. */
#include <stdlib.h>
#include <string.h>

#include "data/base/params/suggest.h"
#include "data/base/times/times.h"
#include "data/graph/other_names.h"
#include "data/graph/planner_parts.h"

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
	return error_column(c->err, (int)arg->at, "%s must be written out, not computed", p->name);
}

/* A name in a definition that is one of its parameters; -1. */
int
scope_param(const struct scope *scope, const struct expr *e)
{
	return scope != NULL && e->kind == EXPR_NAME ? find_param(scope->class, e->text) : -1;
}

/* max(a, b) of a row is max2(a, b) here, where the second argument is a window. */
static int
no_window(struct compiler *c, const struct call *call, const struct expr *arg)
{
	const char *two = other_of_two(call->class->name);
	struct text written = { 0 };

	expr_print(arg, &written);
	if (two != NULL)
		error_column(c->err, (int)arg->at,
		    "w: '%.60s' is no window (%s(a, b) compares two values of a row; a window is "
		    "rows such as 60, a duration such as 5m, or all)",
		    text_get(&written), two);
	else
		error_column(c->err, (int)arg->at,
		    "w: '%.60s' is no window (expected rows such as 60, a duration such as 5m, or "
		    "all)",
		    text_get(&written));
	text_done(&written);
	return -1;
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
	if (p->type == PARAM_WINDOW &&
	    (arg->kind == EXPR_CALL || (arg->kind == EXPR_NAME && strcmp(arg->text, "all") != 0)))
		return no_window(c, call, arg);
	if (argument_text(c, arg, p, &text) < 0) {
		text_done(&text);
		return -1;
	}
	status = value_parse(&call->values[param], p, text_get(&text), &what);
	text_done(&text);
	if (status < 0)
		return error_column(c->err, (int)arg->at, "%s: %s", p->name, what.text);
	return 0;
}

/* --- times in comparisons --------------------------------------------------------------------- */

/* The other side of a comparison; NULL: the call is none. */
static const struct expr *
compared_with(const struct call *call, const struct expr *arg)
{
	const struct expr *e = call->expr;

	if (call->class->family == NULL || strcmp(call->class->family, "comparison") != 0 ||
	    e->n != 2)
		return NULL;
	return e->args[e->args[0] == arg];
}

static bool
is_time(struct compiler *c, const struct expr *e)
{
	int node = e->kind == EXPR_NAME ? compile(c, e, NULL) : -1, column;

	if (node < 0 || c->plan->nodes[node]->class != NULL)
		return false;
	column = c->plan->nodes[node]->column;
	return column >= 0 && c->plan->schema->columns[column].type == COLUMN_TIME;
}

/* 2026-01-31 without quotes, which is 1994. */
static bool
is_bare_date(const struct expr *e)
{
	const struct expr *part[3];

	if (e->kind != EXPR_CALL || strcmp(e->text, "-") != 0 || e->args[0]->kind != EXPR_CALL ||
	    strcmp(e->args[0]->text, "-") != 0 || e->args[0]->brackets > 0)
		return false;
	part[0] = e->args[0]->args[0];
	part[1] = e->args[0]->args[1];
	part[2] = e->args[1];
	for (int i = 0; i < 3; i++)
		if (part[i]->kind != EXPR_NUMBER || strlen(part[i]->written) != (i == 0 ? 4 : 2))
			return false;
	return true;
}

/* A word that is no column, compared with a text: the quotes were forgotten. */
static bool
is_bare_text(struct compiler *c, const struct expr *arg, const struct expr *other)
{
	struct suggestion near = { 0 };
	const struct schema *schema = c->plan->schema;
	struct error unused, *err = c->err;
	int node;

	if (arg->kind != EXPR_NAME || schema_find(schema, arg->text) >= 0 ||
	    name_index_find(&c->plan->derived_names, arg->text, strlen(arg->text)) >= 0)
		return false;
	for (int i = 0; i < schema->n; i++)
		suggest(&near, arg->text, schema->columns[i].name);
	if (near.word != NULL) /* it was a slip */
		return false;
	c->err = &unused;
	node = other->kind == EXPR_NAME ? compile(c, other, NULL) : -1;
	c->err = err;
	return node >= 0 && c->plan->nodes[node]->result == RESULT_TEXT;
}

/* An input of a call; beside a column of times a text is a time, in seconds as these are. */
static int
compile_input(
    struct compiler *c, const struct call *call, const struct expr *arg, const struct scope *scope)
{
	const struct expr *other = scope == NULL ? compared_with(call, arg) : NULL;
	int64_t ns;

	if (other != NULL && is_bare_text(c, arg, other))
		return error_column(c->err, (int)arg->at,
		    "no column '%s' (a text stands in quotes: \"%s\")", arg->text, arg->text);
	if (other == NULL || (arg->kind != EXPR_TEXT && !is_bare_date(arg)) || !is_time(c, other))
		return compile(c, arg, scope);
	if (arg->kind != EXPR_TEXT)
		return error_column(c->err, (int)(arg->args[0]->args[0]->at),
		    "a date without quotes is a subtraction (write it as a text: "
		    "\"%s-%s-%s\")",
		    arg->args[0]->args[0]->written, arg->args[0]->args[1]->written,
		    arg->args[1]->written);
	if (!time_parse(arg->text, strlen(arg->text), false, &ns))
		return error_column(c->err, (int)arg->at,
		    "\"%.40s\" is no time (expected such as \"2026-01-31T12:00:00\")", arg->text);
	return leaf_constant(c->plan, time_seconds(ns));
}

/* --- what is written in the brackets ---------------------------------------------------------- */

static bool
takes_texts(enum param_type type)
{
	return type == PARAM_ANY || type == PARAM_ANYS;
}

static int
add_input(struct compiler *c, struct call *call, int param, const struct expr *arg,
    const struct scope *scope)
{
	const struct param *p = &call->class->params[param];
	int node = compile_input(c, call, arg, scope);
	enum op_result result;

	if (node < 0)
		return -1;
	if (call->ninputs == MAX_INPUTS)
		return error_column(c->err, (int)arg->at, "more than %d inputs", MAX_INPUTS);
	result = c->plan->nodes[node]->result;
	if (!takes_texts(p->type) && result == RESULT_TEXT) {
		int number = leaf_number(c->plan, node);

		node = number >= 0 ? number : node;
		result = c->plan->nodes[node]->result;
	}
	if (!takes_texts(p->type) && result == RESULT_TEXT)
		return error_column(c->err, (int)arg->at, "%s is a text, and '%s' takes numbers",
		    c->plan->nodes[node]->key, call->class->name);
	for (int i = 0, input = 0; i < param; i++) {
		if (call->class->params[i].type == PARAM_ANY && p->type == PARAM_ANY &&
		    c->plan->nodes[call->inputs[input]]->result != result)
			return error_column(c->err, (int)arg->at, "a text beside a number in '%s'",
			    call->class->name);
		input += param_is_input(call->class->params[i].type);
	}
	if (call->ninputs > 0 && call->class->part != NULL && !call->class->part->gathers &&
	    c->plan->nodes[node]->class == NULL && c->plan->nodes[node]->column < 0)
		return error_column(c->err, (int)arg->at,
		    "%s is a constant (expected a second series)", c->plan->nodes[node]->key);
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
find_argument_name(
    struct compiler *c, const struct call *call, const struct expr *arg, const char *name)
{
	struct suggestion near = { 0 };
	int param = find_param(call->class, name);

	if (param >= 0 && !param_is_input(call->class->params[param].type))
		return param;
	for (int i = 0; i < count_params(call->class); i++)
		if (!param_is_input(call->class->params[i].type))
			suggest(&near, name, call->class->params[i].name);
	if (near.word == NULL)
		return error_column(c->err, (int)arg->at,
		    "%s has no parameter '%s' (`weir list ops %s` tells what it has)",
		    call->class->name, name, call->class->name);
	return error_column(c->err, (int)arg->at, "%s has no parameter '%s' (did you mean '%s'?)",
	    call->class->name, name, near.word);
}

/* Written in its turn: inputs, the window, and numbers that have to be said or have a default.
 * Choices and what may be left out are written by name, so that a slip such as mean(x, 60, 70) is
 * not taken for more. */
static bool
is_positional(const struct param *p)
{
	switch (p->type) {
	case PARAM_INPUT:
	case PARAM_ANY:
	case PARAM_INPUTS:
	case PARAM_ANYS:
	case PARAM_WINDOW:
	case PARAM_COUNT:
		return true;
	case PARAM_NUMBER:
	case PARAM_DURATION:
	case PARAM_SPAN:
		return p->fallback == NULL || *p->fallback != '\0';
	case PARAM_CHOICE:
	case PARAM_TEXT:
		break;
	}
	return false;
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
		while (name == NULL && position < n &&
		       !param_takes_many(call->class->params[position].type) &&
		       (set[position] || !is_positional(&call->class->params[position])))
			position++;
		param = name != NULL ? find_argument_name(c, call, arg, name) : position;
		if (param < 0)
			return -1;
		if (param >= n)
			return error_column(
			    c->err, (int)arg->at, "too many arguments for '%s'", call->class->name);
		if (name != NULL && set[param])
			return error_column(c->err, (int)arg->at, "%s is given twice", name);
		if (param_is_input(call->class->params[param].type)
			? add_input(c, call, param, arg, scope) < 0
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
		if (!param_is_input(p->type) && outer >= 0) {
			copy_value(&call->values[i], &scope->values[outer]);
			continue;
		}
		if (p->fallback == NULL)
			return error_column(c->err, (int)call->expr->at, "%s needs %s (%s)",
			    call->class->name, p->name, p->help);
		if (p->type == PARAM_WINDOW && *p->fallback == '\0')
			call->values[i].span = c->plan->window;
		else if (*p->fallback != '\0' && !param_is_input(p->type) &&
			 value_parse(&call->values[i], p, p->fallback, c->err) < 0)
			return -1;
	}
	return 0;
}

int
call_fill(struct compiler *c, struct call *call, const struct scope *scope)
{
	bool *set = memory_zero((size_t)count_params(call->class) + 1, sizeof *set);
	int status;

	call->values = values_new(call->class);
	status = fill_arguments(c, call, set, scope);
	if (status == 0)
		status = fill_defaults(c, call, set, scope);
	free(set);
	if (status < 0)
		values_free(call->class, call->values);
	return status;
}
