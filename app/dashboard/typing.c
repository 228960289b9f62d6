/* typing.c - what is typed in a line: the filter behind '/', commands behind ':'. */
#include <stdio.h>
#include <string.h>

#include "app/dashboard/dashboard_parts.h"
#include "app/dashboard/prompt_commands.h"
#include "widgets/draw/runes.h"

/* --- the filter ------------------------------------------------------------------------------- */

enum outcome
command_filter(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	(void)now;
	d->prompting = true;
	return OUTCOME_DRAW;
}

/* Takes the last character off, all its bytes. */
static void
filter_chop(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && ((unsigned char)s[--n] & 0xc0) == 0x80)
		;
	s[n] = '\0';
}

static void
filter_add(char *s, uint32_t rune)
{
	size_t n = strlen(s);

	if (n + RUNE_BYTES >= FILTER_CHARS || rune < ' ' || rune >= INPUT_UP)
		return;
	n += (size_t)rune_write(rune, s + n);
	s[n] = '\0';
}

enum outcome
command_prompt(struct dashboard *d, const struct input *in)
{
	if (in->code == INPUT_ENTER)
		d->prompting = false;
	else if (in->code == INPUT_ESCAPE) {
		d->prompting = false;
		d->filter[0] = '\0';
	} else if (in->code == INPUT_BACKSPACE)
		filter_chop(d->filter);
	else if (in->code == INPUT_UP || in->code == INPUT_DOWN)
		command_move_series(d, in->code == INPUT_UP ? -1 : 1);
	else if (!in->ctrl && !in->alt)
		filter_add(d->filter, in->code);
	return in->ctrl && in->code == 'c' ? OUTCOME_QUIT : OUTCOME_DRAW;
}

/* --- the prompt ------------------------------------------------------------------------------- */

enum outcome
command_ask(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	(void)now;
	prompt_open(&d->prompt);
	return OUTCOME_DRAW;
}

/* What is wrong stands above the line, which stays open to be mended. */
static enum outcome
answer(struct dashboard *d, int64_t now)
{
	struct prompt *p = &d->prompt;
	struct error err = { 0 };
	enum outcome outcome;

	prompt_remember(p);
	p->browsed = p->nhistory;
	outcome = prompt_command_run(d, p->text, now, &err);
	p->open = outcome == OUTCOME_NOTHING;
	snprintf(p->wrong, sizeof p->wrong, "%s", err.text);
	return p->open ? OUTCOME_DRAW : outcome;
}

enum outcome
command_type(struct dashboard *d, const struct input *in, int64_t now)
{
	struct prompt *p = &d->prompt;

	if (in->ctrl && in->code == 'c')
		return OUTCOME_QUIT;
	switch (prompt_input(p, in)) {
	case PROMPT_ENTERED:
		return answer(d, now);
	case PROMPT_LEFT:
		p->open = false;
		break;
	case PROMPT_COMPLETE:
		prompt_command_complete(d, p->text, p->word, p->at, &p->found);
		prompt_complete(p, 1);
		break;
	case PROMPT_EDITED:
		break;
	}
	return OUTCOME_DRAW;
}
