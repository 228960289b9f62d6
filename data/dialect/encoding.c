/* encoding.c - which encoding it is, and to UTF-8 by iconv. */
#include "data/dialect/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */

/* --- which ------------------------------------------------------------------------------------ */

static struct encoding
by_mark(const char *s, size_t n)
{
	static const struct {
		const char *mark;
		int len;
		const char *name;
	} marks[] = {
		{ "\xef\xbb\xbf", 3, "UTF-8" },
		{ "\xff\xfe\0\0", 4, "UTF-32LE" }, /* before UTF-16LE, whose mark it begins with */
		{ "\0\0\xfe\xff", 4, "UTF-32BE" },
		{ "\xff\xfe", 2, "UTF-16LE" },
		{ "\xfe\xff", 2, "UTF-16BE" },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= (size_t)marks[i].len &&
		    memcmp(s, marks[i].mark, (size_t)marks[i].len) == 0)
			return (struct encoding){ marks[i].name, marks[i].len };
	return (struct encoding){ NULL, 0 };
}

/* UTF-16 without a mark: most text has NUL in one half of each pair, and none in the other. */
static const char *
by_nuls(const char *s, size_t n)
{
	size_t nuls[2] = { 0, 0 }, pairs = n / 2;

	for (size_t i = 0; i < pairs * 2; i++)
		nuls[i % 2] += s[i] == '\0';
	if (pairs < 2)
		return NULL;
	if (nuls[1] * 2 > pairs && nuls[0] * 50 < pairs)
		return "UTF-16LE";
	if (nuls[0] * 2 > pairs && nuls[1] * 50 < pairs)
		return "UTF-16BE";
	return NULL;
}

/* How long is the valid character at s; 0: there is none; -1: it is valid so far but cut. */
static int
utf8_length(const unsigned char *s, size_t n)
{
	static const struct {
		unsigned char lead, low, high; /* and the bounds of the byte behind it */
		int len;
	} kinds[] = {
		{ 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xa0, 0xbf, 3 },
		{ 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0x80, 0x9f, 3 },
		{ 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0x90, 0xbf, 4 },
		{ 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0x80, 0x8f, 4 },
	};
	size_t k = 0;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2)
		return 0;
	while (k < sizeof kinds / sizeof *kinds && s[0] > kinds[k].lead)
		k++;
	if (k == sizeof kinds / sizeof *kinds)
		return 0;
	for (int i = 1; i < kinds[k].len; i++) {
		if ((size_t)i == n)
			return -1;
		if (s[i] < (i == 1 ? kinds[k].low : 0x80) || s[i] > (i == 1 ? kinds[k].high : 0xbf))
			return 0;
	}
	return kinds[k].len;
}

static bool
is_utf8(const char *s, size_t n, bool whole)
{
	for (size_t i = 0; i < n;) {
		int len = utf8_length((const unsigned char *)s + i, n - i);

		if (len == 0 || (len < 0 && whole))
			return false;
		if (len < 0)
			return true;
		i += (size_t)len;
	}
	return true;
}

/* The names of the encodings that have marks, as people write them: the byte order is told by the
 * mark, and the mark is no text in any case. */
static bool
same_family(const char *told, const char *found)
{
	return strcasecmp(told, found) == 0 ||
	       (strncasecmp(told, "UTF-16", 6) == 0 && strncmp(found, "UTF-16", 6) == 0) ||
	       (strncasecmp(told, "UTF-32", 6) == 0 && strncmp(found, "UTF-32", 6) == 0) ||
	       (strcasecmp(told, "UTF8") == 0 && strcmp(found, "UTF-8") == 0);
}

struct encoding
encoding_find(const char *s, size_t n, bool whole, const char *told)
{
	struct encoding marked = by_mark(s, n);
	const char *wide;

	if (told != NULL) {
		if (marked.name != NULL && same_family(told, marked.name))
			return marked;
		wide = by_nuls(s, n);
		if (wide != NULL && strcasecmp(told, "UTF-16") == 0)
			return (struct encoding){ wide, 0 };
		return (struct encoding){ told, 0 };
	}
	if (marked.name != NULL)
		return marked;
	wide = by_nuls(s, n);
	if (wide != NULL)
		return (struct encoding){ wide, 0 };
	return (struct encoding){ is_utf8(s, n, whole) ? "UTF-8" : "WINDOWS-1252", 0 };
}

bool
encoding_in_doubt(const char *s, size_t n, bool whole, const char *told)
{
	const char *marked = by_mark(s, n).name;

	/* the end of a line alone has a NUL in such a text */
	return told != NULL && n > 0 &&
	       (strncasecmp(told, "UTF-16", 6) == 0 || strncasecmp(told, "UTF-32", 6) == 0) &&
	       (marked == NULL || strcmp(marked, "UTF-8") == 0) && memchr(s, '\0', n) == NULL &&
	       (is_utf8(s, n, whole) || memchr(s, '\n', n) != NULL);
}

/* --- to UTF-8 --------------------------------------------------------------------------------- */

struct recoder {
	iconv_t iconv;
	char held[8]; /* the first bytes of a character that was cut */
	size_t nheld;
	size_t unit; /* bytes to pass over where nothing can be read */
};

struct recoder *
recoder_new(const char *encoding, struct error *err)
{
	struct recoder *recoder;
	iconv_t iconv = iconv_open("UTF-8", encoding);

	if (iconv == (iconv_t)-1) {
		error_set(
		    err, "--encoding: no encoding '%s' (iconv -l lists those there are)", encoding);
		return NULL;
	}
	recoder = memory_zero(1, sizeof *recoder);
	recoder->iconv = iconv;
	recoder->unit = strncasecmp(encoding, "UTF-16", 6) == 0   ? 2
			: strncasecmp(encoding, "UTF-32", 6) == 0 ? 4
								  : 1;
	return recoder;
}

/* Converts as much as can be; what is no character is replaced. Returns the bytes left over, the
 * beginning of one. */
static size_t
convert(struct recoder *recoder, char *s, size_t n, struct text *to)
{
	char out[4096];

	while (n > 0) {
		char *p = out;
		size_t room = sizeof out;
		size_t done = iconv(recoder->iconv, &s, &n, &p, &room);
		int why = errno;

		text_addn(to, out, (size_t)(p - out));
		if (done != (size_t)-1 || why == E2BIG)
			continue;
		if (why == EINVAL)
			return n;
		text_add(to, REPLACEMENT);
		s += n < recoder->unit ? n : recoder->unit;
		n -= n < recoder->unit ? n : recoder->unit;
	}
	return 0;
}

void
recoder_feed(struct recoder *recoder, const char *s, size_t n, struct text *to)
{
	size_t left;

	/* Byte by byte until the character that was cut is whole. */
	while (recoder->nheld > 0 && n > 0) {
		char piece[sizeof recoder->held];

		recoder->held[recoder->nheld++] = *s++;
		n--;
		memcpy(piece, recoder->held, recoder->nheld);
		left = convert(recoder, piece, recoder->nheld, to);
		memmove(recoder->held, recoder->held + recoder->nheld - left, left);
		recoder->nheld = left;
		if (left == sizeof recoder->held) { /* no encoding has so long a character */
			text_add(to, REPLACEMENT);
			recoder->nheld = 0;
		}
	}
	if (n == 0)
		return;
	left = convert(recoder, (char *)(uintptr_t)s, n, to);
	if (left > sizeof recoder->held - 1) {
		text_add(to, REPLACEMENT);
		left = 0;
	}
	memcpy(recoder->held, s + n - left, left);
	recoder->nheld = left;
}

void
recoder_finish(struct recoder *recoder, struct text *to)
{
	if (recoder->nheld > 0)
		text_add(to, REPLACEMENT);
	recoder->nheld = 0;
}

void
recoder_free(struct recoder *recoder)
{
	if (recoder == NULL)
		return;
	iconv_close(recoder->iconv);
	free(recoder);
}
