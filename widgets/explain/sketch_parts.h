/* sketch_parts.h - what the files of the sketch share; nobody else includes it.
 *
 * sketch.c         what there is to draw, taken from the operators
 * sketch_window.c  rows with the window on them, and values in order
 * sketch_states.c  the states of a rule */
#ifndef WEIR_SKETCH_PARTS_H
#define WEIR_SKETCH_PARTS_H

#include "widgets/explain/sketch.h"

void sketch_window_draw(const struct sketch *, const struct canvas *);
void sketch_sorted_draw(const struct sketch *, const struct canvas *);
int sketch_states_lines(const struct sketch *, int w);
void sketch_states_draw(const struct sketch *, const struct canvas *);

#endif
