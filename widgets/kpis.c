/* kpis.c - KPIs as name = value with their trend: the user's own, or those of the focused series.
 *
 * They flow into as many columns as fit, each as wide as its widest name allows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"
#include "widgets/sparkline.h"

enum {
	SHOW,
	OF,
	KPIS,
	ITEMS_MAX = 64,
	VALUE_LEAST = 7, /* where that costs no name */
	VALUE_MOST = 11,
	NAME_MIN = 12,
	GAP = 3,
	TREND = 16,
	TREND_LEAST = 8,
	TEXT_CHARS = 64,
	GOOD_W = 37 /* of a column with name, value and a short trend */
};

struct item {
	int kpi, track;
	const char *unit; /* NULL: none */
	double value;
	struct range range; /* of the values seen */
	struct figures figures;
	char text[TEXT_CHARS]; /* the value of a KPI that gives texts */
	bool is_text;
};

struct kpis {
	struct item items[ITEMS_MAX];
	int n, left_out;
	int columns, name_w, value_w, trend_w, cell_w;
	int least_w;            /* cells that values ask for */
	int tail;               /* cells from the point on, which values are aligned on */
	struct figures figures; /* of all KPIs of one series: they are of one kind */
	struct text text;
};

static const struct param kpis_params[] = {
	{ "show", PARAM_CHOICE, "own", 0, 0, "own|series",
	    "the user's own KPIs, or those of the series that has the focus" },
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the default KPIs of this column" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL,
	    "these: own KPIs, and statistics of the column, \"mean, p95\"" },
	{ 0 }
};

/* All are the default KPIs of one series. */
static bool
of_series(const struct widget *w)
{
	return w->values != NULL && *pane_option_option(w, KPIS) == '\0' &&
	       (w->values[SHOW].number > 0 || *pane_option_option(w, OF) != '\0');
}

/* The series is in the heading: its KPIs are known by their operators. */
static const char *
label(const struct widget *w, const struct kpi *kpi)
{
	return of_series(w) && kpi->op != NULL ? kpi->op : kpi->name;
}

static const char *
unit_of(const struct item *it)
{
	return it->unit != NULL ? it->unit : "";
}

/* Cells of its name, with the unit that it is told in. */
static int
label_cells(const struct widget *w, const struct view *v, const struct item *it)
{
	int unit = text_cells(unit_of(it));

	return text_cells(label(w, engine_kpi(v->engine, it->kpi))) + (unit > 0 ? unit + 1 : 0);
}

static int
find_named(const struct widget *w, const struct view *v, struct item *items)
{
	const struct series *lines[ITEMS_MAX];
	int n = 0, all = pane_option_kpis(
		       v, pane_option_option(w, OF), pane_option_option(w, KPIS), lines, ITEMS_MAX);

	for (int i = 0; i < all; i++)
		if (lines[i]->kpi_of >= 0)
			items[n++] = (struct item){ .kpi = lines[i]->kpi_of,
				.track = lines[i]->track,
				.unit = lines[i]->unit };
	return n;
}

/* The KPIs that are to be shown, at most ITEMS_MAX; returns how many there are. */
static int
find_wanted(const struct widget *w, const struct view *v, struct item *items)
{
	struct view at = pane_option_focus(v, w, OF);
	const struct series *s = view_selected(&at);
	int n = 0;

	if (w->values != NULL && *pane_option_option(w, KPIS) != '\0')
		return find_named(w, v, items);
	for (int i = 0; i < v->nown && !of_series(w); i++)
		if (n++ < ITEMS_MAX)
			items[i] = (struct item){ .kpi = v->own[i].kpi,
				.track = v->own[i].track,
				.unit = v->own[i].unit };
	for (int i = 0; of_series(w) && s != NULL && i < SERIES_KPIS && s->kpi[i] >= 0; i++)
		items[n++] = (struct item){ .kpi = s->kpi[i], .track = i == 0 ? s->track : -1 };
	return n;
}

static int
kpis_count(const struct widget *w, const struct view *v)
{
	struct item items[ITEMS_MAX];

	return find_wanted(w, v, items);
}

/* Ranges are kept as long as the same KPIs are shown. */
static void
find_items(struct kpis *k, const struct widget *w, const struct view *v)
{
	struct item items[ITEMS_MAX];
	int n = find_wanted(w, v, items), shown = n < ITEMS_MAX ? n : ITEMS_MAX;

	k->left_out = n - shown;
	k->n = k->n < shown ? k->n : shown;
	for (int i = 0; i < shown; i++)
		if (i >= k->n || items[i].kpi != k->items[i].kpi ||
		    items[i].track != k->items[i].track)
			k->items[i] = items[i];
		else
			k->items[i].unit = items[i].unit;
	k->n = shown;
}

static void
update_item(struct item *it, struct kpis *k, const struct view *v)
{
	const struct kpi *kpi = engine_kpi(v->engine, it->kpi);
	uint64_t end = view_end(v, kpi->source), begin = history_begin(v->history, kpi->source);
	uint64_t window = v->window > 0 ? v->window : 100;
	uint64_t first = end > window && end - window > begin ? end - window : begin;
	double lo, hi;

	if (v->frozen == NULL && !(v->rests && it->range.set))
		it->value = engine_kpi_value(v->engine, it->kpi);
	it->is_text = kpi->result == RESULT_TEXT;
	if (it->is_text) {
		text_clear(&k->text);
		if (!isnan(it->value))
			engine_kpi_print(v->engine, it->kpi, it->value, &k->text);
		snprintf(it->text, sizeof it->text, "%s", text_get(&k->text));
		return;
	}
	if (it->track < 0 || !history_extent(v->history, it->track, first, end, &lo, &hi))
		lo = hi = it->value;
	if (isnan(lo))
		return;
	range_update(&it->range, lo, hi, end, window / 4);
	figures_see(&it->figures, it->value);
	view_see(v, &it->figures, kpi->source, it->track);
	figures_update(&it->figures, it->range.lo, it->range.hi);
}

/* "last" gives the range, all of them the digits. */
static void
update_shared(struct kpis *k)
{
	if (k->n == 0 || !k->items[0].range.set)
		return;
	figures_see(&k->figures, k->items[0].value);
	/* of a constant, the others differ by rounding alone */
	for (int i = 1; i < k->n && k->items[0].range.hi > k->items[0].range.lo; i++)
		figures_see(&k->figures, k->items[i].value);
	figures_update(&k->figures, k->items[0].range.lo, k->items[0].range.hi);
}

/* Those of one unit have the decimals of the finest of them. */
static void
join_units(struct kpis *k)
{
	for (int i = 0; i < k->n; i++)
		for (int o = 0; o < k->n; o++) {
			struct figures *f = &k->items[i].figures;
			const struct item *other = &k->items[o];

			if (*unit_of(other) != '\0' &&
			    strcmp(unit_of(&k->items[i]), unit_of(other)) == 0 &&
			    other->figures.decimals > f->decimals)
				f->decimals = other->figures.decimals;
		}
}

static const struct figures *
figures_of(const struct widget *w, const struct kpis *k, const struct item *it)
{
	return of_series(w) ? &k->figures : &it->figures;
}

/* Values become wider, never narrower, so that what stands beside them keeps its place. */
static void
measure_values(struct kpis *k, const struct widget *w)
{
	int ints = 1, widest = k->least_w;

	for (int i = 0; i < k->n; i++) {
		const struct item *it = &k->items[i];
		int cells = it->is_text ? text_cells(it->text) : 0, n, tail;
		char text[FORM_CHARS];

		n = it->is_text ? 0 : figures_print(figures_of(w, k, it), it->value, 0, text);
		tail = it->is_text || isnan(it->value) ? 0 : figures_tail(text);
		ints = n - tail > ints ? n - tail : ints;
		k->tail = tail > k->tail ? tail : k->tail;
		widest = cells > widest ? cells : widest;
	}
	widest = ints + k->tail > widest ? ints + k->tail : widest;
	k->least_w = widest < VALUE_MOST ? widest : VALUE_MOST;
}

static int
kpis_update(struct widget *w, const struct view *v, int width, int height)
{
	struct kpis *k = w->state;
	int widest = NAME_MIN;

	find_items(k, w, v);
	for (int i = 0; i < k->n; i++) {
		int cells = label_cells(w, v, &k->items[i]);

		update_item(&k->items[i], k, v);
		widest = cells > widest ? cells : widest;
	}
	if (of_series(w))
		update_shared(k);
	else
		join_units(k);
	measure_values(k, w);
	k->columns = height > 0 ? (k->n + height - 1) / height : 1;
	if (k->columns < 1)
		k->columns = 1;
	while (k->columns > 1 && width / k->columns < NAME_MIN + k->least_w + GAP)
		k->columns--;
	k->cell_w = width / k->columns;
	k->name_w = k->cell_w - k->least_w - GAP;
	if (k->name_w > widest)
		k->name_w = widest;
	k->value_w = k->cell_w - k->name_w - GAP; /* some room to grow, where names leave it */
	if (k->value_w > VALUE_LEAST)
		k->value_w = k->least_w > VALUE_LEAST ? k->least_w : VALUE_LEAST;
	k->trend_w = of_series(w) ? 0 : k->cell_w - k->name_w - k->value_w - 2 * GAP;
	k->trend_w = k->trend_w > TREND ? TREND : k->trend_w < TREND_LEAST ? 0 : k->trend_w;
	return k->left_out + (k->n > k->columns * height ? k->n - k->columns * height : 0);
}

static void
kpis_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	struct view at = pane_option_focus(v, w, OF);
	const struct series *s = view_selected(&at);

	if (w->title != NULL || !of_series(w))
		snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "KPIs");
	else if (s != NULL)
		snprintf(h->title, sizeof h->title, "KPIs of %.60s", s->name);
}

static int
kpis_lines(const struct widget *w, const struct view *v, int width)
{
	int n = kpis_count(w, v), columns = of_series(w) ? 1 : width / GOOD_W;

	return columns > 1 ? (n + columns - 1) / columns : n;
}

/* Points stand below one another; a number that finds no room for that stands at the edge. */
static void
draw_number(
    const struct canvas *c, int x, int y, const struct kpis *k, const struct figures *f, double v)
{
	char text[FORM_CHARS];
	int n = figures_print(f, v, 0, text), blank = k->tail - (isnan(v) ? 0 : figures_tail(text));

	if (blank < 0 || n > k->value_w - blank)
		blank = 0;
	canvas_right(c, x, y, k->value_w - blank, isnan(v) ? STYLE_DIM : STYLE_BOLD, text);
}

/* The unit behind the name, where both have room. */
static void
draw_label(const struct widget *w, const struct view *v, const struct item *it,
    const struct canvas *c, int x, int y)
{
	const struct kpis *k = w->state;
	int used =
	    canvas_text(c, x, y, k->name_w, STYLE_TEXT, label(w, engine_kpi(v->engine, it->kpi)));

	if (label_cells(w, v, it) <= k->name_w)
		canvas_text(c, x + used + 1, y, k->name_w - used - 1, STYLE_DIM, unit_of(it));
}

static void
draw_item(const struct widget *w, const struct item *it, const struct view *v,
    const struct canvas *c, int x, int y)
{
	const struct kpis *k = w->state;
	const struct kpi *kpi = engine_kpi(v->engine, it->kpi);
	int value = x + k->name_w + 1;

	draw_label(w, v, it, c, x, y);
	if (it->is_text)
		canvas_right(
		    c, value, y, k->value_w, STYLE_BOLD, it->text[0] != '\0' ? it->text : "-");
	else
		draw_number(c, value, y, k, figures_of(w, k, it), it->value);
	if (k->trend_w > 0 && it->range.set)
		sparkline_draw(c, value + k->value_w + GAP - 1, y, k->trend_w, v,
		    &(struct trend){
			kpi->source, it->track, it->range.lo, it->range.hi, NULL, false });
}

static void
kpis_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct kpis *k = w->state;
	int lines = c->h > 0 ? c->h : 1; /* column by column */

	if (k->n == 0)
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM, "no KPIs");
	for (int i = 0; i < k->n && i < k->columns * lines; i++)
		draw_item(w, &k->items[i], v, c, i / lines * k->cell_w + 1, i % lines);
}

static void
kpis_done(struct widget *w)
{
	struct kpis *k = w->state;

	text_done(&k->text);
}

const struct widget_class widget_kpis = {
	.name = "kpis",
	.help = "KPIs with their values and trends",
	.params = kpis_params,
	.of = NAMES_SERIES,
	.kpis = NAMES_STATISTICS,
	.size = sizeof(struct kpis),
	.min_w = 24,
	.min_h = 1,
	.weight = 60,
	.update = kpis_update,
	.heading = kpis_heading,
	.lines = kpis_lines,
	.draw = kpis_draw,
	.done = kpis_done,
};
