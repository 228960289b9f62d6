/* notify.c - desktop notifications that a terminal shows: OSC 9 as iTerm2 has it, OSC 777 as rxvt.
 *
 * A terminal that does not know a sequence may print it, or take it for something else (OSC 9 is
 * progress elsewhere), so only those are asked that are known to have it. */
#include "app/screen/notify.h"

#include <stdbool.h>
#include <string.h>

static const struct terminal {
	const char *name; /* TERM or TERM_PROGRAM begins so */
	bool osc9;        /* else OSC 777 */
} terminals[] = {
	{ "iTerm", true },
	{ "WezTerm", true },
	{ "wezterm", true },
	{ "ghostty", true },
	{ "xterm-ghostty", true },
	{ "xterm-kitty", true },
	{ "contour", true },
	{ "foot", false },
	{ "rxvt", false },
};

static const struct terminal *
find(const char *name)
{
	for (size_t i = 0; name != NULL && i < sizeof terminals / sizeof *terminals; i++)
		if (strncmp(name, terminals[i].name, strlen(terminals[i].name)) == 0)
			return &terminals[i];
	return NULL;
}

/* C1 controls in UTF-8 begin with C2 and go on below A0. */
static bool
is_control(const unsigned char *s)
{
	return s[0] < 0x20 || s[0] == 0x7f || (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}

void
notify_sequence(const char *term, const char *program, const char *text, struct text *out)
{
	const struct terminal *t = find(program) != NULL ? find(program) : find(term);

	if (t == NULL)
		return;
	text_add(out, t->osc9 ? "\033]9;" : "\033]777;notify;weir;");
	for (const unsigned char *s = (const unsigned char *)text; *s != '\0'; s++) {
		if (is_control(s))
			s += s[0] == 0xc2;
		else if (*s != ';' || t->osc9)
			text_addc(out, (char)*s);
	}
	text_add(out, "\033\\");
}
