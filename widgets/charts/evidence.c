/* evidence.c - what makes the rows of the focused series odd: the evidence of each view of
 * anomaly(x) since the first row, a line each, and where it was enough for an alert.
 *
 * A bar is the greatest evidence of its rows, against what is enough alone: a full one is. */
#include <stdio.h>
#include <string.h>

#include "data/ops/anomaly/evidence.h"
#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"

enum {
	NAME = 13,
	VALUE = 5,
	LIST = NAME + VALUE + 2, /* cells before the bars */
	BARS_LEAST = 16,
	LINES = EVIDENCE_VIEWS + 1,
	FIRST_BAR = 0x2581,
	FULL_BAR = 0x2588,
	LOW_BARS = 7,
	MARK = 0x25b2
};
static const float LEAST = 0.02F, ALERT = 0.5F;

struct evidence {
	int series; /* plus 1; 0: it has none */
	struct evidence_history history;
	uint64_t row; /* the number of its last row */
};

enum { OF };
static const struct param evidence_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column; left out: the one that has the focus" },
	{ 0 }
};

static const struct evidence_history *
history_of(const struct view *v)
{
	const struct series *s = view_selected(v);

	return s != NULL && s->column >= 0 ? engine_evidence(v->engine, s->source, s->column)
					   : NULL;
}

static int
evidence_lines(const struct widget *w, const struct view *v, int width)
{
	struct view at = pane_option_focus(v, w, OF);

	(void)width;
	return history_of(&at) != NULL ? LINES : 0;
}

static int
evidence_update(struct widget *w, const struct view *v, int width, int height)
{
	struct evidence *e = w->state;
	struct view at = pane_option_focus(v, w, OF);
	const struct evidence_history *history = history_of(&at);

	(void)width;
	(void)height;
	if (v->frozen != NULL && e->series == at.selected + 1)
		return 0;
	e->series = history != NULL ? at.selected + 1 : 0;
	if (history == NULL)
		return 0;
	e->history = *history;
	e->row = engine_progress(v->engine, view_selected(&at)->source).row;
	return 0;
}

static void
evidence_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)v;
	snprintf(
	    h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "evidence of anomaly");
	snprintf(
	    h->note, sizeof h->note, "now, and since the first row; full: enough for an alert");
}

/* --- draw ------------------------------------------------------------------------------------- */

/* Points of a column, the greatest of each. */
static struct evidence_point
column_point(const struct evidence_history *h, int per, int x)
{
	struct evidence_point p = { .score = 0 };

	for (int i = x * per; i < (x + 1) * per && i < h->n; i++) {
		const struct evidence_point *other = &h->points[i];

		for (int k = 0; k < EVIDENCE_VIEWS; k++)
			p.most[k] = other->most[k] > p.most[k] ? other->most[k] : p.most[k];
		p.score = other->score > p.score ? other->score : p.score;
	}
	return p;
}

static void
draw_bar(const struct canvas *c, int x, int view, float share)
{
	if (share >= 1)
		canvas_cell(c, x, view, FULL_BAR, STYLE_WARNING);
	else if (share >= LEAST)
		canvas_cell(c, x, view, (uint32_t)(FIRST_BAR + (int)(share * LOW_BARS)),
		    STYLE_SERIES + (enum style)view);
}

static void
draw_bars(const struct evidence_history *h, const struct canvas *c)
{
	int per = c->w > 0 ? (h->n + c->w - 1) / c->w : 1;

	per = per > 0 ? per : 1;
	for (int x = 0; x * per < h->n; x++) {
		struct evidence_point p = column_point(h, per, x);

		for (int k = 0; k < EVIDENCE_VIEWS; k++)
			draw_bar(c, x, k, p.most[k]);
		canvas_cell(c, x, EVIDENCE_VIEWS, p.score >= ALERT ? MARK : 0x2500,
		    p.score >= ALERT ? STYLE_WARNING : STYLE_FRAME);
	}
}

static void
draw_names(const struct evidence *e, const struct canvas *c)
{
	const struct evidence_history *h = &e->history;
	char text[32];

	for (int k = 0; k < EVIDENCE_VIEWS; k++) {
		float share = h->n > 0 ? h->points[h->n - 1].most[k] : 0;

		canvas_text(c, 0, k, NAME, share >= 1 ? STYLE_WARNING : STYLE_TEXT,
		    evidence_name((enum evidence_view)k));
		snprintf(text, sizeof text, share < 10 ? "%.2f" : ">10", (double)share);
		canvas_right(c, NAME, k, VALUE, share >= LEAST ? STYLE_BOLD : STYLE_DIM, text);
	}
	count_print(e->row, text);
	canvas_text(c, 0, EVIDENCE_VIEWS, NAME + VALUE, STYLE_LABEL, "row");
	canvas_right(c, 4, EVIDENCE_VIEWS, NAME + VALUE - 4, STYLE_LABEL, text);
}

static void
evidence_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct evidence *e = w->state;
	struct canvas bars = canvas_part(c, LIST, 0, c->w - LIST, c->h);

	if (e->series == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    v->nseries > 0 ? "no anomaly of this series is computed" : view_emptiness(v));
		return;
	}
	draw_names(e, c);
	if (bars.w > 0)
		draw_bars(&e->history, &bars);
}

const struct widget_class widget_evidence = {
	.name = "evidence",
	.help = "what makes rows odd: the evidence of each view of anomaly(x) since the first row",
	.params = evidence_params,
	.of = NAMES_SERIES,
	.size = sizeof(struct evidence),
	.min_w = LIST + BARS_LEAST,
	.min_h = LINES,
	.weight = 27,
	.update = evidence_update,
	.heading = evidence_heading,
	.lines = evidence_lines,
	.draw = evidence_draw,
};
