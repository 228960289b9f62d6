/* prose.h - text in lines: broken between words, or where a word is longer than a line. */
#ifndef WEIR_PROSE_H
#define WEIR_PROSE_H

#include "widgets/draw/canvas.h"

int prose_lines(const char *s, int w); /* that it takes, w cells wide */
/* Lines that find no room are left out, and the last one that does ends in "…". Returns how many
 * were drawn. */
int prose_draw(const struct canvas *, const char *s, enum style);

#endif
