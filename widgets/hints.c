/* hints.c - the last line: the keys that matter most, or what is to be said for a moment. */
#include <stdio.h>

#include "widgets/widget.h"

enum { GAP = 3 };

static const char *
key_name(const struct hint *h, enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII && h->ascii != NULL ? h->ascii : h->keys;
}

/* Cells of the line with the hints up to that rank. */
static int
line_cells(const struct view *v, int rank, enum glyphs glyphs)
{
	int cells = 1;

	for (int i = 0; i < v->nhints; i++)
		if (v->hints[i].brief != NULL && v->hints[i].line <= rank)
			cells += text_cells(key_name(&v->hints[i], glyphs)) + 1 + text_cells(v->hints[i].brief) +
			    GAP;
	return cells;
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
	for (int i = 0; i < v->nhints; i++)
		if (v->hints[i].line > rank && line_cells(v, v->hints[i].line, c->glyphs) <= c->w + GAP)
			rank = v->hints[i].line;
	for (int i = 0; i < v->nhints; i++) {
		const struct hint *h = &v->hints[i];

		if (h->brief == NULL || h->line > rank)
			continue;
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
