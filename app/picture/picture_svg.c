/* picture_svg.c - a canvas as a vector picture: text stays text, the rest is shapes.
 *
 * Each piece of text says where it starts and, by textLength, how wide it is, so that the grid
 * holds with any font. Pieces end at two blanks: where textLength is not known they cannot drift
 * far. */
#include "app/picture/picture.h"
#include "app/picture/picture_shapes.h"
#include "widgets/draw/runes.h"

enum { MARGIN = 10, BASELINE = 15 };

static void
add_head(const struct canvas *c, const struct theme *theme, struct text *out)
{
	int w = c->w * CELL_W + 2 * MARGIN, h = c->h * CELL_H + 2 * MARGIN;

	text_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	    "viewBox=\"0 0 %d %d\">\n<style>\n"
	    "text { font: 16.6px 'DejaVu Sans Mono', Menlo, 'Liberation Mono', Consolas, "
	    "monospace; "
	    "white-space: pre; }\n"
	    ".b { font-weight: bold; } .d { opacity: .6; } .u { text-decoration: underline; }\n"
	    ".l { fill: none; stroke-width: 1.3; } .h { fill: none; stroke-width: 3; }\n"
	    ".o { fill: none; stroke-width: 3.6; stroke-linecap: round; }\n"
	    "</style>\n<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#%06x\"/>\n",
	    w, h, w, h, w, h, (unsigned)theme->background);
}

static int
at_x(int x)
{
	return MARGIN + x * CELL_W;
}

static int
at_y(int y)
{
	return MARGIN + y * CELL_H;
}

static bool
same_look(const struct cell *a, const struct cell *b)
{
	return a->style == b->style && a->reverse == b->reverse && a->back == b->back;
}

/* The same for what is drawn of them, where it does not matter what they stand on. */
static bool
same_color(const struct cell *a, const struct cell *b)
{
	return a->style == b->style && a->reverse == b->reverse;
}

static void
add_backgrounds(const struct canvas *c, const struct theme *theme, struct text *out)
{
	for (int y = 0; y < c->h; y++) {
		for (int x = 0, n; x < c->w; x += n) {
			struct ink ink = picture_ink(theme, picture_cell(c, x, y));

			for (n = 1; x + n < c->w; n++)
				if (picture_ink(theme, picture_cell(c, x + n, y)).bg != ink.bg)
					break;
			if (ink.painted)
				text_addf(out,
				    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
				    "fill=\"#%06x\"/>\n",
				    at_x(x), at_y(y), n * CELL_W, CELL_H, (unsigned)ink.bg);
		}
	}
}

static void
add_shapes(const struct canvas *c, const struct theme *theme, const struct cell *like,
    struct text *path, struct text *out)
{
	static const double opacity[] = { [SHAPE_FILL] = 1,
		[SHAPE_SHADE_1] = 0.25,
		[SHAPE_SHADE_2] = 0.5,
		[SHAPE_SHADE_3] = 0.75 };
	struct ink ink = picture_ink(theme, like);

	for (int shape = 0; shape < SHAPE_COUNT; shape++) {
		text_clear(path);
		for (int i = 0; i < c->w * c->h; i++) {
			const struct cell *cell = picture_cell(c, i % c->w, i / c->w);

			if (cell->rune >= 0x2500 && same_color(cell, like))
				shape_add(path, (enum shape)shape, cell->rune, at_x(i % c->w),
				    at_y(i / c->w));
		}
		if (path->len == 0)
			continue;
		text_add(out, "<path ");
		if (shape == SHAPE_LIGHT || shape == SHAPE_HEAVY || shape == SHAPE_DOTS)
			text_addf(out, "class=\"%c%s\" stroke=\"#%06x\"", "lho"[shape],
			    ink.dim ? " d" : "", (unsigned)ink.fg);
		else
			text_addf(out, "fill=\"#%06x\" fill-opacity=\"%g\"", (unsigned)ink.fg,
			    opacity[shape] * (ink.dim ? 0.6 : 1));
		text_addf(out, " d=\"%s\"/>\n", text_get(path));
	}
}

static bool
is_text(const struct cell *cell)
{
	return cell->rune != 0 && cell->rune != ' ' && !shape_is(cell->rune);
}

/* How many cells from x on are one piece of text: of one look, single blanks within, no wide one.
 */
static int
piece_cells(const struct canvas *c, int x, int y)
{
	const struct cell *first = picture_cell(c, x, y);
	int n = 1;

	if (rune_cells(first->rune) == 2)
		return 2;
	while (x + n < c->w) {
		const struct cell *cell = picture_cell(c, x + n, y);
		const struct cell *after = x + n + 1 < c->w ? cell + 1 : NULL;
		bool blank = cell->rune == ' ' && after && is_text(after) &&
			     same_look(first, after) && rune_cells(after->rune) == 1;

		if (!same_look(first, cell) ||
		    !(blank || (is_text(cell) && rune_cells(cell->rune) == 1)))
			break;
		n++;
	}
	return n;
}

static void
add_piece(const struct canvas *c, int x, int y, int n, const struct theme *theme, struct text *out)
{
	struct ink ink = picture_ink(theme, picture_cell(c, x, y));

	text_addf(out,
	    "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"", at_x(x),
	    at_y(y) + BASELINE, n * CELL_W);
	if (ink.bold || ink.dim || ink.underline)
		text_addf(out, " class=\"%s%s%s\"", ink.bold ? "b " : "", ink.dim ? "d " : "",
		    ink.underline ? "u" : "");
	text_addf(out, " fill=\"#%06x\">", (unsigned)ink.fg);
	for (int i = 0; i < n; i++)
		if (picture_cell(c, x + i, y)->rune != 0)
			picture_rune(out, picture_cell(c, x + i, y)->rune);
	text_add(out, "</text>\n");
}

void
picture_svg(const struct canvas *c, const struct theme *theme, struct text *out)
{
	struct text path = { 0 };

	add_head(c, theme, out);
	add_backgrounds(c, theme, out);
	for (int i = 0; i < 2 * STYLE_COUNT; i++) {
		const struct cell like = { .style = (uint8_t)(i / 2), .reverse = i % 2 };

		add_shapes(c, theme, &like, &path, out);
	}
	for (int y = 0; y < c->h; y++) {
		for (int x = 0, n; x < c->w; x += n) {
			n = is_text(picture_cell(c, x, y)) ? piece_cells(c, x, y) : 1;
			if (is_text(picture_cell(c, x, y)))
				add_piece(c, x, y, n, theme, out);
		}
	}
	text_add(out, "</svg>\n");
	text_done(&path);
}
