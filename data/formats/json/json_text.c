/* json_text.c - a JSON string: where it ends, and its text without escapes.
 *
 * Most strings have no escape and are taken where they stand, eight bytes a step. Two things are
 * mended and not refused: a NUL, which would end a text, becomes its picture, U+2400; and half of a
 * pair of surrogates, as a cut text ends with, becomes U+FFFD, and is told by the format. */
#include <stdint.h>
#include <string.h>

#include "data/formats/json/json_object_parts.h"

static const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);

/* Is a byte of these eight zero? Exact where none is 0x80 or above, which is asked beside it. */
static uint64_t
has_zero(uint64_t v)
{
	return (v - ones) & ~v & tops;
}

const char *
json_plain_end(const char *s, const char *end)
{
	for (; end - s >= 8; s += 8) {
		uint64_t v, found;

		memcpy(&v, s, 8);
		found = (v & tops) | has_zero(v ^ (ones * '"')) | has_zero(v ^ (ones * '\\')) |
			((v - ones * 0x20) & ~v & tops);
		if (found == 0)
			continue;
		/* what is found wrongly, by a borrow, stands above what is found rightly */
		if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
			return s + __builtin_ctzll(found) / 8;
		break;
	}
	while (s < end && (unsigned char)*s >= 0x20 && (unsigned char)*s < 0x80 && *s != '"' &&
	       *s != '\\')
		s++;
	return s;
}

/* Passes over characters beyond ASCII; what is none is passed over too, and remembered. */
static const char *
pass_wide(struct json_object *o, const char *s)
{
	size_t len = text_utf8_length(s, (size_t)(o->end - s));

	if (len == 0 && o->odd == NULL)
		o->odd = s;
	return s + (len > 0 ? len : 1);
}

/* The first byte from s on that is a quote, a backslash or a control character. */
static const char *
string_end(struct json_object *o, const char *s)
{
	for (s = json_plain_end(s, o->end); s < o->end && (unsigned char)*s >= 0x80;
	     s = json_plain_end(s, o->end))
		s = pass_wide(o, s);
	return s;
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9'                 ? c - '0'
	       : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
						    : -1;
}

/* The number of a \uXXXX that stands at s; -1: there is none. */
static long
escape_number(const char *s, const char *end)
{
	long code = 0;

	if (end - s < 6 || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		int digit = hex_digit(s[i]);

		if (digit < 0)
			return -1;
		code = code * 16 + digit;
	}
	return code;
}

/* Is the \\uXXXX at s right as far as it goes? */
static bool
escape_cut(const char *s, const char *end)
{
	if (end - s >= 6)
		return false;
	for (s += 2; s < end; s++)
		if (hex_digit(*s) < 0)
			return false;
	return true;
}

static void
add_character(struct text *text, long code)
{
	char bytes[4];
	size_t n = 0;

	if (code < 0x80) {
		bytes[n++] = (char)code;
	} else if (code < 0x800) {
		bytes[n++] = (char)(0xc0 | code >> 6);
		bytes[n++] = (char)(0x80 | (code & 0x3f));
	} else if (code < 0x10000) {
		bytes[n++] = (char)(0xe0 | code >> 12);
		bytes[n++] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[n++] = (char)(0x80 | (code & 0x3f));
	} else {
		bytes[n++] = (char)(0xf0 | code >> 18);
		bytes[n++] = (char)(0x80 | (code >> 12 & 0x3f));
		bytes[n++] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[n++] = (char)(0x80 | (code & 0x3f));
	}
	text_addn(text, bytes, n);
}

/* The \uXXXX at s, and the other half of a pair behind it. */
static const char *
take_number(struct json_object *o, const char *s)
{
	long code = escape_number(s, o->end), next;

	if (code < 0)
		return escape_cut(s, o->end) ? json_cut(o)
					     : json_wrong(o, "not JSON: no such escape", s);
	if (code >= 0xd800 && code < 0xdc00 && (next = escape_number(s + 6, o->end)) >= 0xdc00 &&
	    next < 0xe000) {
		add_character(&o->built, 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00));
		return s + 12;
	}
	if (code >= 0xd800 && code < 0xe000) {
		o->half = o->half != NULL ? o->half : s;
		code = 0xfffd;
	}
	add_character(&o->built, code == 0 ? 0x2400 : code);
	return s + 6;
}

/* The escape at s. */
static const char *
take_escape(struct json_object *o, const char *s)
{
	static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (o->end - s < 2)
		return json_cut(o);
	if (s[1] == 'u')
		return take_number(o, s);
	letter = memchr(letters, s[1], sizeof letters - 1);
	if (letter == NULL)
		return json_wrong(o, "not JSON: no such escape", s);
	text_addc(&o->built, means[letter - letters]);
	return s + 2;
}

/* A text with escapes, the first of which stands at s; `from` is where it begins. */
static const char *
take_escaped(struct json_object *o, const char *from, const char *s, struct json_slice *slice)
{
	*slice = (struct json_slice){ .at = o->built.len };
	while (s != NULL && s < o->end && *s == '\\') {
		text_addn(&o->built, from, (size_t)(s - from));
		from = s = take_escape(o, s);
		if (s != NULL)
			s = string_end(o, s);
	}
	if (s != NULL) {
		text_addn(&o->built, from, (size_t)(s - from));
		slice->n = o->built.len - slice->at;
	}
	return s;
}

const char *
json_text_read(struct json_object *o, const char *s, struct json_slice *slice)
{
	const char *end = string_end(o, s);

	if (end < o->end && *end == '\\')
		end = take_escaped(o, s, end, slice);
	else
		*slice = (struct json_slice){ .s = s, .n = (size_t)(end - s) };
	if (end == NULL)
		return NULL;
	if (end == o->end)
		return json_cut(o);
	if (*end != '"')
		return json_wrong(o, "not JSON: a control character in a text", end);
	return end + 1;
}
