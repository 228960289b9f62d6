/* filter.c - the text that series' names are filtered by, as it is typed. */
#include "app/dashboard/filter.h"

#include <string.h>

#include "app/dashboard/prompt.h"
#include "widgets/draw/runes.h"

enum { GAP = 3 };

/* Takes the last character off, all its bytes. */
static void
chop(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && ((unsigned char)s[--n] & 0xc0) == 0x80)
		;
	s[n] = '\0';
}

static void
add(char *s, uint32_t rune)
{
	size_t n = strlen(s);

	if (n + RUNE_BYTES >= FILTER_CHARS || rune < ' ' || rune >= INPUT_UP)
		return;
	n += (size_t)rune_write(rune, s + n);
	s[n] = '\0';
}

void
filter_set(struct filter *f, const char *text)
{
	size_t n = strlen(text);
	uint32_t rune;

	f->text[0] = '\0';
	for (size_t at = 0; at < n;) {
		at += rune_read(text + at, n - at, &rune);
		add(f->text, rune);
	}
}

void
filter_input(struct filter *f, const struct input *in)
{
	if (in->code == INPUT_ENTER)
		f->open = false;
	else if (in->code == INPUT_ESCAPE)
		*f = (struct filter){ .open = false };
	else if (in->code == INPUT_BACKSPACE)
		chop(f->text);
	else if (!in->ctrl && !in->alt)
		add(f->text, in->code);
}

void
filter_draw(const struct filter *f, const struct canvas *c)
{
	static const char what[] = "Enter keeps it, Esc shows all";
	int x = prompt_line_draw(c, '/', f->text, strlen(f->text)) + GAP;

	if (x + text_cells(what) <= c->w)
		canvas_text(c, x, c->h - 1, c->w - x, STYLE_DIM, what);
}
