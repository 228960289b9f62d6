/* logfmt.c - key=value pairs apart by spaces, as services write their logs.
 *
 * A value may stand in double quotes, with \" \\ \n \t in it; a key alone is "true". A line without
 * any key=value may have key:value pairs, as small boards write them, apart by spaces, commas or
 * tabs: "Temp: 21.5, Hum: 45". Else it gives no row and is counted bad. */
#include <ctype.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/formats/lines.h"

struct logfmt {
	struct lines lines;
	struct text value; /* a quoted value without its escapes */
};

struct pair {
	const char *key;
	size_t nkey;
	const char *value; /* what stands there, with its quotes; NULL: the key alone */
	size_t nvalue;
	bool open; /* a quote that is not closed */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* Where the quoted text that starts at s ends, behind its quote; end: nowhere. */
static const char *
quoted_end(const char *s, const char *end)
{
	for (s++; s < end; s++) {
		if (*s == '\\')
			s++;
		else if (*s == '"')
			return s + 1;
	}
	return end;
}

/* The pair at *at, which moves behind it. false: there is none left. */
static bool
next_pair(const char **at, const char *end, struct pair *pair)
{
	const char *s = *at;

	while (s < end && is_space(*s))
		s++;
	if (s == end)
		return false;
	*pair = (struct pair){ .key = s };
	while (s < end && !is_space(*s) && *s != '=')
		s++;
	pair->nkey = (size_t)(s - pair->key);
	if (s < end && *s == '=') {
		pair->value = ++s;
		if (s < end && *s == '"') {
			s = quoted_end(s, end);
			pair->open = s == pair->value + 1 || s[-1] != '"';
		} else {
			while (s < end && !is_space(*s))
				s++;
		}
		pair->nvalue = (size_t)(s - pair->value);
	}
	*at = s;
	return true;
}

static bool
parts_labels(char c)
{
	return is_space(c) || c == ',' || c == ';';
}

/* The key:value at *at, which moves behind it. false: what stands there, if anything, is none. */
static bool
next_label(const char **at, const char *end, struct pair *pair)
{
	const char *s = *at;

	while (s < end && parts_labels(*s))
		s++;
	*pair = (struct pair){ .key = s };
	*at = s;
	while (s < end && *s != ':' && !parts_labels(*s))
		s++;
	pair->nkey = (size_t)(s - pair->key);
	if (s == end || *s != ':' || pair->nkey == 0)
		return false;
	for (s++; s < end && is_space(*s);)
		s++;
	pair->value = s;
	while (s < end && !parts_labels(*s))
		s++;
	pair->nvalue = (size_t)(s - pair->value);
	if (pair->nvalue > 0)
		*at = s;
	return pair->nvalue > 0;
}

/* Is the line nothing but such pairs? How many; else 0. */
static int
count_labels(const char *s, const char *end, bool numbers)
{
	struct pair pair;
	int n = 0;

	for (; next_label(&s, end, &pair); n++)
		if (numbers &&
		    (!number_plain(pair.value, pair.nvalue) || !isalpha((unsigned char)*pair.key)))
			return 0;
	return s == end ? n : 0;
}

static void
unescape(struct text *text, const char *s, size_t n)
{
	text_clear(text);
	for (size_t i = 0; i < n; i++) {
		if (s[i] != '\\' || i + 1 == n) {
			text_addc(text, s[i]);
			continue;
		}
		i++;
		text_addc(text, s[i] == 'n' ? '\n' : s[i] == 't' ? '\t' : s[i]);
	}
}

static void
give_pair(struct format *f, const struct pair *pair)
{
	struct logfmt *logfmt = f->state;
	struct field field = { .s = pair->value, .n = pair->nvalue };

	if (pair->value == NULL) {
		field = (struct field){ .s = "true", .n = 4 };
	} else if (pair->nvalue > 0 && *pair->value == '"') {
		unescape(&logfmt->value, pair->value + 1, pair->nvalue - (pair->open ? 1 : 2));
		field = (struct field){ .s = text_get(&logfmt->value), .n = logfmt->value.len };
	}
	if (pair->open)
		format_fault(f, "quote left open", pair->value, pair->nvalue);
	f->sink->named(f->sink->self, pair->key, pair->nkey, &field);
}

static void
take_labels(struct format *f, const char *s, const char *end)
{
	struct pair pair;

	while (next_label(&s, end, &pair)) {
		const struct field field = { .s = pair.value, .n = pair.nvalue };

		f->sink->named(f->sink->self, pair.key, pair.nkey, &field);
	}
	f->sink->record(f->sink->self);
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	const char *at = s, *end = s + n;
	struct pair pair;
	bool found = false;

	while (!found && next_pair(&at, end, &pair))
		found = pair.value != NULL && pair.nkey > 0;
	if (!found && count_labels(s, end, false) > 0) {
		take_labels(f, s, end);
		return;
	}
	if (!found) {
		format_drop(f, "no key=value", s, n);
		return;
	}
	at = s;
	while (next_pair(&at, end, &pair))
		if (pair.nkey > 0)
			give_pair(f, &pair);
		else
			format_fault(f, "a value without a key", pair.value - 1, pair.nvalue + 1);
	f->sink->record(f->sink->self);
}

static void
logfmt_open(struct format *f)
{
	(void)f;
}

static void
logfmt_feed(struct format *f, const char *s, size_t n)
{
	struct logfmt *logfmt = f->state;

	lines_feed(&logfmt->lines, f, s, n, take_line);
}

static void
logfmt_finish(struct format *f)
{
	struct logfmt *logfmt = f->state;

	lines_finish(&logfmt->lines, f, take_line);
}

static void
logfmt_close(struct format *f)
{
	struct logfmt *logfmt = f->state;

	lines_done(&logfmt->lines);
	text_done(&logfmt->value);
}

static bool
is_key(const struct pair *pair)
{
	for (size_t i = 0; i < pair->nkey; i++)
		if (strchr(",;|\t\"'{}[]()<>", pair->key[i]) != NULL)
			return false;
	return pair->nkey > 0;
}

/* Are the first lines, two where there are as many, key:value pairs with numbers alone? */
static bool
labels_fit(const char *s, size_t n)
{
	const char *end = s + n;

	for (int i = 0; i < 2 && s < end; i++) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		const char *behind = stop != NULL ? stop : end;

		if (behind > s && behind[-1] == '\r')
			behind--;
		if ((i == 0 || stop != NULL) && count_labels(s, behind, true) == 0)
			return false;
		s = stop != NULL ? stop + 1 : end;
	}
	return n > 0;
}

/* The first line has two pairs or more, or one that has none of the delimiters of csv in it. */
static bool
logfmt_fits(const char *first, size_t n, bool whole)
{
	const char *at = first, *end = memchr(first, '\n', n);
	struct pair pair;
	int pairs = 0;
	bool delimiters = false;

	(void)whole;
	if (n > 0 && *first == '#') /* a comment above something else */
		return false;
	if (labels_fit(first, n))
		return true;
	if (end == NULL)
		end = first + n;
	if (end > first && end[-1] == '\r')
		end--;
	while (next_pair(&at, end, &pair)) {
		if (pair.open || !is_key(&pair))
			return false;
		pairs += pair.value != NULL;
		for (size_t i = 0; i < pair.nvalue && *pair.value != '"'; i++)
			delimiters = delimiters || strchr(",;|", pair.value[i]) != NULL;
	}
	return pairs > 1 || (pairs == 1 && !delimiters);
}

const struct format_class format_logfmt = {
	.name = "logfmt",
	.help = "key=value pairs apart by spaces, or key:value",
	.named = true,
	.size = sizeof(struct logfmt),
	.open = logfmt_open,
	.feed = logfmt_feed,
	.finish = logfmt_finish,
	.close = logfmt_close,
	.fits = logfmt_fits,
};
