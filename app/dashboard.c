/* dashboard.c - the views on an engine: their panes, what they may look at, and frames.
 *
 * The engine's columns are followed as it tells them, so that tracks begin with the first row. A
 * frame has two passes: all widgets are updated, then all are drawn. */
#include "app/dashboard.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/dashboard_parts.h"
#include "app/keys.h"

enum {
	FRAME_MIN_W = 60,
	FRAME_MIN_H = 16,
	FRAME_X = 2 /* line and blank */,
	FRAME_Y = 1,
	DEFAULT_WINDOW = 60
};
#define MESSAGE_NS (INT64_C(3000) * 1000000)

int
view_count(void)
{
	int n = 0;

	while (view_classes[n] != NULL)
		n++;
	return n;
}

/* The view that is shown under a number: the first is the dashboard file's, when that has a layout.
 */
static const struct view_class *
view_at(const struct dashboard *d, int i)
{
	return i == 0 && d->custom.panes != NULL ? &d->custom.class : view_classes[i];
}

const struct view_class *
view_shown(const struct dashboard *d)
{
	return view_at(d, d->shown);
}

/* --- what there is to see --------------------------------------------------------------------- */

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

static void
find_kpis(struct dashboard *d, struct series *s)
{
	int n = 0;

	for (int i = 0; i < engine_kpis(d->engine); i++) {
		const struct kpi *kpi = engine_kpi(d->engine, i);

		if (kpi->source != s->source || kpi->column != s->column || kpi->op == NULL)
			continue;
		if (n < SERIES_KPIS)
			s->kpi[n++] = i;
		if (strcmp(kpi->op, "expected") == 0)
			s->expected = history_kpi(d->history, i);
		else if (strcmp(kpi->op, "lower") == 0)
			s->lower = history_kpi(d->history, i);
		else if (strcmp(kpi->op, "upper") == 0)
			s->upper = history_kpi(d->history, i);
		else if (strcmp(kpi->op, "anomaly") == 0)
			s->anomaly = history_kpi(d->history, i);
	}
	while (n < SERIES_KPIS)
		s->kpi[n++] = -1;
}

/* What the dashboard file says of a column. */
static void
describe(const struct dashboard *d, struct series *s)
{
	const struct config_column *c = NULL;

	s->min = s->max = NAN;
	if (d->config == NULL)
		return;
	c = config_column(d->config, s->name);
	s->unit = config_unit(d->config, s->name);
	if (c == NULL)
		return;
	s->label = c->label;
	s->min = c->min;
	s->max = c->max;
}

static void
find_series(struct dashboard *d)
{
	for (int i = 0; i < d->view.nseries; i++)
		free(d->series[i].name);
	d->view.nseries = d->view.more_series = 0;
	for (int source = 0; source < engine_sources(d->engine); source++) {
		const struct schema *schema = engine_schema(d->engine, source);

		for (int c = 0; schema != NULL && c < schema->n; c++) {
			struct series *s = &d->series[d->view.nseries];

			if (schema->columns[c].type != COLUMN_NUMBER)
				continue;
			if (d->view.nseries == SERIES_MAX) {
				d->view.more_series++;
				continue;
			}
			*s = (struct series){ .source = source,
				.column = c,
				.expected = -1,
				.lower = -1,
				.upper = -1,
				.anomaly = -1 };
			s->name = series_name(d->engine, source, c);
			s->track = history_column(d->history, source, c);
			find_kpis(d, s);
			describe(d, s);
			d->view.nseries++;
		}
	}
}

/* Behind the columns: what can be drawn of a KPI. */
static void
add_line(struct dashboard *d, const struct kpi *kpi, const struct own_kpi *own)
{
	struct series *s = &d->series[d->view.nseries + d->view.nlines++];

	*s = (struct series){ .source = kpi->source,
		.column = -1,
		.name = kpi->name,
		.unit = own->unit,
		.min = NAN,
		.max = NAN,
		.track = own->track,
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

	d->view.series = d->series = memory_grow(d->series, lines, sizeof *d->series);
	d->view.nlines = 0;
	d->own = memory_grow(d->own, (size_t)engine_kpis(d->engine), sizeof *d->own);
	d->view.own = d->own;
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
		add_line(d, kpi, own);
	}
}

static void
find_all(struct dashboard *d)
{
	d->kpis = engine_kpis(d->engine);
	d->frozen = memory_grow(d->frozen, (size_t)engine_sources(d->engine), sizeof *d->frozen);
	find_series(d);
	find_own(d);
	if (d->view.selected >= d->view.nseries)
		d->view.selected = 0;
}

static void
on_start(void *self, const struct event *event)
{
	(void)event;
	find_all(self);
}

/* --- its widgets ------------------------------------------------------------------------------ */

/* The parameters of a pane of ours: their defaults, but for the one that it gives. */
static void
fill_values(struct placed *placed, const struct pane *pane)
{
	const struct param *params = pane->class->params;
	int n = 0;

	while (params != NULL && params[n].name != NULL)
		n++;
	if (n > 0)
		placed->values = memory_zero((size_t)n, sizeof *placed->values);
	for (int i = 0; i < n; i++) {
		bool given = pane->option != NULL && strcmp(pane->option, params[i].name) == 0;
		const char *text = given ? pane->value : params[i].fallback;

		if (text != NULL && *text != '\0')
			value_parse(&placed->values[i], &params[i], text, NULL);
	}
	placed->widget.values = placed->values;
}

/* told: what a dashboard file says of it; NULL. */
static void
place_new(struct placed *placed, const struct pane *pane, const struct config_pane *told,
    const struct view *view)
{
	size_t size = pane->class->size > 0 ? pane->class->size : 1;

	placed->widget = (struct widget){ .class = pane->class, .state = memory_zero(1, size) };
	if (told != NULL) {
		placed->widget.values = told->values;
		placed->widget.title = told->title;
	} else
		fill_values(placed, pane);
	if (pane->class->init != NULL)
		pane->class->init(&placed->widget, view, NULL);
}

static void
place_free(struct placed *placed)
{
	const struct widget_class *class = placed->widget.class;

	if (class->done != NULL)
		class->done(&placed->widget);
	for (int i = 0; placed->values != NULL && class->params[i].name != NULL; i++)
		value_done(&placed->values[i]);
	free(placed->values);
	free(placed->widget.state);
}

static int
pane_count(const struct view_class *v)
{
	int n = 0;

	while (v->panes[n].class != NULL)
		n++;
	return n;
}

static void
open_view(struct dashboard *d, int view)
{
	const struct view_class *class = view_at(d, view);
	bool custom = class == &d->custom.class;
	int n = pane_count(class);

	d->placed[view] = memory_zero((size_t)n, sizeof **d->placed);
	for (int i = 0; i < n; i++)
		place_new(&d->placed[view][i], &class->panes[i], custom ? d->custom.told[i] : NULL,
		    &d->view);
}

static void
close_view(struct dashboard *d, int view)
{
	int n = pane_count(view_at(d, view));

	for (int i = 0; i < n; i++)
		place_free(&d->placed[view][i]);
	free(d->placed[view]);
}

struct dashboard *
dashboard_new(struct engine *engine, struct history *history, enum motion motion)
{
	struct dashboard *d = memory_zero(1, sizeof *d);
	struct listener listener = { .wants = EVENT_START, .event = on_start, .self = d };

	d->engine = engine;
	d->history = history;
	d->kpis = d->drawn = -1;
	d->message_until = INT64_MIN;
	d->series = memory_zero(SERIES_MAX, sizeof *d->series);
	d->view = (struct view){ .engine = engine,
		.history = history,
		.pacer = engine_pacer(engine),
		.series = d->series,
		.window = DEFAULT_WINDOW,
		.motion = motion };
	d->hints = keys_hints(&d->view.nhints);
	d->view.hints = d->hints;
	d->placed = memory_zero((size_t)view_count(), sizeof *d->placed);
	for (int v = 0; v < view_count(); v++)
		open_view(d, v);
	engine_listen(engine, &listener);
	return d;
}

void
dashboard_use(struct dashboard *d, const struct config *config)
{
	d->config = config;
	close_view(d, 0);
	custom_init(&d->custom, config);
	open_view(d, 0);
	narrator_init(d);
}

void
dashboard_move(struct dashboard *d, enum motion motion)
{
	d->view.motion = motion;
}

void
dashboard_free(struct dashboard *d)
{
	if (d == NULL)
		return;
	for (int v = 0; v < view_count(); v++)
		close_view(d, v);
	custom_done(&d->custom);
	prompt_done(&d->prompt);
	free(d->holds);
	for (int i = 0; i < d->view.nseries; i++)
		free(d->series[i].name);
	free(d->placed);
	free(d->series);
	free(d->own);
	free(d->frozen);
	free(d->hints);
	free(d);
}

/* --- keys ------------------------------------------------------------------------------------- */

void
dashboard_say(struct dashboard *d, int64_t now, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(d->message, sizeof d->message, format, ap);
	va_end(ap);
	d->message_until = now + MESSAGE_NS;
}

const struct theme *
dashboard_theme(const struct dashboard *d)
{
	return d->theme;
}

int64_t
dashboard_wake(const struct dashboard *d)
{
	return d->message_until == INT64_MIN ? INT64_MAX : d->message_until;
}

enum outcome
dashboard_input(struct dashboard *d, const struct input *in, int64_t now)
{
	const struct key *key;

	if (d->prompt.open)
		return command_type(d, in, now);
	if (d->prompting)
		return command_prompt(d, in);
	d->click_x = in->x;
	d->click_y = in->y;
	key = key_find(in);
	if (key != NULL)
		return key->act(d, key->arg, now);
	for (int i = 0; i < view_count(); i++)
		if (view_classes[i]->key == in->code && !in->ctrl && !in->alt && !in->pasted)
			return command_show(d, i, now);
	return OUTCOME_NOTHING;
}

/* --- frames ----------------------------------------------------------------------------------- */

/* Small screens have no room to give away to frames. */
static bool
is_framed(const struct widget_class *class, int w, int h)
{
	return !class->bare && w >= FRAME_MIN_W && h >= FRAME_MIN_H;
}

/* What a pane asks of the layout; false when it has nothing to show. */
static bool
ask(const struct dashboard *d, int pane, int w, int h, struct layout_pane *out)
{
	const struct pane *p = &view_shown(d)->panes[pane];
	bool framed = is_framed(p->class, w, h);
	int x = framed ? 2 * FRAME_X : 0, y = framed ? 2 * FRAME_Y : 0, lines = -1;

	if (p->class->lines != NULL)
		lines = p->class->lines(&d->placed[d->shown][pane].widget, &d->view, w - x);
	*out = (struct layout_pane){ .row = p->row,
		.height = p->height,
		.width = p->width,
		.min_w = p->class->min_w + x,
		.min_h = p->class->min_h + y,
		.importance = p->class->weight };
	for (const struct room *r = view_shown(d)->rooms; r != NULL && r->class != NULL; r++)
		if (r->class == p->class) {
			out->min_w = r->min_w + x;
			out->min_h = r->min_h + y;
			out->importance = r->importance;
		}
	if (p->class->bare)
		out->max_h = 1;
	else if (lines > 0)
		out->max_h = lines + y > out->min_h ? lines + y : out->min_h;
	return lines != 0;
}

static void
place(struct dashboard *d, int n, int w, int h)
{
	struct layout_pane asked[PANES_MAX] = { 0 };
	struct rect rects[PANES_MAX];
	int which[PANES_MAX], m = 0;

	for (int i = 0; i < n; i++) {
		d->rects[i] = (struct rect){ 0 };
		if (ask(d, i, w, h, &asked[m]))
			which[m++] = i;
	}
	layout_place(asked, m, w, h, rects);
	for (int i = 0; i < m; i++)
		d->rects[which[i]] = rects[i];
}

static struct canvas
inner_canvas(const struct canvas *c, const struct rect *r, bool framed)
{
	int x = framed ? FRAME_X : 0, y = framed ? FRAME_Y : 0;

	return canvas_part(c, r->x + x, r->y + y, r->w - 2 * x, r->h - 2 * y);
}

static void
update_all(struct dashboard *d, int n, const struct canvas *c)
{
	d->view.left_out = 0;
	for (int i = 0; i < n; i++) {
		struct widget *w = &d->placed[d->shown][i].widget;
		struct canvas inner =
		    inner_canvas(c, &d->rects[i], is_framed(w->class, c->w, c->h));

		d->inners[i] = (struct rect){ inner.x, inner.y, inner.w, inner.h };
		if (d->rects[i].w > 0 && w->class->update != NULL)
			d->view.left_out += w->class->update(w, &d->view, inner.w, inner.h);
	}
}

static void
draw_all(const struct dashboard *d, int n, const struct canvas *c)
{
	for (int i = 0; i < n; i++) {
		const struct widget *w = &d->placed[d->shown][i].widget;
		const struct rect *r = &d->rects[i];
		bool framed = is_framed(w->class, c->w, c->h);
		struct canvas outer = canvas_part(c, r->x, r->y, r->w, r->h);
		struct canvas inner = inner_canvas(c, r, framed);
		struct heading heading = { { 0 }, { 0 } };

		if (r->w == 0 || r->h == 0)
			continue;
		if (framed && w->class->heading != NULL)
			w->class->heading(w, &d->view, &heading);
		if (framed)
			canvas_frame(&outer, heading.title, heading.note, false);
		w->class->draw(w, &d->view, &inner);
	}
}

static void
prepare_view(struct dashboard *d, enum glyphs glyphs, int64_t now)
{
	d->view.glyphs = glyphs;
	d->view.filter = d->filter[0] != '\0' ? d->filter : NULL;
	if (now >= d->message_until)
		d->message_until = INT64_MIN;
	if (d->prompting)
		snprintf(d->message, sizeof d->message,
		    "filter: %s_   (Enter keeps it, Esc shows all)", d->filter);
	d->view.message = d->prompting || d->message_until != INT64_MIN ? d->message : NULL;
	if (d->view.nseries > 0 && !view_shows(&d->view, d->view.selected))
		for (int i = d->view.nseries - 1; i >= 0; i--)
			if (view_shows(&d->view, i))
				d->view.selected = i;
}

void
dashboard_frame(struct dashboard *d, const struct canvas *c, int64_t now)
{
	int n = pane_count(view_shown(d));

	if (c->w <= 0 || c->h <= 0)
		return;
	if (d->kpis >= 0 && d->kpis != engine_kpis(d->engine)) /* some were added */
		find_all(d);
	prepare_view(d, c->glyphs, now);
	narrator_follow(d);
	place(d, n, c->w, c->h);
	update_all(d, n, c);
	d->drawn = d->shown;
	draw_all(d, n, c);
	narrator_draw(d, c);
	if (d->prompt.open)
		prompt_draw(&d->prompt, c);
}
