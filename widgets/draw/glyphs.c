/* glyphs.c - the ladder of glyphs: what stands for a character that the terminal cannot show.
 *
 * Widgets draw with the best glyphs and need not know the ladder: the canvas folds every character
 * on its way. Fonts without braille (the Linux console) also lack rounded corners and the finer
 * dashes; ASCII keeps the shape of frames, bars and marks, and the letters of western languages. */
#include "widgets/draw/glyphs.h"

#include <stddef.h>

struct fold {
	uint32_t rune;
	char ascii;
};

static const struct fold folds[] = {
	{ 0xa0, ' ' },
	{ 0xb0, '\'' },
	{ 0xb1, '+' },
	{ 0xb2, '2' },
	{ 0xb3, '3' },
	{ 0xb5, 'u' },
	{ 0xb7, '.' },
	{ 0x3b1, 'a' },
	{ 0x3bb, 'l' },
	{ 0x3bc, 'u' },
	{ 0x3c3, 's' },
	{ 0x394, 'd' },
	{ 0x3a3, 'S' },
	{ 0x2010, '-' },
	{ 0x2016, '=' },
	{ 0x2011, '-' },
	{ 0x2012, '-' },
	{ 0x2013, '-' },
	{ 0x2014, '-' },
	{ 0x2018, '\'' },
	{ 0x2019, '\'' },
	{ 0x201c, '"' },
	{ 0x201d, '"' },
	{ 0x2022, '*' },
	{ 0x2026, '~' },
	{ 0x2190, '<' },
	{ 0x2191, '^' },
	{ 0x2192, '>' },
	{ 0x2193, 'v' },
	{ 0x21b5, '<' },
	{ 0x2212, '-' },
	{ 0x221e, '8' },
	{ 0x2248, '~' },
	{ 0x2260, '!' },
	{ 0x2264, '<' },
	{ 0x2265, '>' },
	{ 0x2400, '.' },
	{ 0x241b, '.' },
	{ 0x23ce, '<' },
	{ 0x25a0, '#' },
	{ 0x25a1, 'o' },
	{ 0x25aa, '#' },
	{ 0x25b2, '^' },
	{ 0x25b3, '^' },
	{ 0x25b4, '^' },
	{ 0x25b6, '>' },
	{ 0x25b8, '>' },
	{ 0x25bc, 'v' },
	{ 0x25bd, 'v' },
	{ 0x25be, 'v' },
	{ 0x25c0, '<' },
	{ 0x25c2, '<' },
	{ 0x25c6, '%' },
	{ 0x25c7, '%' },
	{ 0x25cb, 'o' },
	{ 0x25cf, '*' },
	{ 0x23f8, '=' },
	{ 0x2605, '*' },
	{ 0x2606, '*' },
	{ 0x26a0, '!' },
	{ 0x2713, 'v' },
	{ 0x2714, 'v' },
	{ 0x2715, 'x' },
	{ 0x2717, 'x' },
	{ 0x2718, 'x' },
};

/* U+00C0 to U+00FF without their accents. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

/* U+2500 to U+257F: "-" and "|" for what is all horizontal or all vertical, else "+". */
static const char boxes[] = "--||--||--||++++++++++++++++++++++++++++++++++++++++++++++++++++"
			    "++++++++++++--||-|+++++++++++++++++++++++++++++++/\\x-|-|-|-|-|-|";

/* U+2580 to U+259F: rising bars rise, shades get darker. */
static const char blocks[] = "\"_.:-=+*#########:%%-|##########";

static uint32_t
fold_ascii(uint32_t rune)
{
	if (rune < 0x80)
		return rune;
	if (rune >= 0xc0 && rune <= 0xff)
		return (uint32_t)latin[rune - 0xc0];
	if (rune >= 0x2500 && rune < 0x2580)
		return (uint32_t)boxes[rune - 0x2500];
	if (rune >= 0x2580 && rune < 0x25a0)
		return (uint32_t)blocks[rune - 0x2580];
	if (rune >= 0x2800 && rune < 0x2900)
		return rune == 0x2800 ? ' ' : '*';
	for (size_t i = 0; i < sizeof folds / sizeof *folds; i++)
		if (folds[i].rune == rune)
			return (uint32_t)folds[i].ascii;
	return '?';
}

/* Which halves of a cell a braille character fills. */
static uint32_t
fold_braille(uint32_t dots)
{
	static const uint32_t halves[] = { ' ', 0x2580, 0x2584, 0x2588 };
	uint32_t upper = dots & 0x1b, lower = dots & 0xe4;

	return halves[(upper ? 1 : 0) + (lower ? 2 : 0)];
}

static uint32_t
fold_block(uint32_t rune)
{
	if (rune >= 0x2800 && rune < 0x2900)
		return fold_braille(rune - 0x2800);
	switch (rune) {
	case 0x256d:
		return 0x250c; /* ╭ ┌ */
	case 0x256e:
		return 0x2510; /* ╮ ┐ */
	case 0x256f:
		return 0x2518; /* ╯ ┘ */
	case 0x2570:
		return 0x2514; /* ╰ └ */
	case 0x2504:
	case 0x2508:
	case 0x254c:
		return 0x2500; /* dashes */
	case 0x2506:
	case 0x250a:
	case 0x254e:
		return 0x2502;
	default:
		return rune;
	}
}

uint32_t
glyph_fold(uint32_t rune, enum glyphs glyphs)
{
	if (glyphs == GLYPHS_BRAILLE)
		return rune;
	return glyphs == GLYPHS_BLOCK ? fold_block(rune) : fold_ascii(rune);
}
