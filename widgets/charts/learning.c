/* learning.c - how what learns row by row does: its errors over time beside those of two baselines,
 * with marks where it changed for worse; which label was taken for which; what it goes by.
 *
 * It shows the first classifier or regressor that a KPI or a rule reads, of the key that is looked
 * at. What is drawn was copied in update, so that a frozen picture stays. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/ops/learn/classifier.h"
#include "data/ops/learn/regressor.h"
#include "widgets/charts/chart_parts.h"
#include "widgets/charts/learning_parts.h"

enum {
	HEAD = 2,
	PLOT_LEAST = 4,
	TABLE_LEAST = 4, /* lines: with less, the plot has them */
	ALL = 200        /* lines: as many as there are */
};

/* --- update ----------------------------------------------------------------------------------- */

static const struct op *
find_learner(const struct view *v)
{
	for (int s = 0; s < engine_sources(v->engine); s++) {
		const struct graph *graph = engine_graph(v->engine, s);
		const struct op *const *speakers;
		int n = graph != NULL ? graph_speakers(graph, &speakers) : 0;

		for (int i = 0; i < n; i++)
			if (speakers[i]->node->class == &op_classifier ||
			    speakers[i]->node->class == &op_regressor)
				return speakers[i];
	}
	return NULL;
}

static void
copy_matrix(struct learning *l, const struct classifier *c)
{
	struct text name = { 0 };

	l->labels = c->classes < LEARNING_LABELS ? c->classes : LEARNING_LABELS;
	l->more = c->classes - l->labels;
	for (int i = 0; i < l->labels; i++) {
		text_clear(&name);
		classifier_print_label(c, i, &name);
		snprintf(l->label[i], LEARNING_NAME, "%s", text_get(&name));
		for (int k = 0; k < l->labels; k++)
			l->matrix[i][k] = c->judge.matrix[i * JUDGE_MATRIX + k] / c->judge.unit;
	}
	text_done(&name);
}

/* Keeps the greatest, in order. */
static void
add_share(struct learning_shares *s, const char *name, double share)
{
	int at = s->n < LEARNING_SHARES ? s->n++ : LEARNING_SHARES - 1;

	if (at == LEARNING_SHARES - 1 && s->n == LEARNING_SHARES && s->all[at].share > share)
		return;
	for (; at > 0 && s->all[at - 1].share < share; at--)
		s->all[at] = s->all[at - 1];
	snprintf(s->all[at].name, LEARNING_NAME, "%s", name);
	s->all[at].share = share;
}

static void
add_feature(struct learning *l, const struct op *op, int input, double share)
{
	struct text name = { 0 };

	if (share > 0) {
		learner_print_feature(op, input, &name);
		add_share(&l->features, text_get(&name), share);
	}
	text_done(&name);
}

static void
copy_classifier(struct learning *l, const struct op *op)
{
	const struct classifier *c = op->state;
	double *share = memory_zero((size_t)c->inputs + 1, sizeof *share);

	l->course = c->judge.course;
	snprintf(l->method, sizeof l->method, "%s", c->method->name);
	copy_matrix(l, c);
	models_weights(c->models, share);
	for (int i = 0; i < c->inputs; i++)
		add_feature(l, op, i, share[c->order[i]]);
	free(share);
}

static void
copy_regressor(struct learning *l, const struct op *op)
{
	const struct regressor *m = op->state;
	double *share = memory_zero((size_t)m->inputs + 1, sizeof *share);
	double answers[NUMBERS_MIXED];

	l->course = m->course;
	l->labels = l->more = 0;
	snprintf(l->method, sizeof l->method, "%s", m->method->name);
	numbers_weights(m->numbers, share);
	for (int i = 0; i < m->inputs; i++)
		add_feature(l, op, i, share[m->order[i]]);
	if (m->method->answers == NUMBER_MEMBERS) {
		numbers_shares(m->numbers, answers);
		for (int i = 0; i < NUMBERS_MIXED; i++)
			add_share(&l->members, number_names[i], answers[i]);
	}
	free(share);
}

/* The tables have what they ask for, but not more than half where they list who answers least; and
 * nothing where that would be a part of one. */
static int
plot_height(const struct learning *l, int height)
{
	int all = height - HEAD, plot = all - learning_tables_height(l);

	if (l->numbers && plot < all / 2)
		plot = all / 2;
	plot = plot < PLOT_LEAST ? PLOT_LEAST : plot;
	if (all - plot < TABLE_LEAST)
		plot = all;
	return plot >= PLOT_LEAST ? plot : 0;
}

static int
learning_update(struct widget *w, const struct view *v, int width, int height)
{
	struct learning *l = w->state;
	const struct op *op = find_learner(v);

	(void)width;
	if (v->frozen != NULL && l->any)
		return 0;
	l->any = op != NULL;
	if (op == NULL)
		return 0;
	l->numbers = op->node->class == &op_regressor;
	l->features.n = l->members.n = 0;
	snprintf(l->of, sizeof l->of, "%s", op->args[0]->node->key);
	if (l->numbers)
		copy_regressor(l, op);
	else
		copy_classifier(l, op);
	learning_fit(l, plot_height(l, height) - 1, chart_dots_y(v->glyphs));
	return 0;
}

static int
learning_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return find_learner(v) != NULL ? ALL : 1;
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
	if (!l->any || l->course.rows == 0)
		return;
	count_print(l->course.rows, rows);
	snprintf(h->note, sizeof h->note, "%s rows · each judged before it was learned", rows);
}

/* --- draw ------------------------------------------------------------------------------------- */

/* Whole words and figures, as many as there is room for. */
static void
draw_head(const struct learning *l, const struct canvas *c)
{
	int x = 1;

	for (int line = 0; line < LEARNING_LINES; line++) {
		const char *name = learning_line_name(l, line);
		char text[48];

		if (l->numbers)
			snprintf(text, sizeof text, "%.4g", learning_overall(l, line));
		else
			snprintf(text, sizeof text, "%.1f %%", learning_overall(l, line));
		if (x + text_cells(name) + 1 + text_cells(text) > c->w)
			return;
		x += canvas_text(c, x, 0, c->w - x, STYLE_TEXT, name) + 1;
		x += canvas_text(c, x, 0, c->w - x, line == 0 ? STYLE_BOLD : STYLE_TEXT, text) + 3;
	}
}

static void
learning_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct learning *l = w->state;
	int h = plot_height(l, c->h);
	struct canvas part;

	(void)v;
	if (!l->any || l->course.rows == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    !l->any      ? "nothing learns: -k 'accuracy(label, classify(label, x1, x2))'"
		    : l->numbers ? "no number was predicted yet"
				 : "no label was predicted yet");
		return;
	}
	draw_head(l, c);
	if (h > 0) {
		part = canvas_part(c, 0, HEAD, c->w, h);
		learning_draw_plot(l, &part);
	}
	part = canvas_part(c, 0, HEAD + h, c->w, c->h - HEAD - h);
	learning_draw_tables(l, &part);
}

const struct widget_class widget_learning = {
	.name = "learning",
	.help =
	    "how what learns does: its errors over time beside two baselines, and what it goes by",
	.size = sizeof(struct learning),
	.min_w = 30,
	.min_h = 3,
	.weight = 34,
	.update = learning_update,
	.heading = learning_heading,
	.lines = learning_lines,
	.draw = learning_draw,
};
