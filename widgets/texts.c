/* texts.c - the most frequent texts of every text column, side by side: what a source without a
 * number is about. */
#include <stdio.h>
#include <stdlib.h>

#include "widgets/frequent.h"

enum { COLUMNS_MOST = 12, BLOCK_W = 28, BLOCK_H = 5, GAP = 3 };

struct texts {
	struct frequent *columns; /* shown of them */
	int shown, cap;
	int across; /* side by side */
};

static int
texts_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return view_texts_alone(v) ? LINES_ANY : 0;
}

/* As many side by side as have the width, and below one another as have the height. */
static void
arrange(struct texts *t, int n, int w, int h)
{
	int most = (w + GAP) / (BLOCK_W + GAP), down = h / BLOCK_H;

	most = most < 1 ? 1 : most;
	down = down < 1 ? 1 : down;
	n = n < COLUMNS_MOST ? n : COLUMNS_MOST;
	t->across = n < most ? n : most;
	t->shown = n < most * down ? n : most * down;
	if (t->cap < t->shown) {
		t->columns = memory_grow(t->columns, (size_t)t->shown, sizeof *t->columns);
		for (; t->cap < t->shown; t->cap++)
			t->columns[t->cap] = (struct frequent){ 0 };
	}
}

static int
texts_update(struct widget *w, const struct view *v, int width, int height)
{
	struct texts *t = w->state;
	int n = frequent_columns(v), source, column;

	arrange(t, n, width, height);
	for (int i = 0; i < t->shown && frequent_column(v, i, &source, &column); i++)
		frequent_count(&t->columns[i], v, source, column);
	return n - t->shown;
}

static void
texts_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct texts *t = w->state;

	(void)v;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "texts");
	if (t->shown > 0)
		snprintf(h->note, sizeof h->note, "last %d rows", t->columns[0].rows);
}

static void
draw_block(const struct frequent *f, const char *name, const struct canvas *c)
{
	struct canvas below = canvas_part(c, 0, 1, c->w, c->h - 1);

	canvas_text(c, 0, 0, c->w, STYLE_TITLE, name);
	frequent_draw(f, &below);
}

static void
texts_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct texts *t = w->state;
	int down, wide, high, source, column;

	if (t->shown == 0) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM, "no text column");
		return;
	}
	down = (t->shown + t->across - 1) / t->across;
	wide = (c->w + GAP) / t->across - GAP;
	high = c->h / down;
	for (int i = 0; i < t->shown && frequent_column(v, i, &source, &column); i++) {
		struct canvas block = canvas_part(c, i % t->across * (wide + GAP),
		    i / t->across * high, wide, high - (i / t->across + 1 < down));

		draw_block(
		    &t->columns[i], engine_schema(v->engine, source)->columns[column].name, &block);
	}
}

static void
texts_done(struct widget *w)
{
	struct texts *t = w->state;

	free(t->columns);
}

const struct widget_class widget_texts = {
	.name = "texts",
	.help = "the most frequent texts of every text column, where no column has numbers",
	.size = sizeof(struct texts),
	.min_w = 24,
	.min_h = 4,
	.weight = 49,
	.update = texts_update,
	.heading = texts_heading,
	.lines = texts_lines,
	.draw = texts_draw,
	.done = texts_done,
};
