/* look.c - what a cell looks like: empty, a mark for nothing, a number, a time, a word or a text.
 *
 * It is asked of some 10,000 cells for each way of writing that is thought of, so most are told by
 * their first characters. */
#include "data/rows/look.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "data/base/numbers/number.h"

const char *
look_trim(const char *s, size_t *n)
{
	while (*n > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		--*n;
	}
	while (*n > 0 && (s[*n - 1] == ' ' || s[*n - 1] == '\t'))
		--*n;
	return s;
}

/* Letters of any script: bytes beyond ASCII are taken for such. */
static bool
is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80 || c == '_';
}

static bool
is_address(const char *s, size_t n)
{
	const char *at = memchr(s, '@', n);

	if ((n > 7 && strncasecmp(s, "http://", 7) == 0) ||
	    (n > 8 && strncasecmp(s, "https://", 8) == 0) ||
	    (n > 4 && strncasecmp(s, "www.", 4) == 0))
		return memchr(s, ' ', n) == NULL;
	return at != NULL && at > s && memchr(at, '.', (size_t)(s + n - at)) != NULL &&
	       memchr(s, ' ', n) == NULL;
}

/* A name (pump-1, sensor.a) or a few words with nothing but blanks, dashes and points between. With
 * blanks there is a letter: "5 2" is what is left of two numbers. */
static bool
is_word(const char *s, size_t n)
{
	bool letters = false, blanks = false;

	for (size_t i = 0; i < n; i++) {
		letters = letters || is_letter(s[i]);
		blanks = blanks || s[i] == ' ';
		if (is_letter(s[i]) || isdigit((unsigned char)s[i]) || s[i] == '-' || s[i] == ' ')
			continue;
		/* behind the first letter, and behind the day of "1. Mai 2026" */
		if (s[i] != '.' || (!is_letter(s[0]) && (i > 2 || i + 1 >= n || s[i + 1] != ' ')))
			return is_address(s, n);
	}
	return s[0] != '-' && (letters || !blanks);
}

bool
look_is_rule(const char *s, size_t n)
{
	size_t dashes = 0, longest = 0;

	for (size_t i = 0; i < n; i++) {
		if (strchr("-=+|: \t", s[i]) == NULL || s[i] == '\0')
			return false;
		dashes = s[i] == '-' || s[i] == '=' ? dashes + 1 : 0;
		longest = dashes > longest ? dashes : longest;
	}
	return longest > 2; /* "-|-|-" is a row of which nothing is known */
}

enum look
look_of(const char *s, size_t n)
{
	struct number_look number;

	s = look_trim(s, &n);
	if (n == 0)
		return LOOK_EMPTY;
	if (number_missing_mark(s, n))
		return LOOK_MARK;
	if (n > 48)
		return is_address(s, n) || is_word(s, n) ? LOOK_WORD : LOOK_TEXT;
	if (look_at_number(s, n, &number) &&
	    (number.nbefore == 0 || look_is_currency(number.before, number.nbefore)) &&
	    (number.nafter == 0 || look_is_unit(number.after, number.nafter)))
		return LOOK_NUMBER;
	if (look_is_time(s, n))
		return LOOK_TIME;
	return is_word(s, n) ? LOOK_WORD : LOOK_TEXT;
}
