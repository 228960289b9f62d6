/* textbook.c - the arithmetic that operators tell, in the signs of a textbook.
 *
 * Operators write ASCII, which every terminal has; the signs are put in here alone, where a screen
 * has them. */
#include "widgets/explain/textbook.h"

#include <ctype.h>
#include <string.h>

#include "widgets/draw/canvas.h"

struct sign {
	const char *plain, *set;
	bool alone;  /* between blanks, or at an end */
	bool before; /* stands before a digit, and behind no part of a number or a name */
};

static const struct sign signs[] = {
	{ "<-", "←", true, false },
	{ "->", "→", true, false },
	{ "<=", "≤", true, false },
	{ ">=", "≥", true, false },
	{ "!=", "≠", true, false },
	{ "+-", "±", true, false },
	{ "*", "×", true, false },
	{ "-", "−", true, false },
	{ "...", "…", false, false },
	{ "^2", "²", false, false },
	{ "sqrt(", "√(", false, false },
	{ "sum of ", "Σ ", false, false },
	{ "-", "−", false, true },
};
enum { SIGNS = sizeof signs / sizeof *signs };

static bool
is_part(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || ((unsigned char)c & 0x80) != 0;
}

/* Does the sign stand at place i of n bytes? */
static bool
stands(const struct sign *sign, const char *s, size_t i, size_t n)
{
	size_t length = strlen(sign->plain);
	char before = i > 0 ? s[i - 1] : ' ', after = i + length < n ? s[i + length] : ' ';

	if (n - i < length || memcmp(s + i, sign->plain, length) != 0)
		return false;
	if (sign->alone)
		return before == ' ' && after == ' ';
	if (sign->before)
		return !is_part(before) && before != '-' && isdigit((unsigned char)after);
	return true;
}

static void
print_piece(const char *s, size_t n, struct text *out)
{
	bool quoted = false;

	for (size_t i = 0; i < n;) {
		int sign = 0;

		quoted ^= s[i] == '"';
		while (sign < SIGNS && (quoted || !stands(&signs[sign], s, i, n)))
			sign++;
		if (sign == SIGNS) {
			text_addc(out, s[i++]);
			continue;
		}
		text_add(out, signs[sign].set);
		i += strlen(signs[sign].plain);
	}
}

/* The word keeps its cells, so that what it stands for stays in its column. */
static void
print_line(const char *s, size_t n, struct text *out)
{
	size_t word = *s == ' ' && n > TEXTBOOK_X ? TEXTBOOK_X : 0, from = out->len;

	print_piece(s, word, out);
	text_add(out, "");
	for (int cells = text_cells(out->s + from); word > 0 && cells < TEXTBOOK_X; cells++)
		text_addc(out, ' ');
	print_piece(s + word, n - word, out);
}

void
textbook_print(const char *told, bool plain, struct text *out)
{
	const char *end;

	if (plain) {
		text_add(out, told);
		return;
	}
	for (; *told != '\0'; told = *end == '\n' ? end + 1 : end) {
		end = strchrnul(told, '\n');
		print_line(told, (size_t)(end - told), out);
		text_addc(out, '\n');
	}
}
