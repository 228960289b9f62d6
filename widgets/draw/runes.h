/* runes.h - characters: UTF-8 in and out, how many cells one takes, and which ones are unsafe. */
#ifndef WEIR_RUNES_H
#define WEIR_RUNES_H

#include <stddef.h>
#include <stdint.h>

enum {
	RUNE_HIDDEN = 0xb7, /* "·": stands for a character that would steer the terminal or hide */
	RUNE_INVALID = 0xfffd, /* stands for bytes that are no UTF-8 */
	RUNE_BYTES = 4         /* the longest in UTF-8 */
};

/* Reads one character of s (n >= 1) and returns its bytes. A byte that starts no valid sequence is
 * RUNE_INVALID, alone. */
size_t rune_read(const char *s, size_t n, uint32_t *rune);
int rune_write(uint32_t rune, char *out); /* as UTF-8; returns the bytes */

/* What to draw for it: itself, or a visible sign for control and escape characters, the ones that
 * turn the direction of text, take no cell of their own, or are none. */
uint32_t rune_harmless(uint32_t rune);
int rune_cells(uint32_t rune); /* of a harmless one: 1 or 2 */

#endif
