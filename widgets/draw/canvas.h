/* canvas.h - a rectangle of cells to draw on: text, styles, lines of dots. Clips everything.
 *
 * All that is drawn passes through here, so this is where text from outside is made harmless:
 * control and escape bytes, bidirectional and zero-width characters become visible signs, invalid
 * UTF-8 is replaced, wide characters count as two cells and are never cut in half. Cells live in an
 * array of our own; app/screen.c gives the changed ones to curses, app/picture.c writes them as
 * SVG, HTML and text, and tests read them. */
#ifndef WEIR_CANVAS_H
#define WEIR_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "widgets/draw/glyphs.h"

enum style { /* what a cell means; the theme says how that looks */
	STYLE_TEXT,
	STYLE_DIM,
	STYLE_BOLD,
	STYLE_TITLE,
	STYLE_FRAME,
	STYLE_FOCUS,
	STYLE_LABEL,
	STYLE_GOOD,
	STYLE_INFO,
	STYLE_WARNING,
	STYLE_CRITICAL,
	STYLE_BAND,
	STYLE_EXPECTED,
	STYLE_FORECAST,
	STYLE_THRESHOLD, /* of a rule of info; that of warning and of critical follow */
	STYLE_KEY = STYLE_THRESHOLD + 3,
	STYLE_SERIES, /* and the next SERIES_STYLES - 1: the lines of a chart */
	/* What fills an area: of several beside one another, and from few to many. */
	STYLE_AREA = STYLE_SERIES + 8,
	STYLE_HEAT = STYLE_AREA + 8,
	STYLE_COUNT = STYLE_HEAT + 6
};
enum { SERIES_STYLES = 8, AREA_STYLES = 8, HEAT_STYLES = 6 };

enum back { /* what a cell stands on: nothing, a band, or an area in the colour of its style */
	BACK_NONE,
	BACK_BAND,
	BACK_AREA,
	BACK_HEAT = BACK_AREA + AREA_STYLES,
	BACK_COUNT = BACK_HEAT + HEAT_STYLES
};

struct cell {
	uint32_t rune; /* Unicode; 0: the right half of a wide one */
	uint8_t style, back;
	bool reverse;
};

struct canvas {             /* a view on a part of a picture; copies are free */
	struct cell *cells; /* of the whole picture */
	int stride;         /* columns of the whole picture */
	int x, y, w, h;     /* the part */
	enum glyphs glyphs;
};

struct canvas canvas_part(const struct canvas *, int x, int y, int w, int h); /* clipped to it */
void canvas_clear(const struct canvas *);
void canvas_cell(const struct canvas *, int x, int y, uint32_t rune, enum style);
/* Draws at most width cells of s; what is cut ends in "…" ("~" in ASCII). Returns the cells used.
 */
int canvas_text(const struct canvas *, int x, int y, int width, enum style, const char *s);
int canvas_textn(const struct canvas *, int x, int y, int width, enum style, const char *s, int n);
int canvas_right(const struct canvas *, int x, int y, int width, enum style, const char *s);
void canvas_fill(const struct canvas *, int x, int y, int w, int h, uint32_t rune, enum style);
void canvas_reverse(const struct canvas *, int x, int y, int w);
/* A frame around the whole part with a title left and a note right in its upper line. */
void canvas_frame(const struct canvas *, const char *title, const char *note, bool focus);
int text_cells(const char *s); /* how many cells it takes */

/* Dots: 2 x 4 in a cell with braille, 1 x 2 with blocks, 1 x 1 in ASCII. Dots in one cell join,
 * also those of several styles: where two lines share cells their styles take turns by column, and
 * lines go before what is expected, that before what is to come, and that before a threshold. */
int canvas_dots_x(const struct canvas *);
int canvas_dots_y(const struct canvas *);
void canvas_dot(const struct canvas *, int dx, int dy, enum style);
void canvas_line(const struct canvas *, int dx0, int dy0, int dx1, int dy1, enum style);
/* The same two dots thick: below where it goes across, at the right where it is steep. */
void canvas_stroke(const struct canvas *, int dx0, int dy0, int dx1, int dy1, enum style);

enum { EIGHTHS = 8 };
/* A background in column x of cells, between two heights in eighths of a cell from the upper edge
 * of c on: top < bottom. Its edges are blocks; what is drawn over them later stands on it or not,
 * as most of the cell does. */
void canvas_band(const struct canvas *, int x, int top, int bottom);
/* A cell filled with the style of an area; in ASCII with a letter, or a sign, for it. */
void canvas_solid(const struct canvas *, int x, int y, enum style);
/* The same where one area lies on another, whose edge is so many eighths above the cell's lower
 * one. */
void canvas_edge(
    const struct canvas *, int x, int y, enum style upper, enum style lower, int eighths);

/* The cell as it is shown without colours: a background is a light shade there. */
struct cell cell_shaded(const struct cell *);
/* The same with 16 or 8 of them, where areas have the colours of the series. */
struct cell cell_few(const struct cell *);

#endif
