/* key_line.c - the last line: the keys that matter most, or what is to be said for a moment. */
#include <stdio.h>

#include "widgets/widget.h"

enum { GAP = 3 };

static const char *
key_name(const struct hint *h, enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII && h->ascii != NULL ? h->ascii : h->keys;
}

static bool
stands(const struct hint *h, int rank)
{
	return h->brief != NULL && h->rank <= rank;
}

/* Cells of the line with the hints up to that rank. */
static int
line_cells(const struct view *v, int rank, enum glyphs glyphs)
{
	int cells = 1;

	for (int i = 0; i < v->nhints; i++)
		if (stands(&v->hints[i], rank))
			cells += text_cells(key_name(&v->hints[i], glyphs)) + 1 +
				 text_cells(v->hints[i].brief) + GAP;
	return cells;
}

/* The one at this place of the line, or the next after it; NULL. */
static const struct hint *
next_hint(const struct view *v, int rank, int place)
{
	const struct hint *next = NULL;

	for (int i = 0; i < v->nhints; i++)
		if (stands(&v->hints[i], rank) && v->hints[i].line >= place &&
		    (next == NULL || v->hints[i].line < next->line))
			next = &v->hints[i];
	return next;
}

static void
hints_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	int rank = 0, x = 1;

	(void)w;
	if (v->message != NULL) {
		canvas_text(c, 1, 0, c->w - 2, STYLE_BOLD, v->message);
		return;
	}
	while (rank < v->nhints && line_cells(v, rank + 1, c->glyphs) <= c->w + GAP - 1)
		rank++;
	for (const struct hint *h = next_hint(v, rank, 0); h != NULL;
	     h = next_hint(v, rank, h->line + 1)) {
		x += canvas_text(c, x, 0, c->w - x, STYLE_KEY, key_name(h, c->glyphs)) + 1;
		x += canvas_text(c, x, 0, c->w - x, STYLE_DIM, h->brief) + GAP;
	}
}

const struct widget_class widget_hints = {
	.name = "hints",
	.help = "one line: the most important keys",
	.bare = true,
	.min_w = 16,
	.min_h = 1,
	.weight = 40,
	.draw = hints_draw,
};
