/* scores.c - how good the one-step forecasts of the focused series were, over all rows so far. */
#include <math.h>
#include <stdio.h>

#include "data/ops/forecast/forecast.h"
#include "widgets/scale.h"
#include "widgets/widget.h"

enum { VALUE = 10, NAME = 13 };

static int
scores_lines(const struct widget *w, const struct view *v, int width)
{
	const struct series *s = view_selected(v);
	struct forecast_scores scores;

	(void)w;
	(void)width;
	return s != NULL && engine_scores(v->engine, s->source, s->column, &scores) ? 5 : 0;
}

static void
scores_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)v;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "forecast, one step");
}

static void
line(const struct canvas *c, int y, const char *name, const char *value, const char *what)
{
	canvas_text(c, 1, y, NAME, STYLE_TEXT, name);
	canvas_right(c, 1 + NAME, y, VALUE, STYLE_BOLD, value);
	if (NAME + VALUE + 3 + text_cells(what) <= c->w) /* whole or not */
		canvas_text(c, NAME + VALUE + 3, y, c->w, STYLE_DIM, what);
}

static void
number(const struct canvas *c, int y, const char *name, double v, const char *what)
{
	char text[FORM_CHARS];

	snprintf(text, sizeof text, isnan(v) ? "-" : "%.4g", v);
	line(c, y, name, text, what);
}

static void
scores_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct series *s = view_selected(v);
	struct forecast_scores scores;
	char text[COUNT_CHARS];

	(void)w;
	if (s == NULL || !engine_scores(v->engine, s->source, s->column, &scores))
		return;
	count_print(scores.n, text);
	line(c, 0, "rows scored", text, "");
	number(c, 1, "MAE", scores.mae, "mean absolute error");
	number(c, 2, "RMSE", scores.rmse, "root mean square error");
	number(c, 3, "MASE", scores.mase, "MAE over that of the value before");
	if (isnan(scores.coverage))
		snprintf(text, sizeof text, "-");
	else
		snprintf(text, sizeof text, "%.1f%%", scores.coverage * 100);
	line(c, 4, "coverage", text, "rows inside their 95% band");
}

const struct widget_class widget_scores = {
	.name = "scores",
	.help = "how good the one-step forecasts of the focused series were",
	.min_w = NAME + VALUE + 2,
	.min_h = 5,
	.weight = 28,
	.heading = scores_heading,
	.lines = scores_lines,
	.draw = scores_draw,
};
