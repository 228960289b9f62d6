/* picture_shapes.h - frames, bars and dots as shapes, so that they meet whatever the font is. */
#ifndef WEIR_PICTURE_SHAPES_H
#define WEIR_PICTURE_SHAPES_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/text.h"

enum { CELL_W = 10, CELL_H = 20 }; /* in the picture's units */

enum shape { /* how a path is painted */
	SHAPE_LIGHT,
	SHAPE_HEAVY,
	SHAPE_DOTS, /* lines, and dots as lines of no length */
	SHAPE_FILL,
	SHAPE_SHADE_1,
	SHAPE_SHADE_2,
	SHAPE_SHADE_3,
	SHAPE_COUNT
};

/* Whether the character is drawn as shapes. */
bool shape_is(uint32_t rune);
/* Adds what it has of that kind, as SVG path data, with the cell's upper left corner at (x, y). */
void shape_add(struct text *path, enum shape, uint32_t rune, int x, int y);

#endif
