/* area.c - cells filled with a colour, for areas that lie on one another and for a ramp from few to
 * many.
 *
 * That takes 256 colours. Where there are fewer, areas are drawn in the colours of the series, and
 * the ramp in shades; where there are none, an area is a pattern of its own. */
#include "widgets/draw/canvas_parts.h"

enum { LOWER_HALF = 0x2584, LOWER_EIGHTH = 0x2581 };

static const uint32_t heat[HEAT_STYLES] = { 0xb7, 0x2591, 0x2591, 0x2592, 0x2593, 0x2588 };
static const uint32_t patterns[AREA_STYLES] = { 0x2591, 0x2592, 0x2593, 0x2588, 0xb7, 0x2573,
	0x2571, 0x2504 };
static const char letters[AREA_STYLES + 1] = "*+xo#@%&", signs[HEAT_STYLES + 1] = ".:-=*#";

static enum back
back_of(enum style style)
{
	return (enum back)(BACK_AREA + (int)(style - STYLE_AREA));
}

static enum style
style_of(enum back back)
{
	return (enum style)(STYLE_AREA + (int)(back - BACK_AREA));
}

void
canvas_solid(const struct canvas *c, int x, int y, enum style style)
{
	if (!canvas_has(c, x, y))
		return;
	if (c->glyphs == GLYPHS_ASCII) {
		canvas_put(c, x, y,
		    style >= STYLE_HEAT ? (uint32_t)signs[style - STYLE_HEAT]
					: (uint32_t)letters[style - STYLE_AREA],
		    style);
		return;
	}
	canvas_put(c, x, y, ' ', STYLE_TEXT);
	canvas_at(c, x, y)->back = (uint8_t)back_of(style);
}

void
canvas_edge(const struct canvas *c, int x, int y, enum style upper, enum style lower, int eighths)
{
	bool whole = c->glyphs == GLYPHS_ASCII;

	if (c->glyphs == GLYPHS_BLOCK) /* halves alone */
		eighths = (eighths + EIGHTHS / 4) / (EIGHTHS / 2) * (EIGHTHS / 2);
	if (upper == lower || eighths <= 0 || eighths >= EIGHTHS || whole) {
		canvas_solid(c, x, y, 2 * eighths >= EIGHTHS ? lower : upper);
		return;
	}
	canvas_solid(c, x, y, upper);
	canvas_put(c, x, y, (uint32_t)(LOWER_EIGHTH + eighths - 1), lower);
}

/* It has an edge of two areas: the one that has more of it. */
static enum style
greater_of(const struct cell *cell)
{
	bool edge = cell->style >= STYLE_AREA && cell->rune >= LOWER_HALF;

	return edge ? (enum style)cell->style : style_of((enum back)cell->back);
}

static bool
is_area(const struct cell *cell)
{
	return cell->back >= BACK_AREA;
}

static bool
is_written(const struct cell *cell)
{
	return cell->rune != ' ' && cell->style < STYLE_AREA;
}

bool
area_shaded(const struct cell *cell, struct cell *shaded)
{
	enum style style;

	if (!is_area(cell))
		return false;
	style = greater_of(cell);
	*shaded = *cell;
	shaded->back = BACK_NONE;
	if (is_written(cell))
		return true;
	shaded->rune =
	    style >= STYLE_HEAT ? heat[style - STYLE_HEAT] : patterns[style - STYLE_AREA];
	shaded->style = STYLE_TEXT;
	return true;
}

struct cell
cell_few(const struct cell *cell)
{
	struct cell few = *cell;
	enum style style;

	if (!is_area(cell))
		return few;
	style = greater_of(cell);
	few.back = BACK_NONE;
	if (style >= STYLE_HEAT) {
		few.rune = is_written(cell) ? cell->rune : heat[style - STYLE_HEAT];
		few.style = is_written(cell) ? cell->style : STYLE_SERIES;
		return few;
	}
	few.rune = is_written(cell) ? cell->rune : ' ';
	few.style = (uint8_t)(STYLE_SERIES + (int)(style - STYLE_AREA));
	few.reverse = true;
	return few;
}
