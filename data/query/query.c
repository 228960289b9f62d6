/* query.c - what was asked for: made, and asked for derived columns, KPIs and rules. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

enum { WINDOW_ROWS = 60, HORIZON = 12 };

struct query *
query_new(const struct query_options *options, struct names *names)
{
	struct query *q = memory_zero(1, sizeof *q);

	q->options = *options;
	q->names = names;
	if (options->window.unit == SPAN_NONE)
		q->options.window = (struct span){ SPAN_ROWS, WINDOW_ROWS };
	if (options->horizon <= 0)
		q->options.horizon = HORIZON;
	if (options->horizon > HORIZON_MAX)
		q->options.horizon = HORIZON_MAX;
	if (options->by != NULL)
		q->by = memory_text(options->by, strlen(options->by));
	q->options.by = q->by;
	return q;
}

static void
asked_done(struct query *q)
{
	for (int i = 0; i < q->nderived; i++) {
		free(q->derived[i].name);
		free(q->derived[i].expr);
	}
	for (int i = 0; i < q->naliases; i++)
		free(q->aliases[i].name);
	for (int i = 0; i < q->nwishes; i++)
		free(q->wishes[i].text);
	for (int i = 0; i < q->nkpis; i++) {
		free(q->kpis[i].name);
		free(q->kpis[i].expr);
	}
	for (int i = 0; i < q->nrules; i++) {
		alert_rule_done(&q->rules[i].rule);
		free(q->rules[i].columns);
	}
}

void
query_free(struct query *q)
{
	if (q == NULL)
		return;
	for (int i = 0; i < q->nsources; i++)
		source_done(&q->sources[i]);
	asked_done(q);
	name_index_done(&q->kpi_names);
	name_index_done(&q->rule_names);
	name_index_done(&q->hidden);
	free(q->sources);
	free(q->joined);
	free(q->derived);
	free(q->aliases);
	free(q->wishes);
	free(q->kpis);
	free(q->rules);
	free(q->by);
	free(q);
}

/* What is wrong with an expression whatever the columns are, is said at once. */
static int
check_syntax(enum error_subject subject, int index, const char *text, struct error *err)
{
	struct expr *tree = expr_parse(text, err);

	if (tree == NULL)
		return error_subject(err, subject, index, text);
	expr_free(tree);
	return 0;
}

int
query_derive(struct query *q, const char *text, struct error *err)
{
	struct derivation d = { .root = -1, .column = -1, .late = q->bound, .was = -1 };
	const char *expr = named_expr(text, '=', &d.name);
	int status = -1;

	if (d.name == NULL) {
		error_set(err, "no name (write NAME = EXPR)");
		return error_subject(err, ERROR_DERIVED, q->nderived, text);
	}
	if (check_syntax(ERROR_DERIVED, q->nderived, expr, err) == 0) {
		d.expr = memory_text(expr, strlen(expr));
		status = q->bound ? bind_derived(q, &d, q->nderived, err) : 0;
	}
	if (status != 0) {
		free(d.name);
		free(d.expr);
		return -1;
	}
	q->derived = memory_grow(q->derived, (size_t)q->nderived + 1, sizeof *q->derived);
	q->derived[q->nderived++] = d;
	q->version++;
	return 0;
}

int
query_add_kpi(struct query *q, const char *text, struct error *err)
{
	char *name;
	const char *expr = named_expr(text, ':', &name);

	free(name);
	if (check_syntax(ERROR_KPI, q->nwishes, expr, err) != 0)
		return -1;
	q->version++;
	if (q->bound)
		return bind_kpi(q, text, -1, err);
	q->wishes = memory_grow(q->wishes, (size_t)q->nwishes + 1, sizeof *q->wishes);
	q->wishes[q->nwishes++] = (struct kpi_wish){ memory_text(text, strlen(text)), false };
	return 0;
}

/* Conditions are called by their canonical text, and so is a rule without a name. */
static int
canonize(char **text, enum error_subject subject, int index, struct error *err)
{
	struct expr *tree = expr_parse(*text, err);
	struct text out = { 0 };

	if (tree == NULL)
		return error_subject(err, subject, index, *text);
	expr_print(tree, &out);
	expr_free(tree);
	free(*text);
	*text = out.s;
	return 0;
}

static int
check_rule(struct query *q, struct rule *r, struct error *err)
{
	bool unnamed = strcmp(r->rule.name, r->rule.when) == 0;

	if (canonize(&r->rule.when, ERROR_RULE, q->nrules, err) != 0 ||
	    (r->rule.clear != NULL && canonize(&r->rule.clear, ERROR_CLEAR, q->nrules, err) != 0))
		return -1;
	if (unnamed) {
		free(r->rule.name);
		r->rule.name = memory_text(r->rule.when, strlen(r->rule.when));
	}
	if (name_index_find(&q->rule_names, r->rule.name, strlen(r->rule.name)) >= 0) {
		error_set(
		    err, "two alerts are called '%.200s' (give one another NAME:)", r->rule.name);
		return error_subject(err, ERROR_RULE_NAME, q->nrules, NULL);
	}
	return 0;
}

int
query_add_rule(struct query *q, struct alert_rule *rule, struct error *err)
{
	struct rule r = { .rule = *rule, .when = -1, .clear = -1, .late = q->bound, .was = -1 };

	*rule = (struct alert_rule){ 0 };
	if (check_rule(q, &r, err) != 0 || (q->bound && bind_rule(q, &r, q->nrules, err) != 0)) {
		alert_rule_done(&r.rule);
		free(r.columns);
		return -1;
	}
	name_index_add(&q->rule_names, r.rule.name, strlen(r.rule.name));
	q->rules = memory_grow(q->rules, (size_t)q->nrules + 1, sizeof *q->rules);
	q->rules[q->nrules++] = r;
	q->version++;
	return 0;
}
