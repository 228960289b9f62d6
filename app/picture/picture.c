/* picture.c - what is on a canvas as a file: SVG, HTML or plain text. */
#include "app/picture/picture.h"

#include <string.h>

#include "widgets/draw/runes.h"

static const struct format {
	const char *ending;
	void (*make)(const struct canvas *, const struct theme *, struct text *);
} formats[] = { { ".svg", picture_svg }, { ".html", picture_html }, { ".txt", picture_txt } };

static const struct format *
format_of(const char *path)
{
	size_t n = strlen(path);

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		size_t ending = strlen(formats[i].ending);

		if (n >= ending && strcmp(path + n - ending, formats[i].ending) == 0)
			return &formats[i];
	}
	return NULL;
}

int
picture_check(const char *path, struct error *err)
{
	if (format_of(path))
		return 0;
	return error_set(err, "%s: no such kind of picture (FILE.svg, .html or .txt)", path);
}

int
picture_write(const char *path, enum output_links links, const struct output_guard *guard,
    const struct canvas *c, const struct theme *theme, struct error *err)
{
	struct text out = { 0 };
	int status;

	if (picture_check(path, err) != 0)
		return -1;
	format_of(path)->make(c, theme, &out);
	status = output_replace(path, links, guard, text_get(&out), out.len, err);
	text_done(&out);
	return status;
}

const struct cell *
picture_cell(const struct canvas *c, int x, int y)
{
	return &c->cells[(size_t)(c->y + y) * (size_t)c->stride + (size_t)(c->x + x)];
}

struct ink
picture_ink(const struct theme *theme, const struct cell *cell)
{
	const struct look *look =
	    &theme->looks[cell->style < STYLE_COUNT ? cell->style : STYLE_TEXT];
	bool reverse = cell->reverse != ((look->attributes & ATTRIBUTE_REVERSE) != 0);
	int32_t fg = look->fg < 0 ? theme->foreground : look->fg;

	return (struct ink){
		.fg = reverse ? theme->background : fg,
		.bg = reverse ? fg : theme->background,
		.bold = look->attributes & ATTRIBUTE_BOLD,
		.dim = look->attributes & ATTRIBUTE_DIM,
		.underline = look->attributes & ATTRIBUTE_UNDERLINE,
		.painted = reverse,
	};
}

void
picture_rune(struct text *out, uint32_t rune)
{
	char bytes[RUNE_BYTES];

	switch (rune) {
	case '&':
		text_add(out, "&amp;");
		break;
	case '<':
		text_add(out, "&lt;");
		break;
	case '>':
		text_add(out, "&gt;");
		break;
	case '"':
		text_add(out, "&quot;");
		break;
	default:
		text_addn(out, bytes, (size_t)rune_write(rune_harmless(rune), bytes));
	}
}

int
picture_row_end(const struct canvas *c, int y)
{
	int end = c->w;

	while (end > 0 && picture_cell(c, end - 1, y)->rune == ' ' &&
	       !picture_cell(c, end - 1, y)->reverse)
		end--;
	return end;
}

void
picture_txt(const struct canvas *c, const struct theme *theme, struct text *out)
{
	(void)theme;
	for (int y = 0; y < c->h; y++) {
		for (int x = 0, end = picture_row_end(c, y); x < end; x++) {
			uint32_t rune = picture_cell(c, x, y)->rune;
			char bytes[RUNE_BYTES];

			if (rune != 0)
				text_addn(
				    out, bytes, (size_t)rune_write(rune_harmless(rune), bytes));
		}
		text_addc(out, '\n');
	}
}
