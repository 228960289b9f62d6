/* colors.h - how many colours the terminal may be sent. */
#ifndef WEIR_COLORS_H
#define WEIR_COLORS_H

#include "data/base/error.h"

enum color_level { COLORS_NONE, COLORS_8, COLORS_16, COLORS_256, COLORS_TRUE };

struct color_hints {                             /* each may be NULL */
	const char *option;                      /* of --color */
	const char *no_color, *colorterm, *term; /* of the environment */
};

/* known: colours in the terminal's description. Returns a level, or -1: no such option. */
int color_level(const struct color_hints *, int known, struct error *);

#endif
