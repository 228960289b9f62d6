/* query_match.c - which parts of what is asked for anew are what was there before. */
#include "data/query/query_match.h"

#include <stdlib.h>
#include <string.h>

static bool is_same(struct query_match *, int source, int node);

static const struct derivation *
derivation_of(const struct query *q, int source, int column)
{
	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].source == source && q->derived[i].column == column)
			return &q->derived[i];
	return NULL;
}

static const char *
root_key(const struct query *q, int source, int root)
{
	return plan_node(q->sources[source].plan, root)->key;
}

/* A root of was is the same as one of is. */
static bool
same_root(struct query_match *t, int source, int was, int is)
{
	const struct plan *plan = t->is->sources[source].plan;

	return strcmp(root_key(t->was, source, was), root_key(t->is, source, is)) == 0 &&
	       is_same(t, source, plan_root_node(plan, is));
}

static const struct joined *
joined_of(const struct query *q, int to, const char *name)
{
	for (int i = 0; i < q->njoined; i++)
		if (q->joined[i].to == to && strcmp(q->joined[i].name, name) == 0)
			return &q->joined[i];
	return NULL;
}

static bool
same_joined(struct query_match *t, int to, const char *name)
{
	const struct joined *was = joined_of(t->was, to, name), *is = joined_of(t->is, to, name);
	const struct derivation *before, *now;

	if (was == NULL || is == NULL || was->from != is->from || was->type != is->type)
		return false;
	before = derivation_of(t->was, was->from, was->column);
	now = derivation_of(t->is, is->from, is->column);
	if (before == NULL || now == NULL)
		return before == now && was->column == is->column;
	return same_root(t, is->from, before->root, now->root);
}

static bool
find_same(struct query_match *t, int source, int i)
{
	const struct query_source *s = &t->is->sources[source];
	const struct node *node = plan_node_at(s->plan, i);

	if (source >= t->was->nsources || plan_find(t->was->sources[source].plan, node->key) < 0)
		return false;
	if (node->class == NULL && node->column >= s->own->n)
		return same_joined(t, source, s->inner.columns[node->column].name);
	for (int k = 0; k < node->ninputs; k++)
		if (!is_same(t, source, node->inputs[k]))
			return false;
	return true;
}

static bool
is_same(struct query_match *t, int source, int node)
{
	struct match_flags *f = &t->flags[source];

	if (!f->known[node]) {
		f->same[node] = find_same(t, source, node);
		f->known[node] = true;
	}
	return f->same[node];
}

struct query_match
query_match(const struct query *was, const struct query *is)
{
	struct query_match t = { was, is, memory_zero((size_t)is->nsources, sizeof *t.flags) };

	for (int s = 0; s < is->nsources; s++) {
		size_t n = (size_t)plan_nodes(is->sources[s].plan);

		t.flags[s].known = memory_zero(n, sizeof(bool));
		t.flags[s].same = memory_zero(n, sizeof(bool));
	}
	for (int s = 0; s < is->nsources; s++)
		for (int i = 0; i < plan_nodes(is->sources[s].plan); i++)
			is_same(&t, s, i);
	return t;
}

void
query_match_done(struct query_match *t)
{
	for (int s = 0; s < t->is->nsources; s++) {
		free(t->flags[s].known);
		free(t->flags[s].same);
	}
	free(t->flags);
}

int
query_match_joined(struct query_match *t, int joined)
{
	const struct joined *is = &t->is->joined[joined];

	if (!same_joined(t, is->to, is->name))
		return -1;
	return (int)(joined_of(t->was, is->to, is->name) - t->was->joined);
}

/* --- who was who ------------------------------------------------------------------------------ */

static int
kpi_was(struct query_match *t, const struct kpi *kpi)
{
	int found = -1;

	for (int i = 0; i < t->was->nkpis; i++) {
		const struct kpi *was = &t->was->kpis[i];

		if (was->source != kpi->source || !same_root(t, kpi->source, was->root, kpi->root))
			continue;
		if (strcmp(was->name, kpi->name) == 0)
			return i;
		found = found < 0 ? i : found;
	}
	return found;
}

static bool
same_clear(struct query_match *t, const struct rule *was, const struct rule *is)
{
	if (was->clear < 0 || is->clear < 0)
		return was->clear == is->clear;
	return same_root(t, is->source, was->clear, is->clear);
}

/* How long it has to last, what it is worth and what it does may change under way. */
static int
rule_was(struct query_match *t, const struct rule *rule)
{
	for (int i = 0; i < t->was->nrules; i++) {
		const struct rule *was = &t->was->rules[i];

		if (strcmp(was->rule.name, rule->rule.name) == 0 && was->source == rule->source &&
		    rule->when >= 0 && was->when >= 0 &&
		    same_root(t, rule->source, was->when, rule->when) && same_clear(t, was, rule))
			return i;
	}
	return -1;
}

static int
column_was(struct query_match *t, const struct derivation *d)
{
	for (int i = 0; i < t->was->nderived; i++) {
		const struct derivation *was = &t->was->derived[i];

		if (was->source == d->source && strcmp(was->name, d->name) == 0 && was->root >= 0 &&
		    d->root >= 0 && same_root(t, d->source, was->root, d->root))
			return was->column;
	}
	return -1;
}

void
query_match_mark(struct query_match *t, struct query *is)
{
	for (int i = 0; i < is->nkpis; i++)
		is->kpis[i].was = kpi_was(t, &is->kpis[i]);
	for (int i = 0; i < is->nrules; i++)
		is->rules[i].was = rule_was(t, &is->rules[i]);
	for (int i = 0; i < is->nderived; i++)
		is->derived[i].was = column_was(t, &is->derived[i]);
}

int
query_column_was(const struct query *q, int source, int column)
{
	const struct derivation *d = derivation_of(q, source, column);

	return column < q->sources[source].own->n ? column : d != NULL ? d->was : -1;
}
