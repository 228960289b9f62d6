/* draft.c - what is asked for anew beside an engine that goes on, until it takes its place.
 *
 * Equal operators have equal keys in any plan, so the key tells whose state goes on. Only a column
 * of another source is called the same though it may be derived otherwise now: such a column, and
 * all that reads it, counts as another. */
#include <stdlib.h>
#include <string.h>

#include "data/engine_parts.h"
#include "data/expr/plan.h"

/* --- a draft ---------------------------------------------------------------------------------- */

static struct stream *
draft_stream(const struct engine *draft, const struct stream *of)
{
	struct stream *s = memory_zero(1, sizeof *s);

	s->index = of->index;
	s->feed = of->feed;
	s->own = of->own;
	s->by = of->by;
	stream_shape(draft, s);
	return s;
}

struct engine *
engine_draft(const struct engine *e, struct span window)
{
	struct engine *draft = memory_zero(1, sizeof *draft);

	draft->options = e->options;
	draft->options.window = window_or_default(window);
	draft->by = e->by;
	draft->names = e->names;
	draft->missing = e->missing;
	draft->state = e->state;
	draft->streams = memory_new((size_t)e->nstreams, sizeof(struct stream *));
	for (int i = 0; i < e->nstreams; i++) {
		draft->streams[i] = draft_stream(draft, e->streams[i]);
		draft->nstreams++;
	}
	return draft;
}

int
engine_draft_bind(struct engine *draft, struct error *err)
{
	return engine_bind(draft, err);
}

void
engine_draft_free(struct engine *draft)
{
	asked_done(draft);
	for (int i = 0; i < draft->nstreams; i++) {
		stream_unshape(draft->streams[i]);
		free(draft->streams[i]);
	}
	free(draft->streams);
	free(draft);
}

static void
keep_derived(struct engine *draft, const struct derivation *d)
{
	struct error err;
	struct text text = { 0 };

	text_addf(&text, "`%s`=%s", d->name, d->expr);
	engine_derive(draft, text_get(&text), &err);
	text_done(&text);
}

static void
keep_kpi(struct engine *draft, const struct engine *e, const struct kpi *kpi)
{
	const char *expr = plan_key(e->streams[kpi->source]->plan, kpi->root);
	struct error err;
	struct text text = { 0 };

	if (strcmp(kpi->name, expr) != 0)
		text_addf(&text, "%s: ", kpi->name);
	text_add(&text, expr);
	engine_add_kpi(draft, text_get(&text), &err);
	text_done(&text);
}

static char *
copy(const char *s)
{
	return s != NULL ? memory_text(s, strlen(s)) : NULL;
}

static void
keep_rule(struct engine *draft, const struct alert_rule *rule)
{
	struct alert_rule kept = *rule;
	struct error err;

	kept.name = copy(rule->name);
	kept.when = copy(rule->when);
	kept.clear = copy(rule->clear);
	engine_add_alert(draft, &kept, &err);
}

/* What does not fit any more, or is in the draft under its name, is left out. */
void
engine_draft_keep(struct engine *draft, const struct engine *e)
{
	for (int i = 0; i < e->nderived; i++)
		if (e->derived[i].late)
			keep_derived(draft, &e->derived[i]);
	for (int i = 0; i < e->nkpis; i++)
		if (e->kpis[i].late)
			keep_kpi(draft, e, &e->kpis[i]);
	for (int i = 0; i < e->nrules; i++)
		if (e->rules[i].late)
			keep_rule(draft, &e->rules[i].rule);
}

/* --- what is the same ------------------------------------------------------------------------- */

struct flags { /* of the nodes of a plan */
	bool *known, *same;
};

struct takeover {
	const struct engine *was, *is;
	struct flags *flags; /* for each source, of its plan in is */
};

static bool is_same(struct takeover *, int source, int node);

static const struct derivation *
derivation_of(const struct engine *e, int source, int column)
{
	for (int i = 0; i < e->nderived; i++)
		if (e->derived[i].source == source && e->derived[i].column == column)
			return &e->derived[i];
	return NULL;
}

static const char *
root_key(const struct engine *e, int source, int root)
{
	return plan_node(e->streams[source]->plan, root)->key;
}

/* A root of was is the same as one of is. */
static bool
same_root(struct takeover *t, int source, int was, int is)
{
	const struct plan *plan = t->is->streams[source]->plan;

	return strcmp(root_key(t->was, source, was), root_key(t->is, source, is)) == 0 &&
	       is_same(t, source, plan->roots[is].node);
}

static const struct foreign *
foreign_of(const struct engine *e, int to, const char *name)
{
	for (int i = 0; i < e->nforeign; i++) {
		const struct foreign *f = e->foreign[i];

		if (f->to == to && strcmp(f->name, name) == 0)
			return f;
	}
	return NULL;
}

/* A column of another source, read under this name. */
static bool
same_foreign(struct takeover *t, int to, const char *name)
{
	const struct foreign *was = foreign_of(t->was, to, name), *is = foreign_of(t->is, to, name);
	const struct derivation *before, *now;

	if (was == NULL || is == NULL || was->from != is->from)
		return false;
	before = derivation_of(t->was, was->from, was->column);
	now = derivation_of(t->is, is->from, is->column);
	if (before == NULL || now == NULL)
		return before == now && was->column == is->column;
	return same_root(t, is->from, before->root, now->root);
}

static bool
find_same(struct takeover *t, int source, int i)
{
	const struct stream *s = t->is->streams[source];
	const struct node *node = s->plan->nodes[i];

	if (keys_find(&t->was->streams[source]->plan->keys, node->key, strlen(node->key)) < 0)
		return false;
	if (node->class == NULL && node->column >= s->own->n)
		return same_foreign(t, source, s->inner.columns[node->column].name);
	for (int k = 0; k < node->ninputs; k++)
		if (!is_same(t, source, node->inputs[k]))
			return false;
	return true;
}

static bool
is_same(struct takeover *t, int source, int node)
{
	struct flags *f = &t->flags[source];

	if (!f->known[node]) {
		f->same[node] = find_same(t, source, node);
		f->known[node] = true;
	}
	return f->same[node];
}

static struct takeover
takeover_of(const struct engine *was, const struct engine *is)
{
	struct takeover t = { was, is, memory_zero((size_t)is->nstreams, sizeof *t.flags) };

	for (int s = 0; s < is->nstreams; s++) {
		size_t n = (size_t)is->streams[s]->plan->n;

		t.flags[s].known = memory_zero(n, sizeof(bool));
		t.flags[s].same = memory_zero(n, sizeof(bool));
	}
	for (int s = 0; s < is->nstreams; s++)
		for (int i = 0; i < is->streams[s]->plan->n; i++)
			is_same(&t, s, i);
	return t;
}

static void
takeover_done(struct takeover *t)
{
	for (int s = 0; s < t->is->nstreams; s++) {
		free(t->flags[s].known);
		free(t->flags[s].same);
	}
	free(t->flags);
}

/* --- who was who ------------------------------------------------------------------------------ */

static int
kpi_was(struct takeover *t, const struct kpi *kpi)
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
same_clear(struct takeover *t, const struct rule *was, const struct rule *is)
{
	if (was->clear < 0 || is->clear < 0)
		return was->clear == is->clear;
	return same_root(t, is->source, was->clear, is->clear);
}

/* How long it has to last, what it is worth and what it does may change under way. */
static int
rule_was(struct takeover *t, const struct rule *rule)
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
column_was(struct takeover *t, const struct derivation *d)
{
	for (int i = 0; i < t->was->nderived; i++) {
		const struct derivation *was = &t->was->derived[i];

		if (was->source == d->source && strcmp(was->name, d->name) == 0 && was->root >= 0 &&
		    d->root >= 0 && same_root(t, d->source, was->root, d->root))
			return was->column;
	}
	return -1;
}

static void
find_all(struct takeover *t, struct engine *draft)
{
	for (int i = 0; i < draft->nkpis; i++)
		draft->kpis[i].was = kpi_was(t, &draft->kpis[i]);
	for (int i = 0; i < draft->nrules; i++)
		draft->rules[i].was = rule_was(t, &draft->rules[i]);
	for (int i = 0; i < draft->nderived; i++)
		draft->derived[i].was = column_was(t, &draft->derived[i]);
}

int
engine_rule_was(const struct engine *e, int rule)
{
	return e->rules[rule].was;
}

int
engine_column_was(const struct engine *e, int source, int column)
{
	const struct derivation *d = derivation_of(e, source, column);

	return column < e->streams[source]->own->n ? column : d != NULL ? d->was : -1;
}

/* --- adopting --------------------------------------------------------------------------------- */

/* The graph that the key's state goes on in; NULL with err. */
static struct graph *
new_graph(const struct takeover *t, int source, const struct graph *was, struct error *err)
{
	struct graph *graph = graph_new(t->is->streams[source]->plan, err);

	if (graph == NULL || graph_take(graph, was, t->flags[source].same, err) == 0)
		return graph;
	graph_free(graph);
	return NULL;
}

/* All graphs of the engine's states, key by key and source by source; NULL with err. */
static struct graph **
new_graphs(const struct takeover *t, int *n, struct error *err)
{
	struct graph **graphs;
	size_t keys = 0;

	for (int s = 0; s < t->was->nstreams; s++)
		keys += (size_t)t->was->streams[s]->states.n;
	graphs = memory_new(keys, sizeof(struct graph *));
	*n = 0;
	for (int s = 0; s < t->was->nstreams; s++)
		for (struct keyed *k = t->was->streams[s]->states.oldest; k != NULL; k = k->newer) {
			graphs[*n] = new_graph(t, s, k->graph, err);
			if (graphs[(*n)++] != NULL)
				continue;
			while (--*n >= 0)
				graph_free(graphs[*n]);
			free(graphs);
			return NULL;
		}
	return graphs;
}

static struct alert *
new_alerts(const struct engine *draft, const struct alert *was)
{
	struct alert *alerts = memory_zero((size_t)draft->nrules, sizeof *alerts);

	for (int i = 0; i < draft->nrules; i++)
		if (draft->rules[i].was >= 0)
			alerts[i] = was[draft->rules[i].was];
	return alerts;
}

static void
exchange_states(struct engine *e, const struct engine *draft, struct graph **graphs)
{
	int n = 0;

	for (int s = 0; s < e->nstreams; s++)
		for (struct keyed *k = e->streams[s]->states.oldest; k != NULL; k = k->newer) {
			struct alert *alerts = new_alerts(draft, k->alerts);

			keyed_exchange(k, graphs[n++]);
			free(k->alerts);
			k->alerts = alerts;
		}
}

/* The latest value goes on; a column that is other now has none until its source's next row. */
static void
carry_foreign(struct takeover *t, struct engine *draft)
{
	for (int i = 0; i < draft->nforeign; i++) {
		struct foreign *is = draft->foreign[i];
		const struct foreign *was = foreign_of(t->was, is->to, is->name);

		if (was == NULL || was->type != is->type || !same_foreign(t, is->to, is->name))
			continue;
		is->number = was->number;
		is->time = was->time;
		is->missing = was->missing;
		text_clear(&is->text);
		text_addn(&is->text, text_get(&was->text), was->text.len);
	}
}

static void
exchange(void *a, void *b, size_t size)
{
	unsigned char *p = a, *q = b;

	for (size_t i = 0; i < size; i++) {
		unsigned char kept = p[i];

		p[i] = q[i];
		q[i] = kept;
	}
}

static void
exchange_stream(struct stream *s, struct stream *draft)
{
	exchange(&s->shown, &draft->shown, sizeof s->shown);
	exchange(&s->inner, &draft->inner, sizeof s->inner);
	exchange(&s->shown_cells, &draft->shown_cells, sizeof s->shown_cells);
	exchange(&s->inner_cells, &draft->inner_cells, sizeof s->inner_cells);
	exchange(&s->plan, &draft->plan, sizeof s->plan);
	exchange(&s->drifts, &draft->drifts, sizeof s->drifts);
	exchange(&s->ndrifts, &draft->ndrifts, sizeof s->ndrifts);
	exchange(&s->scanned, &draft->scanned, sizeof s->scanned);
	s->plan->schema = &s->inner;
	draft->plan->schema = &draft->inner;
}

static void
exchange_asked(struct engine *e, struct engine *draft)
{
	exchange(&e->derived, &draft->derived, sizeof e->derived);
	exchange(&e->nderived, &draft->nderived, sizeof e->nderived);
	exchange(&e->foreign, &draft->foreign, sizeof e->foreign);
	exchange(&e->nforeign, &draft->nforeign, sizeof e->nforeign);
	exchange(&e->aliases, &draft->aliases, sizeof e->aliases);
	exchange(&e->naliases, &draft->naliases, sizeof e->naliases);
	exchange(&e->wishes, &draft->wishes, sizeof e->wishes);
	exchange(&e->nwishes, &draft->nwishes, sizeof e->nwishes);
	exchange(&e->kpis, &draft->kpis, sizeof e->kpis);
	exchange(&e->nkpis, &draft->nkpis, sizeof e->nkpis);
	exchange(&e->rules, &draft->rules, sizeof e->rules);
	exchange(&e->nrules, &draft->nrules, sizeof e->nrules);
	exchange(&e->options.window, &draft->options.window, sizeof e->options.window);
	for (int s = 0; s < e->nstreams; s++)
		exchange_stream(e->streams[s], draft->streams[s]);
}

static void
tell_adopted(struct engine *e)
{
	struct event event = { .type = EVENT_ADOPTED,
		.source = -1,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = "KPIs and rules were asked for anew" };

	tell(e, &event);
}

int
engine_adopt(struct engine *e, struct engine *draft, struct error *err)
{
	struct takeover t = takeover_of(e, draft);
	struct graph **graphs;
	int n;

	find_all(&t, draft);
	graphs = new_graphs(&t, &n, err);
	if (graphs != NULL) {
		for (int i = 0; i < draft->nrules; i++)
			if (draft->rules[i].was >= 0)
				draft->rules[i].fired = e->rules[draft->rules[i].was].fired;
		carry_foreign(&t, draft);
		exchange_states(e, draft, graphs);
	}
	takeover_done(&t);
	if (graphs == NULL)
		return -1;
	exchange_asked(e, draft);
	tell_adopted(e);
	free(graphs);
	return 0;
}
