/* engine.c - making an engine, and asking it for sources, columns, KPIs and alerts. */
#include "data/engine/engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/engine/engine_parts.h"

struct span
window_or_default(struct span window)
{
	return window.unit != SPAN_NONE ? window : (struct span){ SPAN_ROWS, 60 };
}

struct engine *
engine_new(const struct engine_options *options, struct uv_loop_s *loop, struct error *err)
{
	struct engine *e = memory_zero(1, sizeof *e);

	e->options = *options;
	e->loop = loop;
	e->options.window = window_or_default(options->window);
	if (e->options.max_keys <= 0)
		e->options.max_keys = 10000;
	if (e->options.horizon <= 0)
		e->options.horizon = 12;
	if (e->options.horizon > HORIZON_MAX)
		e->options.horizon = HORIZON_MAX;
	if (options->by != NULL)
		e->by = memory_text(options->by, strlen(options->by));
	e->names = names_new();
	e->missing = memory_new(BLOCK_ROWS, sizeof *e->missing);
	e->all_late = memory_new(BLOCK_ROWS, sizeof *e->all_late);
	memset(e->all_late, true, BLOCK_ROWS);
	for (int i = 0; i < BLOCK_ROWS; i++)
		e->missing[i] = NAN;
	if (row_range_parse(e, err) != 0) {
		engine_free(e);
		return NULL;
	}
	return e;
}

void
asked_done(struct engine *e)
{
	for (int i = 0; i < e->njoined; i++)
		joined_free(e->joined[i]);
	for (int i = 0; i < e->nderived; i++) {
		free(e->derived[i].name);
		free(e->derived[i].expr);
		free(e->derived[i].cells.number);
	}
	for (int i = 0; i < e->naliases; i++)
		free(e->aliases[i].name);
	for (int i = 0; i < e->nwishes; i++)
		free(e->wishes[i]);
	for (int i = 0; i < e->nkpis; i++)
		free(e->kpis[i].name);
	for (int i = 0; i < e->nrules; i++) {
		alert_rule_done(&e->rules[i].rule);
		free(e->rules[i].columns);
	}
	free(e->joined);
	free(e->derived);
	free(e->aliases);
	free(e->wishes);
	free(e->kpis);
	free(e->rules);
}

void
engine_free(struct engine *e)
{
	if (e == NULL)
		return;
	for (int i = 0; i < e->nstreams; i++)
		stream_free(e->streams[i]);
	asked_done(e);
	for (int i = 0; i < e->nnotes; i++)
		free(e->notes[i]);
	free(e->notes);
	names_free(e->names);
	free(e->streams);
	free(e->listeners);
	free(e->missing);
	free(e->all_late);
	free(e->told);
	text_done(&e->note);
	free(e->by);
	free(e);
}

int
engine_add_source(
    struct engine *e, const char *source, const struct feed_options *options, struct error *err)
{
	struct stream *s = stream_new(e, source, options, err);

	if (s == NULL)
		return -1;
	s->index = e->nstreams;
	e->streams = memory_grow(e->streams, (size_t)e->nstreams + 1, sizeof(struct stream *));
	e->streams[e->nstreams++] = s;
	feed_on_ready(s->feed, e->ready, e->ready_arg);
	return 0;
}

/* What is wrong with an expression whatever the columns are, is said at once. */
static int
check_syntax(const char *option, const char *text, struct error *err)
{
	struct expr *tree = expr_parse(text, err);

	if (tree == NULL)
		return error_at(err, "%s: '%s'", option, text);
	expr_free(tree);
	return 0;
}

int
engine_derive(struct engine *e, const char *text, struct error *err)
{
	struct derivation d = { .root = -1, .column = -1, .late = e->bound, .was = -1 };
	const char *expr = named_expr(text, '=', &d.name);
	int status = -1;

	if (d.name == NULL)
		return error_set(err, "-d: '%s': no name (write NAME = EXPR)", text);
	if (check_syntax("-d", expr, err) == 0) {
		d.expr = memory_text(expr, strlen(expr));
		status = e->bound ? bind_derived(e, &d, err) : 0;
	}
	if (status != 0) {
		free(d.name);
		free(d.expr);
		return -1;
	}
	e->derived = memory_grow(e->derived, (size_t)e->nderived + 1, sizeof *e->derived);
	e->derived[e->nderived++] = d;
	engine_use(e);
	return 0;
}

int
engine_add_kpi(struct engine *e, const char *text, struct error *err)
{
	char *name;
	const char *expr = named_expr(text, ':', &name);

	free(name);
	if (check_syntax("-k", expr, err) != 0)
		return -1;
	if (e->bound) {
		if (bind_kpi(e, text, err) != 0)
			return -1;
		engine_use(e);
		return 0;
	}
	e->wishes = memory_grow(e->wishes, (size_t)e->nwishes + 1, sizeof(char *));
	e->wishes[e->nwishes++] = memory_text(text, strlen(text));
	return 0;
}

/* Conditions are called by their canonical text, and so is a rule without a name. */
static int
canonize(char **text, const char *option, struct error *err)
{
	struct expr *tree = expr_parse(*text, err);
	struct text out = { 0 };

	if (tree == NULL)
		return error_at(err, "%s: '%s'", option, *text);
	expr_print(tree, &out);
	expr_free(tree);
	free(*text);
	*text = out.s;
	return 0;
}

static int
check_rule(const struct engine *e, struct rule *r, struct error *err)
{
	bool unnamed = strcmp(r->rule.name, r->rule.when) == 0;

	if (canonize(&r->rule.when, "-a", err) != 0 ||
	    (r->rule.clear != NULL && canonize(&r->rule.clear, "-a: clear", err) != 0))
		return -1;
	if (unnamed) {
		free(r->rule.name);
		r->rule.name = memory_text(r->rule.when, strlen(r->rule.when));
	}
	for (int i = 0; i < e->nrules; i++)
		if (strcmp(e->rules[i].rule.name, r->rule.name) == 0)
			return error_set(err,
			    "-a: two alerts are called '%s' (give one another NAME:)",
			    r->rule.name);
	return 0;
}

int
engine_add_alert(struct engine *e, struct alert_rule *rule, struct error *err)
{
	struct rule r = { .rule = *rule, .when = -1, .clear = -1, .late = e->bound, .was = -1 };

	*rule = (struct alert_rule){ 0 };
	if (check_rule(e, &r, err) != 0 || (e->bound && bind_rule(e, &r, err) != 0)) {
		alert_rule_done(&r.rule);
		free(r.columns);
		return -1;
	}
	e->rules = memory_grow(e->rules, (size_t)e->nrules + 1, sizeof *e->rules);
	e->rules[e->nrules++] = r;
	for (int i = 0; i < e->nstreams; i++)
		key_states_grow(&e->streams[i]->states, e->nrules);
	engine_use(e);
	return 0;
}

void
engine_note(struct engine *e, const char *what)
{
	e->notes = memory_grow(e->notes, (size_t)e->nnotes + 1, sizeof(char *));
	e->notes[e->nnotes++] = memory_text(what, strlen(what));
}

void
engine_listen(struct engine *e, const struct listener *listener)
{
	e->listeners = memory_grow(e->listeners, (size_t)e->nlisteners + 1, sizeof *e->listeners);
	e->listeners[e->nlisteners++] = *listener;
	e->wants |= listener->wants;
	engine_use(e);
}

void
engine_on_ready(struct engine *e, void (*ready)(void *), void *arg)
{
	e->ready = ready;
	e->ready_arg = arg;
	for (int i = 0; i < e->nstreams; i++)
		feed_on_ready(e->streams[i]->feed, ready, arg);
}
