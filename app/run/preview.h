/* preview.h - a dashboard file at a row of its own choice, drawn small: what one would see there.
 *
 * Its rows go at full speed, a slice at a time, and its rules act on nothing. */
#ifndef WEIR_PREVIEW_H
#define WEIR_PREVIEW_H

#include "data/base/error.h"
#include "widgets/draw/canvas.h"

struct preview;

/* NULL with err: the file is wrong, or its sources are. path outlives it. */
struct preview *preview_open(const char *path, struct error *);
void preview_close(struct preview *); /* NULL is fine */
/* Lets rows go for a moment; false: it is at its row, or can go no further. */
bool preview_step(struct preview *);
void preview_draw(struct preview *, const struct canvas *);

#endif
