/* table_values.c - what stands in the columns of a table's line. */
#include <math.h>
#include <string.h>

#include "widgets/name_lists.h"
#include "widgets/table_parts.h"

const struct column_spec table_columns[TABLE_COLUMNS] = {
	{ "LAST", NULL, FROM_TRACK, NULL },
	{ "MEAN", "mean", FROM_KPI, NULL },
	{ "SD", "sd", FROM_KPI, NULL },
	{ "MIN", "min", FROM_KPI, NULL },
	{ "P95", "p95", FROM_KPI, NULL },
	{ "MAX", "max", FROM_KPI, NULL },
	{ "EXPECTED", "expected", FROM_EXPECTED, NULL },
	{ "±95%", "expected", FROM_BAND, "+-95%" },
	{ "ANOMALY", "anomaly", FROM_ANOMALY, NULL },
};

const char *
column_title(const struct column_spec *c, enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII && c->ascii != NULL ? c->ascii : c->title;
}

int
column_more_decimals(const struct column_spec *c)
{
	return c->op != NULL && (strcmp(c->op, "mean") == 0 || strcmp(c->op, "sd") == 0);
}

static double
kpi_value(const struct view *v, const struct series *s, const char *op)
{
	for (int i = 0; i < SERIES_KPIS && s->kpi[i] >= 0; i++) {
		const struct kpi *kpi = engine_kpi(v->engine, s->kpi[i]);

		if (kpi->op != NULL && strcmp(kpi->op, op) == 0)
			return engine_kpi_value(v->engine, s->kpi[i]);
	}
	return NAN;
}

static double
column_value(const struct view *v, const struct series *s, const struct column_spec *c)
{
	switch (c->from) {
	case FROM_TRACK:
		return view_last(v, s->source, s->track);
	case FROM_KPI:
		return kpi_value(v, s, c->op);
	case FROM_EXPECTED:
		return view_last(v, s->source, s->expected);
	case FROM_ANOMALY:
		return view_last(v, s->source, s->anomaly);
	case FROM_BAND:
		return (view_last(v, s->source, s->upper) - view_last(v, s->source, s->lower)) / 2;
	}
	return NAN;
}

bool
column_exists(const struct widget *w, const struct view *v, const struct column_spec *c)
{
	if (c->op != NULL && !list_names(table_option(w, TABLE_KPIS), c->op))
		return false;
	for (int i = 0; i < v->nseries; i++) {
		const struct series *s = &v->series[i];

		if (c->from == FROM_TRACK || (c->from == FROM_EXPECTED && s->expected >= 0) ||
		    (c->from == FROM_BAND && s->lower >= 0 && s->upper >= 0) ||
		    (c->from == FROM_ANOMALY && s->anomaly >= 0))
			return true;
		for (int k = 0; c->from == FROM_KPI && k < SERIES_KPIS && s->kpi[k] >= 0; k++) {
			const char *op = engine_kpi(v->engine, s->kpi[k])->op;

			if (op != NULL && strcmp(op, c->op) == 0)
				return true;
		}
	}
	return false;
}

static int
firing_severity(const struct view *v, const struct series *s)
{
	int gravest = -1;

	for (int rule = 0; rule < engine_rules(v->engine); rule++)
		if (engine_alert(v->engine, rule)->state == ALERT_FIRING &&
		    view_rule_reads(v, rule, s) &&
		    (int)engine_rule(v->engine, rule)->severity > gravest)
			gravest = (int)engine_rule(v->engine, rule)->severity;
	return gravest;
}

void
table_line_update(struct line *line, const struct view *v, const struct series *s)
{
	/* of those beside the one with the focus also the last value */
	bool rests = v->rests && line->range.set, all = rests && s != view_selected(v);
	uint64_t first, end;
	double lo, hi;

	if (view_span(v, s, &first, &end) &&
	    history_extent(v->history, s->track, first, end, &lo, &hi))
		range_update(&line->range, lo, hi, end, (end - first) / 4);
	if (v->frozen != NULL)
		return;
	view_see(v, &line->figures, s->source, s->track);
	if (all)
		return;
	for (int c = 0; c < TABLE_COLUMNS; c++)
		if (!rests || c == TABLE_LAST)
			line->values[c] = column_value(v, s, &table_columns[c]);
	if (line->range.set)
		figures_update(&line->figures, line->range.lo, line->range.hi);
	line->before = end > first + 1 ? history_at(v->history, s->track, end - 2) : NAN;
	line->firing = firing_severity(v, s);
}

void
table_join_units(struct table *t, const struct view *v)
{
	int end = t->first + t->rows < t->nshown ? t->first + t->rows : t->nshown;

	for (int i = t->first; i < end; i++)
		for (int k = t->first; k < end; k++) {
			const char *a = v->series[t->shown[i]].unit,
				   *b = v->series[t->shown[k]].unit;
			int decimals = t->lines[t->shown[k]].figures.decimals;
			struct figures *f = &t->lines[t->shown[i]].figures;

			if (a != NULL && b != NULL && *a != '\0' && strcmp(a, b) == 0 &&
			    decimals > f->decimals)
				f->decimals = decimals;
		}
}
