/* escape.c - how a quote stands in a cell: doubled, or behind a backslash. */
#include <string.h>

#include "data/dialect/dialect_parts.h"

/* Is this the end of a cell? */
static bool
ends(const struct finding *finding, const char *s)
{
	const char *end = finding->text + finding->len;

	return s >= end || *s == finding->dialect->delimiter || *s == '\n' || *s == '\r';
}

/* Does the quote at p open a cell, blanks before it aside? */
static bool
opens(const struct finding *finding, const char *p)
{
	while (p > finding->text && p[-1] == ' ' && finding->dialect->delimiter != ' ')
		p--;
	return p == finding->text || ends(finding, p - 1);
}

/* Where more quotes stand in cells as they are, nothing escapes them. */
void
find_escape(struct finding *finding)
{
	const char *s = finding->text, *end = s + finding->len;
	char quote = finding->dialect->quote;
	int back = 0, doubled = 0, bare = 0;

	for (const char *p = s + 1; p < end && (p = memchr(p, quote, (size_t)(end - p))) != NULL;
	     p++) {
		if (p[-1] == '\\' && !ends(finding, p + 1)) {
			back++;
		} else if (p + 1 < end && p[1] == quote) {
			doubled += !ends(finding, p - 1) && !ends(finding, p + 2);
			p++;
		} else {
			bare += !opens(finding, p) && !ends(finding, p + 1);
		}
	}
	if (back > doubled && back > bare)
		finding->dialect->escape = '\\';
}
