/* stat.c - one number, large enough to be read from across the room, with its trend.
 *
 * Digits are drawn with the lines of frames, three cells wide and high. ASCII has no such lines, so
 * there the number is written as it is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/scale.h"
#include "widgets/sparkline.h"

enum { DIGIT_H = 3 };

struct stat {
	int series; /* plus 1 */
	struct range range;
	double value;
};

static const struct param stat_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column; left out: the one that has the focus" },
	{ 0 }
};

static const struct glyph {
	char c;
	int w;
	uint32_t cells[DIGIT_H][3];
} glyphs[] = {
	{ '0', 3, { { 0x250c, 0x2500, 0x2510 }, { 0x2502, ' ', 0x2502 }, { 0x2514, 0x2500, 0x2518 } } },
	{ '1', 3, { { ' ', 0x2500, 0x2510 }, { ' ', ' ', 0x2502 }, { ' ', ' ', 0x2575 } } },
	{ '2', 3, { { 0x2576, 0x2500, 0x2510 }, { 0x250c, 0x2500, 0x2518 }, { 0x2514, 0x2500, 0x2574 } } },
	{ '3', 3, { { 0x2576, 0x2500, 0x2510 }, { 0x2576, 0x2500, 0x2524 }, { 0x2576, 0x2500, 0x2518 } } },
	{ '4', 3, { { 0x2577, ' ', 0x2577 }, { 0x2514, 0x2500, 0x2524 }, { ' ', ' ', 0x2575 } } },
	{ '5', 3, { { 0x250c, 0x2500, 0x2574 }, { 0x2514, 0x2500, 0x2510 }, { 0x2576, 0x2500, 0x2518 } } },
	{ '6', 3, { { 0x250c, 0x2500, 0x2574 }, { 0x251c, 0x2500, 0x2510 }, { 0x2514, 0x2500, 0x2518 } } },
	{ '7', 3, { { 0x2576, 0x2500, 0x2510 }, { ' ', ' ', 0x2502 }, { ' ', ' ', 0x2575 } } },
	{ '8', 3, { { 0x250c, 0x2500, 0x2510 }, { 0x251c, 0x2500, 0x2524 }, { 0x2514, 0x2500, 0x2518 } } },
	{ '9', 3, { { 0x250c, 0x2500, 0x2510 }, { 0x2514, 0x2500, 0x2524 }, { 0x2576, 0x2500, 0x2518 } } },
	{ '-', 3, { { ' ', ' ', ' ' }, { 0x2576, 0x2500, 0x2574 }, { ' ', ' ', ' ' } } },
	{ '.', 1, { { ' ' }, { ' ' }, { 0x25aa } } },
};

static const struct glyph *
glyph_find(char c)
{
	for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
		if (glyphs[i].c == c)
			return &glyphs[i];
	return NULL;
}

/* Cells of the text when large; a sign without a large form stands as it is. */
static int
large_width(const char *text)
{
	int w = 0;

	for (; *text != '\0'; text++)
		w += glyph_find(*text) != NULL ? glyph_find(*text)->w : 1;
	return w;
}

static void
draw_large(const struct canvas *c, int x, int y, enum style style, const char *text)
{
	for (; *text != '\0'; text++) {
		const struct glyph *g = glyph_find(*text);

		if (g == NULL)
			canvas_cell(c, x++, y + DIGIT_H - 1, (unsigned char)*text, style);
		for (int row = 0; g != NULL && row < DIGIT_H; row++)
			for (int i = 0; i < g->w; i++)
				canvas_cell(c, x + i, y + row, g->cells[row][i], style);
		x += g != NULL ? g->w : 0;
	}
}

static int
stat_update(struct widget *w, const struct view *v, int width, int height)
{
	struct stat *stat = w->state;
	const struct series *s = widget_series(v, w, 0);
	uint64_t first, end;
	double lo, hi;

	(void)width;
	(void)height;
	if (s == NULL) {
		stat->series = 0;
		return 0;
	}
	if (stat->series != (int)(s - v->series) + 1)
		*stat = (struct stat){ .series = (int)(s - v->series) + 1 };
	stat->value = view_last(v, s->source, s->track);
	if (view_span(v, s, &first, &end) && history_extent(v->history, s->track, first, end, &lo, &hi))
		range_update(&stat->range, lo, hi, end, (end - first) / 4);
	return 0;
}

static void
stat_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct series *s = widget_series(v, w, 0);

	heading_title(h, w, s, "stat");
}

static void
stat_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct stat *stat = w->state;
	const struct series *s = stat->series > 0 ? &v->series[stat->series - 1] : NULL;
	bool large = c->h >= DIGIT_H && c->glyphs != GLYPHS_ASCII;
	int lines;
	char text[FORM_CHARS];

	if (s == NULL || !stat->range.set) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM, view_emptiness(v));
		return;
	}
	form_print(form_column(stat->range.lo, stat->range.hi), stat->value, text);
	large = large && large_width(text) <= c->w;
	lines = large ? DIGIT_H : 1;
	if (large)
		draw_large(c, c->w - large_width(text), 0, STYLE_BOLD, text);
	else
		canvas_right(c, 0, 0, c->w, STYLE_BOLD, text);
	if (c->h > lines)
		sparkline_draw(c, 0, lines, c->w, v, s->source, s->track, stat->range.lo, stat->range.hi);
}

const struct widget_class widget_stat = {
	.name = "stat",
	.help = "one number, large, with its trend",
	.params = stat_params,
	.size = sizeof(struct stat),
	.min_w = 10,
	.min_h = 2,
	.weight = 33,
	.update = stat_update,
	.heading = stat_heading,
	.draw = stat_draw,
};
