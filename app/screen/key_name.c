/* key_name.c - keys by their names. */
#include "app/screen/key_name.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "widgets/draw/runes.h"

static const struct {
	const char *name;
	struct input key;
} named[] = {
	{ "space", { .code = ' ' } },
	{ "Up", { .code = INPUT_UP } },
	{ "Down", { .code = INPUT_DOWN } },
	{ "Left", { .code = INPUT_LEFT } },
	{ "Right", { .code = INPUT_RIGHT } },
	{ "Home", { .code = INPUT_HOME } },
	{ "End", { .code = INPUT_END } },
	{ "PgUp", { .code = INPUT_PAGE_UP } },
	{ "PgDn", { .code = INPUT_PAGE_DOWN } },
	{ "Ins", { .code = INPUT_INSERT } },
	{ "Del", { .code = INPUT_DELETE } },
	{ "Enter", { .code = INPUT_ENTER } },
	{ "Tab", { .code = INPUT_TAB } },
	{ "S-Tab", { .code = INPUT_TAB, .shift = true } },
	{ "Esc", { .code = INPUT_ESCAPE } },
	{ "Backspace", { .code = INPUT_BACKSPACE } },
	{ "click", { .code = INPUT_CLICK } },
	{ "wheel-up", { .code = INPUT_WHEEL_UP } },
	{ "wheel-down", { .code = INPUT_WHEEL_DOWN } },
};

bool
key_read(const char *name, struct input *key)
{
	size_t n = strlen(name);

	*key = (struct input){ 0 };
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strcasecmp(name, named[i].name) == 0) {
			*key = named[i].key;
			return true;
		}
	if (n == 2 && name[0] == '^' && isalpha((unsigned char)name[1])) {
		*key = (struct input){ .code = (uint32_t)tolower((unsigned char)name[1]),
			.ctrl = true };
		return true;
	}
	return n > 0 && rune_read(name, n, &key->code) == n && (n > 1 || key->code < 0x80) &&
	       key->code >= ' ' && key->code != 0x7f;
}

/* Shift makes another character of most keys, and is told of Tab alone. */
bool
key_is(const struct input *a, const struct input *b)
{
	return a->code == b->code && a->ctrl == b->ctrl &&
	       (a->code != INPUT_TAB || a->shift == b->shift);
}
