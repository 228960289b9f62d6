/* help.c - every key and what it does, read off the table that dispatches them.
 *
 * In groups, each in one column, in as many columns as look well on the screen; where these find no
 * room, in pages of such columns; where a group is longer than the screen, one hint after the other
 * in columns that scroll. */
#include <stdio.h>
#include <string.h>

#include "widgets/widget.h"

enum { GAP = 2, COLUMN_GAP = 3, WIDE_GAP = 12, COLUMNS_MOST = 12, BESIDE_MOST = 6, PAGE = 10 };

struct flow { /* of the groups into columns */
	int columns;
	int from[COLUMNS_MOST + 1]; /* their first hints; the last one is the end */
	int lines;                  /* of the longest, with titles and what stands between */
	int between;                /* lines between two groups */
	int cells;                  /* of all, without gaps */
};

struct help {
	struct flow flow;
	bool grouped;
	int first, shown; /* of its columns */
};

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

static void
draw_hint(const struct hint *h, const struct canvas *c, int x, int y, int keys)
{
	canvas_text(c, x, y, keys, STYLE_KEY, key_name(h, c->glyphs));
	canvas_text(c, x + keys + GAP, y, c->w - x - keys - GAP, STYLE_TEXT, h->help);
}

static int
help_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)v;
	(void)width;
	return LINES_ANY;
}

/* The groups that the next page begins with. */
static void
print_next(const struct help *s, const struct view *v, char *out, size_t size)
{
	int next = s->first + s->shown;

	snprintf(out, size, "%s%s · ", next < s->flow.columns ? "PgDn: " : "PgUp: ",
	    v->hints[s->flow.from[next < s->flow.columns ? next : 0]].group);
}

static void
help_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct help *s = w->state;
	char next[48] = "";

	if (s->grouped && s->shown < s->flow.columns)
		print_next(s, v, next, sizeof next);
	if (v->dialect != NULL && v->dialect[0] != '\0')
		snprintf(h->title, sizeof h->title, "keys   rows: %.50s", v->dialect);
	else
		snprintf(h->title, sizeof h->title, "keys");
	snprintf(h->note, sizeof h->note, "%s? or Esc goes back", next);
	snprintf(h->keys, sizeof h->keys, "? Esc PgDn: PgUp:");
}

/* --- in groups -------------------------------------------------------------------------------- */

static bool
begins_group(const struct view *v, int i)
{
	return i == 0 || strcmp(v->hints[i].group, v->hints[i - 1].group) != 0;
}

static int
group_end(const struct view *v, int i)
{
	for (i++; i < v->nhints && !begins_group(v, i);)
		i++;
	return i;
}

/* Groups one after the other, so many lines apart, a new column where the next would not fit in h
 * lines; false: that takes more than `most` columns, or one group is longer. */
static bool
pour(const struct view *v, int h, int most, int between, struct flow *f)
{
	int used = 0;

	*f = (struct flow){ .columns = 1, .between = between };
	for (int i = 0, end; i < v->nhints; i = end) {
		int lines = (end = group_end(v, i)) - i + 1;

		if (used > 0 && used + between + lines > h) {
			if (f->columns == most)
				return false;
			f->from[f->columns++] = i;
			used = 0;
		}
		used += lines + (used > 0 ? between : 0);
		f->lines = used > f->lines ? used : f->lines;
	}
	f->from[f->columns] = v->nhints;
	return f->lines <= h;
}

static int
column_cells(const struct view *v, const struct flow *f, int column)
{
	int keys, texts;

	measure(v, v->glyphs, f->from[column], f->from[column + 1], &keys, &texts);
	return keys + GAP + texts;
}

/* In the fewest lines that so many columns take. */
static bool
balance(const struct view *v, int h, int columns, struct flow *f)
{
	for (int lines = 1; lines <= h; lines++) {
		if (!pour(v, lines, columns, 1, f))
			continue;
		f->cells = 0;
		for (int i = 0; i < f->columns; i++)
			f->cells += column_cells(v, f, i);
		return true;
	}
	return false;
}

/* As many columns as stand well apart, else as few as have the lines. */
static bool
fit(const struct view *v, int w, int h, struct flow *best)
{
	bool found = false;

	for (int columns = 1; columns <= BESIDE_MOST; columns++) {
		struct flow f;
		int gap = found ? WIDE_GAP : COLUMN_GAP;

		if (!balance(v, h, columns, &f) || f.cells + (f.columns - 1) * gap > w)
			continue;
		*best = f;
		found = true;
	}
	return found;
}

/* Columns from `first` on that stand beside each other, and their cells. */
static int
beside(const struct view *v, const struct flow *f, int first, int w, int *cells)
{
	int n = 0;

	*cells = 0;
	while (first + n < f->columns) {
		int more = column_cells(v, f, first + n);

		if (n > 0 && *cells + more + n * COLUMN_GAP > w)
			break;
		*cells += more;
		n++;
	}
	return n;
}

/* Pages of as many columns as stand beside each other: scrolling turns them. Groups stand close
 * where that saves a column. */
static bool
fit_pages(const struct view *v, int w, int h, struct help *s)
{
	struct flow close;
	int cells, first = (v->scroll + PAGE - 1) / PAGE;

	if (!pour(v, h, COLUMNS_MOST, 0, &close))
		return false;
	if (!pour(v, h, COLUMNS_MOST, 1, &s->flow) || s->flow.columns > close.columns)
		s->flow = close;
	for (s->first = 0; s->first < first; s->first++) {
		s->shown = beside(v, &s->flow, s->first, w, &cells);
		if (s->first + s->shown == s->flow.columns) /* the last page */
			break;
	}
	s->shown = beside(v, &s->flow, s->first, w, &s->flow.cells);
	return true;
}

static int
help_update(struct widget *w, const struct view *v, int width, int height)
{
	struct help *s = w->state;

	s->grouped = v->nhints > 0 && fit(v, width, height, &s->flow);
	s->first = 0;
	s->shown = s->flow.columns;
	if (!s->grouped && v->nhints > 0)
		s->grouped = fit_pages(v, width, height, s);
	return 0;
}

static void
draw_groups(const struct help *s, const struct view *v, const struct canvas *c)
{
	const struct flow *f = &s->flow;
	int apart = s->shown > 1 ? (c->w - f->cells) / s->shown : 0, x = 0;
	int step = 2 * f->lines <= c->h ? 2 : 1, keys, texts;

	for (int k = s->first; k < s->first + s->shown; k++) {
		int y = 0;

		measure(v, c->glyphs, f->from[k], f->from[k + 1], &keys, &texts);
		for (int i = f->from[k]; i < f->from[k + 1]; i++) {
			if (begins_group(v, i)) {
				y += i > f->from[k] ? f->between * step : 0;
				canvas_text(c, x, y, c->w - x, STYLE_FOCUS, v->hints[i].group);
				y += step;
			}
			draw_hint(&v->hints[i], c, x, y, keys);
			y += step;
		}
		x += keys + GAP + texts + apart;
	}
}

/* --- one after the other ---------------------------------------------------------------------- */

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
draw_list(const struct view *v, const struct canvas *c)
{
	int columns = fitting_columns(v, c), lines = (v->nhints + columns - 1) / columns;
	int below, first, x = 0, keys, texts;
	char more[40];

	lines = lines <= c->h ? lines : c->h > 1 ? c->h - 1 : 1; /* the last one tells of more */
	below = v->nhints - columns * lines;
	first = v->scroll < below ? v->scroll : below > 0 ? below : 0;
	for (int i = 0, from = first; i < columns && from < v->nhints; i++, from += lines) {
		int to = from + lines < v->nhints ? from + lines : v->nhints;

		measure(v, c->glyphs, from, to, &keys, &texts);
		for (int k = from; k < to; k++)
			draw_hint(&v->hints[k], c, x, k - from, keys);
		x += keys + GAP + texts + COLUMN_GAP;
	}
	if (first >= below)
		return;
	snprintf(more, sizeof more, " PgDn: %d more", below - first);
	canvas_right(c, c->w - text_cells(more), c->h - 1, text_cells(more), STYLE_KEY, more);
}

static void
help_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct help *s = w->state;

	if (c->h < 1 || v->nhints == 0)
		return;
	if (s->grouped)
		draw_groups(s, v, c);
	else
		draw_list(v, c);
}

const struct widget_class widget_help = {
	.name = "help",
	.help = "every key and what it does",
	.size = sizeof(struct help),
	.min_w = 20,
	.min_h = 1,
	.weight = 70,
	.update = help_update,
	.heading = help_heading,
	.lines = help_lines,
	.draw = help_draw,
};
