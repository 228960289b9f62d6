/* glyphs.h - the ladder of glyphs: what stands for a character that the terminal cannot show. */
#ifndef WEIR_GLYPHS_H
#define WEIR_GLYPHS_H

#include <stdint.h>

enum glyphs { GLYPHS_BRAILLE, GLYPHS_BLOCK, GLYPHS_ASCII }; /* the ladder */

/* The character to draw instead of a harmless rune; takes as many cells, unless it took two: then
 * it is drawn twice. */
uint32_t glyph_fold(uint32_t rune, enum glyphs);

#endif
