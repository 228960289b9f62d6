/* learning_tables.c - which label was taken for which, or who answers by how much; and which
 * features a learner goes by. */
#include <stdio.h>

#include "widgets/charts/learning_parts.h"
#include "widgets/draw/bar.h"

#define SHARE_LEAST 5e-4 /* below it a share is written as none */
enum { LABEL = 10, CELL = 9, CELL_LEAST = 6, AROUND = 3 /* lines of titles and blanks */ };

static int
tallest(int a, int b)
{
	return a > b ? a : b;
}

int
learning_tables_height(const struct learning *l)
{
	return tallest(l->numbers ? l->members.n - 1 : l->labels, l->features.n) + AROUND;
}

/* Rows are labels as they were, columns what was said; right ones stand on the diagonal. */
static void
draw_matrix(const struct learning *l, const struct canvas *c)
{
	static const char title[] = "was, and was said to be, of late in %";
	int room = c->w - LABEL - 1, cell = l->labels > 0 ? room / l->labels : CELL, shown, more;
	char text[48];

	cell = cell < CELL_LEAST ? CELL_LEAST : cell > CELL ? CELL : cell;
	shown = room / cell < l->labels ? room / cell : l->labels;
	canvas_text(c, 1, 0, c->w - 1, STYLE_TITLE,
	    c->w > text_cells(title) ? title : "was and was said, %");
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
		more = l->more + l->labels - shown;
		snprintf(text, sizeof text, "+%d label%s", more, more == 1 ? "" : "s");
		canvas_text(c, 1, 2 + l->labels, c->w - 1, STYLE_DIM, text);
	}
}

static void
draw_shares(const struct learning_shares *s, const char *title, const struct canvas *c)
{
	int bar = c->w - LEARNING_NAME - CELL;
	char text[16];

	canvas_text(c, 1, 0, c->w - 1, STYLE_TITLE, title);
	for (int i = 0; i < s->n && i + 1 < c->h; i++) {
		bool any = s->all[i].share >= SHARE_LEAST;

		canvas_text(
		    c, 1, 1 + i, LEARNING_NAME - 2, any ? STYLE_LABEL : STYLE_DIM, s->all[i].name);
		snprintf(text, sizeof text, "%.1f %%", 100 * s->all[i].share);
		canvas_right(
		    c, LEARNING_NAME - 1, 1 + i, CELL - 1, any ? STYLE_TEXT : STYLE_DIM, text);
		if (bar > 2)
			bar_draw(
			    c, LEARNING_NAME + CELL - 1, 1 + i, bar, s->all[i].share, STYLE_SERIES);
	}
}

void
learning_draw_tables(const struct learning *l, const struct canvas *c)
{
	bool both = l->features.n > 0 && (l->labels > 0 || l->members.n > 0);
	int left = both ? c->w / 2 : 0;
	struct canvas part = canvas_part(c, 0, 0, both ? left : c->w, c->h);

	if (l->labels > 0 && part.h > 2)
		draw_matrix(l, &part);
	if (l->members.n > 0 && part.h > 1)
		draw_shares(&l->members, "who answers by how much", &part);
	part = canvas_part(c, left, 0, c->w - left, c->h);
	if (l->features.n > 0 && part.h > 1)
		draw_shares(&l->features, "what it goes by", &part);
}
