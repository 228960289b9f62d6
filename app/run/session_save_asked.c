/* session_save_asked.c - derived columns, KPIs and rules as lists of a dashboard file: those of the
 * file in force stay where they stand, what was added comes behind them, what was taken back goes. */
#include <stdlib.h>
#include <string.h>

#include "app/run/session_parts.h"
#include "data/base/times/times.h"
#include "data/expr/expr.h"
#include "data/query/query.h"

static void
add_duration(struct text *out, const char *key, int64_t ns)
{
	char buf[TIME_CHARS];

	if (ns <= 0)
		return;
	yaml_key(out, key);
	text_addn(out, buf, (size_t)duration_format(ns, buf));
}

static bool
has_derived(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nderived; i++)
		if (strcmp(q->derived[i].name, name) == 0)
			return true;
	return false;
}

static bool
has_kpi(const struct query *q, const char *name)
{
	bool has = false;

	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].expr != NULL && strcmp(q->kpis[i].name, name) == 0)
			return true;
	for (int i = 0; i < q->nwishes && !has; i++) {
		const char *expr;
		char *own = query_kpi_name(q->wishes[i].text, &expr);

		has = q->wishes[i].waits && strcmp(own, name) == 0;
		free(own);
	}
	return has;
}

static bool
has_rule(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nrules; i++)
		if (strcmp(q->rules[i].rule.name, name) == 0)
			return true;
	return false;
}

/* What an expression without a name is called. */
static char *
name_of(const char *name, const char *expr)
{
	struct expr *tree = name == NULL ? expr_parse(expr, NULL) : NULL;
	struct text out = { 0 };

	if (tree != NULL)
		expr_print(tree, &out);
	else
		text_add(&out, name != NULL ? name : expr);
	expr_free(tree);
	return out.s;
}

typedef bool has_name(const struct query *, const char *name);

/* Those of a list of the file that are asked for no more go; the names of the others are left. */
static void
save_list(
    struct yaml_edit *e, const char *key, char **names, int n, const struct query *q, has_name *has)
{
	for (int i = n - 1; i >= 0; i--)
		if (!has(q, names[i])) {
			yaml_edit_remove(e, key, i);
			names[i][0] = '\0';
		}
}

static void
free_names(char **names, int n)
{
	for (int i = 0; i < n; i++)
		free(names[i]);
	free(names);
}

/* What stands in the file already, under a key of item i, is written anew where it would mean
 * something else. */
static void
respell(struct yaml_edit *e, const char *list, int i, const char *key, const struct query *q,
    const char *expr, int known)
{
	char *spelled = expr != NULL ? query_spelled(q, expr, known) : NULL;
	char *plain = name_of(NULL, expr != NULL ? expr : "");
	struct text text = { 0 };

	if (spelled != NULL && strcmp(spelled, expr) != 0 && strcmp(spelled, plain) != 0) {
		yaml_text(&text, spelled);
		yaml_edit_set_in(e, list, i, key, text_get(&text));
	}
	text_done(&text);
	free(plain);
	free(spelled);
}

static void
add_spelled(struct text *out, const char *key, const struct query *q, const char *expr, int known)
{
	char *spelled = expr != NULL ? query_spelled(q, expr, known) : NULL;

	yaml_pair(out, key, spelled);
	free(spelled);
}

static int
place_among(char *const *names, int n, const char *name)
{
	int i = 0;

	while (i < n && strcmp(names[i], name) != 0)
		i++;
	return i;
}

static void
save_derived(struct yaml_edit *e, const struct config *c, const struct query *q)
{
	char **names = memory_new((size_t)c->nderive + 1, sizeof *names);
	struct text text = { 0 };

	for (int i = 0; i < c->nderive; i++)
		names[i] = name_of(c->derive[i].name, NULL);
	for (int i = 0; i < q->nderived; i++) {
		const struct derivation *d = &q->derived[i];
		int at = place_among(names, c->nderive, d->name);

		if (at < c->nderive) {
			respell(e, "derive", at, "expr", q, d->expr, d->known);
			continue;
		}
		text_clear(&text);
		text_addc(&text, '{');
		yaml_pair(&text, "name", d->name);
		add_spelled(&text, "expr", q, d->expr, d->known);
		text_addc(&text, '}');
		yaml_edit_append(e, "derive", text_get(&text));
	}
	save_list(e, "derive", names, c->nderive, q, has_derived);
	free_names(names, c->nderive);
	text_done(&text);
}

/* A KPI that is called by its expression is that alone; beside: the default ones stay. q NULL: it
 * is written as it is. */
static void
write_kpi(const struct query *q, const struct kpi *kpi, bool beside, struct text *out)
{
	char *spelled = q != NULL ? query_spelled(q, kpi->expr, kpi->known)
				  : memory_text(kpi->expr, strlen(kpi->expr));
	char *own = name_of(NULL, kpi->expr);
	struct text expr = { 0 };

	text_addf(&expr, "%s%s", beside ? "+" : "", spelled);
	if (strcmp(own, kpi->name) == 0) {
		yaml_text(out, text_get(&expr));
	} else {
		text_addc(out, '{');
		yaml_pair(out, "name", kpi->name);
		yaml_pair(out, "expr", text_get(&expr));
		text_addc(out, '}');
	}
	text_done(&expr);
	free(spelled);
	free(own);
}

/* A KPI that waits for the columns of a source. */
static void
save_waiting(struct yaml_edit *e, char *const *names, int n, const char *text, bool beside)
{
	struct text item = { 0 };
	const char *expr;
	char *name = query_kpi_name(text, &expr);

	if (place_among(names, n, name) == n) {
		struct kpi kpi = { .name = name, .expr = memory_text(expr, strlen(expr)) };

		write_kpi(NULL, &kpi, beside, &item);
		yaml_edit_append(e, "kpis", text_get(&item));
		free(kpi.expr);
	}
	text_done(&item);
	free(name);
}

static bool
has_defaults(const struct query *q)
{
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].expr == NULL)
			return true;
	return false;
}

static void
save_kpis(struct yaml_edit *e, const struct config *c, const struct query *q)
{
	char **names = memory_new((size_t)c->nkpis + 1, sizeof *names);
	bool beside = has_defaults(q);
	struct text text = { 0 };

	for (int i = 0; i < c->nkpis; i++)
		names[i] = name_of(c->kpis[i].name, c->kpis[i].expr.s);
	for (int i = 0; i < q->nkpis; i++) {
		const struct kpi *kpi = &q->kpis[i];
		int at = place_among(names, c->nkpis, kpi->name);

		if (kpi->expr != NULL && at < c->nkpis)
			respell(e, "kpis", at, "expr", q, kpi->expr, kpi->known);
		if (kpi->expr == NULL || at < c->nkpis)
			continue;
		text_clear(&text);
		write_kpi(q, kpi, beside, &text);
		yaml_edit_append(e, "kpis", text_get(&text));
	}
	for (int i = 0; i < q->nwishes; i++)
		if (q->wishes[i].waits)
			save_waiting(e, names, c->nkpis, q->wishes[i].text, beside);
	save_list(e, "kpis", names, c->nkpis, q, has_kpi);
	free_names(names, c->nkpis);
	text_done(&text);
}

static void
write_rule(const struct query *q, const struct rule *r, struct text *out)
{
	const struct alert_rule *rule = &r->rule;

	text_addc(out, '{');
	yaml_pair(out, "name", rule->name);
	add_spelled(out, "when", q, rule->when, r->known);
	if (rule->lasting.unit == SPAN_ROWS) {
		yaml_key(out, "for");
		text_addf(out, "%lld rows", (long long)rule->lasting.n);
	} else if (rule->lasting.unit == SPAN_TIME) {
		add_duration(out, "for", rule->lasting.n);
	}
	add_spelled(out, "clear", q, rule->clear, r->known);
	add_duration(out, "keep", rule->keep);
	add_duration(out, "cooldown", rule->cooldown);
	yaml_pair(out, "severity", severity_name(rule->severity));
	text_addc(out, '}');
}

static void
save_rules(struct yaml_edit *e, const struct config *c, const struct query *q)
{
	char **names = memory_new((size_t)c->nalerts + 1, sizeof *names);
	struct text text = { 0 };

	for (int i = 0; i < c->nalerts; i++)
		names[i] = name_of(c->alerts[i].name, c->alerts[i].when.s);
	for (int i = 0; i < q->nrules; i++) {
		const struct rule *r = &q->rules[i];
		int at = place_among(names, c->nalerts, r->rule.name);

		if (at < c->nalerts) {
			respell(e, "alerts", at, "when", q, r->rule.when, r->known);
			respell(e, "alerts", at, "clear", q, r->rule.clear, r->known);
			continue;
		}
		text_clear(&text);
		write_rule(q, r, &text);
		yaml_edit_append(e, "alerts", text_get(&text));
	}
	save_list(e, "alerts", names, c->nalerts, q, has_rule);
	free_names(names, c->nalerts);
	text_done(&text);
}

void
session_save_asked(struct yaml_edit *e, const struct config *c, const struct query *q)
{
	save_derived(e, c, q);
	save_kpis(e, c, q);
	save_rules(e, c, q);
}
