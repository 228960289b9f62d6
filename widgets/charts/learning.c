/* learning.c - how what learns row by row does: accuracy over time beside the two baselines, with
 * marks where it changed for worse; which label was taken for which; which features matter.
 *
 * It shows the first classifier that a KPI or a rule reads, of the key that is looked at. What is
 * drawn was copied in update, so that a frozen picture stays. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/learn/classifier.h"
#include "widgets/charts/axes.h"
#include "widgets/draw/bar.h"

enum {
	NAME = 24,
	LABELS = 8,    /* of the matrix */
	FEATURES = 12, /* the most important */
	LABEL = 10,
	HEAD = 2,
	PLOT_LEAST = 4,
	TICK_CELLS = 2, /* of height between two ticks, or more */
	ALL = 200,      /* lines: as many as there are */
	SPAN = 50,
	NAMES = 16, /* cells for the names of the lines */
	DASH = 0x2504,
	DOTS = 0x00b7
};

struct feature {
	char name[NAME];
	double share;
};

struct learning {
	bool any;
	char of[48], method[16];
	struct judge judge;
	double matrix[LABELS][LABELS];
	char label[LABELS][NAME];
	int labels, more; /* shown; that are not */
	struct feature feature[FEATURES];
	int features;
	struct scale y;
};

/* --- update ----------------------------------------------------------------------------------- */

static const struct op *
find_classifier(const struct view *v)
{
	for (int s = 0; s < engine_sources(v->engine); s++) {
		const struct graph *graph = engine_graph(v->engine, s);
		const struct op *const *speakers;
		int n = graph != NULL ? graph_speakers(graph, &speakers) : 0;

		for (int i = 0; i < n; i++)
			if (speakers[i]->node->class == &op_classifier)
				return speakers[i];
	}
	return NULL;
}

static void
copy_matrix(struct learning *l, const struct classifier *c)
{
	struct text name = { 0 };

	l->labels = c->classes < LABELS ? c->classes : LABELS;
	l->more = c->classes - l->labels;
	for (int i = 0; i < l->labels; i++) {
		text_clear(&name);
		classifier_print_label(c, i, &name);
		snprintf(l->label[i], NAME, "%s", text_get(&name));
		for (int k = 0; k < l->labels; k++)
			l->matrix[i][k] = c->judge.matrix[i * JUDGE_MATRIX + k] / c->judge.unit;
	}
	text_done(&name);
}

/* Keeps the most important, in order. */
static void
add_feature(struct learning *l, const char *name, double share)
{
	int at = l->features < FEATURES ? l->features++ : FEATURES - 1;

	if (at == FEATURES - 1 && l->features == FEATURES && l->feature[at].share > share)
		return;
	for (; at > 0 && l->feature[at - 1].share < share; at--)
		l->feature[at] = l->feature[at - 1];
	snprintf(l->feature[at].name, NAME, "%s", name);
	l->feature[at].share = share;
}

static void
copy_features(struct learning *l, const struct op *op, const struct classifier *c)
{
	double *share = memory_zero((size_t)c->inputs + 1, sizeof *share);
	struct text name = { 0 };

	models_weights(c->models, share);
	l->features = 0;
	for (int i = 0; i < c->inputs; i++) {
		int at = c->order[i] >= 0 ? c->order[i] : -1 - c->order[i];

		if (!(share[at] > 0))
			continue;
		text_clear(&name);
		classifier_print_feature(op, i, &name);
		add_feature(l, text_get(&name), share[at]);
	}
	text_done(&name);
	free(share);
}

/* In percent, of the points up to one: of SPAN rows or more, so that single misses do not hide how
 * it goes. */
static double
share_at(const struct judge *j, int point, int line)
{
	double n = 0, right = 0;

	for (int i = point; i >= 0 && n < SPAN; i--) {
		const struct judge_point *p = &j->point[i];

		n += p->n;
		right += line == 0 ? p->hits : line == 1 ? p->majority : p->last;
	}
	return n > 0 ? 100 * right / n : NAN;
}

/* The axis ends at 100 %, and begins where something was. */
static void
fit(struct learning *l, int height)
{
	double least = 1;

	for (int i = 0; i < l->judge.points; i++) {
		for (int line = 0; line < 3; line++)
			least = fmin(least, share_at(&l->judge, i, line) / 100);
	}
	/* steps of 1, 2, 5, 10, ... all lead to 100 */
	l->y = scale_fit(100 * least, 100, height > TICK_CELLS ? height / TICK_CELLS : 1);
}

static int
plot_height(const struct learning *l, int height)
{
	int lower = (l->labels > l->features ? l->labels : l->features) + 3, left;

	left = height - HEAD - lower;
	if (left >= PLOT_LEAST + 1)
		return left;
	return height - HEAD >= PLOT_LEAST + 1 ? PLOT_LEAST + 1 : 0;
}

static int
learning_update(struct widget *w, const struct view *v, int width, int height)
{
	struct learning *l = w->state;
	const struct op *op = find_classifier(v);
	const struct classifier *c;

	(void)width;
	if (v->frozen != NULL && l->any)
		return 0;
	l->any = op != NULL;
	if (op == NULL)
		return 0;
	c = op->state;
	l->judge = c->judge;
	snprintf(l->of, sizeof l->of, "%s", op->args[0]->node->key);
	snprintf(l->method, sizeof l->method, "%s", c->method->name);
	copy_matrix(l, c);
	copy_features(l, op, c);
	fit(l, plot_height(l, height) - 1);
	return 0;
}

static int
learning_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return find_classifier(v) != NULL ? ALL : 1;
}

static void
learning_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct learning *l = w->state;
	char rows[COUNT_CHARS];

	(void)v;
	if (w->title != NULL || !l->any)
		snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "learning");
	else
		snprintf(h->title, sizeof h->title, "learning %s by %s", l->of, l->method);
	if (!l->any || l->judge.rows == 0)
		return;
	count_print(l->judge.rows, rows);
	snprintf(h->note, sizeof h->note, "%s rows · each judged before it was learned", rows);
}

/* --- draw ------------------------------------------------------------------------------------- */

static int
draw_score(const struct canvas *c, int x, const char *name, double share, enum style style)
{
	char text[16];

	snprintf(text, sizeof text, "%.1f %%", 100 * share);
	x += canvas_text(c, x, 0, c->w - x, STYLE_TEXT, name) + 1;
	return x + canvas_text(c, x, 0, c->w - x, style, text) + 3;
}

static void
draw_head(const struct learning *l, const struct canvas *c)
{
	double n = (double)l->judge.rows;
	int x = draw_score(c, 1, "right", l->judge.hits / n, STYLE_BOLD);

	x = draw_score(c, x, "majority class", l->judge.majority / n, STYLE_TEXT);
	draw_score(c, x, "label before", l->judge.last / n, STYLE_TEXT);
}

static void
draw_line(const struct learning *l, const struct canvas *plot, int line)
{
	enum style style = line == 0 ? STYLE_SERIES : line == 1 ? STYLE_EXPECTED : STYLE_DIM;
	int dots = canvas_dots_y(plot), wide = canvas_dots_x(plot), from_x = -1, from_y = 0;
	const struct judge *j = &l->judge;

	for (int i = 0; i < j->points; i++) {
		int x = j->points > 1 ? i * (wide - 1) / (j->points - 1) : 0, y;

		if (!(j->point[i].n > 0))
			continue;
		y = scale_dot(&l->y, share_at(j, i, line), dots);
		y = y < 0 ? 0 : y >= dots ? dots - 1 : y;
		if (line > 0)
			canvas_cell(plot, x * plot->w / wide, y * plot->h / dots,
			    line == 1 ? DASH : DOTS, style);
		else
			canvas_line(
			    plot, from_x < 0 ? x : from_x, from_x < 0 ? y : from_y, x, y, style);
		from_x = x;
		from_y = y;
	}
}

/* Where errors became more than before: a mark on the line below. */
static void
draw_marks(const struct learning *l, const struct canvas *c, int x, int y, int w)
{
	const struct judge *j = &l->judge;
	uint64_t from = j->marks > JUDGE_MARKS ? j->marks - JUDGE_MARKS : 0;

	for (uint64_t i = from; i < j->marks; i++) {
		double at = (double)j->mark[i % JUDGE_MARKS] / (double)j->rows;
		bool plain = c->glyphs != GLYPHS_BRAILLE && c->glyphs != GLYPHS_BLOCK;

		canvas_cell(c, x + (int)(at * (w - 1)), y, plain ? 'v' : 0x25c7, STYLE_WARNING);
	}
}

/* The names stand behind the ends of their lines, each on a line of its own. */
static void
draw_names(const struct learning *l, const struct canvas *c, int x, int h)
{
	static const char *const names[] = { "right", "majority class", "label before" };
	static const enum style styles[] = { STYLE_SERIES, STYLE_EXPECTED, STYLE_DIM };
	bool taken[64] = { false };

	for (int line = 0; line < 3 && h <= 64; line++) {
		int y = scale_dot(&l->y, share_at(&l->judge, l->judge.points - 1, line), h),
		    step = 1;

		y = y < 0 ? 0 : y >= h ? h - 1 : y;
		for (; taken[y] && step < 2 * h; step++) { /* the nearest that is free */
			int next = y + (step % 2 == 1 ? step : -step);

			y = next >= 0 && next < h ? next : y;
		}
		taken[y] = true;
		canvas_text(c, x, y, NAMES, styles[line], names[line]);
	}
}

static void
draw_plot(const struct learning *l, const struct canvas *c)
{
	int axis = axis_y_width(&l->y), h = c->h - 1;
	int names = c->w >= 60 ? NAMES : 0;
	struct canvas plot = canvas_part(c, axis, 0, c->w - axis - names - 1, h);

	if (plot.w <= 0 || plot.h <= 0 || l->judge.points == 0)
		return;
	axis_y_draw(c, axis_y_width(&l->y), &l->y, h);
	canvas_fill(c, axis, h, plot.w, 1, 0x2500, STYLE_FRAME);
	for (int line = 2; line >= 0; line--)
		draw_line(l, &plot, line);
	draw_marks(l, c, axis, h, plot.w);
	if (names > 0)
		draw_names(l, c, axis + plot.w + 1, h);
}

/* Rows are labels as they were, columns what was said; right ones stand on the diagonal. */
static void
draw_matrix(const struct learning *l, const struct canvas *c)
{
	int cell = 9, shown = (c->w - LABEL - 1) / cell;
	char text[48];

	shown = shown < l->labels ? shown : l->labels;
	canvas_text(c, 1, 0, c->w - 1, STYLE_TITLE, "was, and was said to be, of late in %");
	for (int k = 0; k < shown; k++)
		canvas_right(c, 1 + LABEL + k * cell, 1, cell - 1, STYLE_LABEL, l->label[k]);
	for (int i = 0; i < l->labels && i + 2 < c->h; i++) {
		double sum = 0;

		canvas_text(c, 1, 2 + i, LABEL - 1, STYLE_LABEL, l->label[i]);
		for (int k = 0; k < l->labels; k++)
			sum += l->matrix[i][k];
		for (int k = 0; k < shown; k++) {
			snprintf(
			    text, sizeof text, sum > 0 ? "%.1f" : "-", 100 * l->matrix[i][k] / sum);
			canvas_right(c, 1 + LABEL + k * cell, 2 + i, cell - 1,
			    i == k ? STYLE_BOLD : STYLE_TEXT, text);
		}
	}
	if (l->more > 0 || shown < l->labels) {
		snprintf(text, sizeof text, "+%d labels", l->more + l->labels - shown);
		canvas_text(c, 1, 2 + l->labels, c->w - 1, STYLE_DIM, text);
	}
}

static void
draw_features(const struct learning *l, const struct canvas *c)
{
	int bar = c->w - NAME - 9;
	char text[16];

	canvas_text(c, 1, 0, c->w - 1, STYLE_TITLE, "what it goes by");
	for (int i = 0; i < l->features && i + 1 < c->h; i++) {
		canvas_text(c, 1, 1 + i, NAME - 2, STYLE_LABEL, l->feature[i].name);
		snprintf(text, sizeof text, "%.1f %%", 100 * l->feature[i].share);
		canvas_right(c, NAME - 1, 1 + i, 8, STYLE_TEXT, text);
		if (bar > 2)
			bar_draw(c, NAME + 8, 1 + i, bar, l->feature[i].share, STYLE_SERIES);
	}
}

static void
learning_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct learning *l = w->state;
	int h = plot_height(l, c->h), left = c->w / 2;
	struct canvas part;

	(void)v;
	if (!l->any || l->judge.rows == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    l->any ? "no label was predicted yet"
			   : "nothing learns: -k 'accuracy(label, classify(label, x1, x2))'");
		return;
	}
	draw_head(l, c);
	if (h > 0) {
		part = canvas_part(c, 0, HEAD, c->w, h);
		draw_plot(l, &part);
	}
	part = canvas_part(c, 0, HEAD + h, l->features > 0 ? left : c->w, c->h - HEAD - h);
	if (part.h > 2)
		draw_matrix(l, &part);
	part = canvas_part(c, left, HEAD + h, c->w - left, c->h - HEAD - h);
	if (part.h > 1 && l->features > 0)
		draw_features(l, &part);
}

const struct widget_class widget_learning = {
	.name = "learning",
	.help = "how what learns does: accuracy over time, the confusion matrix, what it goes by",
	.size = sizeof(struct learning),
	.min_w = 30,
	.min_h = 3,
	.weight = 34,
	.update = learning_update,
	.heading = learning_heading,
	.lines = learning_lines,
	.draw = learning_draw,
};
