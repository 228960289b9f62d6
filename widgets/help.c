/* help.c - every key and what it does, read off the table that dispatches them. */
#include <stdio.h>

#include "widgets/widget.h"

enum { KEY_MAX_CELLS = 16, GAP = 2 };

static const char *
key_name(const struct hint *h, enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII && h->ascii != NULL ? h->ascii : h->keys;
}

static int
widest_key(const struct view *v, enum glyphs glyphs)
{
	int widest = 1;

	for (int i = 0; i < v->nhints; i++) {
		int cells = text_cells(key_name(&v->hints[i], glyphs));

		widest = cells > widest ? cells : widest;
	}
	return widest;
}

static int
help_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return v->nhints;
}

static void
help_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)w;
	(void)v;
	snprintf(h->title, sizeof h->title, "keys");
	snprintf(h->note, sizeof h->note, "? or Esc goes back");
}

/* In as many columns as it needs to stand as a whole. */
static void
help_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	int keys = widest_key(v, c->glyphs), lines = c->h > 0 ? c->h : 1;
	int columns = (v->nhints + lines - 1) / lines, width = columns > 0 ? c->w / columns : c->w;

	(void)w;
	lines = columns > 0 ? (v->nhints + columns - 1) / columns : 0;
	for (int i = 0; i < v->nhints; i++) {
		int x = i / lines * width + 1, y = i % lines;

		canvas_text(c, x, y, keys, STYLE_KEY, key_name(&v->hints[i], c->glyphs));
		canvas_text(c, x + keys + GAP, y, width - keys - GAP - 2, STYLE_TEXT, v->hints[i].help);
	}
}

const struct widget_class widget_help = {
	.name = "help",
	.help = "every key and what it does",
	.min_w = 20,
	.min_h = 1,
	.weight = 70,
	.heading = help_heading,
	.lines = help_lines,
	.draw = help_draw,
};
