/* query.c - what was asked for: derived columns, KPIs, alert rules, and the default set of KPIs. */
#include <stdlib.h>
#include <string.h>

#include "data/base/suggest.h"
#include "data/engine/engine_parts.h"

/* --- derived columns -------------------------------------------------------------------------- */

static void
show_column(struct stream *s, struct derivation *d)
{
	struct schema *shown = &s->shown;
	bool is_text = plan_result(s->plan, d->root) == RESULT_TEXT;
	size_t n = (size_t)shown->n + 1;

	d->column = shown->n;
	d->cells.number = memory_zero(BLOCK_ROWS, sizeof(struct cell_text));
	shown->columns = memory_grow(shown->columns, n, sizeof *shown->columns);
	shown->columns[d->column] =
	    (struct column){ d->name, is_text ? COLUMN_TEXT : COLUMN_NUMBER };
	s->shown_cells = memory_grow(s->shown_cells, n, sizeof *s->shown_cells);
	s->shown_cells[d->column] = d->cells;
	shown->n++;
}

/* One of that name was added while rows went, so that the schema does not show it. */
static bool
is_hidden(const struct engine *e, const struct derivation *d)
{
	for (int i = 0; i < e->nderived; i++)
		if (&e->derived[i] != d && e->derived[i].root >= 0 && e->derived[i].column < 0 &&
		    e->derived[i].source == d->source && strcmp(e->derived[i].name, d->name) == 0)
			return true;
	return false;
}

int
bind_derived(struct engine *e, struct derivation *d, struct error *err)
{
	struct binding b = { .engine = e, .err = err, .home = -1 };
	struct stream *s;

	d->root = bind_text(&b, d->expr);
	free(b.columns);
	if (d->root < 0)
		return error_at(err, "-d: '%s'", d->expr);
	d->source = b.home;
	s = e->streams[b.home];
	if (schema_find(&s->shown, d->name) >= 0 || is_hidden(e, d))
		return error_set(err, "-d: '%s' is already a column of %s (choose another name)",
		    d->name, s->shown.source);
	if (plan_derive(s->plan, d->name, d->expr, err) != 0)
		return error_at(err, "-d: '%s'", d->expr);
	if (!e->bound)
		show_column(s, d);
	return 0;
}

/* --- KPIs ------------------------------------------------------------------------------------- */

static int
add_kpi(struct engine *e, struct kpi kpi, struct error *err)
{
	const struct kpi *same = NULL;

	for (int i = 0; i < e->nkpis && same == NULL; i++)
		if (strcmp(e->kpis[i].name, kpi.name) == 0)
			same = &e->kpis[i];
	if (same == NULL) {
		e->kpis = memory_grow(e->kpis, (size_t)e->nkpis + 1, sizeof *e->kpis);
		e->kpis[e->nkpis++] = kpi;
		return 0;
	}
	if (same->source != kpi.source || same->root != kpi.root)
		error_set(err, "two KPIs are called '%s' (give one another NAME:)", kpi.name);
	free(kpi.name);
	return same->source == kpi.source && same->root == kpi.root ? 0 : -1;
}

static char *
canonical(const char *text)
{
	struct expr *tree = expr_parse(text, NULL);
	struct text out = { 0 };

	if (tree != NULL)
		expr_print(tree, &out);
	expr_free(tree);
	return out.s;
}

int
bind_kpi(struct engine *e, const char *text, struct error *err)
{
	struct binding b = { .engine = e, .err = err, .home = -1 };
	struct kpi kpi = { .column = -1, .late = e->bound, .was = -1 };
	const char *expr = named_expr(text, ':', &kpi.name);

	kpi.root = bind_text(&b, expr);
	free(b.columns);
	if (kpi.root < 0) {
		free(kpi.name);
		return error_at(err, "-k: '%s'", expr);
	}
	kpi.source = b.home;
	kpi.result = plan_result(e->streams[b.home]->plan, kpi.root);
	if (kpi.name == NULL)
		kpi.name = canonical(expr);
	return add_kpi(e, kpi, err) == 0 ? 0 : error_at(err, "-k");
}

static const char *const default_ops[] = { "last", "mean", "sd", "min", "max", "p95" };
enum { DEFAULT_COLUMNS = 1000 }; /* of a source: of more, the default set would need gigabytes */
static const char *const band_ops[] = { "expected", "lower", "upper" };

/* "mean(temperature)", or "mean(reactor.temperature)" where another source has that column too. */
static void
write_call(
    struct text *out, const struct engine *e, const char *op, const struct stream *s, int column)
{
	struct expr leaf = { .kind = EXPR_NAME };
	struct text name = { 0 };

	if (find_column(e, s->shown.columns[column].name).matches > 1)
		text_addf(&name, "%s.", s->shown.source);
	text_add(&name, s->shown.columns[column].name);
	leaf.text = name.s;
	text_addf(out, "%s(", op);
	expr_print(&leaf, out);
	text_addc(out, ')');
	text_done(&name);
}

static int
add_default(struct engine *e, const struct stream *s, int column, const char *op, struct error *err)
{
	struct binding b = { .engine = e, .err = err, .home = s->index };
	struct kpi kpi = { .source = s->index, .column = column, .op = op, .was = -1 };
	struct text text = { 0 };

	write_call(&text, e, op, s, column);
	kpi.root = bind_text(&b, text_get(&text));
	free(b.columns);
	if (kpi.root < 0) {
		text_done(&text);
		return -1;
	}
	kpi.result = plan_result(s->plan, kpi.root);
	kpi.name = text.s;
	return add_kpi(e, kpi, err);
}

static int
add_defaults(struct engine *e, const struct stream *s, struct error *err)
{
	size_t nops = sizeof default_ops / sizeof *default_ops;
	size_t nbands = e->options.forecasts ? sizeof band_ops / sizeof *band_ops : 0;

	int left = DEFAULT_COLUMNS;

	for (int c = 0; c < s->shown.n && left > 0; c++) {
		if (s->shown.columns[c].type != COLUMN_NUMBER || c == s->by)
			continue;
		left--;
		for (size_t i = 0; i < nops; i++)
			if (add_default(e, s, c, default_ops[i], err) != 0)
				return -1;
		for (size_t i = 0; i < nbands; i++)
			if (add_default(e, s, c, band_ops[i], err) != 0)
				return -1;
	}
	return 0;
}

/* Forecasts are asked for, and no expression makes any: then each number column has its own. */
static int
add_forecasters(struct engine *e, struct error *err)
{
	for (int i = 0; i < e->nstreams; i++)
		for (int r = 0; r < plan_roots(e->streams[i]->plan); r++)
			if (plan_uses(e->streams[i]->plan, r, ".forecaster"))
				return 0;
	for (int i = 0; i < e->nstreams; i++) {
		const struct stream *s = e->streams[i];

		for (int c = 0; c < s->shown.n; c++) {
			struct binding b = { .engine = e, .err = err, .home = i };
			struct text text = { 0 };
			int root = 0;

			if (s->shown.columns[c].type == COLUMN_NUMBER && c != s->by) {
				write_call(&text, e, "expected", s, c);
				root = bind_text(&b, text_get(&text));
			}
			free(b.columns);
			text_done(&text);
			if (root < 0)
				return -1;
		}
	}
	return 0;
}

/* --- rules ------------------------------------------------------------------------------------ */

static bool
constant_of(const struct expr *e, double *v)
{
	bool negative = e->kind == EXPR_CALL && strcmp(e->text, "neg") == 0;

	if (negative)
		e = e->args[0];
	if (e->kind != EXPR_NUMBER && e->kind != EXPR_DURATION)
		return false;
	*v = negative ? -e->number : e->number;
	return true;
}

/* "column < number", "number >= column": a line in the chart of the column. */
static void
find_threshold(const struct engine *e, struct rule *r)
{
	static const char signs[] = "<= < >= >";
	struct expr *tree = expr_parse(r->rule.when, NULL);
	const struct expr *name = NULL;
	struct found f;

	if (tree == NULL)
		return;
	if (tree->kind == EXPR_CALL && tree->n == 2 && strstr(signs, tree->text) != NULL) {
		if (constant_of(tree->args[1], &r->threshold_at))
			name = tree->args[0];
		else if (constant_of(tree->args[0], &r->threshold_at))
			name = tree->args[1];
	}
	if (name != NULL && name->kind == EXPR_NAME) {
		f = find_column(e, name->text);
		r->threshold = f.matches == 1 && f.source == r->source && f.column >= 0;
		r->threshold_column = f.column;
	}
	expr_free(tree);
}

int
bind_rule(struct engine *e, struct rule *r, struct error *err)
{
	struct binding b = { .engine = e, .err = err, .home = -1 };
	int when = bind_text(&b, r->rule.when);

	r->columns = b.columns;
	r->ncolumns = b.ncolumns;
	if (when < 0)
		return error_at(err, "-a: '%s'", r->rule.when);
	r->source = b.home;
	find_threshold(e, r);
	if (r->rule.clear != NULL) {
		b.columns = NULL;
		b.ncolumns = 0;
		r->clear = bind_text(&b, r->rule.clear);
		free(b.columns);
		if (r->clear < 0)
			return error_at(err, "-a: clear: '%s'", r->rule.clear);
	}
	r->when = when;
	return 0;
}

/* --- all of them ------------------------------------------------------------------------------ */

static int
unknown_column(const struct engine *e, const char *option, const char *name, const char *near,
    struct error *err)
{
	const struct schema *first = e->streams[0]->own;
	struct text names = { 0 };

	for (int c = 0; c < first->n && c < 8; c++)
		text_addf(&names, "%s%s", c > 0 ? ", " : "", first->columns[c].name);
	if (near != NULL)
		error_set(err, "%s: no column '%s' (did you mean '%s'?)", option, name, near);
	else
		error_set(err, "%s: no column '%s' (there are %s%s)", option, name,
		    text_get(&names), first->n > 8 ? ", ..." : "");
	text_done(&names);
	return -1;
}

/* A column that an option names must be in one of the sources. */
static int
check_column(const struct engine *e, const char *option, const char *name, struct error *err)
{
	struct suggestion near = { 0 };

	for (int i = 0; i < e->nstreams; i++) {
		const struct schema *own = e->streams[i]->own;

		if (schema_find(own, name) >= 0 || own->n == 0)
			return 0;
		for (int c = 0; c < own->n; c++)
			suggest(&near, name, own->columns[c].name);
	}
	return unknown_column(e, option, name, near.word, err);
}

static bool
any_columns(const struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++)
		if (e->streams[i]->own->n > 0)
			return true;
	return false;
}

int
engine_bind(struct engine *e, struct error *err)
{
	if (e->by != NULL && check_column(e, "-b", e->by, err) != 0)
		return -1;
	e->bound = !any_columns(e); /* an empty file is no error, and no expression can fit it */
	if (e->bound)
		return 0;
	for (int i = 0; i < e->nderived; i++)
		if (bind_derived(e, &e->derived[i], err) != 0)
			return -1;
	for (int i = 0; i < e->nwishes; i++)
		if (bind_kpi(e, e->wishes[i], err) != 0)
			return -1;
	for (int i = 0; i < e->nstreams && e->options.default_kpis; i++)
		if (add_defaults(e, e->streams[i], err) != 0)
			return -1;
	for (int i = 0; i < e->nrules; i++)
		if (bind_rule(e, &e->rules[i], err) != 0)
			return -1;
	if (e->options.forecast_columns && add_forecasters(e, err) != 0)
		return -1;
	e->bound = true;
	engine_use(e);
	return 0;
}
