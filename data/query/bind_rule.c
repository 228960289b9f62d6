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

struct threshold {
	int column; /* of the rule's source; -1: the condition is no threshold */
	double at;
	bool above;
};

/* "column < number", "number >= column": a line in the chart of the column. */
static struct threshold
find_threshold(const struct query *q, const char *condition, int source)
{
	static const char signs[] = "<= < >= >";
	struct expr *tree = expr_parse(condition, NULL);
	struct threshold t = { .column = -1 };
	const struct expr *name = NULL;
	struct found f;

	if (tree == NULL)
		return t;
	if (tree->kind == EXPR_CALL && tree->n == 2 && strstr(signs, tree->text) != NULL) {
		bool greater = tree->text[0] == '>';

		if (constant_of(tree->args[1], &t.at))
			name = tree->args[0];
		else if (constant_of(tree->args[0], &t.at))
			name = tree->args[1];
		t.above = greater == (name == tree->args[0]);
	}
	if (name != NULL && name->kind == EXPR_NAME) {
		f = find_column(q, name->text, known_sources(q));
		t.column = f.matches == 1 && f.source == source ? f.column : -1;
	}
	expr_free(tree);
	return t;
}

static void
find_thresholds(const struct query *q, struct rule *r)
{
	struct threshold when = find_threshold(q, r->rule.when, r->source), clear;

	r->threshold = when.column >= 0;
	r->threshold_column = when.column;
	r->threshold_at = when.at;
	r->threshold_above = when.above;
	if (r->rule.clear == NULL)
		return;
	clear = find_threshold(q, r->rule.clear, r->source);
	r->clears = when.column >= 0 && clear.column == when.column;
	r->clears_at = clear.at;
}

/* A column of numbers alone is true in each row where it is not 0, which nobody means. */
static int
check_truth(const struct query *q, const char *condition, int source, struct error *err)
{
	struct expr *tree = expr_parse(condition, NULL);
	const struct query_source *s = &q->sources[source];
	struct found f = { .column = -1 };
	int status = 0;

	if (tree != NULL && tree->kind == EXPR_NAME)
		f = find_column(q, tree->text, known_sources(q));
	if (f.matches == 1 && f.column >= 0 && f.column < s->own->n &&
	    s->own->columns[f.column].type == COLUMN_NUMBER) {
		struct text name = { 0 };

		expr_print(tree, &name);
		status = error_column(err, 1,
		    "'%s' is a number, not a condition (write %s > 10, or %s != 0 where it is 0 or "
		    "1)",
		    tree->text, text_get(&name), text_get(&name));
		text_done(&name);
	}
	expr_free(tree);
	return status;
}

static int
bind_clear(struct query *q, struct rule *r, int index, struct error *err)
{
	struct resolution clear = { .query = q, .err = err, .home = r->source };

	r->clear = resolve(&clear, r->rule.clear);
	free(clear.columns);
	return r->clear < 0 || check_truth(q, r->rule.clear, r->source, err) != 0
		   ? error_subject(err, ERROR_CLEAR, index, r->rule.clear)
		   : 0;
}

int
bind_rule(struct query *q, struct rule *r, int index, struct error *err)
{
	struct resolution when = { .query = q, .err = err, .home = -1 };
	int root = resolve(&when, r->rule.when);

	r->columns = when.columns;
	r->ncolumns = when.ncolumns;
	if (root < 0 || check_truth(q, r->rule.when, when.home, err) != 0)
		return error_subject(err, ERROR_RULE, index, r->rule.when);
	r->source = when.home;
	r->known = when.known;
	find_thresholds(q, r);
	if (r->rule.clear != NULL && bind_clear(q, r, index, err) != 0)
		return -1;
	r->when = root;
	return 0;
}
