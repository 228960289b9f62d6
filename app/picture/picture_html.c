/* picture_html.c - a canvas as a page: one preformatted text, a span where the style changes. */
#include "app/picture/picture.h"

static bool
same_ink(struct ink a, struct ink b)
{
	return a.fg == b.fg && a.bg == b.bg && a.bold == b.bold && a.dim == b.dim &&
	       a.underline == b.underline;
}

static bool
is_plain(const struct theme *theme, struct ink ink)
{
	const struct ink plain = { .fg = theme->foreground, .bg = theme->background };

	return same_ink(ink, plain);
}

static void
open_span(struct text *out, struct ink ink)
{
	text_addf(out, "<span style=\"color:#%06x", (unsigned)ink.fg);
	if (ink.painted)
		text_addf(out, ";background:#%06x", (unsigned)ink.bg);
	if (ink.bold)
		text_add(out, ";font-weight:bold");
	if (ink.dim)
		text_add(out, ";opacity:.6");
	if (ink.underline)
		text_add(out, ";text-decoration:underline");
	text_add(out, "\">");
}

static void
add_row(const struct canvas *c, int y, const struct theme *theme, struct text *out)
{
	struct ink now = { .fg = theme->foreground, .bg = theme->background };
	bool open = false;

	for (int x = 0, end = picture_row_end(c, y); x < end; x++) {
		const struct cell *cell = picture_cell(c, x, y);
		struct ink ink = picture_ink(theme, cell);

		if (cell->rune == 0)
			continue;
		if (!same_ink(ink, now)) {
			text_add(out, open ? "</span>" : "");
			open = !is_plain(theme, ink);
			if (open)
				open_span(out, ink);
			now = ink;
		}
		picture_rune(out, cell->rune);
	}
	text_add(out, open ? "</span>\n" : "\n");
}

void
picture_html(const struct canvas *c, const struct theme *theme, struct text *out)
{
	text_addf(out,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<title>weir</title>\n<style>\nbody { background: #%06x; color: #%06x; }\n"
	    "pre { font: 14px/1.2 'DejaVu Sans Mono', Menlo, Consolas, monospace; }\n"
	    "</style>\n</head>\n<body>\n<pre>\n",
	    (unsigned)theme->background, (unsigned)theme->foreground);
	for (int y = 0; y < c->h; y++)
		add_row(c, y, theme, out);
	text_add(out, "</pre>\n</body>\n</html>\n");
}
