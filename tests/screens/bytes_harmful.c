/* bytes_harmful.c - what a program may write to a terminal, and what would do harm. */
#include <stdio.h>
#include <string.h>

#include "tests/screens/terminal.h"
#include "widgets/draw/runes.h"

/* The length of an escape that a screen may consist of: moves, erasing, colours, the modes that it
 * sets and the questions that it asks; 0: another. */
static size_t
own_escape(const char *s, size_t n)
{
	static const char *const whole[] = { "\033(B", "\033)0", "\033]11;?\033\\", "\033[c",
		"\033[?2026$p", "\0337", "\0338", "\033=", "\033>", "\033E", "\033M", "\033]R" };
	size_t i = 2;

	for (size_t k = 0; k < sizeof whole / sizeof *whole; k++)
		if (n >= strlen(whole[k]) && memcmp(s, whole[k], strlen(whole[k])) == 0)
			return strlen(whole[k]);
	if (n < 3 || s[1] != '[')
		return 0;
	i += s[2] == '?';
	while (i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == ';'))
		i++;
	if (i == n || !strchr(s[2] == '?' ? "hlc" : "ABCDGHJKLMPSTXdmrhltb@", s[i]))
		return 0;
	return i + 1;
}

const char *
bytes_harmful(const char *s, size_t n)
{
	static char what[64];

	for (size_t i = 0; i < n;) {
		unsigned char byte = (unsigned char)s[i];
		uint32_t rune;
		size_t len =
		    byte == '\033' ? own_escape(s + i, n - i) : rune_read(s + i, n - i, &rune);

		snprintf(what, sizeof what, "byte %zu: %02x %.20s", i, byte,
		    byte == '\033' ? s + i + 1 : "");
		if (len == 0 || (byte < ' ' && !strchr("\033\r\n\b\t\017", byte)) || byte == 0x7f)
			return what;
		if (byte >= 0x80 &&
		    (rune != rune_harmless(rune) || (rune == RUNE_INVALID && len == 1)))
			return what;
		i += len;
	}
	return NULL;
}
