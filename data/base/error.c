/* error.c - error lines, and allocation that cannot fail. */
#include "data/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void (*failure_hook)(void);

/* Error lines go to a terminal and to logs that are read line by line; file names, cells and
 * servers' answers in them may hold anything. */
static void
make_harmless(char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = '?';
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
