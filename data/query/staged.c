/* staged.c - asking anew beside a query in force, until the new one takes its place. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

struct query *
query_stage(const struct query *q, struct span window)
{
	struct query_options options = q->options;
	struct query *staged;

	options.window = window;
	staged = query_new(&options, q->names);
	for (int i = 0; i < q->nsources; i++)
		query_add_source(staged, q->sources[i].own);
	return staged;
}

static void
keep_derived(struct query *staged, const struct derivation *d)
{
	struct error err;
	struct text text = { 0 };

	text_addf(&text, "`%s`=%s", d->name, d->expr);
	query_derive(staged, text_get(&text), &err);
	text_done(&text);
}

static void
keep_late_kpi(struct query *staged, const struct query *q, const struct kpi *kpi)
{
	const char *expr = plan_key(q->sources[kpi->source].plan, kpi->root);
	struct error err;
	struct text text = { 0 };

	if (strcmp(kpi->name, expr) != 0)
		text_addf(&text, "%s: ", kpi->name);
	text_add(&text, expr);
	query_add_kpi(staged, text_get(&text), &err);
	text_done(&text);
}

static char *
copy(const char *s)
{
	return s != NULL ? memory_text(s, strlen(s)) : NULL;
}

static void
keep_rule(struct query *staged, const struct alert_rule *rule)
{
	struct alert_rule kept = *rule;
	struct error err;

	kept.name = copy(rule->name);
	kept.when = copy(rule->when);
	kept.clear = copy(rule->clear);
	query_add_rule(staged, &kept, &err);
}

/* What does not fit any more, or is there under its name, is left out. */
void
query_keep(struct query *staged, const struct query *q)
{
	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].late)
			keep_derived(staged, &q->derived[i]);
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].late)
			keep_late_kpi(staged, q, &q->kpis[i]);
	for (int i = 0; i < q->nrules; i++)
		if (q->rules[i].late)
			keep_rule(staged, &q->rules[i].rule);
}
