/* page.c - the arithmetic of a row as a page. See page.h. */
#include "widgets/explain/page.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "widgets/draw/bar.h"
#include "widgets/draw/runes.h"
#include "widgets/explain/textbook.h"

enum { GOES_ON = 2 /* a heading, in its next line */, BAR = 16, GAP = 3 };

/* --- lines ------------------------------------------------------------------------------------ */

static void
add_line(struct page *p, struct page_line line)
{
	if (p->n == p->cap) {
		p->cap = p->cap > 0 ? p->cap * 2 : 64;
		p->lines = memory_grow(p->lines, (size_t)p->cap, sizeof *p->lines);
	}
	p->lines[p->n++] = line;
}

/* How many bytes of s fit in w cells; a word that fits no line is cut. */
static int
fitting(const char *s, int n, int w)
{
	int at = 0, cells = 0, blank = 0;

	while (at < n) {
		uint32_t rune;
		int bytes = (int)rune_read(s + at, (size_t)(n - at), &rune);

		if (rune == ' ')
			blank = at;
		cells += rune_cells(rune_harmless(rune));
		if (cells > w)
			return blank > 0 ? blank : at > 0 ? at : bytes;
		at += bytes;
	}
	return n;
}

/* "  82.1 %   " in the place of a word: the share; NaN. */
static double
share_of(const char *s, int n)
{
	char *end;
	double v;

	if (n < TEXTBOOK_X || *s != ' ')
		return NAN;
	v = strtod(s, &end);
	return end > s && end - s < TEXTBOOK_X && strncmp(end, " %", 2) == 0 ? v / 100 : NAN;
}

static void
wrap_line(struct page *p, int at, int n, int w)
{
	struct page_line line = { .heading = p->text.s[at] != ' ',
		.share = share_of(p->text.s + at, n) };
	int bar = isnan(line.share) ? 0 : BAR + 1;

	for (; n > 0; line.share = NAN) {
		int room = w - line.x - bar;

		line.at = at;
		line.n = line.result = fitting(p->text.s + at, n, room > 1 ? room : 1);
		add_line(p, line);
		at += line.n;
		n -= line.n;
		for (; n > 0 && p->text.s[at] == ' '; n--)
			at++;
		line.x = line.heading ? GOES_ON : TEXTBOOK_X + bar;
		bar = 0;
	}
}

/* --- numbers below one another ---------------------------------------------------------------- */

/* Behind its last " = " stands what it comes to; in a list, nothing does. */
static int
result_of(const char *s, int n)
{
	for (int i = n - 3; i > 0 && s[i] != ','; i--)
		if (memcmp(s + i, " = ", 3) == 0)
			return i + 3;
	return n;
}

static int
cells_of(const char *s, int n)
{
	int cells = 0;

	for (int at = 0; at < n;) {
		uint32_t rune;

		at += (int)rune_read(s + at, (size_t)(n - at), &rune);
		cells += rune_cells(rune_harmless(rune));
	}
	return cells;
}

/* Cells before the point of a number that n bytes are; -1: they are more than that, or none. */
static int
whole_part(const char *s, int n)
{
	static const char minus[] = "−";
	int sign = 0, digits = 0;

	if ((int)strspn(s, "-−0123456789.e+") < n)
		return -1;
	if (n > 0 && *s == '-')
		sign = 1;
	else if (n >= (int)sizeof minus && memcmp(s, minus, sizeof minus - 1) == 0)
		sign = (int)sizeof minus - 1;
	while (sign + digits < n && isdigit((unsigned char)s[sign + digits]))
		digits++;
	return digits > 0 ? digits + (sign > 0) : -1;
}

/* The bytes of an indented line behind its word. */
static int
content_of(const struct page_line *line, const char *s)
{
	int at = 0;

	if (line->heading || line->x > 0)
		return 0;
	for (int cells = 0; cells < TEXTBOOK_X && at < line->n; cells++) {
		uint32_t rune;

		at += (int)rune_read(s + at, (size_t)(line->n - at), &rune);
	}
	return at;
}

/* Nothing but a number stands behind its word. */
static bool
is_number(const struct page_line *line, const char *s)
{
	int at = content_of(line, s), n = line->n - at;

	return at > 0 && n > 0 && whole_part(s + at, n) > 0;
}

/* It stands in one line of the screen. */
static bool
is_whole(const struct page *p, int i)
{
	return p->lines[i].x == 0 && (i + 1 == p->n || p->lines[i + 1].x == 0);
}

/* What is brought below one another: the " = " of those that come to something, and the points of
 * numbers. */
struct columns {
	int sign, room;     /* cells before the sign, and of the widest result */
	int result, number; /* cells before the point */
};

static struct columns
measure(const struct page *p, int from, int to)
{
	struct columns c = { 0 };

	for (int i = from; i < to; i++) {
		const struct page_line *line = &p->lines[i];
		const char *s = p->text.s + line->at;
		int at = content_of(line, s);

		if (!is_whole(p, i))
			continue;
		if (line->result < line->n) {
			int sign = line->x + cells_of(s, line->result - 3);
			int part = whole_part(s + line->result, line->n - line->result);
			int wide = cells_of(s + line->result, line->n - line->result);

			c.sign = sign > c.sign ? sign : c.sign;
			c.room = wide > c.room ? wide : c.room;
			c.result = part > c.result ? part : c.result;
		} else if (is_number(line, s)) {
			int part = whole_part(s + at, line->n - at);

			c.number = part > c.number ? part : c.number;
		}
	}
	return c;
}

/* The lines below one heading, and it. */
static void
align(struct page *p, int from, int to, int w)
{
	struct columns c;

	for (int i = from; i < to; i++) {
		struct page_line *line = &p->lines[i];

		line->result = result_of(p->text.s + line->at, line->n);
		if (line->result - 3 < content_of(line, p->text.s + line->at))
			line->result = line->n;
	}
	c = measure(p, from, to);
	for (int i = from; i < to; i++) {
		struct page_line *line = &p->lines[i];
		const char *s = p->text.s + line->at;
		int at = content_of(line, s), part;

		if (!is_whole(p, i))
			continue;
		if (line->result < line->n && c.sign + 3 + c.result + c.room <= w) {
			part = whole_part(s + line->result, line->n - line->result);
			line->gap = c.sign - line->x - cells_of(s, line->result - 3);
			line->pad = part > 0 ? c.result - part : 0;
		} else if (line->result == line->n && is_number(line, s))
			line->pad = c.number - whole_part(s + at, line->n - at);
	}
}

/* --- the page --------------------------------------------------------------------------------- */

void
page_write(struct page *p, const char *told, enum glyphs glyphs)
{
	text_clear(&p->text);
	textbook_print(told, glyphs == GLYPHS_ASCII, &p->text);
}

void
page_wrap(struct page *p, int w)
{
	const char *s = text_get(&p->text), *line = s, *end;
	int block = 0;

	p->n = 0;
	for (; *line != '\0'; line = *end == '\n' ? end + 1 : end) {
		end = strchrnul(line, '\n');
		if (*line != ' ') {
			align(p, block, p->n, w);
			block = p->n;
		}
		wrap_line(p, (int)(line - s), (int)(end - line), w);
	}
	align(p, block, p->n, w);
}

static bool
begins_block(const struct page_line *line)
{
	return line->heading && line->x == 0;
}

int
page_height(const struct page *p)
{
	int h = p->n;

	for (int i = 1; i < p->n; i++)
		h += begins_block(&p->lines[i]);
	return h;
}

void
page_fit(struct page *p, int h)
{
	p->spaced = page_height(p) <= h;
}

/* What is told of, up to the first " = ", or the word in front; returns the bytes drawn. */
static int
draw_front(const struct page_line *line, const char *s, const struct canvas *c, int y, int *cells)
{
	const char *sign = memmem(s, (size_t)line->n, " = ", 3);
	int n = line->n;

	if (line->x > 0)
		return 0;
	if (!line->heading) {
		n = content_of(line, s);
		canvas_textn(c, 0, y, TEXTBOOK_X, STYLE_LABEL, s, n);
		*cells = TEXTBOOK_X;
		return n;
	}
	if (sign != NULL)
		n = (int)(sign - s);
	*cells = canvas_textn(c, 0, y, c->w, STYLE_FOCUS, s, n);
	return n;
}

static void
draw_line(const struct page *p, const struct page_line *line, const struct canvas *c, int y)
{
	const char *s = p->text.s + line->at;
	int cells = line->x, at = draw_front(line, s, c, y, &cells), result = line->result;

	if (!isnan(line->share)) {
		bar_draw(c, cells, y, BAR, line->share, STYLE_SERIES);
		cells += BAR + 1;
	}
	if (result == line->n) {
		cells += line->pad;
		canvas_textn(c, cells, y, c->w - cells, STYLE_TEXT, s + at, line->n - at);
		return;
	}
	if (result - 3 > at)
		cells +=
		    canvas_textn(c, cells, y, c->w - cells, STYLE_TEXT, s + at, result - 3 - at);
	cells += line->gap;
	cells += canvas_text(c, cells, y, c->w - cells, STYLE_TEXT, " = ") + line->pad;
	canvas_textn(c, cells, y, c->w - cells, STYLE_BOLD, s + result, line->n - result);
}

/* "PgDn: 7 more" stands behind the last line where that leaves room, else in its place. Returns how
 * many lines it leaves. */
static int
draw_more(const struct page *p, const struct canvas *c, int first)
{
	const struct page_line *last = &p->lines[first + c->h - 1];
	int below = p->n - first - c->h, lines = c->h, bar = isnan(last->share) ? 0 : BAR + 1;
	int used = last->x + bar + last->gap + last->pad + cells_of(p->text.s + last->at, last->n);
	char text[40];

	snprintf(text, sizeof text, "PgDn: %d more", below);
	if (used + GAP + text_cells(text) > c->w) {
		lines--;
		snprintf(text, sizeof text, "PgDn: %d more", below + 1);
	}
	canvas_right(c, 0, c->h - 1, c->w, STYLE_KEY, text);
	return lines;
}

void
page_draw(const struct page *p, const struct canvas *c, int first)
{
	int below = p->n - c->h, y = 0, lines = c->h;

	first = first > below ? below : first;
	first = p->spaced || first < 0 ? 0 : first;
	if (!p->spaced && first < below && c->h > 0)
		lines = draw_more(p, c, first);
	for (int i = first; i < p->n && y < lines; i++) {
		if (p->spaced && i > 0 && begins_block(&p->lines[i]))
			y++;
		draw_line(p, &p->lines[i], c, y++);
	}
}

void
page_done(struct page *p)
{
	text_done(&p->text);
	free(p->lines);
}
