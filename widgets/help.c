/* help.c - every key and what it does, read off the table that dispatches them. */
#include <stdio.h>

#include "widgets/widget.h"

enum { GAP = 2, COLUMN_GAP = 3 };

static const char *
key_name(const struct hint *h, enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII && h->ascii != NULL ? h->ascii : h->keys;
}

/* The widest key and the widest text of hints from .. to-1. */
static void
measure(const struct view *v, enum glyphs glyphs, int from, int to, int *keys, int *texts)
{
	*keys = *texts = 0;
	for (int i = from; i < to; i++) {
		int key = text_cells(key_name(&v->hints[i], glyphs)),
		    text = text_cells(v->hints[i].help);

		*keys = key > *keys ? key : *keys;
		*texts = text > *texts ? text : *texts;
	}
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

/* In as many columns as it needs to stand as a whole, each as wide as its texts. */
static void
help_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	int most = c->h > 0 ? c->h : 1, columns = (v->nhints + most - 1) / most, x = 0, keys, texts;
	int lines = columns > 0 ? (v->nhints + columns - 1) / columns : 0;

	(void)w;
	for (int from = 0; from < v->nhints; from += lines) {
		int to = from + lines < v->nhints ? from + lines : v->nhints;

		measure(v, c->glyphs, from, to, &keys, &texts);
		for (int i = from; i < to; i++) {
			canvas_text(
			    c, x, i - from, keys, STYLE_KEY, key_name(&v->hints[i], c->glyphs));
			canvas_text(
			    c, x + keys + GAP, i - from, texts, STYLE_TEXT, v->hints[i].help);
		}
		x += keys + GAP + texts + COLUMN_GAP;
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
