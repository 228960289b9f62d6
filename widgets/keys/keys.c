/* keys.c - a line for each key of --by, as top has one for each process: its trend, its KPIs, when
 * it was last seen, and the rules that fire for it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "widgets/keys/keys_parts.h"

enum { SELECTED = 0x25b8, FIRING = 0x25cf, LINES_MOST = 1000 };

enum { FILL };
static const struct param keys_params[] = { { "fill", PARAM_CHOICE, "no", 0, 0, "no|yes",
						"yes: all the room, though there are fewer keys" },
	{ 0 } };

static int
keys_update(struct widget *w, const struct view *v, int width, int height)
{
	struct keys *k = w->state;

	k->source = key_list_source(v);
	if (k->source < 0)
		return 0;
	key_list_follow(v->keys, v, height - 1);
	if (v->frozen == NULL || k->version != key_list_version(v->keys)) {
		k->version = key_list_version(v->keys);
		keys_find_kpis(k, v);
		keys_find_lines(k, v);
	}
	return keys_place(k, v, width);
}

/* Without keys a line says how there are some. */
static int
keys_lines(const struct widget *w, const struct view *v, int width)
{
	int source = key_list_source(v), n = source >= 0 ? engine_keys(v->engine, source) : 0;

	(void)width;
	if (w->values != NULL && strcmp(w->values[FILL].text, "yes") == 0)
		return -1;
	return n < LINES_MOST ? 1 + (n > 0 ? n : 1) : -1;
}

/* "by machine", or "of one, by machine" where there are several sources. */
static void
print_title(const struct view *v, int source, char *out, size_t size)
{
	const struct schema *schema = source >= 0 ? engine_schema(v->engine, source) : NULL;
	int series = key_list_series(v);
	char title[TITLE_CHARS] = "";

	if (schema == NULL) {
		snprintf(out, size, "keys");
		return;
	}
	if (series >= 0)
		series_title(&v->series[series], title);
	snprintf(out, size, "keys by %.30s%s%.40s",
	    schema->columns[engine_by(v->engine, source)].name, title[0] != '\0' ? " · " : "",
	    title);
}

static void
print_count(const struct keys *k, const struct view *v, char *out, size_t size)
{
	char n[COUNT_CHARS], of[COUNT_CHARS], from[COUNT_CHARS], to[COUNT_CHARS];
	int shown = key_list_shown(v->keys), count = key_list_count(v->keys);
	int first = key_list_first(v->keys);

	if (v->key_filter == NULL) /* some may have come since the list was made */
		count = engine_keys(v->engine, k->source);
	count_print((uint64_t)count, n);
	count_print((uint64_t)engine_keys(v->engine, k->source), of);
	count_print((uint64_t)first + 1, from);
	count_print((uint64_t)first + (uint64_t)shown, to);
	if (v->key_filter != NULL)
		snprintf(out, size, "filter: %.24s · %.10s of %.10s", v->key_filter, n, of);
	else if (shown < count)
		snprintf(out, size, "%.10s-%.10s of %.10s", from, to, n);
	else
		snprintf(out, size, "%s key%s", n, count == 1 ? "" : "s");
}

static void
keys_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct keys *k = w->state;
	uint64_t evicted = k->source >= 0 ? engine_keys_evicted(v->engine, k->source) : 0;
	char count[128], gone[COUNT_CHARS];

	if (w->title != NULL)
		snprintf(h->title, sizeof h->title, "%s", w->title);
	else
		print_title(v, k->source, h->title, sizeof h->title);
	if (k->source < 0)
		return;
	print_count(k, v, count, sizeof count);
	count_print(evicted, gone);
	snprintf(h->note, sizeof h->note, "%.50s%s%.20s%s", count, evicted > 0 ? " · " : "",
	    evicted > 0 ? gone : "", evicted > 0 ? " forgotten" : " · </> sorts");
}

/* --- draw ------------------------------------------------------------------------------------- */

/* What they are sorted by has a sign of which way. */
static void
draw_title(const struct keys *k, const struct canvas *c, int x, int w, bool right, bool sorted,
    const char *title)
{
	bool up = k->reversed != (k->by == KEY_NAME);
	char text[TITLE_CHARS + 4];

	if (w == 0)
		return;
	snprintf(text, sizeof text, "%s%s", title, sorted ? up ? "▲" : "▼" : "");
	if (right)
		canvas_right(c, x, 0, w, sorted ? STYLE_FOCUS : STYLE_LABEL, text);
	else
		canvas_text(c, x, 0, w, sorted ? STYLE_FOCUS : STYLE_LABEL, text);
}

static void
draw_titles(const struct keys *k, const struct canvas *c)
{
	draw_title(k, c, k->name.x, k->name.w, false, k->by == KEY_NAME, "KEY");
	draw_title(k, c, k->trend.x, k->trend.w, false, false, "trend");
	for (int i = 0; i < k->nkpis; i++)
		draw_title(k, c, k->kpis[i].x, k->kpis[i].w, !k->kpis[i].text, i == k->sorted,
		    k->kpis[i].title);
	draw_title(k, c, k->rows.x, k->rows.w, true, k->by == KEY_ROWS, "ROWS");
	draw_title(k, c, k->seen.x, k->seen.w, false, k->by == KEY_SEEN, "SEEN");
	draw_title(k, c, k->firing.x, k->firing.w, false, k->by == KEY_FIRING, "FIRING");
}

static void
draw_trend(const struct keys *k, const struct view *v, const struct canvas *c,
    const struct key_line *line, int y)
{
	struct trend t = { .lo = INFINITY, .hi = -INFINITY };

	if (k->series >= 0 && k->series < v->nseries)
		t.of = &v->series[k->series];
	for (int i = 0; i < line->ntrend; i++) {
		t.lo = line->trend[i] < t.lo ? line->trend[i] : t.lo;
		t.hi = line->trend[i] > t.hi ? line->trend[i] : t.hi;
	}
	if (t.lo <= t.hi && k->trend.w > 0)
		sparkline_values(
		    c, k->trend.x, y, k->trend.w, v, &t, line->trend, line->ntrend, line->end);
}

static void
draw_kpi(const struct keys *k, const struct view *v, const struct canvas *c,
    const struct key_line *line, int kpi, int y)
{
	const struct key_kpi *p = &k->kpis[kpi];
	enum style style = kpi == k->sorted ? STYLE_BOLD : STYLE_TEXT;
	char text[FIRING_CHARS];

	if (p->w == 0)
		return;
	keys_print(k, v, kpi, line->values[kpi], text);
	if (text[0] == '\0')
		canvas_cell(c, p->text ? p->x : p->x + p->w - p->tail - 1, y, '-', STYLE_DIM);
	else if (p->text)
		canvas_text(c, p->x, y, p->w, style, text);
	else
		canvas_right(c, p->x, y, p->w - p->tail + figures_tail(text), style, text);
}

static void
draw_line(const struct keys *k, const struct view *v, const struct canvas *c, int i, int y)
{
	const struct key_line *line = &k->lines[i];
	enum style style = line->looked ? STYLE_FOCUS : STYLE_TEXT;
	size_t n;
	const char *key = key_list_name(v->keys, i, &n);
	char name[KEY_CHARS];

	key_label(key, n, sizeof name, name);
	if (!line->known) {
		canvas_text(c, k->name.x, y, k->name.w, STYLE_DIM, name);
		return;
	}
	if (line->looked)
		canvas_cell(c, 0, y, SELECTED, STYLE_FOCUS);
	canvas_text(c, k->name.x, y, k->name.w, style, name);
	if (line->gravest >= 0) {
		enum style severity = severity_style((enum severity)line->gravest);

		canvas_cell(c, k->name.x + k->name.w + 1, y, FIRING, severity);
		canvas_text(c, k->firing.x, y, k->firing.w, severity, line->firing);
	}
	draw_trend(k, v, c, line, y);
	for (int kpi = 0; kpi < k->nkpis; kpi++)
		draw_kpi(k, v, c, line, kpi, y);
	if (k->rows.w > 0)
		canvas_right(c, k->rows.x, y, k->rows.w, STYLE_TEXT, line->rows);
	canvas_text(c, k->seen.x, y, k->seen.w, STYLE_LABEL, line->seen);
}

static void
keys_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct keys *k = w->state;

	if (k->source < 0 || k->n == 0) {
		canvas_text(c, 1, c->h > 1, c->w - 1, STYLE_DIM,
		    engine_state(v->engine) == ENGINE_OPENING ? view_emptiness(v)
		    : k->source < 0         ? "no keys (weir --by COLUMN begins with some)"
		    : v->key_filter != NULL ? "no key has the filter's text in its name"
					    : "no rows yet");
		return;
	}
	draw_titles(k, c);
	for (int i = 0; i < k->n && i + 1 < c->h; i++)
		draw_line(k, v, c, i, i + 1);
}

/* The one of the columns to sort by whose title stands in cell x; -1. */
static int
column_at(const struct keys *k, const struct view *v, int x)
{
	struct key_column all[KEY_COLUMNS];
	int n = key_list_columns(v, all), kpi = -1;
	enum key_measure by = KEY_NAME;
	const struct {
		enum key_measure by;
		const struct key_place *at;
	} places[] = { { KEY_NAME, &k->name }, { KEY_ROWS, &k->rows }, { KEY_SEEN, &k->seen },
		{ KEY_FIRING, &k->firing } };
	bool found = false;

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (x >= places[i].at->x && x < places[i].at->x + places[i].at->w) {
			by = places[i].by;
			found = true;
		}
	for (int i = 0; i < k->nkpis; i++)
		if (x >= k->kpis[i].x && x < k->kpis[i].x + k->kpis[i].w) {
			by = KEY_KPI;
			kpi = k->kpis[i].column.kpi;
			found = true;
		}
	for (int i = 0; i < n && found; i++)
		if (all[i].by == by && (by != KEY_KPI || all[i].kpi == kpi))
			return i;
	return -1;
}

static struct hit
keys_at(const struct widget *w, const struct view *v, int width, int height, int x, int y)
{
	const struct keys *k = w->state;
	int column;

	(void)width;
	if (k->source < 0 || y >= height)
		return (struct hit){ HIT_NOTHING, 0 };
	if (y > 0)
		return (struct hit){ y <= k->n ? HIT_KEY : HIT_NOTHING, y - 1 };
	column = column_at(k, v, x);
	return (struct hit){ column >= 0 ? HIT_COLUMN : HIT_NOTHING, column };
}

static void
keys_done(struct widget *w)
{
	struct keys *k = w->state;

	free(k->lines);
}

const struct widget_class widget_keys = {
	.name = "keys",
	.help = "a line for each key of --by: trend, KPIs, when it was last seen, what fires",
	.params = keys_params,
	.size = sizeof(struct keys),
	.min_w = 20,
	.min_h = 2,
	.weight = 90,
	.update = keys_update,
	.heading = keys_heading,
	.lines = keys_lines,
	.draw = keys_draw,
	.at = keys_at,
	.done = keys_done,
};
