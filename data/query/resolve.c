/* resolve.c - which source an expression belongs to, and its way into that source's plan.
 *
 * An expression belongs to the source of the first column that it names, or to the first source
 * when it names none. Its plan knows that source's columns by their names; what else an expression
 * says is made known to it: "source.name" as another name of the same column, and a column of
 * another source as a foreign column, which enters with its latest value. */
#include <stdlib.h>
#include <string.h>

#include "data/base/suggest.h"
#include "data/engine/engine_parts.h"
#include "data/graph/op.h"

/* --- names to columns ------------------------------------------------------------------------- */

static int
source_of_hidden(const struct engine *e, const char *name)
{
	for (int i = 0; i < e->nderived; i++)
		if (e->derived[i].root >= 0 && e->derived[i].column < 0 &&
		    strcmp(e->derived[i].name, name) == 0)
			return e->derived[i].source;
	return -1;
}

struct found
find_column(const struct engine *e, const char *name)
{
	struct found f = { .source = -1, .column = -1 };

	for (int i = 0; i < e->nstreams; i++) {
		int column = schema_find(&e->streams[i]->shown, name);

		if (column >= 0 && f.matches++ == 0)
			f = (struct found){ i, column, 1, false };
	}
	for (int i = 0; i < e->nstreams && f.matches == 0; i++) {
		const struct schema *shown = &e->streams[i]->shown;
		size_t n = strlen(shown->source);
		int column = -1;

		if (strncmp(name, shown->source, n) == 0 && name[n] == '.')
			column = schema_find(shown, name + n + 1);
		if (column >= 0)
			f = (struct found){ i, column, 1, true };
	}
	if (f.matches == 0 && (f.source = source_of_hidden(e, name)) >= 0)
		f.matches = 1;
	return f;
}

/* Is this argument of a call a value of rows, rather than a window, a word or a number? */
static bool
is_input(const struct op_class *class, const struct expr *call, int arg)
{
	const struct param *p = class->params;
	int position = 0;

	if (call->names[arg] != NULL || p == NULL)
		return false;
	for (int i = 0; i < arg; i++)
		position += call->names[i] == NULL;
	for (; p->name != NULL && position > 0 && p->type != PARAM_INPUTS; p++)
		position--;
	return p->name != NULL &&
	       (p->type == PARAM_INPUT || p->type == PARAM_ANY || p->type == PARAM_INPUTS);
}

/* Calls visit for each name that stands for a column, in the order of the text; stops at its -1. */
static int
each_name(const struct expr *e, int (*visit)(void *, const struct expr *), void *arg)
{
	const struct op_class *class;

	if (e->kind == EXPR_NAME)
		return visit(arg, e);
	if (e->kind != EXPR_CALL || (class = op_class_find(e->text)) == NULL)
		return 0;
	for (int i = 0; i < e->n; i++)
		if (is_input(class, e, i) && each_name(e->args[i], visit, arg) != 0)
			return -1;
	return 0;
}

/* --- one expression --------------------------------------------------------------------------- */

static int
ambiguous(struct binding *b, const struct expr *name)
{
	struct text sources = { 0 };
	const char *first = NULL;

	for (int i = 0; i < b->engine->nstreams; i++) {
		const struct schema *shown = &b->engine->streams[i]->shown;

		if (schema_find(shown, name->text) < 0)
			continue;
		text_addf(&sources, "%s%s", first != NULL ? " and " : "", shown->source);
		first = first != NULL ? first : shown->source;
	}
	error_column(b->err, (int)name->at, "'%s' is a column of %s (say which: %s.%s)", name->text,
	    text_get(&sources), first, name->text);
	text_done(&sources);
	return -1;
}

static int
find_home(void *arg, const struct expr *name)
{
	struct binding *b = arg;
	struct found f = find_column(b->engine, name->text);

	if (f.matches > 1)
		return ambiguous(b, name);
	if (f.matches == 1 && b->home < 0)
		b->home = f.source;
	return 0;
}

static void
name_column(struct binding *b, int column)
{
	int at = 0;

	while (at < b->ncolumns && b->columns[at] < column)
		at++;
	if (at < b->ncolumns && b->columns[at] == column)
		return;
	b->columns = memory_grow(b->columns, (size_t)b->ncolumns + 1, sizeof *b->columns);
	memmove(
	    b->columns + at + 1, b->columns + at, (size_t)(b->ncolumns - at) * sizeof *b->columns);
	b->columns[at] = column;
	b->ncolumns++;
}

static int
add_alias(struct binding *b, const char *name, const char *column)
{
	struct engine *e = b->engine;
	struct text text = { 0 };
	struct expr own = { .kind = EXPR_NAME };
	int status;

	for (int i = 0; i < e->naliases; i++)
		if (e->aliases[i].source == b->home && strcmp(e->aliases[i].name, name) == 0)
			return 0;
	own.text = memory_text(column, strlen(column));
	expr_print(&own, &text);
	status = plan_derive(e->streams[b->home]->plan, name, text_get(&text), b->err);
	free(own.text);
	text_done(&text);
	e->aliases = memory_grow(e->aliases, (size_t)e->naliases + 1, sizeof *e->aliases);
	e->aliases[e->naliases++] = (struct alias){ b->home, memory_text(name, strlen(name)) };
	return status;
}

static void
add_foreign(struct binding *b, const struct found *f, const char *name)
{
	struct engine *e = b->engine;

	if (schema_find(&e->streams[b->home]->inner, name) >= 0)
		return;
	e->joined = memory_grow(e->joined, (size_t)e->njoined + 1, sizeof *e->joined);
	e->joined[e->njoined++] = joined_new(e, f->source, f->column, b->home, name);
}

static int
make_known(void *arg, const struct expr *name)
{
	struct binding *b = arg;
	struct found f = find_column(b->engine, name->text);

	if (f.matches == 0 || f.column < 0)
		return 0; /* the plan knows it, or says what is wrong with it */
	if (f.source != b->home) {
		add_foreign(b, &f, name->text);
		return 0;
	}
	name_column(b, f.column);
	if (!f.qualified)
		return 0;
	return add_alias(b, name->text, b->engine->streams[f.source]->shown.columns[f.column].name);
}

static int
bind_tree(struct binding *b, const struct expr *tree)
{
	if (each_name(tree, find_home, b) != 0)
		return -1;
	if (b->home < 0)
		b->home = 0;
	return each_name(tree, make_known, b);
}

static void
look_for_drifts(struct stream *s)
{
	for (; s->scanned < plan_roots(s->plan); s->scanned++) {
		const struct node *node = plan_node(s->plan, s->scanned);

		if (node->class == NULL || strcmp(node->class->name, "drift") != 0)
			continue;
		s->drifts = memory_grow(s->drifts, (size_t)s->ndrifts + 1, sizeof *s->drifts);
		s->drifts[s->ndrifts++] = s->scanned;
	}
}

int
bind_text(struct binding *b, const char *text)
{
	struct expr *tree = expr_parse(text, b->err);
	int root = -1;

	if (tree == NULL)
		return -1;
	if (bind_tree(b, tree) == 0)
		root = plan_add(b->engine->streams[b->home]->plan, text, b->err);
	if (root >= 0)
		look_for_drifts(b->engine->streams[b->home]);
	expr_free(tree);
	return root;
}

const char *
named_expr(const char *text, char separator, char **name)
{
	const char *expr = expr_named(text, separator, name);

	return expr + strspn(expr, " \t");
}
