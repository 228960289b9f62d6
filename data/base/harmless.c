/* harmless.c - bytes that a terminal might obey. See harmless.h. */
#include "data/base/harmless.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the UTF-8 character at s that a terminal prints as itself; 0: a byte that it might obey,
 * or that is no UTF-8. Control characters of both sets, and those that hide or turn text around,
 * are U+0080-9F, U+061C, U+200B-F, U+2028-E, U+2060-9, U+FEFF. */
static size_t
harmless(const unsigned char *s)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	unsigned rune = n == 1 ? s[0] : s[0] & (0xffU >> (n + 1));

	if ((s[0] >= 0x80 && s[0] < 0xc2) || s[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		rune = rune << 6 | (s[i] & 0x3f);
	}
	if (rune < 0x20 || (rune >= 0x7f && rune < 0xa0) || rune == 0x61c || rune == 0xfeff ||
	    (rune >= 0x200b && rune <= 0x200f) || (rune >= 0x2028 && rune <= 0x202e) ||
	    (rune >= 0x2060 && rune <= 0x2069))
		return 0;
	return n;
}

static void
mend(char *text, bool lines)
{
	unsigned char *s = (unsigned char *)text;

	while (*s != '\0') {
		size_t n = lines && *s == '\n' ? 1 : harmless(s);

		if (n == 0)
			*s = '?';
		s += n > 0 ? n : 1;
	}
}

void
make_harmless(char *text)
{
	mend(text, false);
}

void
make_lines_harmless(char *text)
{
	mend(text, true);
}
