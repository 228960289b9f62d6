/* error.c - error lines, and allocation that cannot fail. */
#include "data/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/harmless.h"

static void (*failure_hook)(void);

__attribute__((format(printf, 2, 0))) static int
fill(struct error *err, const char *format, va_list ap)
{
	char text[sizeof err->text]; /* what is told may be of err itself */

	if (err == NULL)
		return -1;
	vsnprintf(text, sizeof text, format, ap);
	*err = (struct error){ .index = -1 };
	memcpy(err->text, text, sizeof text);
	make_harmless(err->text);
	return -1;
}

/* n bytes of s, which may hold anything, go before the text; what has no room is cut at its end. */
static void
put_before(struct error *err, const char *s, size_t n)
{
	size_t len = strlen(err->text), most = sizeof err->text - 1;

	n = n < most ? n : most;
	if (len > most - n)
		len = most - n;
	memmove(err->text + n, err->text, len);
	memcpy(err->text, s, n);
	err->text[n + len] = '\0';
	err->what += (int)n;
	make_harmless(err->text);
}

int
error_set(struct error *err, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fill(err, format, ap);
	va_end(ap);
	return -1;
}

int
error_column(struct error *err, int column, const char *format, ...)
{
	char place[32];
	va_list ap;

	va_start(ap, format);
	fill(err, format, ap);
	va_end(ap);
	if (err == NULL)
		return -1;
	err->column = column;
	put_before(err, place, (size_t)snprintf(place, sizeof place, "column %d: ", column));
	return -1;
}

int
error_file(struct error *err, const char *path, int line, int column, const char *format, ...)
{
	char place[64] = ": ";
	va_list ap;

	va_start(ap, format);
	fill(err, format, ap);
	va_end(ap);
	if (err == NULL)
		return -1;
	err->subject = ERROR_FILE;
	err->line = line;
	err->column = line > 0 ? column : 0;
	if (line > 0)
		snprintf(place, sizeof place, ":%d:%d: ", line, column);
	put_before(err, place, strlen(place));
	put_before(err, path, strlen(path));
	return -1;
}

int
error_at(struct error *err, const char *format, ...)
{
	char where[sizeof err->text];
	va_list ap;

	if (err == NULL)
		return -1;
	va_start(ap, format);
	vsnprintf(where, sizeof where, format, ap);
	va_end(ap);
	put_before(err, ": ", 2);
	put_before(err, where, strlen(where));
	return -1;
}

/* The first byte of a character, not beyond at. */
static size_t
whole_characters(const char *s, size_t at)
{
	while (at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static void
quote_before(struct error *err, const char *quoted, size_t room)
{
	static const char gap[] = " ... ";
	size_t n = strlen(quoted), head = n, tail = n;

	if (n > room) {
		head = whole_characters(quoted, room / 2);
		tail = whole_characters(quoted, n - (room - room / 2) + sizeof gap);
	}
	put_before(err, "': ", 3);
	put_before(err, quoted + tail, n - tail);
	if (n > room)
		put_before(err, gap, sizeof gap - 1);
	put_before(err, quoted, head);
	put_before(err, "'", 1);
}

int
error_subject(struct error *err, enum error_subject subject, int index, const char *quoted)
{
	enum { LEAST = 64 }; /* of the quoted text, however long the rest is */
	static const char *const options[] = {
		[ERROR_NOTHING] = "",
		[ERROR_DERIVED] = "-d: ",
		[ERROR_KPI] = "-k: ",
		[ERROR_RULE] = "-a: ",
		[ERROR_CLEAR] = "-a: clear: ",
		[ERROR_DERIVED_NAME] = "-d: ",
		[ERROR_KPI_NAME] = "-k: ",
		[ERROR_RULE_NAME] = "-a: ",
		[ERROR_SOURCE] = "",
		[ERROR_TIME] = "-t: ",
		[ERROR_TYPES] = "--types: ",
		[ERROR_FORMAT] = "-F: ",
		[ERROR_FOLLOW] = "-f: ",
		[ERROR_SPEED] = "--speed: ",
		[ERROR_BY] = "-b: ",
		[ERROR_START] = "--start: ",
		[ERROR_STOP] = "--stop: ",
		[ERROR_FILE] = "",
	};
	const char *option = options[subject];
	size_t taken, room;

	if (err == NULL)
		return -1;
	taken = strlen(option) + strlen("'': ") + strlen(err->text) + 1;
	room = taken + LEAST < sizeof err->text ? sizeof err->text - taken : LEAST;
	if (quoted != NULL)
		quote_before(err, quoted, room);
	put_before(err, option, strlen(option));
	err->subject = subject;
	err->index = index;
	return -1;
}

const char *
error_what(const struct error *err)
{
	return err->text + err->what;
}

void
errors_add(struct errors *errors, const struct error *err)
{
	for (int i = 0; i < errors->n; i++)
		if (strcmp(errors->all[i].text, err->text) == 0 ||
		    (err->line > 0 && errors->all[i].line == err->line &&
			errors->all[i].column == err->column))
			return;
	errors->all = memory_grow(errors->all, (size_t)errors->n + 1, sizeof *errors->all);
	errors->all[errors->n++] = *err;
}

void
errors_done(struct errors *errors)
{
	free(errors->all);
	*errors = (struct errors){ 0 };
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
