/* canvas.c - a rectangle of cells to draw on: text, styles, lines of dots. Clips everything.
 *
 * Invariant: a cell of rune 0 has the wide character that it belongs to on its left, so whoever
 * overwrites one half of a wide character blanks the other. All drawing ends in canvas_put().
 * What is drawn on a background keeps it; only a filled area has none. */
#include "widgets/draw/canvas.h"

#include <string.h>

#include "widgets/draw/canvas_parts.h"
#include "widgets/draw/runes.h"

enum { ELLIPSIS = 0x2026 };

static int
min(int a, int b)
{
	return a < b ? a : b;
}

static int
max(int a, int b)
{
	return a > b ? a : b;
}

struct canvas
canvas_part(const struct canvas *c, int x, int y, int w, int h)
{
	struct canvas part = *c;
	int left = max(x, 0), top = max(y, 0);
	int64_t right = (int64_t)x + w, bottom = (int64_t)y + h;

	part.x = c->x + min(left, c->w);
	part.y = c->y + min(top, c->h);
	part.w = right < c->w ? max((int)right - left, 0) : max(c->w - left, 0);
	part.h = bottom < c->h ? max((int)bottom - top, 0) : max(c->h - top, 0);
	return part;
}

bool
canvas_has(const struct canvas *c, int x, int y)
{
	return x >= 0 && x < c->w && y >= 0 && y < c->h;
}

struct cell *
canvas_at(const struct canvas *c, int x, int y)
{
	return &c->cells[(size_t)(c->y + y) * (size_t)c->stride + (size_t)(c->x + x)];
}

/* Before the cell at x (of the picture) is overwritten: the other half of a wide character goes. */
static void
part_wide(struct cell *cell, int x, int stride)
{
	if (cell->rune == 0 && x > 0)
		cell[-1].rune = ' ';
	else if (x + 1 < stride && cell[1].rune == 0)
		cell[1].rune = ' ';
}

void
canvas_put(const struct canvas *c, int x, int y, uint32_t rune, enum style style)
{
	struct cell *cell;

	if (!canvas_has(c, x, y))
		return;
	cell = canvas_at(c, x, y);
	part_wide(cell, c->x + x, c->stride);
	*cell = (struct cell){ .rune = rune, .style = (uint8_t)style, .back = band_below(cell) };
}

/* A wide character whose other half does not fit leaves a blank. In ASCII it is drawn as two. */
static void
put_wide(const struct canvas *c, int x, int y, uint32_t rune, enum style style)
{
	if (c->glyphs == GLYPHS_ASCII) {
		canvas_put(c, x, y, glyph_fold(rune, c->glyphs), style);
		canvas_put(c, x + 1, y, glyph_fold(rune, c->glyphs), style);
		return;
	}
	canvas_put(c, x, y, ' ', style);
	canvas_put(c, x + 1, y, ' ', style);
	if (canvas_has(c, x, y) && canvas_has(c, x + 1, y)) {
		canvas_at(c, x, y)->rune = rune;
		canvas_at(c, x + 1, y)->rune = 0;
	}
}

void
canvas_cell(const struct canvas *c, int x, int y, uint32_t rune, enum style style)
{
	rune = rune_harmless(rune);
	if (rune_cells(rune) == 2)
		put_wide(c, x, y, rune, style);
	else
		canvas_put(c, x, y, glyph_fold(rune, c->glyphs), style);
}

void
canvas_clear(const struct canvas *c)
{
	canvas_fill(c, 0, 0, c->w, c->h, ' ', STYLE_TEXT);
}

void
canvas_fill(const struct canvas *c, int x, int y, int w, int h, uint32_t rune, enum style style)
{
	struct canvas part = canvas_part(c, x, y, w, h);
	int step = rune_cells(rune_harmless(rune));

	for (int row = 0; row < part.h; row++) {
		for (int col = 0; col < part.w; col++) { /* no background, no edge of one */
			canvas_at(&part, col, row)->back = BACK_NONE;
			canvas_at(&part, col, row)->style = STYLE_TEXT;
		}
		for (int col = 0; col < part.w; col += step)
			canvas_cell(&part, col, row, rune, style);
	}
}

/* The cells that n bytes take, or something over limit when they take more. */
static int
cells_of(const char *s, size_t n, int limit)
{
	int cells = 0;

	for (size_t i = 0; i < n && cells <= limit;) {
		uint32_t rune;

		i += rune_read(s + i, n - i, &rune);
		cells += rune_cells(rune_harmless(rune));
	}
	return cells;
}

int
text_cells(const char *s)
{
	return cells_of(s, strlen(s), INT32_MAX - 2);
}

static int
draw_text(
    const struct canvas *c, int x, int y, int width, enum style style, const char *s, size_t n)
{
	int used = 0, room, step;
	bool cut;

	width = x > c->w ? 0 : min(width, c->w - x);
	if (width <= 0)
		return 0;
	cut = cells_of(s, n, width) > width;
	room = cut ? width - 1 : width;
	for (size_t i = 0; i < n; used += step) {
		uint32_t rune;

		i += rune_read(s + i, n - i, &rune);
		step = rune_cells(rune_harmless(rune));
		if (used + step > room)
			break;
		canvas_cell(c, x + used, y, rune, style);
	}
	if (cut)
		canvas_cell(c, x + used++, y, ELLIPSIS, style);
	return used;
}

int
canvas_text(const struct canvas *c, int x, int y, int width, enum style style, const char *s)
{
	return draw_text(c, x, y, width, style, s, strlen(s));
}

int
canvas_textn(
    const struct canvas *c, int x, int y, int width, enum style style, const char *s, int n)
{
	return draw_text(c, x, y, width, style, s, (size_t)n);
}

int
canvas_right(const struct canvas *c, int x, int y, int width, enum style style, const char *s)
{
	int cells = min(cells_of(s, strlen(s), max(width, 0)), width);

	return canvas_text(c, x + width - cells, y, cells, style, s);
}

void
canvas_reverse(const struct canvas *c, int x, int y, int w)
{
	struct canvas part = canvas_part(c, x, y, w, 1);

	for (int i = 0; i < part.w && part.h > 0; i++)
		canvas_at(&part, i, 0)->reverse = true;
}

static void
frame_lines(const struct canvas *c, enum style style)
{
	int right = c->w - 1, bottom = c->h - 1;

	for (int x = 1; x < right; x++) {
		canvas_cell(c, x, 0, 0x2500, style);
		canvas_cell(c, x, bottom, 0x2500, style);
	}
	for (int y = 1; y < bottom; y++) {
		canvas_cell(c, 0, y, 0x2502, style);
		canvas_cell(c, right, y, 0x2502, style);
	}
	canvas_cell(c, 0, 0, 0x256d, style);
	canvas_cell(c, right, 0, 0x256e, style);
	canvas_cell(c, 0, bottom, 0x2570, style);
	canvas_cell(c, right, bottom, 0x256f, style);
}

/* "╭ title ──── note ─╮": the title is cut to what fits, the note is whole or left out. */
void
canvas_frame(const struct canvas *c, const char *title, const char *note, bool focus)
{
	int used = 0, cells;

	if (c->w < 2 || c->h < 2)
		return;
	frame_lines(c, focus ? STYLE_FOCUS : STYLE_FRAME);
	if (title && *title && c->w >= 6) {
		used = canvas_text(c, 2, 0, c->w - 4, STYLE_TITLE, title) + 2;
		canvas_cell(c, 1, 0, ' ', STYLE_TITLE);
		canvas_cell(c, used, 0, ' ', STYLE_TITLE);
	}
	if (!note || !*note)
		return;
	cells = text_cells(note);
	if (cells <= c->w - used - 6) {
		canvas_cell(c, c->w - cells - 4, 0, ' ', STYLE_LABEL);
		canvas_text(c, c->w - cells - 3, 0, cells, STYLE_LABEL, note);
		canvas_cell(c, c->w - 3, 0, ' ', STYLE_LABEL);
	}
}
