/* canvas_parts.h - what the files of the canvas share; nobody else includes it.
 *
 * canvas.c  text, frames, the one way to a cell
 * dots.c    dots and lines of them
 * band.c    backgrounds with edges finer than a cell
 * area.c    cells filled with a colour */
#ifndef WEIR_CANVAS_PARTS_H
#define WEIR_CANVAS_PARTS_H

#include "widgets/draw/canvas.h"

bool canvas_has(const struct canvas *, int x, int y);
struct cell *canvas_at(const struct canvas *, int x, int y); /* one that it has */
/* A rune of one cell as it is; nothing where there is no such cell. */
void canvas_put(const struct canvas *, int x, int y, uint32_t rune, enum style);
/* An area's cell without its background; false: it is none. */
bool area_shaded(const struct cell *, struct cell *shaded);
/* The background of what is drawn over the cell: an enum back. */
uint8_t band_below(const struct cell *);

#endif
