/* widget.c - the table of widgets, and what they all ask of a view. */
#include "widgets/widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"
#include "widgets/list.h"
#include "widgets/draw/scale.h"

enum { SEEN_MOST = 256 };
enum { WINDOW_LEAST = 10, WINDOW_ANY = 100 /* where as many as fit says nothing */ };

#define WIDGET(name) extern const struct widget_class widget_##name;
WIDGET_LIST(WIDGET)
#undef WIDGET

#define WIDGET(name) &widget_##name,
const struct widget_class *const widget_classes[] = { WIDGET_LIST(WIDGET) NULL };
#undef WIDGET

const struct widget_class *
widget_class_find(const char *name)
{
	for (const struct widget_class *const *c = widget_classes; *c != NULL; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

uint64_t
view_end(const struct view *v, int source)
{
	uint64_t end = history_end(v->history, source);

	return v->frozen != NULL && v->frozen[source] < end ? v->frozen[source] : end;
}

uint64_t
view_window(const struct view *v, int source)
{
	struct progress progress = engine_progress(v->engine, source);

	uint64_t rows = WINDOW_LEAST;

	if (progress.exact && progress.rows < v->window && progress.rows >= WINDOW_LEAST)
		return progress.rows;
	if (!v->tried)
		return v->window;
	while (
	    rows < progress.row && rows < v->window) /* what there is takes half of it at least */
		rows *= 2;
	return rows < v->window ? rows : v->window;
}

bool
view_texts_alone(const struct view *v)
{
	bool texts = false;

	for (int i = 0; i < engine_sources(v->engine); i++) {
		const struct schema *schema = engine_schema(v->engine, i);

		for (int k = 0; schema != NULL && k < schema->n; k++)
			texts |= schema->columns[k].type == COLUMN_TEXT;
	}
	return texts && v->nseries == 0;
}

int
view_series_lines(const struct view *v)
{
	return view_texts_alone(v) ? 0 : LINES_ANY;
}

const char *
view_emptiness(const struct view *v)
{
	if (engine_state(v->engine) == ENGINE_OPENING)
		return "waiting for the first rows";
	return v->nseries > 0 ? "no rows yet" : "no number column";
}

/* A text column or a KPI that gives texts. */
static bool
is_text(const struct view *v, const char *name)
{
	for (int i = 0; i < engine_sources(v->engine); i++) {
		const struct schema *schema = engine_schema(v->engine, i);
		int column = schema != NULL ? schema_find(schema, name) : -1;

		if (column >= 0)
			return schema->columns[column].type == COLUMN_TEXT;
	}
	for (int i = 0; i < engine_kpis(v->engine); i++)
		if (strcmp(engine_kpi(v->engine, i)->name, name) == 0)
			return engine_kpi(v->engine, i)->result == RESULT_TEXT;
	return false;
}

void
view_reason(const struct view *v, const char *of, char out[REASON_CHARS])
{
	if (of != NULL && is_text(v, of))
		snprintf(out, REASON_CHARS, "%.60s is text", of);
	else
		snprintf(out, REASON_CHARS, "%s", view_emptiness(v));
}

bool
view_shows(const struct view *v, int series)
{
	return v->filter == NULL || strcasestr(v->series[series].name, v->filter) != NULL;
}

const char *
view_key(const struct view *v, int source, size_t *n)
{
	const struct key_state *k;

	*n = 0;
	if (engine_schema(v->engine, source) == NULL || engine_by(v->engine, source) < 0)
		return NULL;
	k = engine_key(v->engine, source);
	return k != NULL ? key_state_name(k, n) : engine_looked(v->engine, source, n);
}

const struct series *
view_selected(const struct view *v)
{
	return v->selected >= 0 && v->selected < v->nseries ? &v->series[v->selected] : NULL;
}

const struct op *
view_forecaster(const struct view *v)
{
	const struct series *s = view_selected(v);

	return s != NULL && s->column >= 0 ? engine_forecaster(v->engine, s->source, s->column)
					   : NULL;
}

const struct series *
view_line(const struct view *v, const char *name, size_t n)
{
	for (int i = 0; i < v->nseries + v->nlines; i++)
		if (strlen(v->series[i].name) == n && memcmp(v->series[i].name, name, n) == 0)
			return &v->series[i];
	return NULL;
}

const struct series *
widget_series(const struct view *v, const struct widget *w, int i)
{
	const char *name = w->values != NULL ? w->values[i].text : NULL;

	return name == NULL || *name == '\0' ? view_selected(v) : view_line(v, name, strlen(name));
}

void
series_title(const struct series *s, char out[TITLE_CHARS])
{
	bool unit = s->unit != NULL && *s->unit != '\0';

	snprintf(out, TITLE_CHARS, "%.60s%s%.15s", s->label != NULL ? s->label : s->name,
	    unit ? " " : "", unit ? s->unit : "");
}

void
heading_title(
    struct heading *h, const struct widget *w, const struct series *s, const char *fallback)
{
	if (w->title == NULL && s != NULL)
		series_title(s, h->title);
	else
		snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : fallback);
}

void
heading_key(struct heading *h, const struct view *v, int source)
{
	size_t n, len = strlen(h->title), room = sizeof h->title - len;
	const char *key = view_key(v, source, &n);
	char label[KEY_CHARS];

	if (key == NULL || room <= sizeof " · ")
		return;
	room -= sizeof " · ";
	key_label(key, n, room < KEY_CHARS ? room : KEY_CHARS, label);
	snprintf(h->title + len, sizeof h->title - len, " · %s", label);
}

void
key_label(const char *key, size_t n, size_t size, char *out)
{
	size_t cut = n < size ? n : size - 1;

	if (n == 0) {
		snprintf(out, size, "(missing)");
		return;
	}
	while (cut < n && cut > 0 && ((unsigned char)key[cut] & 0xc0) == 0x80)
		cut--; /* no character in part */
	memcpy(out, key, cut);
	out[cut] = '\0';
}

bool
view_all_keys(const struct view *v, int source)
{
	return !v->one_key && engine_schema(v->engine, source) != NULL &&
	       engine_by(v->engine, source) >= 0;
}

bool
mark_is_looked_at(const struct view *v, const struct mark *m)
{
	size_t n;
	const char *key = view_key(v, m->source, &n);

	if (m->key[0] == '\0' || key == NULL)
		return true;
	n = n < sizeof m->key - 1 ? n : sizeof m->key - 1;
	return strlen(m->key) == n && memcmp(m->key, key, n) == 0;
}

bool
view_span(const struct view *v, const struct series *s, uint64_t *first, uint64_t *end)
{
	uint64_t begin = history_begin(v->history, s->source),
		 window = v->window > 0 ? v->window : WINDOW_ANY;

	*end = view_end(v, s->source);
	*first = *end > window && *end - window > begin ? *end - window : begin;
	return *first < *end;
}

double
view_last(const struct view *v, int source, int track)
{
	uint64_t end = view_end(v, source);

	if (track < 0 || end == 0 || end <= history_begin(v->history, source))
		return NAN;
	return history_at(v->history, track, end - 1);
}

bool
view_has_times(const struct view *v, int source)
{
	const struct schema *schema = engine_schema(v->engine, source);

	return schema != NULL && schema->stamps_tell;
}

bool
view_rule_reads(const struct view *v, int rule, const struct series *s)
{
	const struct rule *r = &engine_query(v->engine)->rules[rule];

	for (int i = 0; i < r->ncolumns && r->source == s->source; i++)
		if (r->columns[i] == s->column)
			return true;
	return false;
}

bool
view_threshold(const struct view *v, int rule, const struct series *s, double *at)
{
	const struct rule *r = &engine_query(v->engine)->rules[rule];

	*at = r->threshold_at;
	return r->threshold && r->source == s->source && r->threshold_column == s->column;
}

bool
view_clears(const struct view *v, int rule, const struct series *s, double *at)
{
	const struct rule *r = &engine_query(v->engine)->rules[rule];

	*at = r->clears_at;
	return r->clears && r->source == s->source && r->threshold_column == s->column;
}

void
view_see(const struct view *v, struct figures *f, int source, int track)
{
	uint64_t end = view_end(v, source), row = history_begin(v->history, source);

	if (f->seen <= end && f->seen > row)
		row = f->seen;
	if (end > SEEN_MOST && row < end - SEEN_MOST)
		row = end - SEEN_MOST;
	for (; track >= 0 && row < end; row++)
		figures_see(f, history_at(v->history, track, row));
	f->seen = end;
}

enum style
severity_style(enum severity s)
{
	return s == SEVERITY_CRITICAL  ? STYLE_CRITICAL
	       : s == SEVERITY_WARNING ? STYLE_WARNING
				       : STYLE_INFO;
}

void
mark_when(const struct view *v, const struct mark *m, char *out)
{
	char iso[TIME_CHARS + 1], now[TIME_CHARS + 1], count[COUNT_CHARS];
	int64_t last = engine_progress(v->engine, m->source).time;
	int n;

	if (!view_has_times(v, m->source) || m->time == TIME_NONE) {
		count_print(m->number, count);
		snprintf(out, WHEN_CHARS, "row %s", count);
		return;
	}
	n = time_format(m->time, iso);
	iso[n] = '\0';
	n = time_format(last == TIME_NONE ? m->time : last, now);
	now[n] = '\0';
	if (strncmp(iso, now, 10) == 0)
		snprintf(out, WHEN_CHARS, "%.8s", iso + 11);
	else
		snprintf(out, WHEN_CHARS, "%.10s %.5s", iso, iso + 11);
}

/* What stands behind the column's name in "temperature < 10"; NULL when that is not its form. */
static const char *
behind_column(const struct view *v, int rule)
{
	const char *when = engine_rule(v->engine, rule)->when, *sign;

	if (!engine_query(v->engine)->rules[rule].threshold)
		return NULL;
	sign = strpbrk(when, "<>=!");
	return sign != NULL && sign > when ? sign : NULL;
}

void
mark_condition(const struct view *v, const struct mark *m, char *out, size_t size)
{
	const char *rest = behind_column(v, m->rule);
	char value[FORM_CHARS];

	if (rest == NULL || isnan(m->value) || m->state != ALERT_FIRING) {
		snprintf(out, size, "%s", engine_rule(v->engine, m->rule)->when);
		return;
	}
	snprintf(value, sizeof value, "%.6g", m->value);
	snprintf(out, size, "%s %s", value, rest);
}
