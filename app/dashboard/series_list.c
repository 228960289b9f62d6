/* series_list.c - what there is to see of an engine: its number columns, and the KPIs that are
 * numbers.
 *
 * Found when the columns are known, so that tracks begin with the first row, and again when KPIs
 * were added or what is asked for was exchanged. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/dashboard/dashboard_parts.h"
#include "widgets/name_lists.h"

static bool
name_is_shared(const struct engine *e, int source, const char *name)
{
	for (int i = 0; i < engine_sources(e); i++)
		if (i != source && engine_schema(e, i) != NULL &&
		    schema_find(engine_schema(e, i), name) >= 0)
			return true;
	return false;
}

static char *
series_name(const struct engine *e, int source, int column)
{
	const struct schema *schema = engine_schema(e, source);
	const char *name = schema->columns[column].name;
	struct text text = { 0 };

	if (name_is_shared(e, source, name))
		text_addf(&text, "%s.", schema->source);
	text_add(&text, name);
	return text.s;
}

/* The default KPIs of a column, which stand side by side. */
static void
find_kpis(struct dashboard *d, struct series *s, int *from)
{
	int n = 0, kpis = engine_kpis(d->engine);

	for (int i = *from; i < kpis; i++) {
		const struct kpi *kpi = engine_kpi(d->engine, i);

		if (kpi->source != s->source || kpi->column != s->column || kpi->op == NULL) {
			if (n > 0)
				break;
			continue;
		}
		if (n < SERIES_KPIS)
			s->kpi[n++] = i;
		*from = i + 1;
	}
	while (n < SERIES_KPIS)
		s->kpi[n++] = -1;
}

/* The lines of what was expected: from now on, where there were none. */
static void
find_band(struct dashboard *d, struct series *s)
{
	for (int i = 0; i < SERIES_KPIS && s->kpi[i] >= 0; i++) {
		const char *op = engine_kpi(d->engine, s->kpi[i])->op;

		if (strcmp(op, "expected") == 0)
			s->expected = history_kpi(d->history, s->kpi[i]);
		else if (strcmp(op, "lower") == 0)
			s->lower = history_kpi(d->history, s->kpi[i]);
		else if (strcmp(op, "upper") == 0)
			s->upper = history_kpi(d->history, s->kpi[i]);
		else if (strcmp(op, "anomaly") == 0)
			s->anomaly = history_kpi(d->history, s->kpi[i]);
	}
}

void
series_look(struct dashboard *d)
{
	if (d->view.selected >= BANDS_MAX && d->view.selected < d->view.nseries)
		find_band(d, &d->series[d->view.selected]);
}

/* What the dashboard file says of a column; its unit is else that of its cells. */
static void
describe(const struct dashboard *d, struct series *s)
{
	const struct config_column *c = NULL;
	const char *own, *told;

	s->min = s->max = NAN;
	own = engine_schema(d->engine, s->source)->columns[s->column].unit;
	s->unit = own != NULL && own[0] != '\0' ? own : NULL;
	if (d->config == NULL)
		return;
	c = config_column(d->config, s->name);
	told = config_unit(d->config, s->name);
	s->unit = told != NULL ? told : s->unit;
	if (c == NULL)
		return;
	s->label = c->label;
	s->min = c->min;
	s->max = c->max;
}

static void
add_column(struct dashboard *d, int source, int column, int *kpi)
{
	struct series *s = &d->series[d->view.nseries];

	if (d->view.nseries == SERIES_MAX) {
		d->view.more_series++;
		return;
	}
	*s = (struct series){ .source = source,
		.column = column,
		.kpi_of = -1,
		.expected = -1,
		.lower = -1,
		.upper = -1,
		.anomaly = -1 };
	s->name = series_name(d->engine, source, column);
	s->track = history_column(d->history, source, column);
	find_kpis(d, s, kpi);
	if (d->view.nseries < BANDS_MAX)
		find_band(d, s);
	describe(d, s);
	d->view.nseries++;
}

/* Columns that number the rows, or those that do not. */
static void
add_columns(struct dashboard *d, bool index)
{
	for (int source = 0; source < engine_sources(d->engine); source++) {
		const struct schema *schema = engine_schema(d->engine, source);
		int kpi = 0; /* default ones come column by column */

		for (int c = 0; schema != NULL && c < schema->n; c++)
			if (schema->columns[c].type == COLUMN_NUMBER &&
			    schema->columns[c].index == index)
				add_column(d, source, c, &kpi);
	}
}

/* What numbers the rows comes last: it is never the one that is seen first, where there is
 * another. */
static void
find_series(struct dashboard *d)
{
	for (int i = 0; i < d->view.nseries; i++)
		free(d->series[i].name);
	d->view.nseries = d->view.more_series = 0;
	add_columns(d, false);
	add_columns(d, true);
}

/* Behind the columns: what can be drawn of a KPI. */
static void
add_line(struct dashboard *d, int number, int track, const char *unit)
{
	const struct kpi *kpi = engine_kpi(d->engine, number);
	struct series *s = &d->series[d->view.nseries + d->view.nlines++];

	*s = (struct series){ .source = kpi->source,
		.column = -1,
		.name = kpi->name,
		.unit = unit,
		.min = NAN,
		.max = NAN,
		.kpi_of = number,
		.track = track,
		.expected = -1,
		.lower = -1,
		.upper = -1,
		.anomaly = -1 };
	for (int i = 0; i < SERIES_KPIS; i++)
		s->kpi[i] = -1;
}

static void
find_own(struct dashboard *d)
{
	size_t lines = SERIES_MAX + (size_t)engine_kpis(d->engine);

	d->series = memory_grow(d->series, lines, sizeof *d->series);
	d->view.nlines = 0;
	d->own = memory_grow(d->own, (size_t)engine_kpis(d->engine), sizeof *d->own);
	d->view.nown = 0;
	for (int i = 0; i < engine_kpis(d->engine); i++) {
		const struct kpi *kpi = engine_kpi(d->engine, i);

		struct own_kpi *own = &d->own[d->view.nown];

		if (kpi->op != NULL)
			continue;
		d->view.nown++;
		*own = (struct own_kpi){ .kpi = i,
			.track = -1,
			.unit = d->config != NULL ? config_unit(d->config, kpi->name) : NULL };
		if (kpi->result != RESULT_NUMBER)
			continue;
		own->track = history_kpi(d->history, i);
		add_line(d, i, own->track, own->unit);
	}
}

static const char *
unit_of(const struct dashboard *d, const struct kpi *kpi)
{
	for (int i = 0; i < d->view.nseries; i++)
		if (d->series[i].source == kpi->source && d->series[i].column == kpi->column)
			return d->series[i].unit;
	return NULL;
}

static bool
names_series(const struct dashboard *d, const char *of, const struct kpi *kpi)
{
	for (int i = 0; i < d->view.nseries; i++)
		if (d->series[i].source == kpi->source && d->series[i].column == kpi->column)
			return list_names(of, d->series[i].name);
	return false;
}

/* Some pane shows the default KPI as a line: "kpis: mean" of its column. */
static bool
is_shown(const struct dashboard *d, const struct kpi *kpi)
{
	const struct config *c = d->config;

	for (int r = 0; c != NULL && r < c->nlayout; r++)
		for (int p = 0; p < c->layout[r].npanes; p++) {
			const struct config_pane *pane = &c->layout[r].panes[p];

			if (pane->kpis != NULL && list_names(pane->kpis, kpi->op) &&
			    names_series(d, pane->of, kpi))
				return true;
		}
	return false;
}

/* Behind the own KPIs: of the default ones those that a pane names. */
static void
find_statistics(struct dashboard *d)
{
	for (int i = 0; i < engine_kpis(d->engine); i++) {
		const struct kpi *kpi = engine_kpi(d->engine, i);

		if (kpi->op != NULL && kpi->result == RESULT_NUMBER && is_shown(d, kpi))
			add_line(d, i, history_kpi(d->history, i), unit_of(d, kpi));
	}
}

static int
series_named(const struct dashboard *d, const char *name, size_t n)
{
	for (int i = 0; i < d->view.nseries; i++)
		if (strlen(d->series[i].name) == n && memcmp(d->series[i].name, name, n) == 0)
			return i;
	return -1;
}

/* What the layout shows first is what it is about. */
static int
find_first(const struct dashboard *d)
{
	const struct config *c = d->config;

	for (int r = 0; c != NULL && r < c->nlayout; r++)
		for (int p = 0; p < c->layout[r].npanes; p++) {
			const char *of = c->layout[r].panes[p].of, *name;
			size_t n;
			int found = -1;

			while (found < 0 && of != NULL && (n = list_next(&of, &name)) > 0)
				found = series_named(d, name, n);
			if (found >= 0)
				return found;
		}
	return 0;
}

/* The series of that name, where columns have moved. */
static int
find_selected(const struct dashboard *d, const char *name)
{
	int found = name != NULL ? series_named(d, name, strlen(name)) : -1;

	return found >= 0 ? found : find_first(d);
}

void
view_point(struct dashboard *d)
{
	d->view.series = d->series;
	d->view.own = d->own;
	d->view.hints = d->keymap.hints;
	d->view.nhints = d->keymap.nhints;
	d->view.dialect = text_get(&d->dialects);
	d->view.frozen = d->freezing ? d->frozen : NULL;
}

void
series_find(struct dashboard *d)
{
	const struct series *focus = view_selected(&d->view);
	char *name = focus != NULL ? memory_text(focus->name, strlen(focus->name)) : NULL;

	d->kpis = engine_kpis(d->engine);
	d->frozen = memory_grow(d->frozen, (size_t)engine_sources(d->engine), sizeof *d->frozen);
	dialects_find(d);
	find_series(d);
	find_own(d);
	find_statistics(d);
	d->view.selected = find_selected(d, name);
	d->drawn = -1; /* what a click would hit stands there no more */
	view_point(d);
	free(name);
}
