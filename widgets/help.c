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
	if (v->dialect != NULL && v->dialect[0] != '\0')
		snprintf(h->title, sizeof h->title, "keys   rows: %.50s", v->dialect);
	else
		snprintf(h->title, sizeof h->title, "keys");
	snprintf(h->note, sizeof h->note, "? or Esc goes back");
	snprintf(h->keys, sizeof h->keys, "? Esc");
}

/* Cells of the hints from .. to-1 in columns of so many lines. */
static int
width_of(const struct view *v, enum glyphs glyphs, int from, int to, int lines)
{
	int cells = -COLUMN_GAP, keys, texts;

	for (; from < to; from += lines) {
		measure(v, glyphs, from, from + lines < to ? from + lines : to, &keys, &texts);
		cells += keys + GAP + texts + COLUMN_GAP;
	}
	return cells;
}

/* As many columns as it needs to stand as a whole, or as find room: then one scrolls. */
static int
fitting_columns(const struct view *v, const struct canvas *c)
{
	int columns = (v->nhints + c->h - 1) / c->h;

	while (columns > 1 &&
	       width_of(v, c->glyphs, 0, v->nhints, (v->nhints + columns - 1) / columns) > c->w)
		columns--;
	return columns > 1 ? columns : 1;
}

static void
draw_column(const struct view *v, const struct canvas *c, int x, int from, int to)
{
	int keys, texts;

	measure(v, c->glyphs, from, to, &keys, &texts);
	for (int i = from; i < to; i++) {
		canvas_text(c, x, i - from, keys, STYLE_KEY, key_name(&v->hints[i], c->glyphs));
		canvas_text(c, x + keys + GAP, i - from, texts, STYLE_TEXT, v->hints[i].help);
	}
}

static void
help_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	int columns, lines, first, below, x = 0, keys, texts;
	char more[40];

	(void)w;
	if (c->h < 1 || v->nhints == 0)
		return;
	columns = fitting_columns(v, c);
	lines = (v->nhints + columns - 1) / columns;
	lines = lines < c->h ? lines : c->h;
	below = v->nhints - columns * lines;
	first = v->scroll < below ? v->scroll : below > 0 ? below : 0;
	for (int i = 0, from = first; i < columns && from < v->nhints; i++, from += lines) {
		int to = from + lines < v->nhints ? from + lines : v->nhints;

		draw_column(v, c, x, from, to);
		measure(v, c->glyphs, from, to, &keys, &texts);
		x += keys + GAP + texts + COLUMN_GAP;
	}
	if (first >= below)
		return;
	snprintf(more, sizeof more, " PgDn: %d more", below - first);
	canvas_right(c, c->w - text_cells(more), c->h - 1, text_cells(more), STYLE_KEY, more);
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
