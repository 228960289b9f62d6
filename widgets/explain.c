/* explain.c - the arithmetic of the row just read: what the operators of the focused series did. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/widget.h"

struct explain {
	struct text text;
	uint64_t rows; /* for which it was written, plus 1 */
	int series;
};

static bool
is_about(const struct view *v, const struct kpi *kpi, const struct series *s)
{
	const int *columns;
	int n;

	if (kpi->source != s->source)
		return false;
	if (kpi->column >= 0)
		return kpi->column == s->column;
	n = plan_columns(engine_plan(v->engine, s->source), kpi->root, &columns);
	for (int i = 0; i < n; i++)
		if (columns[i] == s->column)
			return true;
	return false;
}

static int
explain_update(struct widget *w, const struct view *v, int width, int height)
{
	struct explain *x = w->state;
	const struct series *s = view_selected(v);
	const struct graph *graph = s != NULL ? engine_graph(v->engine, s->source) : NULL;
	uint64_t rows = s != NULL ? history_end(v->history, s->source) : 0;

	(void)width;
	(void)height;
	if (graph == NULL || v->frozen != NULL || (x->rows == rows + 1 && x->series == v->selected))
		return 0;
	x->rows = rows + 1;
	x->series = v->selected;
	text_clear(&x->text);
	for (int i = 0; i < engine_kpis(v->engine); i++) {
		const struct kpi *kpi = engine_kpi(v->engine, i);

		if (!is_about(v, kpi, s))
			continue;
		text_addf(&x->text, "\1%s = ", kpi->name);
		if (kpi->result == RESULT_NUMBER && !isnan(engine_kpi_value(v->engine, i)))
			text_addf(&x->text, "%.6g", engine_kpi_value(v->engine, i));
		else
			engine_kpi_print(v->engine, i, engine_kpi_value(v->engine, i), &x->text);
		text_addc(&x->text, '\n');
		graph_explain(graph, kpi->root, &x->text);
		if (x->text.len > 0 && x->text.s[x->text.len - 1] != '\n')
			text_addc(&x->text, '\n');
	}
	return 0;
}

static void
explain_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct series *s = view_selected(v);

	(void)w;
	snprintf(h->title, sizeof h->title, "explain %.60s", s != NULL ? s->name : "");
	snprintf(h->note, sizeof h->note, "the row just read · . steps");
}

/* A line that begins with \1 is a heading. */
static void
explain_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct explain *x = w->state;
	const char *line = text_get(&x->text), *end;

	if (*line == '\0') {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM, "nothing was computed yet");
		return;
	}
	for (int y = -v->scroll; *line != '\0' && y < c->h; y++, line = *end == '\n' ? end + 1 : end) {
		end = strchrnul(line, '\n');
		if (y < 0)
			continue;
		if (*line == '\1')
			canvas_textn(c, 1, y, c->w - 1, STYLE_BOLD, line + 1, (int)(end - line - 1));
		else
			canvas_textn(c, 3, y, c->w - 3, STYLE_TEXT, line, (int)(end - line));
	}
}

static void
explain_done(struct widget *w)
{
	struct explain *x = w->state;

	text_done(&x->text);
}

const struct widget_class widget_explain = {
	.name = "explain",
	.help = "the arithmetic of the row just read",
	.size = sizeof(struct explain),
	.min_w = 30,
	.min_h = 4,
	.weight = 65,
	.update = explain_update,
	.heading = explain_heading,
	.draw = explain_draw,
	.done = explain_done,
};
