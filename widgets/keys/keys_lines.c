/* keys_lines.c - what the list tells of each key: all of it is read from the key's own state. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "widgets/keys/keys_parts.h"

/* "MEAN" of one of the default ones, else its name. */
static void
title_of(const struct view *v, const struct key_column *c, char out[TITLE_CHARS])
{
	const char *op = engine_kpi(v->engine, c->kpi)->op;

	snprintf(out, TITLE_CHARS, "%s", op != NULL ? op : c->name);
	for (char *s = out; op != NULL && *s != '\0'; s++)
		*s = (char)toupper((unsigned char)*s);
}

static void
set_kpi(struct key_kpi *k, const struct view *v, const struct key_column *c)
{
	if (k->column.kpi != c->kpi || k->column.series != c->series || k->title[0] == '\0')
		*k = (struct key_kpi){ .w = 0 };
	k->column = *c;
	k->text = engine_kpi(v->engine, c->kpi)->result == RESULT_TEXT;
	title_of(v, c, k->title);
}

void
keys_find_kpis(struct keys *k, const struct view *v)
{
	struct key_column all[KEY_COLUMNS];
	int n = key_list_columns(v, all), at = key_list_sorted(v->keys, all, n);
	int series = key_list_series(v);

	k->source = key_list_source(v);
	k->by = all[at].by;
	k->reversed = key_list_reversed(v->keys);
	k->sorted = -1;
	k->nkpis = 0;
	for (int i = 0; i < n; i++) {
		bool own = all[i].series < 0;

		if (all[i].by != KEY_KPI || (!own && all[i].series != series))
			continue;
		if (k->nkpis == KPIS_MOST)
			break;
		if (i == at)
			k->sorted = k->nkpis;
		set_kpi(&k->kpis[k->nkpis++], v, &all[i]);
	}
}

/* "cold, flat": those that fire. */
static void
print_firing(const struct view *v, const struct key_state *key, int source, char *out)
{
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < engine_rules(v->engine) && n < FIRING_CHARS; i++)
		if (engine_query(v->engine)->rules[i].source == source &&
		    engine_key_alert(v->engine, key, i)->state == ALERT_FIRING)
			n += (size_t)snprintf(out + n, FIRING_CHARS - n, "%s%s", n > 0 ? ", " : "",
			    engine_rule(v->engine, i)->name);
}

static void
print_seen(const struct view *v, const struct key_state *key, int source, char *out)
{
	struct mark m = {
		.source = source, .number = engine_key_row(key), .time = engine_key_time(key)
	};

	mark_when(v, &m, out);
}

static void
find_line(struct keys *k, const struct view *v, struct key_line *line, const struct key_state *key)
{
	int series = key_list_series(v);

	line->known = key != NULL;
	if (key == NULL)
		return;
	line->looked = key == engine_key(v->engine, k->source);
	engine_key_firing(v->engine, k->source, key, &line->gravest);
	count_print(engine_key_rows(key), line->rows);
	print_seen(v, key, k->source, line->seen);
	print_firing(v, key, k->source, line->firing);
	for (int i = 0; i < k->nkpis; i++)
		line->values[i] = engine_key_kpi(v->engine, key, k->kpis[i].column.kpi);
	line->ntrend = 0;
	if (series >= 0)
		line->ntrend = engine_key_trend(v->engine, k->source, key, v->series[series].column,
		    line->trend, NULL, TREND_ROWS, &line->end);
}

static void
see_range(struct figures *f, const double *values, int n, double *lo, double *hi)
{
	for (int i = 0; i < n; i++) {
		figures_see(f, values[i]);
		*lo = values[i] < *lo ? values[i] : *lo;
		*hi = values[i] > *hi ? values[i] : *hi;
	}
}

/* KPIs of a column are written as its values are, the user's own each in its own way. */
static void
see(struct keys *k, struct figures *f, int kpi)
{
	double lo = INFINITY, hi = -INFINITY;

	for (int i = 0; i < k->n; i++) {
		const struct key_line *line = &k->lines[i];

		if (!line->known)
			continue;
		if (kpi >= 0)
			see_range(f, &line->values[kpi], 1, &lo, &hi);
		else
			see_range(f, line->trend, line->ntrend, &lo, &hi);
	}
	if (lo <= hi)
		figures_update(f, lo, hi);
}

static void
see_all(struct keys *k, const struct view *v)
{
	int series = key_list_series(v);

	if (k->series != series)
		k->figures = (struct figures){ .set = false };
	k->series = series;
	see(k, &k->figures, -1);
	for (int c = 0; c < k->nkpis; c++)
		if (k->kpis[c].column.series < 0 && !k->kpis[c].text)
			see(k, &k->kpis[c].figures, c);
}

/* A mean and a spread have a digit more than what they are of. */
static int
more_decimals(const struct view *v, const struct key_kpi *kpi)
{
	const char *op = engine_kpi(v->engine, kpi->column.kpi)->op;

	return op != NULL && (strcmp(op, "mean") == 0 || strcmp(op, "sd") == 0);
}

void
keys_print(
    const struct keys *k, const struct view *v, int kpi, double value, char out[FIRING_CHARS])
{
	const struct key_kpi *c = &k->kpis[kpi];

	out[0] = '\0';
	if (isnan(value))
		return;
	if (c->text)
		snprintf(out, FIRING_CHARS, "%s", names_text(engine_names(v->engine), value));
	else
		figures_print(c->column.series < 0 ? &c->figures : &k->figures, value,
		    more_decimals(v, c), out);
}

void
keys_find_lines(struct keys *k, const struct view *v)
{
	k->n = key_list_shown(v->keys);
	if (k->n > k->room) {
		k->lines = memory_grow(k->lines, (size_t)k->n, sizeof *k->lines);
		k->room = k->n;
	}
	for (int i = 0; i < k->n; i++) {
		size_t n;
		const char *name = key_list_name(v->keys, i, &n);

		find_line(k, v, &k->lines[i], engine_key_find(v->engine, k->source, name, n));
	}
	see_all(k, v);
}
