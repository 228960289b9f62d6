/* compress.c - fewer bytes for the same picture: colours and moves of curses, written shorter.
 *
 * Curses resets all before it turns one attribute off, in an escape of its own, names a character
 * set that nobody ever left, and resets again at the end of each update: a quarter of what a frame
 * with few changes costs. Here the escapes for looks (SGR) are only noted; before something is
 * written, the shortest that leads to its look from what the terminal has is sent. Only "0" turns
 * anything off, which all terminals know; but for a colour where 39 and 49 are known. And a move
 * within a line need not name the line. */
#include "app/screen/compress.h"

#include <stdlib.h>
#include <string.h>

static const char flag_codes[] = { '1', '2', '4', '7' };
enum { FLAGS = sizeof flag_codes, FLAG_BOLD = 1, FLAG_DIM = 2, FONT = 10 };

/* --- taking escapes in ------------------------------------------------------------------------ */

/* The bytes of the escape at s, as far as they belong together. */
static size_t
escape_length(const char *s, size_t n)
{
	size_t i = 2;

	if (n < 2)
		return n;
	if (s[1] == '(' || s[1] == ')')
		return n < 3 ? n : 3;
	if (s[1] != '[')
		return 2;
	while (i < n && (s[i] < '@' || s[i] > '~'))
		i++;
	return i < n ? i + 1 : n;
}

/* Takes a number, and what belongs to it: "38;5;74" is one code. Returns its bytes. */
static size_t
code_length(const char *s, size_t n)
{
	size_t i = strcspn(s, ";m"), parts = 0;

	if (i == 2 && (s[0] == '3' || s[0] == '4') && s[1] == '8' && i + 1 < n)
		parts = s[i + 1] == '5' ? 2 : s[i + 1] == '2' ? 4 : 0;
	while (parts-- > 0 && i < n && s[i] == ';')
		i += 1 + strcspn(s + i + 1, ";m");
	return i;
}

static bool
take_color(char *color, const char *code, size_t n)
{
	if (n >= COLOR_BYTES)
		return false;
	memcpy(color, code, n);
	color[n] = '\0';
	return true;
}

static bool
take_code(struct terminal_look *look, const char *code, size_t n)
{
	int number = atoi(code);

	if (n == 0 || number == 0) {
		*look = (struct terminal_look){ 0 };
		return true;
	}
	if (number == FONT) /* the one that it has: part of the Linux console's reset */
		return true;
	for (int i = 0; i < FLAGS; i++)
		if (n == 1 && *code == flag_codes[i]) {
			look->flags |= (uint8_t)(1 << i);
			return true;
		}
	if ((number >= 30 && number <= 38) || (number >= 90 && number <= 97))
		return take_color(look->fg, code, n);
	if ((number >= 40 && number <= 48) || (number >= 100 && number <= 107))
		return take_color(look->bg, code, n);
	if (number == 39 || number == 49) {
		*(number == 39 ? look->fg : look->bg) = '\0';
		return true;
	}
	return false;
}

/* False when it holds something that this file does not know; then nothing of it is taken. */
static bool
take_escape(struct terminal_look *look, const char *s, size_t n)
{
	struct terminal_look taken = *look;
	size_t i = 2;

	do {
		size_t len = code_length(s + i, n - i);

		if (!take_code(&taken, s + i, len))
			return false;
		i += len + 1;
	} while (i < n);
	*look = taken;
	return true;
}

/* --- giving them out -------------------------------------------------------------------------- */

static bool
same(const struct terminal_look *a, const struct terminal_look *b)
{
	return a->flags == b->flags && strcmp(a->fg, b->fg) == 0 && strcmp(a->bg, b->bg) == 0;
}

/* Only a reset leads from one look to the other. */
static bool
turns_off(
    const struct compressor *t, const struct terminal_look *from, const struct terminal_look *to)
{
	if ((from->flags & ~to->flags) != 0)
		return true;
	return !t->to_own && ((*from->fg && !*to->fg) || (*from->bg && !*to->bg));
}

static void
add_code(struct text *out, bool *first, const char *code)
{
	if (!*first)
		text_addc(out, ';');
	text_add(out, code);
	*first = false;
}

static void
add_escape(
    struct text *out, const struct terminal_look *from, const struct terminal_look *to, bool resets)
{
	const struct terminal_look plain = { 0 };
	bool first = true;

	text_add(out, "\033[");
	if (resets && !same(to, &plain))
		add_code(out, &first, "0");
	for (int i = 0; i < FLAGS; i++)
		if (to->flags & ~from->flags & 1 << i)
			add_code(out, &first, (const char[]){ flag_codes[i], '\0' });
	if (strcmp(to->fg, from->fg) != 0)
		add_code(out, &first, *to->fg ? to->fg : "39");
	if (strcmp(to->bg, from->bg) != 0)
		add_code(out, &first, *to->bg ? to->bg : "49");
	text_addc(out, 'm');
}

/* What is written next has to look so. */
static void
settle_as(struct compressor *t, const struct terminal_look *wanted)
{
	const struct terminal_look plain = { 0 };
	bool resets = !t->known || turns_off(t, &t->is, wanted);

	if (t->known && same(&t->is, wanted))
		return;
	add_escape(&t->out, resets ? &plain : &t->is, wanted, resets);
	t->is = *wanted;
	t->known = true;
}

static void
settle(struct compressor *t)
{
	settle_as(t, &t->wanted);
}

/* Blanks alone show neither a colour of letters nor their weight: these stay what they are. */
static void
settle_blanks(struct compressor *t)
{
	struct terminal_look wanted = t->wanted;
	uint8_t unseen = FLAG_BOLD | FLAG_DIM;

	if (!t->known || ((t->is.flags | wanted.flags) & ~unseen) != 0) {
		settle(t);
		return;
	}
	memcpy(wanted.fg, t->is.fg, sizeof wanted.fg);
	wanted.flags = t->is.flags;
	settle_as(t, &wanted);
}

/* --- frames ----------------------------------------------------------------------------------- */

/* Moves the cursor, which writes nothing. True when the escape was passed, in one form or the
 * other. */
static bool
pass_move(struct compressor *t, const char *escape, size_t n)
{
	char kind = escape[n - 1];
	int line = atoi(escape + 2);
	const char *column = memchr(escape, ';', n);

	if (strchr("ABCDGHdr", kind) == NULL)
		return false;
	if (kind == 'H' && column != NULL && t->to_column && line == t->line)
		text_addf(&t->out, "\033[%dG", atoi(column + 1));
	else
		text_addn(&t->out, escape, n);
	if (kind == 'H' || kind == 'd')
		t->line = line > 0 ? line : 1;
	else if (strchr("ABr", kind) != NULL)
		t->line = 0;
	return true;
}

static void
pass_escape(struct compressor *t, const char *escape, size_t n)
{
	if (n == 3 && memcmp(escape, "\033(B", 3) == 0)
		return;
	if (n > 2 && escape[1] == '[' && escape[n - 1] == 'm') {
		if (take_escape(&t->wanted, escape, n))
			return;
		settle(t);
		t->known = false;
	} else if (n > 2 && escape[1] == '[' && pass_move(t, escape, n))
		return;
	else {
		settle(t);
		t->line = 0;
	}
	text_addn(&t->out, escape, n);
}

static bool
are_blanks(const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] != ' ')
			return false;
	return true;
}

const char *
compressor_apply(struct compressor *t, const char *bytes, size_t *n)
{
	size_t len;

	text_clear(&t->out);
	for (size_t i = 0; i < *n; i += len) {
		if (bytes[i] == '\033') {
			len = escape_length(bytes + i, *n - i);
			pass_escape(t, bytes + i, len);
			continue;
		}
		for (len = 1; i + len < *n && bytes[i + len] != '\033'; len++)
			;
		if (are_blanks(bytes + i, len))
			settle_blanks(t);
		else
			settle(t);
		if (memchr(bytes + i, '\n', len) != NULL)
			t->line = 0;
		text_addn(&t->out, bytes + i, len);
	}
	*n = t->out.len;
	return text_get(&t->out);
}

void
compressor_forget(struct compressor *t)
{
	t->known = false;
	t->line = 0;
}

void
compressor_done(struct compressor *t)
{
	text_done(&t->out);
}
