/* colors.c - how many colours the terminal may be sent.
 *
 * --color decides; else NO_COLOR (https://no-color.org: set and not empty), else what the terminal
 * says of itself: COLORTERM for 24 bits, which terminfo seldom tells, and terminfo for the rest. */
#include "app/screen/colors.h"

#include <stddef.h>
#include <string.h>

static enum color_level
level_of(int known)
{
	if (known >= 256)
		return COLORS_256;
	if (known >= 16)
		return COLORS_16;
	return known >= 8 ? COLORS_8 : COLORS_NONE;
}

int
color_level(const struct color_hints *hints, int known, struct error *err)
{
	static const struct {
		const char *option;
		enum color_level level;
	} forced[] = { { "never", COLORS_NONE }, { "16", COLORS_16 }, { "256", COLORS_256 },
		{ "true", COLORS_TRUE } };
	const char *colorterm = hints->colorterm ? hints->colorterm : "";

	if (hints->option && strcmp(hints->option, "auto") != 0) {
		for (size_t i = 0; i < sizeof forced / sizeof *forced; i++)
			if (strcmp(hints->option, forced[i].option) == 0)
				return (int)forced[i].level;
		return error_set(err, "--color: no such choice: %s (auto, never, 16, 256 or true)",
		    hints->option);
	}
	if (hints->no_color && *hints->no_color)
		return COLORS_NONE;
	if (known >= 8 && (strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0))
		return COLORS_TRUE;
	if (hints->term && strstr(hints->term, "-direct"))
		return COLORS_TRUE;
	return (int)level_of(known);
}
