/* picture_shapes.c - frames, bars and dots as shapes, so that they meet whatever the font is.
 *
 * Fonts differ in height and often lack braille; a frame of glyphs would have gaps, a line of dots
 * holes. Boxes are U+2500 to U+257F, blocks U+2580 to U+259F, braille U+2800 to U+28FF. */
#include "app/picture/picture_shapes.h"

enum { LEFT, RIGHT, UP, DOWN };

/* The weight of each arm of a box character, two bits each: left, right, up, down. */
static const uint8_t arms[128] = {
	0x05,
	0x0a,
	0x50,
	0xa0,
	0x05,
	0x0a,
	0x50,
	0xa0,
	0x05,
	0x0a,
	0x50,
	0xa0,
	0x44,
	0x48,
	0x84,
	0x88,
	0x41,
	0x42,
	0x81,
	0x82,
	0x14,
	0x18,
	0x24,
	0x28,
	0x11,
	0x12,
	0x21,
	0x22,
	0x54,
	0x58,
	0x64,
	0x94,
	0xa4,
	0x68,
	0x98,
	0xa8,
	0x51,
	0x52,
	0x61,
	0x91,
	0xa1,
	0x62,
	0x92,
	0xa2,
	0x45,
	0x46,
	0x49,
	0x4a,
	0x85,
	0x86,
	0x89,
	0x8a,
	0x15,
	0x16,
	0x19,
	0x1a,
	0x25,
	0x26,
	0x29,
	0x2a,
	0x55,
	0x56,
	0x59,
	0x5a,
	0x65,
	0x95,
	0xa5,
	0x66,
	0x69,
	0x96,
	0x99,
	0x6a,
	0x9a,
	0xa6,
	0xa9,
	0xaa,
	0x05,
	0x0a,
	0x50,
	0xa0,
	0x0a,
	0xa0,
	0x48,
	0x84,
	0x88,
	0x42,
	0x81,
	0x82,
	0x18,
	0x24,
	0x28,
	0x12,
	0x21,
	0x22,
	0x58,
	0xa4,
	0xa8,
	0x52,
	0xa1,
	0xa2,
	0x4a,
	0x85,
	0x8a,
	0x1a,
	0x25,
	0x2a,
	0x5a,
	0xa5,
	0xaa,
	0x44,
	0x41,
	0x11,
	0x14,
	0x00,
	0x00,
	0x00,
	0x01,
	0x10,
	0x04,
	0x40,
	0x02,
	0x20,
	0x08,
	0x80,
	0x09,
	0x90,
	0x06,
	0x60,
};

static bool
is_box(uint32_t rune)
{
	return rune >= 0x2500 && rune < 0x2580 && !(rune >= 0x2571 && rune <= 0x2573);
}

static bool
is_block(uint32_t rune)
{
	return rune >= 0x2580 && rune < 0x25a0;
}

static bool
is_braille(uint32_t rune)
{
	return rune >= 0x2800 && rune < 0x2900;
}

bool
shape_is(uint32_t rune)
{
	return is_box(rune) || is_block(rune) || is_braille(rune);
}

/* The dashes that a cell of such a line has; 1: it is a whole line. */
static int
dashes(uint32_t rune)
{
	if (rune >= 0x254c && rune <= 0x254f)
		return 2;
	if (rune >= 0x2504 && rune <= 0x2507)
		return 3;
	return rune >= 0x2508 && rune <= 0x250b ? 4 : 1;
}

static void
add_dashes(struct text *path, uint32_t rune, int n, int x, int y)
{
	bool across = arms[rune - 0x2500] & 0x0f;
	double length = (double)(across ? CELL_W : CELL_H) / n;

	for (int i = 0; i < n; i++) {
		double from = length * (i + 0.2);

		if (across)
			text_addf(path, "M%.4g %dh%.2g", x + from, y + CELL_H / 2, length * 0.6);
		else
			text_addf(path, "M%d %.4gv%.2g", x + CELL_W / 2, y + from, length * 0.6);
	}
}

/* ╭ ╮ ╯ ╰: a straight piece and a quarter of a circle. */
static void
add_arc(struct text *path, uint32_t rune, int x, int y)
{
	bool down = rune == 0x256d || rune == 0x256e, right = rune == 0x256d || rune == 0x2570;
	int middle_x = x + CELL_W / 2, middle_y = y + CELL_H / 2, radius = CELL_W / 2;

	text_addf(path, "M%d %dV%dQ%d %d %d %d", middle_x, down ? y + CELL_H : y,
	    down ? middle_y + radius : middle_y - radius, middle_x, middle_y,
	    right ? x + CELL_W : x, middle_y);
}

static void
add_box(struct text *path, int weight, uint32_t rune, int x, int y)
{
	static const char *const arm[] = { "h-5", "h5", "v-10", "v10" };

	for (int i = LEFT; i <= DOWN; i++)
		if ((arms[rune - 0x2500] >> (2 * i) & 3) == weight) {
			if (dashes(rune) > 1) {
				add_dashes(path, rune, dashes(rune), x, y);
				return;
			}
			if (rune >= 0x256d && rune <= 0x2570) {
				add_arc(path, rune, x, y);
				return;
			}
			text_addf(path, "M%d %d%s", x + CELL_W / 2, y + CELL_H / 2, arm[i]);
		}
}

static void
add_rectangle(struct text *path, double x, double y, double w, double h)
{
	text_addf(path, "M%.6g %.6gh%.4gv%.4gh%.4gz", x, y, w, h, -w);
}

/* ▖ to ▟: which quarters are filled; bits: upper left, upper right, lower left, lower right. */
static void
add_quarters(struct text *path, uint32_t rune, int x, int y)
{
	static const uint8_t quarters[] = { 4, 8, 1, 13, 9, 7, 11, 2, 6, 14 };

	for (int i = 0; i < 4; i++)
		if (quarters[rune - 0x2596] >> i & 1)
			add_rectangle(path, x + i % 2 * CELL_W / 2, y + i / 2 * CELL_H / 2,
			    CELL_W / 2, CELL_H / 2);
}

static void
add_block(struct text *path, uint32_t rune, int x, int y)
{
	double eighth_h = CELL_H / 8.0, eighth_w = CELL_W / 8.0;
	int n = (int)(rune - 0x2580);

	if (n == 0)
		add_rectangle(path, x, y, CELL_W, CELL_H / 2);
	else if (n <= 8)
		add_rectangle(path, x, y + eighth_h * (8 - n), CELL_W, eighth_h * n);
	else if (n <= 15)
		add_rectangle(path, x, y, eighth_w * (16 - n), CELL_H);
	else if (n == 16)
		add_rectangle(path, x + CELL_W / 2, y, CELL_W / 2, CELL_H);
	else if (n == 20)
		add_rectangle(path, x, y, CELL_W, eighth_h);
	else if (n == 21)
		add_rectangle(path, x + eighth_w * 7, y, eighth_w, CELL_H);
	else
		add_quarters(path, rune, x, y);
}

/* Unicode numbers the dots 1 to 6 down the columns of the old 2 x 3 cell, then 7 and 8 below. */
static void
add_dots(struct text *path, uint32_t rune, int x, int y)
{
	static const uint8_t place[8][2] = { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 1, 0 }, { 1, 1 },
		{ 1, 2 }, { 0, 3 }, { 1, 3 } };

	for (int i = 0; i < 8; i++)
		if (rune >> i & 1)
			text_addf(
			    path, "M%g %gh0", x + 2.5 + place[i][0] * 5, y + 2.5 + place[i][1] * 5);
}

void
shape_add(struct text *path, enum shape shape, uint32_t rune, int x, int y)
{
	bool shade = rune >= 0x2591 && rune <= 0x2593;

	switch (shape) {
	case SHAPE_LIGHT:
	case SHAPE_HEAVY:
		if (is_box(rune))
			add_box(path, shape == SHAPE_LIGHT ? 1 : 2, rune, x, y);
		break;
	case SHAPE_DOTS:
		if (is_braille(rune))
			add_dots(path, rune, x, y);
		break;
	case SHAPE_FILL:
		if (is_block(rune) && !shade)
			add_block(path, rune, x, y);
		break;
	default:
		if (shade && rune - 0x2591 == (uint32_t)(shape - SHAPE_SHADE_1))
			add_rectangle(path, x, y, CELL_W, CELL_H);
	}
}
