/* condition.h - what a rule asks for, in little room. */
#ifndef WEIR_CONDITION_H
#define WEIR_CONDITION_H

#include "widgets/draw/canvas.h"

/* In at most w cells; where it is too long, what it is compared with stays: "tempe… < 9.5". */
void condition_draw(const struct canvas *, int x, int y, int w, enum style, const char *text);

#endif
