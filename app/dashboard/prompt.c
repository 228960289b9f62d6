/* prompt.c - one line to type in: editing, history, completion of the word before the cursor. */
#include "app/dashboard/prompt.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "widgets/draw/prose.h"
#include "widgets/draw/runes.h"

enum { GAP = 3 };

static void
forget_found(struct prompt *p)
{
	text_clear(&p->found);
	p->nfound = 0;
}

void
prompt_open(struct prompt *p, const char *text)
{
	p->open = true;
	p->wrong[0] = p->draft[0] = '\0';
	snprintf(p->text, sizeof p->text, "%s", text);
	p->at = strlen(p->text);
	p->browsed = p->nhistory;
	forget_found(p);
}

void
prompt_done(struct prompt *p)
{
	for (int i = 0; i < p->nhistory; i++)
		free(p->history[i]);
	text_done(&p->found);
}

/* --- editing ---------------------------------------------------------------------------------- */

static bool
is_inside(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80; /* not the first byte of a character */
}

static void
replace(struct prompt *p, size_t from, size_t to, const char *s, size_t n)
{
	size_t len = strlen(p->text);

	if (len - (to - from) + n >= sizeof p->text)
		return;
	memmove(p->text + from + n, p->text + to, len - to + 1);
	memcpy(p->text + from, s, n);
	p->at = from + n;
}

static size_t
before(const struct prompt *p)
{
	size_t at = p->at;

	while (at > 0 && is_inside(p->text[--at]))
		;
	return at;
}

static size_t
behind(const struct prompt *p)
{
	size_t at = p->at;

	if (p->text[at] != '\0')
		at++;
	while (is_inside(p->text[at]))
		at++;
	return at;
}

static size_t
word_before(const struct prompt *p)
{
	size_t at = p->at;

	while (at > 0 && p->text[at - 1] == ' ')
		at--;
	while (at > 0 && p->text[at - 1] != ' ')
		at--;
	return at;
}

static void
type(struct prompt *p, uint32_t rune)
{
	char bytes[RUNE_BYTES];

	if (rune < ' ' || rune == 0x7f || rune >= INPUT_UP)
		return;
	replace(p, p->at, p->at, bytes, (size_t)rune_write(rune, bytes));
}

static void
edit_with_ctrl(struct prompt *p, uint32_t code)
{
	switch (code) {
	case 'a':
		p->at = 0;
		break;
	case 'e':
		p->at = strlen(p->text);
		break;
	case 'u':
		replace(p, 0, p->at, "", 0);
		break;
	case 'k':
		p->text[p->at] = '\0';
		break;
	case 'w':
		replace(p, word_before(p), p->at, "", 0);
		break;
	}
}

/* --- history ---------------------------------------------------------------------------------- */

static void
browse(struct prompt *p, int step)
{
	int to = p->browsed + step;

	if (to < 0 || to > p->nhistory)
		return;
	if (p->browsed == p->nhistory)
		memcpy(p->draft, p->text, sizeof p->draft);
	p->browsed = to;
	snprintf(p->text, sizeof p->text, "%s", to == p->nhistory ? p->draft : p->history[to]);
	p->at = strlen(p->text);
}

void
prompt_remember(struct prompt *p)
{
	if (p->text[0] == '\0' ||
	    (p->nhistory > 0 && strcmp(p->history[p->nhistory - 1], p->text) == 0))
		return;
	if (p->nhistory == PROMPT_HISTORY) {
		free(p->history[0]);
		memmove(p->history, p->history + 1, (PROMPT_HISTORY - 1) * sizeof *p->history);
		p->nhistory--;
	}
	p->history[p->nhistory++] = memory_text(p->text, strlen(p->text));
}

/* --- completion ------------------------------------------------------------------------------- */

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static enum prompt_key
complete(struct prompt *p, int step)
{
	if (p->found.len > 0) {
		prompt_complete(p, step);
		return PROMPT_EDITED;
	}
	for (p->word = p->at; p->word > 0 && is_word(p->text[p->word - 1]); p->word--)
		;
	return PROMPT_COMPLETE;
}

/* The i-th line of found. */
static const char *
candidate(const struct prompt *p, int i, size_t *n)
{
	const char *s = text_get(&p->found);

	for (; i > 0; i--)
		s = strchr(s, '\n') + 1;
	*n = strcspn(s, "\n");
	return s;
}

void
prompt_complete(struct prompt *p, int step)
{
	bool first = p->nfound == 0;
	const char *s;
	size_t n;

	for (const char *at = text_get(&p->found); first && *at != '\0'; at++)
		p->nfound += *at == '\n';
	if (p->nfound == 0)
		return;
	p->chosen = first ? 0 : (p->chosen + step + p->nfound) % p->nfound;
	s = candidate(p, p->chosen, &n);
	replace(p, p->word, p->at, s, n);
	if (p->nfound == 1) /* the word is whole: another Tab begins anew */
		forget_found(p);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void
edit(struct prompt *p, const struct input *in)
{
	switch (in->code) {
	case INPUT_LEFT:
		p->at = before(p);
		break;
	case INPUT_RIGHT:
		p->at = behind(p);
		break;
	case INPUT_HOME:
		p->at = 0;
		break;
	case INPUT_END:
		p->at = strlen(p->text);
		break;
	case INPUT_BACKSPACE:
		replace(p, before(p), p->at, "", 0);
		break;
	case INPUT_DELETE:
		replace(p, p->at, behind(p), "", 0);
		break;
	case INPUT_UP:
		browse(p, -1);
		break;
	default:
		type(p, in->code);
		break;
	case INPUT_DOWN:
		browse(p, 1);
	}
}

enum prompt_key
prompt_input(struct prompt *p, const struct input *in)
{
	bool mouse = in->code >= INPUT_CLICK && in->code <= INPUT_WHEEL_DOWN;

	if (mouse || in->alt)
		return PROMPT_EDITED;
	p->wrong[0] = '\0';
	if (in->code == INPUT_TAB && !in->pasted)
		return complete(p, in->shift ? -1 : 1);
	forget_found(p);
	if (in->code == INPUT_ENTER && !in->pasted)
		return PROMPT_ENTERED;
	if (in->code == INPUT_ESCAPE || (in->code == INPUT_BACKSPACE && p->text[0] == '\0'))
		return PROMPT_LEFT;
	if (in->ctrl)
		edit_with_ctrl(p, in->code);
	else
		edit(p, in);
	return PROMPT_EDITED;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static int
cells_of(const char *s, size_t n)
{
	int cells = 0;
	uint32_t rune;

	for (size_t at = 0; at < n;) {
		at += rune_read(s + at, n - at, &rune);
		cells += rune_cells(rune_harmless(rune));
	}
	return cells;
}

/* What else the word could be, the chosen one marked. */
static void
draw_found(const struct prompt *p, const struct canvas *c, int x, int y)
{
	for (int i = 0; i < p->nfound && x < c->w; i++) {
		size_t n;
		const char *s = candidate(p, i, &n);

		x += canvas_textn(
			 c, x, y, c->w - x, i == p->chosen ? STYLE_FOCUS : STYLE_DIM, s, (int)n) +
		     1;
	}
}

/* What is wrong with the line, in the lines above it; false: there are none. */
static bool
draw_wrong(const struct prompt *p, const struct canvas *c)
{
	int lines = prose_lines(p->wrong, c->w - 2), most = c->h - 1;
	int y = lines < most ? most - lines : 0;
	struct canvas box = canvas_part(c, 1, y, c->w - 2, most - y);

	if (most == 0 || c->w < 3)
		return false;
	canvas_fill(c, 0, y, c->w, most - y, ' ', STYLE_TEXT);
	prose_draw(&box, p->wrong, STYLE_CRITICAL);
	return true;
}

/* A long line moves so that the cursor is seen. */
int
prompt_line_draw(const struct canvas *c, char sign, const char *text, size_t at)
{
	int y = c->h - 1, room = c->w - 2, x;
	const char *from = text;

	canvas_fill(c, 0, y, c->w, 1, ' ', STYLE_TEXT);
	canvas_cell(c, 0, y, (uint32_t)sign, STYLE_KEY);
	while (room > 0 && cells_of(from, (size_t)(text + at - from)) > room)
		do
			from++;
		while (is_inside(*from));
	x = 1 + canvas_text(c, 1, y, c->w - 1, STYLE_BOLD, from);
	canvas_reverse(c, 1 + cells_of(from, (size_t)(text + at - from)), y, 1);
	return x;
}

void
prompt_draw(const struct prompt *p, const struct canvas *c)
{
	int y = c->h - 1, x;

	canvas_fill(c, 0, y, c->w, 1, ' ', STYLE_TEXT);
	if (p->wrong[0] != '\0' && !draw_wrong(p, c)) {
		canvas_text(c, 0, y, c->w, STYLE_CRITICAL, p->wrong);
		return;
	}
	x = prompt_line_draw(c, ':', p->text, p->at);
	if (p->found.len > 0)
		draw_found(p, c, x + GAP, y);
}
