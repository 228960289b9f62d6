/* staged.c - asking anew beside a query in force, until the new one takes its place. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

/* What differs in a staged query from the one in force. */
struct change {
	struct span window;
	const char *without;        /* what of that name was asked for is left out; "": nothing */
	const struct schema *added; /* a source more; NULL */
	const struct schema *none;  /* in the place of the columns of `ended`; NULL */
	int ended;
};

static struct query *
stage(const struct query *q, const struct change *c)
{
	struct query_options options = q->options;
	struct query *staged;

	options.window = c->window;
	staged = query_new(&options, q->names);
	staged->first = q->first;
	staged->expects = q->expects;
	for (int i = 0; i < q->nsources; i++) {
		bool ended = c->none != NULL && i == c->ended;

		source_add(staged, ended ? c->none : q->sources[i].own, q->sources[i].shown.source);
		staged->sources[i].gone = ended || q->sources[i].gone;
	}
	if (c->added != NULL)
		query_add_source(staged, c->added);
	return staged;
}

struct query *
query_stage(const struct query *q, struct span window)
{
	return stage(q, &(struct change){ .window = window });
}

static int
keep_derived(struct query *staged, const struct derivation *d, struct error *err)
{
	struct text text = { 0 };
	int status;

	staged->asking = d->known;
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

	staged->asking = kpi->known;
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
keep_rule(struct query *staged, const struct alert_rule *rule, int known, struct error *err)
{
	struct alert_rule kept = *rule;

	staged->asking = known;
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
			keep_rule(staged, &q->rules[i].rule, q->rules[i].known, &err);
	staged->asking = 0;
}

/* --- without something ------------------------------------------------------------------------ */

/* All but what is left out; of what was asked for late, or before. */
struct part {
	const struct change *change;
	bool late;
};

/* source: -1: none yet, it waits. */
static bool
is_part(const struct part *p, const char *name, int source, bool late)
{
	const struct change *c = p->change;

	return late == p->late && strcmp(name, c->without) != 0 &&
	       (c->none == NULL || source != c->ended);
}

/* Of the KPIs that wait. */
static int
ask_waiting(struct query *staged, const struct query *q, const struct part *p, struct error *err)
{
	int status = 0;

	for (int i = 0; i < q->nwishes && status == 0; i++) {
		const char *expr;
		char *name = q->wishes[i].waits ? query_kpi_name(q->wishes[i].text, &expr) : NULL;

		if (name != NULL && is_part(p, name, -1, false))
			status = query_add_kpi(staged, q->wishes[i].text, err);
		free(name);
	}
	return status;
}

/* Errors tell what could not be asked for: it reads what is left out. */
static int
ask_part(struct query *staged, const struct query *q, const struct part *p, const char **reads,
    struct error *err)
{
	int status = 0;

	for (int i = 0; i < q->nderived && status == 0; i++)
		if (is_part(p, q->derived[i].name,
			q->derived[i].root >= 0 ? q->derived[i].source : -1, q->derived[i].late)) {
			*reads = q->derived[i].name;
			status = keep_derived(staged, &q->derived[i], err);
		}
	for (int i = 0; i < q->nkpis && status == 0; i++)
		if (q->kpis[i].expr != NULL &&
		    is_part(p, q->kpis[i].name, q->kpis[i].source, q->kpis[i].late)) {
			*reads = q->kpis[i].name;
			status = keep_kpi_text(staged, &q->kpis[i], err);
		}
	if (status == 0)
		status = ask_waiting(staged, q, p, err);
	for (int i = 0; i < q->nrules && status == 0; i++)
		if (is_part(p, q->rules[i].rule.name,
			q->rules[i].when >= 0 ? q->rules[i].source : -1, q->rules[i].late)) {
			*reads = q->rules[i].rule.name;
			status = keep_rule(staged, &q->rules[i].rule, q->rules[i].known, err);
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
		return staged->wishes[err->index].text;
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
is_called(const struct kpi_wish *wish, const char *name)
{
	const char *expr;
	char *own = query_kpi_name(wish->text, &expr);
	bool same = own != NULL && strcmp(own, name) == 0;

	free(own);
	return same;
}

bool
query_asks(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nderived; i++)
		if (strcmp(q->derived[i].name, name) == 0)
			return true;
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].expr != NULL && strcmp(q->kpis[i].name, name) == 0)
			return true;
	for (int i = 0; i < q->nwishes; i++)
		if (q->wishes[i].waits && is_called(&q->wishes[i], name))
			return true;
	for (int i = 0; i < q->nrules; i++)
		if (strcmp(q->rules[i].rule.name, name) == 0)
			return true;
	return false;
}

/* NULL with err: something else reads what is left out. Nothing has an empty name. */
static struct query *
stage_changed(const struct query *q, const struct change *c, struct error *err)
{
	struct query *staged = stage(q, c);
	const char *reader = "";
	int status = ask_part(staged, q, &(struct part){ c, false }, &reader, err);

	if (status == 0 && query_bind(staged, err) != 0) {
		status = -1;
		reader = reader_of(staged, err);
	} else if (status == 0) {
		status = ask_part(staged, q, &(struct part){ c, true }, &reader, err);
	}
	staged->asking = 0;
	if (status == 0)
		return staged;
	if (c->none != NULL)
		is_read(q->sources[c->ended].shown.source, reader, err);
	else if (*c->without != '\0')
		is_read(c->without, reader, err);
	query_free(staged);
	return NULL;
}

struct query *
query_without(const struct query *q, const char *name, struct error *err)
{
	struct change change = { .window = q->options.window, .without = name };

	if (query_asks(q, name))
		return stage_changed(q, &change, err);
	error_set(err, "nothing that was asked for is called '%.100s'", name);
	return NULL;
}

struct query *
query_with_window(const struct query *q, struct span window, struct error *err)
{
	return stage_changed(q, &(struct change){ .window = window, .without = "" }, err);
}

struct query *
query_with_source(const struct query *q, const struct schema *own, struct error *err)
{
	struct change change = { .window = q->options.window, .without = "", .added = own };

	return stage_changed(q, &change, err);
}

struct query *
query_without_source(
    const struct query *q, int source, const struct schema *none, struct error *err)
{
	struct change change = {
		.window = q->options.window, .without = "", .none = none, .ended = source
	};

	return stage_changed(q, &change, err);
}
