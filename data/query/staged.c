/* staged.c - what is asked for anew beside an engine that goes on, until it takes its place. */
#include <stdlib.h>
#include <string.h>

#include "data/engine/engine_parts.h"
#include "data/graph/plan_parts.h"

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
