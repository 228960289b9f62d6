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

static int
keep_derived(struct query *staged, const struct derivation *d, struct error *err)
{
	struct text text = { 0 };
	int status;

	expr_print(&(const struct expr){ .kind = EXPR_NAME, .text = d->name }, &text);
	text_addf(&text, " = %s", d->expr);
	status = query_derive(staged, text_get(&text), err);
	text_done(&text);
	return status;
}

/* Is it called by its expression? */
static bool
is_nameless(const struct kpi *kpi)
{
	struct expr *tree = expr_parse(kpi->expr, NULL);
	struct text canonical = { 0 };
	bool same;

	if (tree != NULL)
		expr_print(tree, &canonical);
	expr_free(tree);
	same = strcmp(text_get(&canonical), kpi->name) == 0;
	text_done(&canonical);
	return same;
}

static int
keep_kpi_text(struct query *staged, const struct kpi *kpi, struct error *err)
{
	struct text text = { 0 };
	int status;

	if (!is_nameless(kpi))
		text_addf(&text, "%s: ", kpi->name);
	text_add(&text, kpi->expr);
	status = query_add_kpi(staged, text_get(&text), err);
	text_done(&text);
	return status;
}

static char *
copy(const char *s)
{
	return s != NULL ? memory_text(s, strlen(s)) : NULL;
}

static int
keep_rule(struct query *staged, const struct alert_rule *rule, struct error *err)
{
	struct alert_rule kept = *rule;

	kept.name = copy(rule->name);
	kept.when = copy(rule->when);
	kept.clear = copy(rule->clear);
	return query_add_rule(staged, &kept, err);
}

/* What does not fit any more, or is there under its name, is left out. */
void
query_keep(struct query *staged, const struct query *q)
{
	struct error err;

	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].late)
			keep_derived(staged, &q->derived[i], &err);
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].late && q->kpis[i].expr != NULL)
			keep_kpi_text(staged, &q->kpis[i], &err);
	for (int i = 0; i < q->nrules; i++)
		if (q->rules[i].late)
			keep_rule(staged, &q->rules[i].rule, &err);
}

/* --- without something ------------------------------------------------------------------------ */

/* What is asked for under a name, or all but that; of those asked for late, or before. */
struct part {
	const char *without;
	bool late;
};

static bool
is_part(const struct part *p, const char *name, bool late)
{
	return late == p->late && strcmp(name, p->without) != 0;
}

/* Errors tell what could not be asked for: it reads what is left out. */
static int
ask_part(struct query *staged, const struct query *q, const struct part *p, const char **reads,
    struct error *err)
{
	int status = 0;

	for (int i = 0; i < q->nderived && status == 0; i++)
		if (is_part(p, q->derived[i].name, q->derived[i].late)) {
			*reads = q->derived[i].name;
			status = keep_derived(staged, &q->derived[i], err);
		}
	for (int i = 0; i < q->nkpis && status == 0; i++)
		if (q->kpis[i].expr != NULL && is_part(p, q->kpis[i].name, q->kpis[i].late)) {
			*reads = q->kpis[i].name;
			status = keep_kpi_text(staged, &q->kpis[i], err);
		}
	for (int i = 0; i < q->nrules && status == 0; i++)
		if (is_part(p, q->rules[i].rule.name, q->rules[i].late)) {
			*reads = q->rules[i].rule.name;
			status = keep_rule(staged, &q->rules[i].rule, err);
		}
	return status;
}

/* Of what was asked for before the columns were known it is seen when all of it is bound: its
 * number, among those of its kind that are left, tells which it is. */
static const char *
reader_of(const struct query *staged, const struct error *err)
{
	if (err->subject == ERROR_DERIVED && err->index < staged->nderived)
		return staged->derived[err->index].name;
	if (err->subject == ERROR_KPI && err->index < staged->nwishes)
		return staged->wishes[err->index];
	if ((err->subject == ERROR_RULE || err->subject == ERROR_CLEAR) &&
	    err->index < staged->nrules)
		return staged->rules[err->index].rule.name;
	return "another one";
}

/* "cannot be dropped": 'ratio' is read by ... */
static int
is_read(const char *name, const char *reader, struct error *err)
{
	return error_set(err, "'%.100s' is read by '%.100s' (drop that first)", name, reader);
}

static bool
is_asked(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nderived; i++)
		if (strcmp(q->derived[i].name, name) == 0)
			return true;
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].expr != NULL && strcmp(q->kpis[i].name, name) == 0)
			return true;
	for (int i = 0; i < q->nrules; i++)
		if (strcmp(q->rules[i].rule.name, name) == 0)
			return true;
	return false;
}

/* NULL with err: something else reads what is left out. Nothing has an empty name. */
static struct query *
stage_all_but(const struct query *q, const char *name, struct span window, struct error *err)
{
	struct query *staged = query_stage(q, window);
	const char *reader = "";
	int status = ask_part(staged, q, &(struct part){ name, false }, &reader, err);

	if (status == 0 && query_bind(staged, err) != 0) {
		status = -1;
		reader = reader_of(staged, err);
	} else if (status == 0) {
		status = ask_part(staged, q, &(struct part){ name, true }, &reader, err);
	}
	if (status == 0)
		return staged;
	if (*name != '\0')
		is_read(name, reader, err);
	query_free(staged);
	return NULL;
}

struct query *
query_without(const struct query *q, const char *name, struct error *err)
{
	if (is_asked(q, name))
		return stage_all_but(q, name, q->options.window, err);
	error_set(err, "nothing that was asked for is called '%.100s'", name);
	return NULL;
}

struct query *
query_with_window(const struct query *q, struct span window, struct error *err)
{
	return stage_all_but(q, "", window, err);
}
