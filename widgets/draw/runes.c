/* runes.c - characters: UTF-8 in and out, how many cells one takes, and which ones are unsafe.
 *
 * The widths are our own table, not wcwidth(), so that a picture does not depend on the locale of
 * the machine that made it. */
#include "widgets/draw/runes.h"

#include <stdbool.h>

#include "widgets/draw/rune_widths.h"

enum { RUNE_LAST = 0x10ffff };

/* Drawings and most letters come before or between the tables: they are answered at once. */
static bool
is_plain(uint32_t rune)
{
	return (rune >= ' ' && rune < 0x7f) || (rune >= 0xae && rune < 0x300) ||
	       (rune >= 0x2500 && rune < 0x25fd) || (rune >= 0x2800 && rune < 0x2900);
}

int
rune_cells(uint32_t rune)
{
	if (is_plain(rune))
		return 1;
	return rune_is_wide(rune) ? 2 : 1;
}

uint32_t
rune_harmless(uint32_t rune)
{
	if (is_plain(rune))
		return rune;
	if (rune == 0)
		return 0x2400; /* ␀ */
	if (rune == 0x1b)
		return 0x241b; /* ␛ */
	if (rune < ' ' || rune == 0x7f)
		return RUNE_HIDDEN;
	if (rune > RUNE_LAST || (rune >= 0xd800 && rune < 0xe000) || (rune & 0xfffe) == 0xfffe ||
	    (rune >= 0xfdd0 && rune < 0xfdf0))
		return RUNE_INVALID;
	if (rune_is_hidden(rune))
		return RUNE_HIDDEN;
	return rune;
}

/* The bytes that follow a first byte, and the smallest rune that needs that many; -1: none such. */
static int
sequence(unsigned char first, uint32_t *bits, uint32_t *least)
{
	if (first >= 0xc2 && first < 0xe0) {
		*bits = first & 0x1fU;
		*least = 0x80;
		return 1;
	}
	if (first >= 0xe0 && first < 0xf0) {
		*bits = first & 0x0fU;
		*least = 0x800;
		return 2;
	}
	if (first >= 0xf0 && first < 0xf5) {
		*bits = first & 0x07U;
		*least = 0x10000;
		return 3;
	}
	return -1;
}

size_t
rune_read(const char *s, size_t n, uint32_t *rune)
{
	unsigned char first = (unsigned char)*s;
	uint32_t bits, least;
	int more;

	*rune = first;
	if (first < 0x80)
		return 1;
	*rune = RUNE_INVALID;
	more = sequence(first, &bits, &least);
	if (more < 0 || (size_t)more >= n)
		return 1;
	for (int i = 1; i <= more; i++) {
		unsigned char next = (unsigned char)s[i];

		if ((next & 0xc0) != 0x80)
			return 1;
		bits = bits << 6 | (next & 0x3fU);
	}
	if (bits < least || bits > RUNE_LAST || (bits >= 0xd800 && bits < 0xe000))
		return 1;
	*rune = bits;
	return (size_t)more + 1;
}

int
rune_write(uint32_t rune, char *out)
{
	if (rune < 0x80) {
		out[0] = (char)rune;
		return 1;
	}
	if (rune < 0x800) {
		out[0] = (char)(0xc0 | rune >> 6);
		out[1] = (char)(0x80 | (rune & 0x3f));
		return 2;
	}
	if (rune < 0x10000) {
		out[0] = (char)(0xe0 | rune >> 12);
		out[1] = (char)(0x80 | (rune >> 6 & 0x3f));
		out[2] = (char)(0x80 | (rune & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | rune >> 18);
	out[1] = (char)(0x80 | (rune >> 12 & 0x3f));
	out[2] = (char)(0x80 | (rune >> 6 & 0x3f));
	out[3] = (char)(0x80 | (rune & 0x3f));
	return 4;
}
