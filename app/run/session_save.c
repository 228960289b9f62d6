/* session_save.c - what a session was asked for, on the command line, in its dashboard file and at
 * the prompt, as a dashboard file that weir -c opens.
 *
 * The file in force is changed where something was added or taken back; without one it begins
 * empty. A source's path is one from the folder of the new file. */
#include <stdlib.h>
#include <string.h>

#include "app/run/session_parts.h"
#include "data/base/secrets.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
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

/* --- what is asked for ------------------------------------------------------------------------ */

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
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].expr != NULL && strcmp(q->kpis[i].name, name) == 0)
			return true;
	return false;
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

/* A KPI that is called by its expression is that alone; beside: the default ones stay. */
static void
write_kpi(const struct query *q, const struct kpi *kpi, bool beside, struct text *out)
{
	char *spelled = query_spelled(q, kpi->expr, kpi->known), *own = name_of(NULL, kpi->expr);
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

/* --- the whole -------------------------------------------------------------------------------- */

/* What options say in the place of the file. */
static void
save_settings(struct yaml_edit *e, const struct args *args, const struct query *q)
{
	struct text text = { 0 };

	if (args->by != NULL) {
		yaml_text(&text, args->by);
		yaml_edit_set(e, "by", text_get(&text));
		text_clear(&text);
	}
	if (args->window.unit != SPAN_NONE) {
		span_print(q->options.window, &text);
		yaml_edit_set(e, "window", text_get(&text));
		text_clear(&text);
	}
	if (args->horizon > 0) {
		text_addf(&text, "%d", args->horizon);
		yaml_edit_set(e, "horizon", text_get(&text));
		text_clear(&text);
	}
	if (args->max_keys > 0) {
		text_addf(&text, "%d", args->max_keys);
		yaml_edit_set(e, "max_keys", text_get(&text));
		text_clear(&text);
	}
	if (args->lateness > 0) {
		char buf[TIME_CHARS];

		text_addn(&text, buf, (size_t)duration_format(args->lateness, buf));
		yaml_edit_set(e, "lateness", text_get(&text));
	}
	text_done(&text);
}

static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) : 0;
}

/* Files that rules append to are found from the folder of the dashboard file. */
static int
check_folder(const struct config *c, const char *path, struct error *err)
{
	size_t n = c->path != NULL ? folder_length(c->path) : 0;

	if (c->path == NULL || (n == folder_length(path) && memcmp(c->path, path, n) == 0))
		return 0;
	for (int i = 0; i < c->nalerts; i++)
		for (int k = 0; k < c->alerts[i].nactions; k++) {
			const struct action *a = &c->alerts[i].actions[k].action;

			if (a->class == action_find("append") && a->text != NULL &&
			    a->text[0] != '/')
				return error_set(err,
				    "%s: rules append to files beside %s (save it in that folder)",
				    path, c->path);
		}
	return 0;
}

int
session_save(struct session *s, const char *path, bool *hidden, struct error *err)
{
	const struct config *c = s->config;
	const struct query *q = engine_query(s->engine);
	struct yaml_edit *e;
	struct text text = { 0 }, told = { 0 };
	int status;

	if (check_folder(c, path, err) != 0)
		return -1;
	e = yaml_edit_new(c->bytes, c->len);
	if (e == NULL)
		return error_set(err, "%s: cannot be read again (save under another name later)",
		    c->path != NULL ? c->path : path);
	session_save_sources(e, s->args, c, s->engine, path);
	save_settings(e, s->args, q);
	save_derived(e, c, q);
	save_kpis(e, c, q);
	save_rules(e, c, q);
	if (yaml_edit_print(e, &text) != 0) {
		status = error_set(err, "%s: could not be made (try again)", path);
	} else {
		*hidden = secrets_hide(text_get(&text), &told);
		status = output_replace(
		    path, OUTPUT_THROUGH_LINKS, &s->guard, text_get(&told), told.len, err);
	}
	yaml_edit_free(e);
	text_done(&text);
	text_done(&told);
	return status;
}
