/* waiting.c - what names columns that no source has, while sources are yet to come.
 *
 * It keeps its place in the query, uncompiled, and is asked anew with each source that comes. When
 * the last one is there, what still fits nothing is wrong, as it would have been at the start. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

void
query_expect(struct query *q, bool expects)
{
	q->expects = expects;
}

bool
has_to_wait(const struct query *q, const char *expr)
{
	return q->expects && names_unknown(q, expr);
}

bool
rule_has_to_wait(const struct query *q, const struct alert_rule *rule)
{
	return has_to_wait(q, rule->when) || (rule->clear != NULL && has_to_wait(q, rule->clear));
}

char *
query_kpi_name(const char *text, const char **expr)
{
	struct text canonical = { 0 };
	struct expr *tree;
	char *name;

	*expr = named_expr(text, ':', &name);
	if (name != NULL)
		return name;
	tree = expr_parse(*expr, NULL);
	if (tree != NULL)
		expr_print(tree, &canonical);
	expr_free(tree);
	return canonical.s;
}

static void
add_waiting(struct text *out, const char *kind, const char *name, int *n)
{
	text_addf(out, "%s%s '%.60s'", (*n)++ > 0 ? ", " : "", kind, name);
}

int
query_waiting(const struct query *q, struct text *out)
{
	int n = 0;

	for (int i = 0; i < q->nderived && q->bound; i++)
		if (q->derived[i].root < 0)
			add_waiting(out, "column", q->derived[i].name, &n);
	for (int i = 0; i < q->nwishes && q->bound; i++) {
		const char *expr;
		char *name = q->wishes[i].waits ? query_kpi_name(q->wishes[i].text, &expr) : NULL;

		if (name != NULL)
			add_waiting(out, "KPI", name, &n);
		free(name);
	}
	for (int i = 0; i < q->nrules && q->bound; i++)
		if (q->rules[i].when < 0)
			add_waiting(out, "alert", q->rules[i].rule.name, &n);
	return n;
}
