/* theme.h - how a style looks: colours for terminals that have many, few or none. */
#ifndef WEIR_THEME_H
#define WEIR_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "widgets/draw/canvas.h"

enum attribute { /* flags */
	ATTRIBUTE_BOLD = 1,
	ATTRIBUTE_DIM = 2,
	ATTRIBUTE_UNDERLINE = 4,
	ATTRIBUTE_REVERSE = 8
};

struct look {
	int32_t fg; /* 0xRRGGBB; -1: the terminal's own */
	/* of 16 colours; -1: the terminal's own. Of 8 colours: bold when over 7 */
	int8_t fg16;
	uint8_t attributes; /* with colours */
	uint8_t plain;      /* without: meaning must not need colour */
};

struct theme {
	const char *name, *help;
	bool colors; /* false: as on a terminal without */
	/* true: fills the background, else it is the terminal's own */
	bool paints;
	int32_t foreground, background; /* in pictures, and where it paints */
	int8_t band8;                   /* the band's of 8 colours, which have no grey; -1: none */
	struct look looks[STYLE_COUNT];
};

extern const struct theme *const themes[]; /* ends with NULL; the first is the default */
const struct theme *theme_find(const char *name);

/* What a style is drawn in, and what it stands on, as 0xRRGGBB. */
int32_t theme_color(const struct theme *, enum style);
enum style back_style(enum back); /* whose colour it has; not of BACK_NONE */
int32_t theme_back(const struct theme *, enum back);

/* The nearest of the 240 fixed colours of 256, as its number. */
int color_256(int32_t rgb);

#endif
