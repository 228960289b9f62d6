/* csv_text.c - cells in quotes, where they need them. See csv_text.h. */
#include "data/base/csv_text.h"

#include <stdbool.h>

#include "data/base/text.h"

/* Blanks at its ends would be cut off by some who read it, '#' would be a comment. */
static bool
needs_quotes(const char *s, size_t n)
{
	if (n == 0)
		return false;
	if (s[0] == ' ' || s[0] == '\t' || s[0] == '#' || s[n - 1] == ' ' || s[n - 1] == '\t')
		return true;
	for (size_t i = 0; i < n; i++)
		if (s[i] == ',' || s[i] == '"' || s[i] == '\n' || s[i] == '\r')
			return true;
	return false;
}

void
csv_text_cell(struct text *t, const char *s, size_t n)
{
	if (!needs_quotes(s, n)) {
		text_addn(t, s, n);
		return;
	}
	text_addc(t, '"');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			text_addc(t, '"');
		text_addc(t, s[i]);
	}
	text_addc(t, '"');
}
