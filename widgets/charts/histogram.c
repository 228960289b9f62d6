/* histogram.c - how often which values stand in the window: a bar for each bin, bins of round
 * width. */
#include <math.h>
#include <stdio.h>

#include "widgets/draw/bar.h"
#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum { BINS_MAX = 64 };

struct histogram {
	int series; /* plus 1 */
	struct range range;
	struct scale scale;
	int counts[BINS_MAX], greatest, all;
};

static const struct param histogram_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column or KPI; left out: what has the focus" },
	{ 0 }
};

static void
count(
    struct histogram *h, const struct view *v, const struct series *s, uint64_t first, uint64_t end)
{
	int bins = h->scale.steps;

	h->greatest = h->all = 0;
	for (int i = 0; i < BINS_MAX; i++)
		h->counts[i] = 0;
	for (uint64_t row = first; row < end; row++) {
		double at = (history_at(v->history, s->track, row) - h->scale.lo) / h->scale.step;
		int bin;

		if (isnan(at))
			continue;
		bin = (int)fmin(fmax(at + 1e-9, 0), bins - 1);
		h->all++;
		if (++h->counts[bin] > h->greatest)
			h->greatest = h->counts[bin];
	}
}

static int
histogram_update(struct widget *w, const struct view *v, int width, int height)
{
	struct histogram *h = w->state;
	const struct series *s = widget_series(v, w, 0);
	int most = height < BINS_MAX ? height : BINS_MAX;
	uint64_t end, first;
	double lo, hi;

	(void)width;
	if (s == NULL)
		return 0;
	if (h->series != (int)(s - v->series) + 1)
		*h = (struct histogram){ .series = (int)(s - v->series) + 1 };
	if (!view_span(v, s, &first, &end) ||
	    !history_extent(v->history, s->track, first, end, &lo, &hi))
		return 0;
	range_update(&h->range, lo, hi, end, (end - first) / 4);
	h->scale = scale_fit(h->range.lo, h->range.hi, most > 1 ? most - 1 : 1);
	count(h, v, s, first, end);
	return 0;
}

static int
histogram_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return view_series_lines(v);
}

static void
histogram_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct histogram *s = w->state;
	bool named = w->values != NULL && w->values[0].text != NULL && w->values[0].text[0] != '\0';

	heading_title(h, w, named ? widget_series(v, w, 0) : NULL, "histogram");
	snprintf(h->note, sizeof h->note, "%d values", s->all);
}

static void
histogram_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct histogram *h = w->state;
	int bins = h->scale.steps, label = form_width(h->scale.form), n;
	char text[FORM_CHARS];

	if (h->all == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    v->nseries > 0 ? "no values yet" : view_emptiness(v));
		return;
	}
	n = snprintf(text, sizeof text, "%d", h->all);
	for (int i = 0, y = bins - 1; i < bins && i < BINS_MAX; i++, y--) {
		int bar = c->w - label - n - 4;

		form_print(h->scale.form, scale_tick(&h->scale, i), text);
		canvas_right(c, 0, y, label, STYLE_LABEL, text);
		canvas_cell(c, label + 1, y, 0x2502, STYLE_FRAME);
		bar_draw(c, label + 2, y, bar, (double)h->counts[i] / h->greatest, STYLE_SERIES);
		snprintf(text, sizeof text, "%d", h->counts[i]);
		if (h->counts[i] > 0)
			canvas_right(c, c->w - n - 1, y, n, STYLE_DIM, text);
	}
}

const struct widget_class widget_histogram = {
	.name = "histogram",
	.help = "how often which values stand in the window",
	.params = histogram_params,
	.of = NAMES_LINE,
	.size = sizeof(struct histogram),
	.min_w = 24,
	.min_h = 4,
	.weight = 30,
	.update = histogram_update,
	.heading = histogram_heading,
	.lines = histogram_lines,
	.draw = histogram_draw,
};
