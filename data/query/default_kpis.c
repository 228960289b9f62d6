/* default_kpis.c - what is computed when nobody names anything: a set of KPIs for each number
 * column, and forecasts. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

static const char *const default_ops[] = { "last", "mean", "sd", "min", "max", "p95" };
static const char *const band_ops[] = { "expected", "anomaly", "lower", "upper" };
enum { TRAIL_COLUMNS = 64 };
enum { DEFAULT_COLUMNS = 1000 }; /* of a source: of more, the default set would need gigabytes */

/* "mean(temperature)", or "mean(reactor.temperature)" where another source has that column too. */
static void
write_call(struct text *out, const struct query *q, const char *op, int source, int column,
    const char *rest)
{
	const struct schema *shown = &q->sources[source].shown;
	struct expr leaf = { .kind = EXPR_NAME };
	struct text name = { 0 };

	if (!query_names_alone(q, source, shown->columns[column].name))
		text_addf(&name, "%s.", shown->source);
	text_add(&name, shown->columns[column].name);
	leaf.text = name.s;
	text_addf(out, "%s(", op);
	expr_print(&leaf, out);
	text_addf(out, "%s)", rest);
	text_done(&name);
}

static int
add_default(struct query *q, int source, int column, const char *op, struct error *err)
{
	struct resolution r = { .query = q, .err = err, .home = source };
	struct kpi kpi = { .source = source, .column = column, .op = op, .was = -1 };
	struct text text = { 0 };

	write_call(&text, q, op, source, column, "");
	kpi.root = resolve(&r, text_get(&text));
	free(r.columns);
	if (kpi.root < 0) {
		text_done(&text);
		return -1;
	}
	kpi.result = plan_result(q->sources[source].plan, kpi.root);
	kpi.name = text.s;
	return keep_kpi(q, kpi, err);
}

static bool
is_measure(const struct query_source *s, int column)
{
	return s->shown.columns[column].type == COLUMN_NUMBER && column != s->by;
}

static int
add_defaults(struct query *q, int source, struct error *err)
{
	size_t nops = sizeof default_ops / sizeof *default_ops;
	size_t nbands = q->options.forecasts ? sizeof band_ops / sizeof *band_ops : 0;
	const struct query_source *s = &q->sources[source];
	int left = DEFAULT_COLUMNS;

	for (int c = 0; c < s->shown.n && left > 0; c++) {
		if (!is_measure(s, c))
			continue;
		left--;
		for (size_t i = 0; i < nops; i++)
			if (add_default(q, source, c, default_ops[i], err) != 0)
				return -1;
		for (size_t i = 0; i < nbands; i++)
			if (add_default(q, source, c, band_ops[i], err) != 0)
				return -1;
	}
	return 0;
}

int
add_default_kpis(struct query *q, struct error *err)
{
	for (int i = 0; i < q->nsources; i++)
		if (add_defaults(q, i, err) != 0)
			return -1;
	return 0;
}

static bool
any_forecaster(const struct query *q)
{
	for (int i = 0; i < q->nsources; i++)
		for (int r = 0; r < plan_roots(q->sources[i].plan); r++)
			if (plan_uses(q->sources[i].plan, r, ".forecaster"))
				return true;
	return false;
}

/* Something that is computed though nobody asks for its value. */
static int
add_unseen(
    struct query *q, const char *op, int source, int column, const char *rest, struct error *err)
{
	struct resolution r = { .query = q, .err = err, .home = source };
	struct text text = { 0 };
	int root;

	write_call(&text, q, op, source, column, rest);
	root = resolve(&r, text_get(&text));
	free(r.columns);
	text_done(&text);
	return root < 0 ? -1 : 0;
}

/* Forecasts are asked for, and no expression makes any: then each number column has its own. */
int
add_forecasters(struct query *q, struct error *err)
{
	if (any_forecaster(q))
		return 0;
	for (int i = 0; i < q->nsources; i++)
		for (int c = 0; c < q->sources[i].shown.n; c++)
			if (is_measure(&q->sources[i], c) &&
			    add_unseen(q, "expected", i, c, "", err) != 0)
				return -1;
	return 0;
}

/* A window of the column holds its last rows: the same that the default KPIs have. */
int
add_trails(struct query *q, struct error *err)
{
	for (int i = 0; i < q->nsources; i++) {
		int left = TRAIL_COLUMNS;

		for (int c = 0; q->sources[i].by >= 0 && c < q->sources[i].shown.n && left > 0; c++)
			if (is_measure(&q->sources[i], c) && left-- > 0 &&
			    add_unseen(q, "first", i, c, ", 60", err) != 0)
				return -1;
	}
	return 0;
}
