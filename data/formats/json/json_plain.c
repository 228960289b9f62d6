/* json_plain.c - what is no object and no array: numbers, words, texts; and what is said of what is
 * wrong. */
#include <string.h>

#include "data/formats/json/json_object_parts.h"

const char *
json_wrong(struct json_object *o, const char *why, const char *at)
{
	o->wrong = why;
	o->at = at;
	return NULL;
}

const char *
json_cut(struct json_object *o)
{
	o->cut = true;
	return json_wrong(o, "not JSON: cut off", o->end);
}

static bool
is_digit(const struct json_object *o, const char *s)
{
	return s < o->end && *s >= '0' && *s <= '9';
}

static const char *
pass_digits(const struct json_object *o, const char *s)
{
	while (is_digit(o, s))
		s++;
	return s;
}

const char *
json_missing(struct json_object *o, const char *why, const char *from, const char *s)
{
	return s < o->end ? json_wrong(o, why, from) : json_cut(o);
}

/* RFC 8259, section 6: no plus, no leading zeros, digits on both sides of the point. */
static const char *
read_number(struct json_object *o, const char *s, struct json_slice *value)
{
	static const char why[] = "not JSON: no such number";
	const char *from = s;

	s += *s == '-';
	if (!is_digit(o, s))
		return json_missing(o, why, from, s);
	if (*s == '0' && is_digit(o, s + 1))
		return json_wrong(o, why, from);
	s = pass_digits(o, s);
	if (s < o->end && *s == '.') {
		if (!is_digit(o, ++s))
			return json_missing(o, why, from, s);
		s = pass_digits(o, s);
	}
	if (s < o->end && (*s == 'e' || *s == 'E')) {
		s++;
		s += s < o->end && (*s == '+' || *s == '-');
		if (!is_digit(o, s))
			return json_missing(o, why, from, s);
		s = pass_digits(o, s);
	}
	*value = (struct json_slice){ .s = from, .n = (size_t)(s - from) };
	return s;
}

/* true, false, null; Python's words where they may stand. */
static const char *
read_word(struct json_object *o, const char *s, bool outermost, struct json_slice *value)
{
	static const struct {
		const char *word, *text;
		bool python;
	} words[] = {
		{ "true", "1", false },
		{ "false", "0", false },
		{ "null", "", false },
		{ "NaN", "NaN", true },
		{ "Infinity", "Infinity", true },
		{ "-Infinity", "-Infinity", true },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].word), left = (size_t)(o->end - s);

		if ((words[i].python && !outermost) ||
		    memcmp(s, words[i].word, n < left ? n : left) != 0)
			continue;
		if (left < n)
			return json_cut(o);
		*value = (struct json_slice){ .s = words[i].text, .n = strlen(words[i].text) };
		return s + n;
	}
	return json_wrong(o, "not JSON: no such value", s);
}

const char *
json_plain_read(struct json_object *o, const char *s, bool outermost, struct json_slice *value)
{
	if (*s == '"')
		return json_text_read(o, s + 1, value);
	if (*s == '-' && o->end - s > 1 && s[1] == 'I')
		return read_word(o, s, outermost, value);
	if (*s == '-' || is_digit(o, s))
		return read_number(o, s, value);
	return read_word(o, s, outermost, value);
}

const char *
json_simple_read(struct json_object *o, const char *s, const struct json_slice *key)
{
	const char *from = s, *end = o->end;
	size_t n;

	if (o->n == o->cap || key->s == NULL || s == end)
		return NULL;
	if (*s == '"') {
		s = json_plain_end(++from, end);
		n = (size_t)(s - from);
		if (s == end || *s++ != '"')
			return NULL;
	} else {
		s += *s == '-';
		if (!is_digit(o, s) || (*s == '0' && is_digit(o, s + 1)))
			return NULL;
		s = pass_digits(o, s);
		if (s < end && *s == '.')
			s = pass_digits(o, s + 1);
		if (s[-1] == '.')
			return NULL;
		n = (size_t)(s - from);
	}
	if (s == end || (*s != ',' && *s != '}'))
		return NULL;
	o->keys[o->n].s = key->s;
	o->keys[o->n].n = key->n;
	o->values[o->n].s = from;
	o->values[o->n++].n = n;
	return s;
}
