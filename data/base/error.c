/* error.c - error lines, and allocation that cannot fail. */
#include "data/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void (*failure_hook)(void);

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

/* Error lines go to a terminal and to logs that are read line by line; file names, cells and
 * servers' answers in them may hold anything. */
static void
make_harmless(char *text)
{
	unsigned char *s = (unsigned char *)text;

	while (*s != '\0') {
		size_t n = harmless(s);

		if (n == 0)
			*s = '?';
		s += n > 0 ? n : 1;
	}
}

int
error_set(struct error *err, const char *format, ...)
{
	va_list ap;

	if (err == NULL)
		return -1;
	va_start(ap, format);
	vsnprintf(err->text, sizeof err->text, format, ap);
	va_end(ap);
	make_harmless(err->text);
	return -1;
}

int
error_at(struct error *err, const char *format, ...)
{
	char what[sizeof err->text];
	va_list ap;
	size_t n;

	if (err == NULL)
		return -1;
	memcpy(what, err->text, sizeof what);
	va_start(ap, format);
	vsnprintf(err->text, sizeof err->text, format, ap);
	va_end(ap);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof err->text - n, ": %s", what);
	make_harmless(err->text);
	return -1;
}

void
memory_on_failure(void (*hook)(void))
{
	failure_hook = hook;
}

static void *
checked(void *p)
{
	if (p != NULL)
		return p;
	if (failure_hook != NULL)
		failure_hook();
	fputs("weir: out of memory (fewer columns, keys or shorter windows need less)\n", stderr);
	exit(1);
}

void *
memory_new(size_t n, size_t size)
{
	return memory_grow(NULL, n, size);
}

void *
memory_zero(size_t n, size_t size)
{
	return checked(calloc(n > 0 ? n : 1, size));
}

void *
memory_grow(void *p, size_t n, size_t size)
{
	if (n == 0)
		n = 1;
	if (size > 0 && n > SIZE_MAX / size)
		return checked(NULL);
	return checked(realloc(p, n * size));
}

char *
memory_text(const char *s, size_t n)
{
	char *copy = memory_new(n + 1, 1);

	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}
