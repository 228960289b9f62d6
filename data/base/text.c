/* text.c - a string that grows. */
#include "data/base/text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/numbers/number.h"

/* Makes room for n more bytes and a NUL. */
static void
make_room(struct text *t, size_t n)
{
	if (t->cap - t->len > n)
		return;
	t->cap = (t->len + n + 1) * 2;
	t->s = memory_grow(t->s, t->cap, 1);
}

void
text_addn(struct text *t, const char *s, size_t n)
{
	make_room(t, n);
	if (n > 0)
		memcpy(t->s + t->len, s, n);
	t->len += n;
	t->s[t->len] = '\0';
}

void
text_add(struct text *t, const char *s)
{
	text_addn(t, s, strlen(s));
}

void
text_addc(struct text *t, char c)
{
	text_addn(t, &c, 1);
}

void
text_addv(struct text *t, const char *format, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	make_room(t, 0);
	n = vsnprintf(t->s + t->len, t->cap - t->len, format, ap);
	if (n > 0 && (size_t)n >= t->cap - t->len) {
		make_room(t, (size_t)n);
		n = vsnprintf(t->s + t->len, t->cap - t->len, format, again);
	}
	if (n > 0)
		t->len += (size_t)n;
	t->s[t->len] = '\0';
	va_end(again);
}

void
text_addf(struct text *t, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	text_addv(t, format, ap);
	va_end(ap);
}

void
text_number(struct text *t, double v)
{
	if (!isfinite(v)) {
		text_addn(t, "null", 4);
		return;
	}
	make_room(t, NUMBER_CHARS);
	t->len += (size_t)number_format(v, t->s + t->len);
	t->s[t->len] = '\0';
}

void
text_count(struct text *t, uint64_t n)
{
	if (n >= 1000) {
		text_count(t, n / 1000);
		text_addf(t, ",%03u", (unsigned)(n % 1000));
	} else {
		text_addf(t, "%u", (unsigned)n);
	}
}

size_t
text_utf8_length(const char *bytes, size_t n)
{
	const unsigned char *s = (const unsigned char *)bytes;
	size_t len = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	unsigned char low = 0x80, high = 0xbf;

	if (len == 0 || len > n || s[0] > 0xf4)
		return 0;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	for (size_t i = 1; i < len; i++) {
		if (s[i] < low || s[i] > high)
			return 0;
		low = 0x80;
		high = 0xbf;
	}
	return len;
}

/* Adds a character that may not stand in a JSON string, or not in a terminal: events are read there
 * too, so DEL and the C1 controls are escaped like C0. */
static void
add_escaped(struct text *t, unsigned char c)
{
	static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (const char *p = letters; *p != '\0'; p += 2)
		if (c == (unsigned char)*p) {
			text_addc(t, '\\');
			text_addc(t, p[1]);
			return;
		}
	text_addf(t, "\\u%04x", c);
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void
size_print(double bytes, char out[SIZE_CHARS])
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	int i = 0;

	for (; bytes >= 999.5 && i < 4; i++)
		bytes /= 1000;
	snprintf(out, SIZE_CHARS, "%.3g %s", bytes, units[i]);
}

void
text_size(struct text *t, uint64_t bytes)
{
	char out[SIZE_CHARS];

	size_print((double)bytes, out);
	text_add(t, out);
}

void
text_json(struct text *t, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0, len;

	text_addc(t, '"');
	while (i < n) {
		size_t from = i;

		while (i < n && is_plain(p[i]))
			i++;
		text_addn(t, s + from, i - from);
		if (i == n)
			break;
		len = text_utf8_length(s + i, n - i);
		if (len == 0)
			text_add(t, "\xef\xbf\xbd");
		else if (len == 1)
			add_escaped(t, p[i]);
		else if (len == 2 && p[i] == 0xc2 && p[i + 1] < 0xa0)
			add_escaped(t, p[i + 1]);
		else
			text_addn(t, s + i, len);
		i += len > 0 ? len : 1;
	}
	text_addc(t, '"');
}

const char *
text_get(const struct text *t)
{
	return t->s != NULL ? t->s : "";
}

void
text_clear(struct text *t)
{
	t->len = 0;
	if (t->s != NULL)
		t->s[0] = '\0';
}

void
text_done(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}
