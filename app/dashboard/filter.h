/* filter.h - the text that series' names are filtered by, as it is typed. */
#ifndef WEIR_FILTER_H
#define WEIR_FILTER_H

#include <stdbool.h>

#include "app/screen/input.h"
#include "widgets/draw/canvas.h"

enum { FILTER_CHARS = 64 };

struct filter {    /* zeroed: all pass */
	bool open; /* keys go to it */
	char text[FILTER_CHARS];
};

void filter_set(struct filter *, const char *text);
/* A key while it is open: Enter keeps the text, Esc drops it. */
void filter_input(struct filter *, const struct input *);
void filter_draw(const struct filter *, const struct canvas *);

#endif
