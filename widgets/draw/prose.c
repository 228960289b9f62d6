/* prose.c - text in lines: broken between words, or where a word is longer than a line.
 *
 * No line begins with a percent sign. A line is a piece of the text, given by where it starts and
 * ends in bytes; so nothing is copied. A newline in the text ends a line; an empty line between
 * two paragraphs is kept. */
#include "widgets/draw/prose.h"

#include <string.h>

#include "widgets/draw/runes.h"

struct piece {
	const char *s;
	size_t n;
};

/* The next line of at most w cells from *at, which moves behind it; false at the end. */
static bool
next_line(const char **at, int w, struct piece *line)
{
	const char *s = *at, *fits = NULL; /* fits: the last blank at which the line may end */
	size_t left = strlen(s), n;
	int cells = 0;
	uint32_t rune;

	if (left == 0)
		return false;
	line->s = s;
	for (; left > 0 && *s != '\n'; s += n, left -= n) {
		n = rune_read(s, left, &rune);
		if (rune == ' ' && s[n] != '%')
			fits = s;
		cells += rune_cells(rune_harmless(rune));
		if (cells > w && rune != ' ' && s > line->s)
			break;
	}
	if (left > 0 && *s != '\n' && fits != NULL && fits > line->s)
		s = fits;
	line->n = (size_t)(s - line->s);
	while (line->n > 0 && line->s[line->n - 1] == ' ')
		line->n--;
	while (*s == ' ')
		s++;
	*at = *s == '\n' ? s + 1 : s;
	return true;
}

int
prose_lines(const char *s, int w)
{
	struct piece line;
	int n = 0;

	while (w > 0 && next_line(&s, w, &line))
		n++;
	return n;
}

int
prose_draw(const struct canvas *c, const char *s, enum style style)
{
	struct piece line;
	int y = 0;

	for (; y < c->h && c->w > 0; y++) {
		const char *from = s;
		bool last;
		int cells;

		if (!next_line(&s, c->w, &line))
			break;
		last = y + 1 == c->h && *s != '\0';
		if (last && c->w > 1) /* room for the sign behind a whole word */
			next_line(&from, c->w - 1, &line);
		cells = canvas_textn(c, 0, y, c->w, style, line.s, (int)line.n);
		if (last)
			canvas_cell(c, cells < c->w ? cells : c->w - 1, y, 0x2026, style);
	}
	return y;
}
