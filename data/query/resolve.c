/* resolve.c - which source an expression belongs to, and its way into that source's plan.
 *
 * An expression belongs to the source of the first column that it names, or to the first source
 * when it names none. Its plan knows that source's columns by their names; what else an expression
 * says is made known to it: "source.name" as another name of the same column, and a column of
 * another source as a joined column, which enters with its latest value. */
#include <stdlib.h>
#include <string.h>

#include "data/base/params/suggest.h"
#include "data/graph/op.h"
#include "data/query/query_parts.h"

/* --- names to columns ------------------------------------------------------------------------- */

/* In the sources from..to-1. */
static void
find_plain(const struct query *q, const char *name, int from, int to, struct found *f)
{
	for (int i = from; i < to; i++) {
		int column = name_index_find(&q->sources[i].columns, name, strlen(name));

		if (column >= 0 && f->matches++ == 0)
			*f = (struct found){ i, column, 1, false };
	}
}

static void
find_qualified(const struct query *q, const char *name, struct found *f)
{
	for (int i = 0; i < q->nsources && f->matches == 0; i++) {
		const char *source = q->sources[i].shown.source;
		size_t n = strlen(source);
		int column = -1;

		if (strncmp(name, source, n) == 0 && name[n] == '.')
			column = name_index_find(
			    &q->sources[i].columns, name + n + 1, strlen(name + n + 1));
		if (column >= 0)
			*f = (struct found){ i, column, 1, true };
	}
}

/* A derived column that was asked for while rows went, so that no schema shows it. */
static void
find_hidden(const struct query *q, const char *name, struct found *f)
{
	if (name_index_find(&q->hidden, name, strlen(name)) < 0)
		return;
	for (int i = 0; i < q->nderived && f->matches == 0; i++)
		if (q->derived[i].root >= 0 && q->derived[i].column < 0 &&
		    strcmp(q->derived[i].name, name) == 0)
			*f = (struct found){ q->derived[i].source, -1, 1, false };
}

struct found
find_column(const struct query *q, const char *name, int known)
{
	struct found f = { .source = -1, .column = -1 };

	find_plain(q, name, 0, known, &f);
	if (f.matches == 0)
		find_plain(q, name, known, q->nsources, &f);
	if (f.matches == 0)
		find_qualified(q, name, &f);
	if (f.matches == 0)
		find_hidden(q, name, &f);
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
	for (; p->name != NULL && position > 0 && !param_takes_many(p->type); p++)
		position--;
	return p->name != NULL && param_is_input(p->type);
}

int
each_column(const struct expr *e, int (*visit)(void *, const struct expr *), void *arg)
{
	const struct op_class *class;

	if (e->kind == EXPR_NAME)
		return visit(arg, e);
	if (e->kind != EXPR_CALL || (class = op_class_find(e->text)) == NULL)
		return 0;
	for (int i = 0; i < e->n; i++)
		if (is_input(class, e, i) && each_column(e->args[i], visit, arg) != 0)
			return -1;
	return 0;
}

/* --- one expression --------------------------------------------------------------------------- */

static int
ambiguous(struct resolution *r, const struct expr *name)
{
	struct text sources = { 0 };
	const char *first = NULL;

	for (int i = 0; i < r->query->nsources; i++) {
		const struct schema *shown = &r->query->sources[i].shown;

		if (schema_find(shown, name->text) < 0)
			continue;
		text_addf(&sources, "%s%s", first != NULL ? " and " : "", shown->source);
		first = first != NULL ? first : shown->source;
	}
	error_column(r->err, (int)name->at, "'%s' is a column of %s (say which: %s.%s)", name->text,
	    text_get(&sources), first, name->text);
	text_done(&sources);
	return -1;
}

/* "b.q" where there is a source b, which has no q. */
static int
unknown_in(struct resolution *r, const struct expr *name, const struct schema *shown)
{
	enum { SHOWN = 8 };
	const char *column = name->text + strlen(shown->source) + 1;
	struct text names = { 0 };
	int status;

	for (int i = 0; i < shown->n && i < SHOWN; i++)
		text_addf(&names, "%s%.60s", i > 0 ? ", " : "", shown->columns[i].name);
	status = error_column(r->err, (int)name->at, "%s has no column '%s' (it has %s%s)",
	    shown->source, column, text_get(&names), shown->n > SHOWN ? ", ..." : "");
	text_done(&names);
	return status;
}

/* 0: the plan says what is wrong with it. */
static int
unknown(struct resolution *r, const struct expr *name)
{
	for (int i = 0; i < r->query->nsources; i++) {
		const struct schema *shown = &r->query->sources[i].shown;
		size_t n = strlen(shown->source);

		if (shown->n > 0 && strncmp(name->text, shown->source, n) == 0 &&
		    name->text[n] == '.')
			return unknown_in(r, name, shown);
	}
	return 0;
}

static int
find_home(void *arg, const struct expr *name)
{
	struct resolution *r = arg;
	struct found f = find_column(r->query, name->text, r->known);

	if (f.matches == 0)
		return unknown(r, name);
	if (f.matches > 1)
		return ambiguous(r, name);
	if (f.matches == 1 && r->home < 0)
		r->home = f.source;
	return 0;
}

static void
name_column(struct resolution *r, int column)
{
	int at = 0;

	while (at < r->ncolumns && r->columns[at] < column)
		at++;
	if (at < r->ncolumns && r->columns[at] == column)
		return;
	r->columns = memory_grow(r->columns, (size_t)r->ncolumns + 1, sizeof *r->columns);
	memmove(
	    r->columns + at + 1, r->columns + at, (size_t)(r->ncolumns - at) * sizeof *r->columns);
	r->columns[at] = column;
	r->ncolumns++;
}

static int
add_alias(struct resolution *r, const char *name, const char *column)
{
	struct query *q = r->query;
	struct text text = { 0 };
	struct expr own = { .kind = EXPR_NAME };
	int status;

	for (int i = 0; i < q->naliases; i++)
		if (q->aliases[i].source == r->home && strcmp(q->aliases[i].name, name) == 0)
			return 0;
	own.text = memory_text(column, strlen(column));
	expr_print(&own, &text);
	status = plan_derive(q->sources[r->home].plan, name, text_get(&text), r->err);
	free(own.text);
	text_done(&text);
	q->aliases = memory_grow(q->aliases, (size_t)q->naliases + 1, sizeof *q->aliases);
	q->aliases[q->naliases++] = (struct alias){ r->home, memory_text(name, strlen(name)) };
	return status;
}

static int
make_known(void *arg, const struct expr *name)
{
	struct resolution *r = arg;
	struct found f = find_column(r->query, name->text, r->known);

	if (f.matches == 0 || f.column < 0)
		return 0; /* the plan knows it, or says what is wrong with it */
	if (f.source != r->home) {
		if (schema_find(&r->query->sources[r->home].inner, name->text) < 0)
			source_join(r->query, f.source, f.column, r->home, name->text);
		return 0;
	}
	name_column(r, f.column);
	if (!f.qualified)
		return 0;
	return add_alias(r, name->text, r->query->sources[f.source].shown.columns[f.column].name);
}

static int
place_tree(struct resolution *r, const struct expr *tree)
{
	if (each_column(tree, find_home, r) != 0)
		return -1;
	if (r->home < 0)
		r->home = query_first(r->query);
	return each_column(tree, make_known, r);
}

static int
is_known(void *arg, const struct expr *name)
{
	const struct query *q = arg;

	return find_column(q, name->text, known_sources(q)).matches > 0 ? 0 : -1;
}

bool
names_unknown(const struct query *q, const char *text)
{
	struct expr *tree = expr_parse(text, NULL);
	struct query *asked = (struct query *)(uintptr_t)q; /* it is only read */
	bool unknown = tree != NULL && each_column(tree, is_known, asked) != 0;

	expr_free(tree);
	return unknown;
}

int
resolve(struct resolution *r, const char *text)
{
	struct expr *tree = expr_parse(text, r->err);
	int root = -1;

	r->known = known_sources(r->query);
	if (tree == NULL)
		return -1;
	if (place_tree(r, tree) == 0)
		root = plan_add(r->query->sources[r->home].plan, text, r->err);
	expr_free(tree);
	return root;
}

const char *
named_expr(const char *text, char separator, char **name)
{
	const char *expr = expr_named(text, separator, name);

	return expr + strspn(expr, " \t");
}
