/* picture.c - what is on a canvas as a file: SVG, HTML or plain text. */
#include "app/picture/picture.h"

#include <stdlib.h>
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

/* The cells as the theme shows them: to be freed. */
static struct canvas
copy_shown(const struct canvas *c, const struct theme *theme)
{
	struct canvas shown = { .w = c->w, .h = c->h, .stride = c->w, .glyphs = c->glyphs };

	shown.cells = memory_zero((size_t)c->w * (size_t)c->h + 1, sizeof *shown.cells);
	for (int i = 0; i < c->w * c->h; i++) {
		const struct cell *cell = picture_cell(c, i % c->w, i / c->w);

		shown.cells[i] = theme->colors ? *cell : cell_shaded(cell);
	}
	return shown;
}

int
picture_write(const char *path, enum output_links links, const struct output_guard *guard,
    const struct canvas *c, const struct theme *theme, struct error *err)
{
	struct text out = { 0 };
	struct canvas shown;
	int status;

	if (picture_check(path, err) != 0)
		return -1;
	shown = copy_shown(c, theme);
	format_of(path)->make(&shown, theme, &out);
	free(shown.cells);
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
	int32_t fg = theme_color(theme, (enum style)cell->style);
	int32_t bg = theme_back(theme, (enum back)cell->back);

	return (struct ink){
		.fg = reverse ? bg : fg,
		.bg = reverse ? fg : bg,
		.bold = look->attributes & ATTRIBUTE_BOLD,
		.dim = look->attributes & ATTRIBUTE_DIM,
		.underline = look->attributes & ATTRIBUTE_UNDERLINE,
		.painted = reverse || bg != theme->background,
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

static bool
is_empty(const struct cell *cell)
{
	return cell->rune == ' ' && !cell->reverse && cell->back == BACK_NONE;
}

int
picture_row_end(const struct canvas *c, int y)
{
	int end = c->w;

	while (end > 0 && is_empty(picture_cell(c, end - 1, y)))
		end--;
	return end;
}

void
picture_txt(const struct canvas *c, const struct theme *theme, struct text *out)
{
	(void)theme;
	for (int y = 0; y < c->h; y++) {
		for (int x = 0, end = picture_row_end(c, y); x < end; x++) {
			uint32_t rune = cell_shaded(picture_cell(c, x, y)).rune;
			char bytes[RUNE_BYTES];

			if (rune != 0)
				text_addn(
				    out, bytes, (size_t)rune_write(rune_harmless(rune), bytes));
		}
		text_addc(out, '\n');
	}
}
