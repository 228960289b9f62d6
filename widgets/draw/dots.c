/* dots.c - dots smaller than a cell, and lines of them.
 *
 * Nothing that was drawn is lost: a dot joins those that are in its cell, whoever drew them. */
#include "widgets/draw/canvas_parts.h"

enum {
	BRAILLE = 0x2800,
	UPPER_HALF = 0x2580,
	LOWER_HALF = 0x2584,
	FULL_BLOCK = 0x2588,
	DOT_LIMIT = 1 << 29
};

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

int
canvas_dots_x(const struct canvas *c)
{
	return c->glyphs == GLYPHS_BRAILLE ? c->w * 2 : c->w;
}

int
canvas_dots_y(const struct canvas *c)
{
	static const int dots[] = { [GLYPHS_BRAILLE] = 4, [GLYPHS_BLOCK] = 2, [GLYPHS_ASCII] = 1 };

	return c->h * dots[c->glyphs];
}

/* Unicode numbers the dots 1 to 6 down the columns of the old 2 x 3 cell, then 7 and 8 below. */
static uint32_t
braille_dot(int x, int y)
{
	static const uint8_t bits[2][4] = { { 0x01, 0x02, 0x04, 0x40 },
		{ 0x08, 0x10, 0x20, 0x80 } };

	return bits[x][y];
}

static uint32_t
join_braille(uint32_t old, int x, int y)
{
	uint32_t dots = old >= BRAILLE && old < BRAILLE + 256 ? old : BRAILLE;

	return dots | braille_dot(x, y);
}

static uint32_t
join_block(uint32_t old, int y)
{
	uint32_t half = y == 0 ? UPPER_HALF : LOWER_HALF;
	uint32_t other = y == 0 ? LOWER_HALF : UPPER_HALF;

	return old == other || old == FULL_BLOCK ? FULL_BLOCK : half;
}

/* Without dots to tell lines apart, and perhaps without colours, each style has its own letter. */
static uint32_t
ascii_dot(enum style style)
{
	static const char series[] = "*+xo#@%&";

	if (style >= STYLE_SERIES && style < STYLE_AREA)
		return (uint32_t)series[style - STYLE_SERIES];
	if (style >= STYLE_THRESHOLD && style < STYLE_KEY)
		return '-';
	return style == STYLE_EXPECTED || style == STYLE_FORECAST || style == STYLE_BAND ? '.'
											 : '*';
}

/* Who gives a shared cell its style: the greater. */
static int
rank(enum style style)
{
	if (style >= STYLE_SERIES && style < STYLE_AREA)
		return 4;
	return style == STYLE_EXPECTED ? 3 : style == STYLE_FORECAST ? 2 : 1;
}

/* Of a cell that holds dots of the style old when one of another comes, in column x of the picture.
 */
static enum style
shared_style(enum style old, enum style new, int x)
{
	if (rank(old) != rank(new))
		return rank(old) > rank(new) ? old : new;
	return x % 2 == 0 ? old : new;
}

/* The cell holds dots, and not the edge of a band, which is made of blocks too. */
static bool
holds_dots(const struct cell *cell, enum glyphs glyphs)
{
	if (glyphs == GLYPHS_BRAILLE)
		return cell->rune >= BRAILLE && cell->rune < BRAILLE + 256;
	if (cell->style == STYLE_BAND)
		return false;
	if (glyphs == GLYPHS_BLOCK)
		return cell->rune == UPPER_HALF || cell->rune == LOWER_HALF ||
		       cell->rune == FULL_BLOCK;
	return cell->rune == ascii_dot((enum style)cell->style);
}

void
canvas_dot(const struct canvas *c, int dx, int dy, enum style style)
{
	int x = dx, y = dy;
	uint32_t old = ' ';
	enum style shown = style;

	if (dx < 0 || dy < 0)
		return;
	if (c->glyphs == GLYPHS_BRAILLE)
		x = dx / 2;
	if (c->glyphs != GLYPHS_ASCII)
		y = dy / (c->glyphs == GLYPHS_BRAILLE ? 4 : 2);
	if (!canvas_has(c, x, y))
		return;
	if (holds_dots(canvas_at(c, x, y), c->glyphs)) {
		const struct cell *cell = canvas_at(c, x, y);

		old = cell->rune;
		if (cell->style != style)
			shown = shared_style((enum style)cell->style, style, x);
	}
	if (c->glyphs == GLYPHS_BRAILLE)
		canvas_put(c, x, y, join_braille(old, dx % 2, dy % 4), shown);
	else if (c->glyphs == GLYPHS_BLOCK)
		canvas_put(c, x, y, join_block(old, dy % 2), shown);
	else
		canvas_put(c, x, y, ascii_dot(shown), shown);
}

/* a * b / d to the nearest whole number, d > 0. */
static int
scaled(int64_t a, int64_t b, int64_t d)
{
	int64_t n = 2 * a * b + d;

	return (int)(n >= 0 ? n / (2 * d) : -((-n + 2 * d - 1) / (2 * d)));
}

/* Steps along the longer side, over the visible part alone: a line from far outside costs no more,
 * and its dots are where they would be if all of it were drawn. */
void
canvas_line(const struct canvas *c, int dx0, int dy0, int dx1, int dy1, enum style style)
{
	int64_t x0 = max(min(dx0, DOT_LIMIT), -DOT_LIMIT),
		y0 = max(min(dy0, DOT_LIMIT), -DOT_LIMIT);
	int64_t x1 = max(min(dx1, DOT_LIMIT), -DOT_LIMIT),
		y1 = max(min(dy1, DOT_LIMIT), -DOT_LIMIT);
	int64_t w = x1 > x0 ? x1 - x0 : x0 - x1, h = y1 > y0 ? y1 - y0 : y0 - y1;
	bool wide = w >= h;
	int64_t from = wide ? x0 : y0, to = wide ? x1 : y1;
	int64_t first = from < to ? from : to, last = from < to ? to : from;
	int64_t end = wide ? canvas_dots_x(c) : canvas_dots_y(c);
	int64_t rise = (wide ? y1 - y0 : x1 - x0) * (from < to ? 1 : -1);
	int base = (int)(wide ? y0 : x0);

	if (first < 0)
		first = 0;
	for (int64_t i = first; i <= last && i < end; i++) {
		int j = base + (w == 0 && h == 0 ? 0 : scaled(i - from, rise, wide ? w : h));

		if (wide)
			canvas_dot(c, (int)i, j, style);
		else
			canvas_dot(c, j, (int)i, style);
	}
}

void
canvas_stroke(const struct canvas *c, int dx0, int dy0, int dx1, int dy1, enum style style)
{
	int64_t w = dx1 > dx0 ? (int64_t)dx1 - dx0 : (int64_t)dx0 - dx1;
	int64_t h = dy1 > dy0 ? (int64_t)dy1 - dy0 : (int64_t)dy0 - dy1;
	bool steep = h > w;

	canvas_line(c, dx0, dy0, dx1, dy1, style);
	dx0 = max(min(dx0, DOT_LIMIT), -DOT_LIMIT) + steep;
	dx1 = max(min(dx1, DOT_LIMIT), -DOT_LIMIT) + steep;
	dy0 = max(min(dy0, DOT_LIMIT), -DOT_LIMIT) + !steep;
	dy1 = max(min(dy1, DOT_LIMIT), -DOT_LIMIT) + !steep;
	canvas_line(c, dx0, dy0, dx1, dy1, style);
}
