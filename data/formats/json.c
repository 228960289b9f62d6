/* json.c - NDJSON: one flat object a line, by cJSON.
 *
 * Numbers are cells as they are; true and false are 1 and 0, null is missing, strings are their
 * text (so "12.5" is a number where the column is one), and what is nested is text, its JSON.
 * A NUL in a string, which cJSON would end at, becomes its picture, U+2400.
 * JSON's numbers are doubles, so whole ones above 2^53 are rounded: epochs in ns to 256 ns.
 *
 * A line that is no object gives no row, since a row without any value would age every window; it
 * is counted bad, with its line number. NaN and Infinity are no JSON but what Python writes: they
 * are put in quotes and read again, NaN as missing, Infinity as bad. Half of a pair of surrogates,
 * as a cut text ends with, becomes U+FFFD and is told; the row stays. */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/formats/lines.h"

struct ndjson {
	struct lines lines;
	struct text mended, shown, whole;
};

static cJSON *
parse_line(const char *s, size_t n)
{
	const char *rest = NULL;
	cJSON *root = cJSON_ParseWithLengthOpts(s, n, &rest, false);

	while (root != NULL && rest < s + n && isspace((unsigned char)*rest))
		rest++;
	if (root != NULL && (rest < s + n || !cJSON_IsObject(root))) {
		cJSON_Delete(root);
		root = NULL;
	}
	return root;
}

/* The length of NaN, Infinity or -Infinity at the start of s; 0. */
static size_t
word_length(const char *s, size_t n)
{
	static const char *const words[] = { "NaN", "Infinity", "-Infinity" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) <= n && memcmp(s, words[i], strlen(words[i])) == 0)
			return strlen(words[i]);
	return 0;
}

/* The line with such words in quotes; false: it has none. */
static bool
mend_line(struct text *mended, const char *s, size_t n)
{
	bool quoted = false, found = false;
	size_t word;

	text_clear(mended);
	for (size_t i = 0; i<n; i += word> 0 ? word : 1) {
		word = quoted ? 0 : word_length(s + i, n - i);
		if (word > 0) {
			found = true;
			text_addc(mended, '"');
			text_addn(mended, s + i, word);
			text_addc(mended, '"');
			continue;
		}
		if (s[i] == '"')
			quoted = !quoted;
		text_addc(mended, s[i]);
		if (quoted && s[i] == '\\' && i + 1 < n)
			text_addc(mended, s[++i]);
	}
	return found;
}

/* The line with \u2400 where it has \u0000. */
static void
show_nuls(struct text *shown, const char *s, size_t n)
{
	text_clear(shown);
	text_addn(shown, s, n);
	for (size_t i = 0; i + 6 <= n; i++) {
		if (s[i] != '\\')
			continue;
		if (memcmp(s + i, "\\u0000", 6) == 0)
			memcpy(shown->s + i, "\\u2400", 6);
		i++; /* what is escaped begins nothing */
	}
}

/* The four digits of a \\u escape at s; -1: there is none. */
static long
escape_at(const char *s, const char *end)
{
	char digits[5] = { 0 };
	char *rest;
	long code;

	if (end - s < 6 || s[0] != '\\' || s[1] != 'u' || !isxdigit((unsigned char)s[2]))
		return -1;
	memcpy(digits, s + 2, 4);
	code = strtol(digits, &rest, 16);
	return *rest == '\0' ? code : -1;
}

/* The line with \ufffd where half of a pair of surrogates stands alone: it is no character, and
 * cJSON refuses the whole line for it. What stood there, at *half; false: nothing did. */
static bool
mend_surrogates(struct text *mended, const char *s, size_t n, const char **half)
{
	const char *end = s + n;

	*half = NULL;
	text_clear(mended);
	text_addn(mended, s, n);
	for (const char *p = s; p < end; p++) {
		long code = escape_at(p, end), next = code < 0 ? -1 : escape_at(p + 6, end);

		if (*p != '\\')
			continue;
		if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
			p += 11;
		} else if (code >= 0xd800 && code < 0xe000) {
			memcpy(mended->s + (p - s), "\\ufffd", 6);
			*half = *half != NULL ? *half : p;
			p += 5;
		} else {
			p++; /* what is escaped begins nothing */
		}
	}
	return *half != NULL;
}

static void
give_item(struct format *f, const cJSON *item)
{
	struct field field = { .number = NAN };
	char *nested = NULL;

	if (cJSON_IsNumber(item)) {
		field.number = item->valuedouble;
	} else if (cJSON_IsBool(item)) {
		field.number = cJSON_IsTrue(item);
	} else if (cJSON_IsString(item)) {
		field.s = item->valuestring;
	} else if (!cJSON_IsNull(item)) {
		nested = cJSON_PrintUnformatted(item);
		field.s = nested;
	}
	if (field.s != NULL)
		field.n = strlen(field.s);
	f->sink->named(f->sink->self, item->string, strlen(item->string), &field);
	cJSON_free(nested);
}

/* A line that is no object as it stands, mended as far as it can be; *half: see mend_surrogates. */
static cJSON *
parse_mended(struct ndjson *ndjson, const char *s, size_t n, const char **half)
{
	cJSON *root = NULL;

	if (mend_surrogates(&ndjson->whole, s, n, half)) {
		s = text_get(&ndjson->whole);
		root = parse_line(s, n);
	}
	if (root == NULL && mend_line(&ndjson->mended, s, n))
		root = parse_line(text_get(&ndjson->mended), ndjson->mended.len);
	return root;
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	struct ndjson *ndjson = f->state;
	const char *half = NULL;
	cJSON *root;

	if (memmem(s, n, "\\u0000", 6) != NULL) {
		show_nuls(&ndjson->shown, s, n);
		s = text_get(&ndjson->shown);
	}
	root = parse_line(s, n);
	if (root == NULL)
		root = parse_mended(ndjson, s, n, &half);
	if (root == NULL) {
		format_drop(f, "not a JSON object", s, n);
		return;
	}
	if (half != NULL)
		format_fault(f, "half of a character", half, 6);
	for (const cJSON *item = root->child; item != NULL; item = item->next)
		give_item(f, item);
	f->sink->record(f->sink->self);
	cJSON_Delete(root);
}

static void
ndjson_open(struct format *f)
{
	(void)f;
}

static void
ndjson_feed(struct format *f, const char *s, size_t n)
{
	struct ndjson *ndjson = f->state;

	lines_feed(&ndjson->lines, f, s, n, take_line);
}

static void
ndjson_finish(struct format *f)
{
	struct ndjson *ndjson = f->state;

	lines_finish(&ndjson->lines, f, take_line);
}

static void
ndjson_close(struct format *f)
{
	struct ndjson *ndjson = f->state;

	lines_done(&ndjson->lines);
	text_done(&ndjson->mended);
	text_done(&ndjson->shown);
	text_done(&ndjson->whole);
}

static bool
ndjson_fits(const char *first, size_t n, bool whole)
{
	size_t i = 0;

	(void)whole;
	while (i < n && isspace((unsigned char)first[i]))
		i++;
	return i < n && first[i] == '{';
}

const struct format_class format_ndjson = {
	.name = "ndjson",
	.help = "a flat JSON object a line",
	.named = true,
	.size = sizeof(struct ndjson),
	.open = ndjson_open,
	.feed = ndjson_feed,
	.finish = ndjson_finish,
	.close = ndjson_close,
	.fits = ndjson_fits,
};
