/* screen_terminal.c - what terminfo tells of a terminal: whether it can be drawn on, its escapes,
 * and what of them saves bytes. */
#include "app/screen/screen_terminal.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

const char *
terminal_string(const char *name)
{
	const char *s = tigetstr(name);

	return s && s != (char *)-1 ? s : NULL;
}

void
terminal_add_string(char *to, size_t size, const char *name)
{
	const char *s = terminal_string(name);
	size_t len = strlen(to);

	while (s && *s && len + 1 < size) {
		const char *delay = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;

		if (delay)
			s = delay + 1;
		else
			to[len++] = *s++;
	}
	to[len] = '\0';
}

/* Looks a terminal up; newterm() does so again for itself. */
static bool
terminal_find(const char *name)
{
	int status;

	if (cur_term)
		del_curterm(cur_term);
	return setupterm(name, STDOUT_FILENO, &status) == OK;
}

int
terminal_check(const char *term, struct error *err)
{
	if (!term || !*term)
		return error_set(err, "terminal: TERM is not set (set it, for example "
				      "TERM=xterm-256color, or use --headless)");
	if (!terminal_find(term))
		return error_set(err,
		    "terminal: TERM=%s is not known here (set TERM=xterm-256color, "
		    "install ncurses-term, or use --headless)",
		    term);
	if (!terminal_string("cup") || tigetflag("hc") > 0)
		return error_set(
		    err, "terminal: TERM=%s cannot move its cursor (use --headless)", term);
	return 0;
}

void
terminal_name(char *name, size_t size, const char *term, enum color_level level)
{
	snprintf(name, size, "%s", term);
	if (level < COLORS_256 || tigetnum("colors") >= 256)
		return;
	snprintf(name, size, "%s-256color", term);
	if (!terminal_find(name))
		snprintf(name, size, "%s", term);
}

bool
terminal_knows_columns(void)
{
	const char *to_column = terminal_string("hpa");

	return to_column && strcmp(to_column, "\033[%i%p1%dG") == 0 && tigetflag("xenl") > 0;
}

bool
terminal_knows_own_colors(void)
{
	const char *own = terminal_string("op");

	return own && strcmp(own, "\033[39;49m") == 0;
}

bool
terminal_knows_shifts(void)
{
	const char *cut = terminal_string("dch"), *insert = terminal_string("ich");
	const char *home = terminal_string("home");

	return cut && insert && home && strcmp(cut, "\033[%p1%dP") == 0 &&
	       strcmp(insert, "\033[%p1%d@") == 0 && strcmp(home, "\033[H") == 0;
}
