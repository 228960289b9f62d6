/* terminfo.c - what a terminal can do, looked up by its name. */
#include "app/screen/terminfo.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

const char *
terminfo_string(const char *name)
{
	const char *s = tigetstr(name);

	return s && s != (char *)-1 ? s : NULL;
}

void
terminfo_add(char *to, size_t size, const char *name)
{
	const char *s = terminfo_string(name);
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

void
terminfo_forget(void)
{
	if (cur_term)
		del_curterm(cur_term);
}

/* Looks a terminal up; newterm() does so again for itself. */
static bool
find(const char *name)
{
	int status;

	terminfo_forget();
	return setupterm(name, STDOUT_FILENO, &status) == OK;
}

int
terminfo_check(const char *term, struct error *err)
{
	if (!term || !*term)
		return error_set(err, "terminal: TERM is not set (set it, for example "
				      "TERM=xterm-256color, or use --headless)");
	if (!find(term))
		return error_set(err,
		    "terminal: TERM=%s is not known here (set TERM=xterm-256color, "
		    "install ncurses-term, or use --headless)",
		    term);
	if (!terminfo_string("cup") || tigetflag("hc") > 0)
		return error_set(
		    err, "terminal: TERM=%s cannot move its cursor (use --headless)", term);
	return 0;
}

/* Terminals that call themselves "xterm" mostly know the colours of "xterm-256color". */
void
terminfo_name(char *name, size_t size, const char *term, enum color_level level)
{
	snprintf(name, size, "%s", term);
	if (level < COLORS_256 || tigetnum("colors") >= 256)
		return;
	snprintf(name, size, "%s-256color", term);
	if (!find(name))
		snprintf(name, size, "%s", term);
}
