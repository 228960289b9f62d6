/* screen_paint.c - how each style is told to curses: attributes and pairs of colours.
 *
 * There is a pair for each style on each background. Terminals of 8 colours have 64 pairs, so those
 * of few colours are shown no areas. */
#define NCURSES_WIDECHAR 1
#include "app/screen/screen_paint.h"

#include <curses.h>
#include <term.h>

enum { FEW_BACKS = BACK_AREA, FEW_STYLES = STYLE_AREA };
_Static_assert(FEW_BACKS *FEW_STYLES < 64, "terminals of 8 colours have 64 pairs");
_Static_assert(sizeof(attr_t) == sizeof(unsigned), "see struct paint");

/* The number of a colour of the theme for curses; of 24 bits: the index-th to be swapped. */
static int
color_number(enum color_level level, int32_t rgb, int fg16, int index)
{
	if (rgb < 0)
		return -1;
	switch (level) {
	case COLORS_TRUE:
		return PAINT_TRUE_FIRST + index;
	case COLORS_256:
		return color_256(rgb);
	case COLORS_16:
		return fg16;
	case COLORS_8:
		return fg16 == 8 ? -1 : fg16 & 7; /* there is no grey */
	default:
		return -1;
	}
}

/* The same for a style's letters. */
static int
style_color(enum color_level level, const struct theme *theme, int style)
{
	const struct look *look = &theme->looks[style];

	if (level == COLORS_8 && style == STYLE_BAND)
		return theme->band8;
	return color_number(level, look->fg, look->fg16, style);
}

static unsigned
curses_attributes(int flags)
{
	return (flags & ATTRIBUTE_BOLD ? A_BOLD : 0) | (flags & ATTRIBUTE_DIM ? A_DIM : 0) |
	       (flags & ATTRIBUTE_UNDERLINE ? A_UNDERLINE : 0) |
	       (flags & ATTRIBUTE_REVERSE ? A_REVERSE : 0);
}

static unsigned
look_attributes(enum color_level level, const struct theme *theme, int style)
{
	const struct look *look = &theme->looks[style];
	unsigned attributes;

	if (level == COLORS_NONE || !theme->colors)
		return curses_attributes(look->plain);
	attributes = curses_attributes(look->attributes);
	if (level != COLORS_8 || style == STYLE_BAND)
		return attributes;
	if (look->fg16 == 8)
		attributes |= A_DIM;
	else if (look->fg16 > 8)
		attributes |= A_BOLD; /* which such terminals show as bright */
	return attributes;
}

static void
add_swap(struct swaps *swaps, const char *name, int number, const char *layer, int32_t rgb)
{
	const char *set = tigetstr(name);
	const char *from = set != NULL && set != (char *)-1 ? tiparm(set, number) : NULL;

	if (from != NULL)
		swaps_add(swaps, from, layer, rgb);
}

static void
set_swaps(struct paints *p, const struct theme *theme, int32_t background)
{
	p->swaps.n = 0;
	if (!p->colored)
		return;
	if (background >= 0)
		add_swap(&p->swaps, "setab", PAINT_TRUE_FIRST + STYLE_COUNT, "48", background);
	for (int back = BACK_BAND; back < BACK_COUNT; back++) {
		int style = (int)back_style((enum back)back);

		add_swap(
		    &p->swaps, "setab", PAINT_TRUE_FIRST + style, "48", theme->looks[style].fg);
	}
	for (int i = 0; i < STYLE_COUNT; i++)
		if (theme->looks[i].fg >= 0)
			add_swap(
			    &p->swaps, "setaf", PAINT_TRUE_FIRST + i, "38", theme->looks[i].fg);
}

/* The number of the colour of a background. */
static int
back_color(enum color_level level, const struct theme *theme, int back)
{
	int32_t background = theme->paints ? theme->background : -1;

	if (back == BACK_NONE)
		return color_number(level, background, 0, STYLE_COUNT);
	return style_color(level, theme, (int)back_style((enum back)back));
}

void
paints_set(struct paints *p, enum color_level level, const struct theme *theme)
{
	int backs, styles;

	p->colored = level != COLORS_NONE && theme->colors;
	p->few = p->colored && (level <= COLORS_16 || COLOR_PAIRS <= BACK_COUNT * STYLE_COUNT);
	backs = p->few ? FEW_BACKS : BACK_COUNT;
	styles = p->few ? FEW_STYLES : STYLE_COUNT;
	for (int back = 0; back < backs; back++)
		for (int i = 0; i < styles; i++) {
			int pair = back * styles + i + 1;

			p->of[back][i].attributes = look_attributes(level, theme, i);
			p->of[back][i].pair = p->colored ? (short)pair : 0;
			if (p->colored)
				init_extended_pair(pair, style_color(level, theme, i),
				    back_color(level, theme, back));
		}
	p->swaps.n = 0;
	if (level == COLORS_TRUE)
		set_swaps(p, theme, theme->paints ? theme->background : -1);
}

void
paints_done(struct paints *p)
{
	swaps_done(&p->swaps);
}

const struct paint *
paint_of(const struct paints *p, const struct cell *cell)
{
	return &p->of[cell->back < BACK_COUNT ? cell->back : BACK_NONE]
		     [cell->style < STYLE_COUNT ? cell->style : STYLE_TEXT];
}
