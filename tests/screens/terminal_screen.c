/* terminal_screen.c - what the screen of a terminal shows, as text and as it looks. */
#include <stdio.h>
#include <string.h>

#include "tests/screens/terminal_parts.h"
#include "widgets/draw/runes.h"

static void
add_row(struct terminal *t, int y)
{
	int w, h;
	size_t end = t->text.len;

	vterm_get_size(t->vt, &h, &w);
	for (int x = 0; x < w;) {
		VTermScreenCell cell;
		char bytes[RUNE_BYTES];

		vterm_screen_get_cell(t->screen, (VTermPos){ .row = y, .col = x }, &cell);
		text_addn(&t->text, bytes,
		    (size_t)rune_write(cell.chars[0] ? cell.chars[0] : ' ', bytes));
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = t->text.len;
		x += cell.width > 0 ? cell.width : 1;
	}
	if (t->text.s)
		t->text.s[end] = '\0';
	t->text.len = end;
}

const char *
terminal_row(struct terminal *t, int y)
{
	text_clear(&t->text);
	add_row(t, y);
	return text_get(&t->text);
}

const char *
terminal_text(struct terminal *t)
{
	int w, h;

	vterm_get_size(t->vt, &h, &w);
	text_clear(&t->text);
	for (int y = 0; y < h; y++) {
		add_row(t, y);
		text_addc(&t->text, '\n');
	}
	return text_get(&t->text);
}

bool
terminal_has_color(struct terminal *t)
{
	int w, h;

	vterm_get_size(t->vt, &h, &w);
	for (int i = 0; i < w * h; i++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(t->screen, (VTermPos){ .row = i / w, .col = i % w }, &cell);
		if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
			return true;
	}
	return false;
}

static void
add_color(char *out, const char *layer, const VTermColor *color)
{
	size_t n = strlen(out);

	if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color))
		return;
	if (VTERM_COLOR_IS_INDEXED(color))
		snprintf(out + n, TERMINAL_LOOK - n, " %s %d", layer, color->indexed.idx);
	else
		snprintf(out + n, TERMINAL_LOOK - n, " %s #%02x%02x%02x", layer, color->rgb.red,
		    color->rgb.green, color->rgb.blue);
}

void
terminal_look(struct terminal *t, int x, int y, char *out)
{
	VTermScreenCell cell;
	bool blank;

	vterm_screen_get_cell(t->screen, (VTermPos){ .row = y, .col = x }, &cell);
	blank = cell.chars[0] == 0 || cell.chars[0] == ' ';
	snprintf(out, TERMINAL_LOOK, "%x", blank ? ' ' : cell.chars[0]);
	add_color(out, "on", &cell.bg);
	if (cell.attrs.reverse)
		strcat(out, " reverse");
	if (blank && !cell.attrs.reverse)
		return;
	add_color(out, "in", &cell.fg);
	if (cell.attrs.bold)
		strcat(out, " bold");
}
