/* keys.c - which key does what: the one table that dispatches keys and prints them.
 *
 * Views bring their own keys, see views/view.h. */
#include "app/dashboard/keys.h"

#include <stdlib.h>

#include "app/dashboard/prompt_commands.h"

const struct key keys[] = { { INPUT_TAB, false, false, command_next_view, 1,
				{ "Tab", NULL, "view", "next view, Shift-Tab back", 7, 9 } },
	{ INPUT_TAB, false, true, command_next_view, -1, { 0 } },
	{ ' ', false, false, command_pause, 0,
	    { "space", NULL, "pause", "pause, and go on", 1, 3 } },
	{ '.', false, false, command_step, 1, { ".", NULL, "step", "one row, then pause", 2, 6 } },
	{ ',', false, false, command_step, -1,
	    { ",", NULL, NULL, "back (needs a recording)", 0, 0 } },
	{ '+', false, false, command_speed, 1, { "+/-", NULL, "speed", "faster, slower", 3, 7 } },
	{ '=', false, false, command_speed, 1, { 0 } },
	{ '-', false, false, command_speed, -1, { 0 } },
	{ INPUT_LEFT, false, false, command_seek, -1,
	    { "←/→", "Left/Right", "seek", "skip rows (forward only)", 4, 12 } },
	{ INPUT_RIGHT, false, false, command_seek, 1, { 0 } },
	{ INPUT_UP, false, false, command_move, -1,
	    { "↑/↓", "Up/Down", "series", "focus a series; scroll lists", 5, 4 } },
	{ INPUT_DOWN, false, false, command_move, 1, { 0 } },
	{ 'k', false, false, command_move, -1, { 0 } },
	{ 'j', false, false, command_move, 1, { 0 } },
	{ INPUT_CLICK, false, false, command_click, 0,
	    { "click", NULL, NULL, "focus a series, an alert", 0, 0 } },
	{ INPUT_WHEEL_UP, false, false, command_move, -1, { 0 } },
	{ INPUT_WHEEL_DOWN, false, false, command_move, 1, { 0 } },
	{ INPUT_PAGE_UP, false, false, command_page, -1,
	    { "PgUp", NULL, NULL, "up a page; PgDn down", 0, 0 } },
	{ INPUT_PAGE_DOWN, false, false, command_page, 1, { 0 } },
	{ INPUT_ENTER, false, false, command_zoom, 0,
	    { "⏎", "Enter", "zoom", "the focused series at large", 6, 5 } },
	{ INPUT_ESCAPE, false, false, command_back, 0, { "Esc", NULL, NULL, "back", 0, 0 } },
	{ 'w', false, false, command_window, 1,
	    { "w/W", NULL, "window", "wider, narrower charts", 8, 8 } },
	{ 'W', false, false, command_window, -1, { 0 } },
	{ 'p', false, false, command_freeze, 0,
	    { "p", NULL, NULL, "hold the picture only", 0, 0 } },
	{ ':', false, false, command_ask, 0, { ":", NULL, "command", "type a command", 11, 13 } },
	{ '/', false, false, command_filter, 0,
	    { "/", NULL, "filter", "filter series by name", 10, 11 } },
	{ 'a', false, false, command_acknowledge, 0,
	    { "a", NULL, NULL, "acknowledge an alert", 0, 0 } },
	{ 'S', false, false, command_picture, 0, { "S", NULL, NULL, "save the screen", 0, 0 } },
	{ 'r', true, false, command_reload, 0, { "^R", NULL, NULL, "read the file again", 0, 0 } },
	{ 'l', true, false, command_repaint, 0,
	    { "^L", NULL, NULL, "paint the screen anew", 0, 0 } },
	{ 'z', true, false, command_suspend, 0, { "^Z", NULL, NULL, "suspend", 0, 0 } },
	{ 'q', false, false, command_quit, 0, { "q", NULL, "quit", "quit (also ^C)", 13, 2 } },
	{ 'c', true, false, command_quit, 0, { 0 } }, { 0 } };

static const struct key *
find(const struct input *in)
{
	for (const struct key *k = keys; k->code != 0; k++)
		if (k->code == in->code && k->ctrl == in->ctrl &&
		    (k->code != INPUT_TAB || k->shift == in->shift))
			return k;
	return NULL;
}

const struct key *
key_find(const struct input *in)
{
	return in->alt || in->pasted ? NULL : find(in);
}

struct hint *
keys_hints(int *n)
{
	size_t most = (size_t)view_count() + sizeof keys / sizeof *keys, commands = 0;
	struct hint *hints;

	while (prompt_commands[commands].name != NULL)
		commands++;
	hints = memory_zero(most + commands, sizeof *hints);

	*n = 0;
	for (int i = 0; i < view_count(); i++) {
		const struct view_class *v = view_classes[i];

		hints[(*n)++] = (struct hint){ v->keys, NULL, v->brief, v->help, v->line, v->rank };
	}
	for (const struct key *k = keys; k->code != 0; k++)
		if (k->hint.keys != NULL)
			hints[(*n)++] = k->hint;
	for (const struct prompt_command *l = prompt_commands; l->name != NULL; l++)
		hints[(*n)++] = (struct hint){ l->usage, NULL, NULL, l->help, 0, 0 };
	return hints;
}
