/* bind.c - what was asked for against the columns that there are: derived columns and KPIs, and in
 * which order all of it is compiled. */
#include <stdlib.h>
#include <string.h>

#include "data/base/params/suggest.h"
#include "data/query/query_parts.h"

/* --- derived columns -------------------------------------------------------------------------- */

/* The name is taken by a column, or by one that was added while rows went, which none shows. */
static bool
is_taken(const struct query *q, const struct derivation *d)
{
	size_t n = strlen(d->name);

	if (name_index_find(&q->sources[d->source].columns, d->name, n) >= 0)
		return true;
	if (name_index_find(&q->hidden, d->name, n) < 0)
		return false;
	for (int i = 0; i < q->nderived; i++)
		if (&q->derived[i] != d && q->derived[i].root >= 0 && q->derived[i].column < 0 &&
		    q->derived[i].source == d->source && strcmp(q->derived[i].name, d->name) == 0)
			return true;
	return false;
}

int
bind_derived(struct query *q, struct derivation *d, int index, struct error *err)
{
	struct resolution r = { .query = q, .err = err, .home = -1 };
	struct query_source *s;

	d->root = resolve(&r, d->expr);
	free(r.columns);
	if (d->root < 0)
		return error_subject(err, ERROR_DERIVED, index, d->expr);
	d->source = r.home;
	d->known = r.known;
	s = &q->sources[r.home];
	if (is_taken(q, d)) {
		error_set(err, "'%.200s' is already a column of %s (choose another name)", d->name,
		    s->shown.source);
		return error_subject(err, ERROR_DERIVED_NAME, index, NULL);
	}
	if (plan_derive(s->plan, d->name, d->expr, err) != 0)
		return error_subject(err, ERROR_DERIVED, index, d->expr);
	if (q->bound)
		name_index_add(&q->hidden, d->name, strlen(d->name));
	else
		source_show_column(q, d);
	return 0;
}

/* --- KPIs ------------------------------------------------------------------------------------- */

int
keep_kpi(struct query *q, struct kpi kpi, struct error *err)
{
	int known = name_index_find(&q->kpi_names, kpi.name, strlen(kpi.name));
	const struct kpi *same = known >= 0 ? &q->kpis[known] : NULL;

	if (same == NULL) {
		name_index_add(&q->kpi_names, kpi.name, strlen(kpi.name));
		q->kpis = memory_grow(q->kpis, (size_t)q->nkpis + 1, sizeof *q->kpis);
		q->kpis[q->nkpis++] = kpi;
		return 0;
	}
	if (same->source != kpi.source || same->root != kpi.root)
		error_set(err, "two KPIs are called '%.200s' (give one another NAME:)", kpi.name);
	free(kpi.name);
	free(kpi.expr);
	return same->source == kpi.source && same->root == kpi.root ? 0 : -1;
}

int
bind_kpi(struct query *q, const char *text, int index, struct error *err)
{
	struct resolution r = { .query = q, .err = err, .home = -1 };
	struct kpi kpi = { .column = -1, .late = q->bound, .was = -1 };
	const char *expr;

	kpi.name = query_kpi_name(text, &expr);
	kpi.root = resolve(&r, expr);
	free(r.columns);
	if (kpi.root < 0) {
		free(kpi.name);
		return error_subject(err, ERROR_KPI, index, expr);
	}
	kpi.source = r.home;
	kpi.known = r.known;
	kpi.result = plan_result(q->sources[r.home].plan, kpi.root);
	kpi.expr = memory_text(expr, strlen(expr));
	return keep_kpi(q, kpi, err) == 0 ? 0 : error_subject(err, ERROR_KPI_NAME, index, NULL);
}

/* --- all of it -------------------------------------------------------------------------------- */

static int
unknown_column(const struct query *q, const char *name, const char *near, struct error *err)
{
	const struct schema *first = q->sources[query_first(q)].own;
	struct text names = { 0 };

	for (int c = 0; c < first->n && c < 8; c++)
		text_addf(&names, "%s%s", c > 0 ? ", " : "", first->columns[c].name);
	if (near != NULL)
		error_set(err, "no column '%s' (did you mean '%s'?)", name, near);
	else
		error_set(err, "no column '%s' (there are %s%s)", name, text_get(&names),
		    first->n > 8 ? ", ..." : "");
	text_done(&names);
	return error_subject(err, ERROR_BY, 0, NULL);
}

/* The column of the keys must be in one of the sources. */
static int
check_by(const struct query *q, const char *name, struct error *err)
{
	struct suggestion near = { 0 };

	for (int i = 0; i < q->nsources; i++) {
		const struct schema *own = q->sources[i].own;

		if (schema_find(own, name) >= 0 || (own->n == 0 && !q->sources[i].gone))
			return 0;
		for (int c = 0; c < own->n; c++)
			suggest(&near, name, own->columns[c].name);
	}
	if (q->expects)
		return 0;
	return unknown_column(q, name, near.word, err);
}

static bool
any_columns(const struct query *q)
{
	for (int i = 0; i < q->nsources; i++)
		if (q->sources[i].own->n > 0)
			return true;
	return false;
}

static int
bind_wish(struct query *q, int i, struct error *err)
{
	struct kpi_wish *wish = &q->wishes[i];
	const char *expr;

	free(query_kpi_name(wish->text, &expr));
	wish->waits = has_to_wait(q, expr);
	return wish->waits ? 0 : bind_kpi(q, wish->text, i, err);
}

static int
bind_all(struct query *q, struct error *err)
{
	for (int i = 0; i < q->nderived; i++)
		if (!has_to_wait(q, q->derived[i].expr) &&
		    bind_derived(q, &q->derived[i], i, err) != 0)
			return -1;
	for (int i = 0; i < q->nwishes; i++)
		if (bind_wish(q, i, err) != 0)
			return -1;
	if (q->options.default_kpis && add_default_kpis(q, err) != 0)
		return -1;
	for (int i = 0; i < q->nrules; i++)
		if (!rule_has_to_wait(q, &q->rules[i].rule) &&
		    bind_rule(q, &q->rules[i], i, err) != 0)
			return -1;
	if (q->options.trails && add_trails(q, err) != 0)
		return -1;
	return q->options.forecast_columns ? add_forecasters(q, err) : 0;
}

int
query_bind(struct query *q, struct error *err)
{
	if (q->first == 0)
		q->first = q->nsources;
	if (q->by != NULL && check_by(q, q->by, err) != 0)
		return -1;
	if (any_columns(q) && bind_all(q, err) != 0)
		return -1;
	q->bound = true;
	q->version++;
	return 0;
}
