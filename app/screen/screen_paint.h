/* screen_paint.h - how each style is told to curses: attributes and pairs of colours. */
#ifndef WEIR_SCREEN_PAINT_H
#define WEIR_SCREEN_PAINT_H

#include <stdbool.h>

#include "app/screen/colors.h"
#include "app/screen/truecolor.h"
#include "widgets/draw/theme.h"

/* Colours of 24 bits pass through curses as the numbers from here on. */
enum { PAINT_TRUE_FIRST = 16 };

struct paint {
	unsigned attributes; /* of curses: attr_t */
	short pair;
};

struct paints { /* zeroed to start with */
	struct paint of[BACK_COUNT][STYLE_COUNT];
	struct swaps swaps;
	bool colored; /* false: a background has to be drawn as a shade */
	bool few;     /* too few of them for areas */
};

/* Curses is open, with colours unless the level is COLORS_NONE. */
void paints_set(struct paints *, enum color_level, const struct theme *);
void paints_done(struct paints *);
const struct paint *paint_of(const struct paints *, const struct cell *);

#endif
