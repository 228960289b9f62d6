/* line.c - what opens a line to type in: the filter behind '/', commands behind ':'. */
#include <stdio.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"

/* --- the filter ------------------------------------------------------------------------------- */

static enum outcome
filter(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct filter *of = keys_are_listed(d) ? &d->key_filter : &d->filter;

	(void)now;
	(void)err;
	if (*argument != '\0')
		filter_set(of, argument);
	else {
		of->open = true;
		d->filtering = of;
	}
	return OUTCOME_DRAW;
}

const struct command command_filter = {
	.name = "filter",
	.form = ":filter [TEXT]",
	.help = "filter by name",
	.run = filter,
};

enum outcome
filter_type(struct dashboard *d, const struct input *in)
{
	bool arrow = in->code == INPUT_UP || in->code == INPUT_DOWN;
	int by = in->code == INPUT_UP ? -1 : 1;

	if (in->ctrl && in->code == 'c')
		return OUTCOME_QUIT;
	if (arrow && d->filtering == &d->key_filter)
		key_move(d, by);
	else if (arrow)
		focus_series(d, by);
	else
		filter_input(d->filtering, in);
	if (!d->filtering->open)
		d->filtering = NULL;
	return OUTCOME_DRAW;
}

/* --- the prompt ------------------------------------------------------------------------------- */

static enum outcome
ask(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)now;
	(void)err;
	prompt_open(&d->prompt, argument);
	return OUTCOME_DRAW;
}

const struct command command_prompt = {
	.name = "prompt",
	.form = ":prompt [LINE]",
	.help = "type a command",
	.run = ask,
};

/* What is wrong stands above the line, which stays open to be mended. */
static enum outcome
answer(struct dashboard *d, int64_t now)
{
	struct prompt *p = &d->prompt;
	char line[PROMPT_BYTES];
	struct error err = { 0 };
	enum outcome outcome;

	prompt_remember(p);
	p->browsed = p->nhistory;
	p->open = false; /* the command may open it anew */
	snprintf(line, sizeof line, "%s", p->text);
	outcome = command_run(d, line, now, &err);
	if (err.text[0] == '\0')
		return outcome == OUTCOME_NOTHING ? OUTCOME_DRAW : outcome;
	p->open = true;
	snprintf(p->wrong, sizeof p->wrong, "%s", err.text);
	return OUTCOME_DRAW;
}

enum outcome
prompt_type(struct dashboard *d, const struct input *in, int64_t now)
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
		command_complete(d, p->text, p->word, p->at, &p->found);
		prompt_complete(p, 1);
		break;
	case PROMPT_EDITED:
		break;
	}
	return OUTCOME_DRAW;
}
