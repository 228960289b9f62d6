/* band.c - backgrounds with edges finer than a cell.
 *
 * An upper edge is one of the eight rising blocks. Of blocks that hang from above every font has
 * but a half and an eighth; the others could be had by reversing, which leaves seams, so a lower
 * edge is rounded to what there is. */
#include "widgets/draw/canvas_parts.h"

enum {
	UPPER_HALF = 0x2580,
	LOWER_EIGHTH = 0x2581,
	LOWER_HALF = 0x2584,
	FULL = 0x2588,
	UPPER_EIGHTH = 0x2594,
	SHADE = 0x2591
};

/* Eighths of the cell that a block fills; 0: it is none. */
static int
block_eighths(uint32_t rune)
{
	if (rune == UPPER_HALF)
		return 4;
	if (rune >= LOWER_EIGHTH && rune <= FULL)
		return (int)(rune - LOWER_EIGHTH) + 1;
	return rune == UPPER_EIGHTH ? 1 : 0;
}

uint8_t
band_below(const struct cell *cell)
{
	if (cell->style == STYLE_BAND && block_eighths(cell->rune) >= EIGHTHS / 2)
		return BACK_BAND;
	return cell->back;
}

/* The block for the eighths from .. to of a cell; FULL: all of it; ' ': nothing. */
static uint32_t
block_of(int from, int to, bool fine)
{
	if (!fine) { /* halves alone */
		bool upper = from <= 2 && to >= 2, lower = from <= 6 && to >= 6;

		return upper && lower ? FULL : upper ? UPPER_HALF : lower ? LOWER_HALF : ' ';
	}
	if (to - from >= EIGHTHS - 1 || (from == 0 && to >= 6))
		return FULL;
	if (to == EIGHTHS || from >= 3)
		return (uint32_t)(LOWER_EIGHTH + EIGHTHS - from - 1);
	return from == 0 && to <= 2 ? UPPER_EIGHTH : UPPER_HALF;
}

static void
fill_cell(const struct canvas *c, int x, int y, int from, int to)
{
	struct cell *cell = canvas_at(c, x, y);
	uint32_t block;

	if (c->glyphs == GLYPHS_ASCII) {
		if (to - from >= EIGHTHS / 2)
			canvas_cell(c, x, y, SHADE, STYLE_BAND);
		return;
	}
	block = block_of(from, to, c->glyphs == GLYPHS_BRAILLE);
	if (block == FULL) {
		canvas_put(c, x, y, ' ', STYLE_TEXT);
		cell->back = BACK_BAND;
	} else if (block != ' ')
		canvas_put(c, x, y, block, STYLE_BAND);
}

void
canvas_band(const struct canvas *c, int x, int top, int bottom)
{
	if (x < 0 || x >= c->w)
		return;
	top = top < 0 ? 0 : top;
	bottom = bottom > c->h * EIGHTHS ? c->h * EIGHTHS : bottom;
	for (int y = top / EIGHTHS; y * EIGHTHS < bottom; y++) {
		int from = top - y * EIGHTHS, to = bottom - y * EIGHTHS;

		fill_cell(c, x, y, from > 0 ? from : 0, to < EIGHTHS ? to : EIGHTHS);
	}
}

struct cell
cell_shaded(const struct cell *cell)
{
	struct cell shaded = *cell;
	bool edge = cell->style == STYLE_BAND && block_eighths(cell->rune) > 0;

	if (area_shaded(cell, &shaded))
		return shaded;
	if (edge)
		shaded.rune = block_eighths(cell->rune) >= EIGHTHS / 2 ? SHADE : ' ';
	else if (cell->rune == ' ' && cell->back == BACK_BAND && !cell->reverse) {
		shaded.rune = SHADE;
		shaded.style = STYLE_BAND;
	}
	shaded.back = BACK_NONE;
	return shaded;
}
