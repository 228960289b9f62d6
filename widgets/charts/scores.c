/* scores.c - how good the one-step forecasts of the focused series were: over all rows so far, and
 * how their error went on, against what the last value alone
 * would have missed.
 *
 * The line is a mean over at least SPAN rows, so that single misses do not hide how it goes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/forecast/score_history.h"
#include "widgets/charts/axes.h"
#include "widgets/pane_options.h"

enum { NAME = 12, VALUE = 8, LINES = 4, PLOT_LEAST = 4, SPAN = 50, LABEL = 7, DASH = 0x2504 };
static const double FAR = 8; /* times the median: what goes beyond is drawn at the border */

struct scores {
	int series; /* plus 1; 0: it has no forecast */
	struct forecast_scores all;
	char method[16];
	double naive_all;
	struct form form; /* of both errors */
	double error[TRAIL_POINTS];
	int n, over; /* points, rows that each is a mean of */
	uint64_t stride;
	struct range range;
	struct scale y;
};

enum { OF };
static const struct param scores_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column; left out: the one that has the focus" },
	{ 0 }
};

static int
scores_lines(const struct widget *w, const struct view *v, int width)
{
	struct view at = pane_option_focus(v, w, OF);

	(void)width;
	return view_forecaster(&at) != NULL ? LINES + 12 : 0;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* What the plot must span: all but errors far beyond the usual one. */
static double
greatest(const struct scores *s)
{
	double known[TRAIL_POINTS], all = 0;
	int n = 0;

	for (int i = 0; i < s->n; i++)
		if (!isnan(s->error[i])) {
			known[n++] = s->error[i];
			all = fmax(all, s->error[i]);
		}
	if (n == 0)
		return 0;
	qsort(known, (size_t)n, sizeof *known, compare);
	all = known[n / 2] > 0 ? fmin(all, FAR * known[n / 2]) : all;
	return isnan(s->naive_all) ? all : fmax(all, s->naive_all);
}

static void
follow(struct scores *s, const struct score_history *t)
{
	int span;

	s->n = 0;
	s->naive_all = s->all.mase > 0 ? s->all.mae / s->all.mase : NAN;
	if (t == NULL)
		return;
	s->naive_all = score_history_error(t, 0, t->n, true);
	/* two of those that are long enough, as the last is not full */
	span = t->stride < SPAN ? (int)((SPAN + t->stride - 1) / t->stride) : 2;
	s->n = t->n;
	s->stride = t->stride;
	s->over = span * (int)t->stride;
	for (int i = 0; i < t->n; i++)
		s->error[i] = score_history_error(t, i - span + 1, i + 1, false);
}

static int
dots_per_cell(enum glyphs g)
{
	return g == GLYPHS_BRAILLE ? 4 : g == GLYPHS_BLOCK ? 2 : 1;
}

static int
scores_update(struct widget *w, const struct view *v, int width, int height)
{
	struct scores *s = w->state;
	struct view at = pane_option_focus(v, w, OF);
	const struct op *op = view_forecaster(&at);
	double most;

	(void)width;
	if (v->frozen != NULL && s->series == at.selected + 1)
		return 0;
	if (op == NULL || s->series != at.selected + 1)
		memset(s, 0, sizeof *s);
	if (op == NULL)
		return 0;
	s->series = at.selected + 1;
	s->all = forecaster_scores(op);
	snprintf(s->method, sizeof s->method, "%s", forecaster_state(op).method);
	follow(s, forecaster_trail(op));
	s->form = form_column(0, fmax(fmax(s->all.mae, s->naive_all), 1e-300));
	most = greatest(s);
	if (most > 0)
		range_update(&s->range, 0, most, s->all.n, s->all.n / 4);
	s->y = scale_fit(0, 1, 1);
	if (s->range.set)
		s->y =
		    scale_fit_cells(0, s->range.hi, height - LINES - 1, dots_per_cell(v->glyphs));
	return 0;
}

static void
scores_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct scores *s = w->state;

	(void)v;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "one-step errors");
	if (s->over > 0 && s->n > 0)
		snprintf(h->note, sizeof h->note, "mean of %d rows", s->over);
}

/* --- draw ------------------------------------------------------------------------------------- */

static void
line(const struct canvas *c, int y, const char *name, const char *value, const char *what)
{
	canvas_text(c, 1, y, NAME, STYLE_TEXT, name);
	canvas_right(c, 1 + NAME, y, VALUE, STYLE_BOLD, value);
	if (NAME + VALUE + 3 + text_cells(what) <= c->w) /* whole or not */
		canvas_text(c, NAME + VALUE + 3, y, c->w, STYLE_DIM, what);
}

static bool
is_naive(const struct scores *s)
{
	return strcmp(s->method, "naive") == 0;
}

static void
draw_numbers(const struct scores *s, const struct canvas *c)
{
	const struct forecast_scores *all = &s->all;
	char text[FORM_CHARS], count[COUNT_CHARS], what[64], name[16];
	int y = 0;

	count_print(all->n, count);
	snprintf(name, sizeof name, "MAE %.8s", s->method);
	snprintf(what, sizeof what, "mean error over %s rows", count);
	form_print(s->form, all->mae, text);
	line(c, y++, name, text, what);
	form_print(s->form, s->naive_all, text);
	if (!is_naive(s))
		line(c, y++, "MAE naive", text, "of taking the value before");
	snprintf(text, sizeof text, isnan(all->mase) ? "-" : "%.3f", all->mase);
	snprintf(what, sizeof what, "%.8s / naive: below 1 is good", s->method);
	line(c, y++, "MASE", text, is_naive(s) ? "others are measured by it" : what);
	if (isnan(all->coverage))
		snprintf(text, sizeof text, "-");
	else
		snprintf(text, sizeof text, "%.1f %%", 100 * all->coverage);
	line(c, y, "coverage", text, "of 95 % promised");
}

/* The dot of a value in h dots; what is beyond the axis stands at its border. */
static int
dot_of(const struct scores *s, double v, int h)
{
	int dot = scale_dot(&s->y, v, h);

	return dot < 0 ? 0 : dot >= h ? h - 1 : dot;
}

/* The dot of a point in so many cells: so many points share one, or it is so many cells wide, that
 * what was drawn moves but when that number changes. */
static int
point_x(int i, int n, int cells, int dots)
{
	int per = n > cells ? (n + cells - 1) / cells : 1,
	    each = n > 0 && n < cells ? cells / n : 1;

	return i * each * dots / cells / per;
}

/* What the last value alone would miss, over all rows: the line to be below. */
static void
draw_naive(const struct scores *s, const struct canvas *plot)
{
	int dots = canvas_dots_y(plot);

	if (!isnan(s->naive_all))
		canvas_fill(plot, 0, dot_of(s, s->naive_all, dots) * plot->h / dots, plot->w, 1,
		    DASH, STYLE_EXPECTED);
}

static void
draw_error(const struct scores *s, const struct canvas *plot)
{
	int wide = canvas_dots_x(plot), dots = canvas_dots_y(plot), from_x = -1, from_y = 0;

	for (int i = 0; i < s->n; i++) {
		int x = point_x(i, s->n, plot->w, wide), y;

		if (isnan(s->error[i])) {
			from_x = -1;
			continue;
		}
		y = dot_of(s, s->error[i], dots);
		canvas_line(
		    plot, from_x < 0 ? x : from_x, from_x < 0 ? y : from_y, x, y, STYLE_SERIES);
		from_x = x;
		from_y = y;
	}
}

/* Where the names stand: at the right, or behind a line that stands alone. */
static int
names_x(const struct scores *s, const struct canvas *plot, int axis)
{
	int wide = canvas_dots_x(plot);

	if (!is_naive(s))
		return axis + plot->w + 1;
	return axis + point_x(s->n - 1, s->n, plot->w, wide) * plot->w / wide + 2;
}

/* The lower one moves where both want the same place. */
static void
draw_names(const struct scores *s, const struct canvas *c, int x, int h)
{
	int dots = h * dots_per_cell(c->glyphs), ours, naive;

	if (s->n == 0 || isnan(s->error[s->n - 1]) || isnan(s->naive_all))
		return;
	ours = dot_of(s, s->error[s->n - 1], dots) * h / dots;
	naive = dot_of(s, s->naive_all, dots) * h / dots;
	if (ours == naive && !is_naive(s))
		*(ours + 1 < h ? &ours : &naive) += ours + 1 < h ? 1 : -1;
	canvas_text(c, x, ours, LABEL, STYLE_SERIES, s->method);
	if (!is_naive(s))
		canvas_text(c, x, naive, LABEL, STYLE_EXPECTED, "naive");
}

static void
draw_plot(const struct scores *s, const struct canvas *c)
{
	int axis = axis_y_width(&s->y), h = c->h - 1;
	struct canvas plot = canvas_part(c, axis, 0, c->w - axis - LABEL - 1, h);

	if (plot.w <= 0 || plot.h <= 0)
		return;
	axis_y_draw(c, axis, &s->y, h);
	canvas_fill(c, axis, h, plot.w, 1, 0x2500, STYLE_FRAME);
	if (!is_naive(s))
		draw_naive(s, &plot);
	draw_error(s, &plot);
	draw_names(s, c, names_x(s, &plot, axis), h);
}

static void
scores_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct scores *s = w->state;
	struct canvas below = canvas_part(c, 0, LINES, c->w, c->h - LINES);

	if (s->series == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    v->nseries > 0 ? "no forecast" : view_emptiness(v));
		return;
	}
	draw_numbers(s, c);
	if (s->n > 0 && s->range.set && below.h > PLOT_LEAST)
		draw_plot(s, &below);
}

const struct widget_class widget_scores = {
	.name = "scores",
	.help = "how good the forecasts of the focused series were, and how their error went on",
	.params = scores_params,
	.of = NAMES_SERIES,
	.size = sizeof(struct scores),
	.min_w = NAME + VALUE + 2,
	.min_h = LINES,
	.weight = 28,
	.update = scores_update,
	.heading = scores_heading,
	.lines = scores_lines,
	.draw = scores_draw,
};
