/* heatmap.c - how the values of a series are spread, over time: columns are rows of the stream,
 * lines are ranges of values, and the colour is how many fell there. */
#include <math.h>
#include <stdio.h>

#include "widgets/charts/axes.h"
#include "widgets/pane_options.h"

enum { AXIS_LINES = 2, LEGEND = 7 /* " # many" */, LEGEND_FROM = 50 };

struct heatmap {
	int series; /* plus 1 */
	struct range range;
	struct scale y;
	struct plot plot; /* its dots are cells */
	int legend;       /* cells at the right; 0: there is no room */
};

static const struct param heatmap_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column or KPI; left out: what has the focus" },
	{ "rows", PARAM_COUNT, "16", 1, 4096, NULL, "rows of the stream in a column" }, { 0 }
};

static uint64_t
rows_in_column(const struct widget *w)
{
	double n = w->values != NULL ? w->values[1].number : NAN;

	return n >= 1 ? (uint64_t)n : 16;
}

static void
update_axes(struct heatmap *m, const struct widget *w, const struct view *v, const struct series *s,
    int cells, int h)
{
	uint64_t end = view_end(v, s->source), begin = history_begin(v->history, s->source), first;
	double lo, hi;

	cells = cells > 1 ? cells : 1;
	m->plot = plot_fit(MOTION_SCROLL, 1, end, rows_in_column(w) * (uint64_t)cells, 0, cells);
	first = m->plot.first > begin ? m->plot.first : begin;
	if (first >= end || !history_extent(v->history, s->track, first, end, &lo, &hi))
		return;
	range_update(&m->range, lo, hi, end, (end - first) / 4);
	m->y = scale_fit_cells(m->range.lo, m->range.hi, h, 1);
}

static int
heatmap_update(struct widget *w, const struct view *v, int width, int height)
{
	struct heatmap *m = w->state;
	const struct series *s = widget_series(v, w, 0);

	if (s == NULL || m->series != (int)(s - v->series) + 1)
		*m = (struct heatmap){ .series = s != NULL ? (int)(s - v->series) + 1 : 0 };
	m->legend = width >= LEGEND_FROM ? LEGEND : 0;
	/* The rows shown depend on the room that the labels leave, and the labels on the rows. */
	for (int i = 0; i < 2 && s != NULL; i++)
		update_axes(m, w, v, s,
		    width - m->legend - (m->y.step > 0 ? axis_y_width(&m->y) : 0),
		    height - AXIS_LINES);
	return 0;
}

static void
heatmap_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct series *s = widget_series(v, w, 0);
	uint64_t rows = rows_in_column(w);

	(void)v;
	heading_title(h, w, s, "heatmap");
	snprintf(h->note, sizeof h->note, "%llu row%s a column", (unsigned long long)rows,
	    rows == 1 ? "" : "s");
}

/* What the colours say, the fullest above. */
static void
draw_legend(const struct canvas *c, int x, int h)
{
	int top = h > HEAT_STYLES ? (h - HEAT_STYLES) / 2 : 0;

	for (int i = 0; i < HEAT_STYLES && top + i < h; i++)
		canvas_solid(c, x, top + i, (enum style)(STYLE_HEAT + HEAT_STYLES - 1 - i));
	canvas_text(c, x + 2, top, LEGEND, STYLE_LABEL, "many");
	if (h >= HEAT_STYLES)
		canvas_text(c, x + 2, top + HEAT_STYLES - 1, LEGEND, STYLE_LABEL, "few");
}

static void
draw_column(const struct heatmap *m, const struct view *v, const struct canvas *plot, int x)
{
	const struct series *s = &v->series[m->series - 1];
	uint64_t row, to, begin = history_begin(v->history, s->source);
	double way;

	if (!plot_row(&m->plot, x, &row, &way) || row >= m->plot.end)
		return;
	to = plot_row_after(&m->plot, row) < m->plot.end ? plot_row_after(&m->plot, row)
							 : m->plot.end;
	row = row > begin ? row : begin;
	for (int y = 0; y < plot->h; y++) {
		uint64_t n = 0, all = to > row ? to - row : 1;

		for (uint64_t r = row; r < to; r++) {
			double value = history_at(v->history, s->track, r);

			n += !isnan(value) && scale_dot(&m->y, value, plot->h) == y;
		}
		if (n > 0)
			canvas_solid(plot, x, y,
			    (enum style)(STYLE_HEAT + (int)((n * HEAT_STYLES - 1) / all)));
	}
}

static void
heatmap_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct heatmap *m = w->state;
	struct canvas plot, below;
	int left;
	char reason[REASON_CHARS];

	if (!m->range.set) {
		view_reason(v, pane_option_option(w, 0), reason);
		canvas_text(c, 0, 0, c->w, STYLE_DIM, reason);
		return;
	}
	left = axis_y_width(&m->y);
	plot = canvas_part(c, left, 0, c->w - left - m->legend, c->h - AXIS_LINES);
	if (plot.w == 0 || plot.h == 0)
		return;
	below = canvas_part(c, 0, 0, left + plot.w, c->h);
	axis_y_draw(c, left, &m->y, plot.h);
	if (m->legend > 0)
		draw_legend(c, c->w - m->legend + 1, plot.h);
	axis_x_draw(&below, left, plot.h, v, v->series[m->series - 1].source, &m->plot);
	for (int x = 0; x < plot.w; x++)
		draw_column(m, v, &plot, x);
}

const struct widget_class widget_heatmap = {
	.name = "heatmap",
	.help = "how values are spread, over time",
	.params = heatmap_params,
	.of = NAMES_LINE,
	.size = sizeof(struct heatmap),
	.min_w = 30,
	.min_h = 5,
	.weight = 29,
	.update = heatmap_update,
	.heading = heatmap_heading,
	.draw = heatmap_draw,
};
