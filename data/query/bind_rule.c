/* bind_rule.c - a rule against the columns that there are. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

static bool
constant_of(const struct expr *e, double *v)
{
	bool negative = e->kind == EXPR_CALL && strcmp(e->text, "neg") == 0;

	if (negative)
		e = e->args[0];
	if (e->kind != EXPR_NUMBER && e->kind != EXPR_DURATION)
		return false;
	*v = negative ? -e->number : e->number;
	return true;
}

/* "column < number", "number >= column": a line in the chart of the column. */
static void
find_threshold(const struct query *q, struct rule *r)
{
	static const char signs[] = "<= < >= >";
	struct expr *tree = expr_parse(r->rule.when, NULL);
	const struct expr *name = NULL;
	struct found f;

	if (tree == NULL)
		return;
	if (tree->kind == EXPR_CALL && tree->n == 2 && strstr(signs, tree->text) != NULL) {
		bool greater = tree->text[0] == '>';

		if (constant_of(tree->args[1], &r->threshold_at))
			name = tree->args[0];
		else if (constant_of(tree->args[0], &r->threshold_at))
			name = tree->args[1];
		r->threshold_above = greater == (name == tree->args[0]);
	}
	if (name != NULL && name->kind == EXPR_NAME) {
		f = find_column(q, name->text, known_sources(q));
		r->threshold = f.matches == 1 && f.source == r->source && f.column >= 0;
		r->threshold_column = f.column;
	}
	expr_free(tree);
}

static int
bind_clear(struct query *q, struct rule *r, int index, struct error *err)
{
	struct resolution clear = { .query = q, .err = err, .home = r->source };

	r->clear = resolve(&clear, r->rule.clear);
	free(clear.columns);
	return r->clear < 0 ? error_subject(err, ERROR_CLEAR, index, r->rule.clear) : 0;
}

int
bind_rule(struct query *q, struct rule *r, int index, struct error *err)
{
	struct resolution when = { .query = q, .err = err, .home = -1 };
	int root = resolve(&when, r->rule.when);

	r->columns = when.columns;
	r->ncolumns = when.ncolumns;
	if (root < 0)
		return error_subject(err, ERROR_RULE, index, r->rule.when);
	r->source = when.home;
	r->known = when.known;
	find_threshold(q, r);
	if (r->rule.clear != NULL && bind_clear(q, r, index, err) != 0)
		return -1;
	r->when = root;
	return 0;
}
