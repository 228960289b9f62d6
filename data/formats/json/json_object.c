/* json_object.c - one JSON object, read in one pass, without a tree.
 *
 * A reader of our own: libraries that build a tree make doubles of numbers (an id of 19 digits is
 * another id then) and cost several times what the rest of a row does; and the usual one lets pass
 * what is no JSON (012, 2., raw control characters, trailing commas). It is the twin in the tests.
 *
 * Cells are collected, and given when the object was read to its end: so nothing of a broken one
 * is ever given. Whether an array has only numbers shows when all of it was read: until then its
 * items are cells; if something else comes they are taken back and its text is the cell. */
#include "data/formats/json/json_object_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum {
	NESTED_MAX = 200,          /* objects and arrays in one another */
	BUILT_MAX = 4 * RECORD_MAX /* long keys may stand before many members */
};

/* Where a value goes. */
enum use {
	CELL,  /* it is a cell, or its members are */
	ITEM,  /* of an array of numbers, so far */
	PASSED /* it is only looked at, as part of a text */
};

static const char *
skip_blanks(const struct json_object *o, const char *s)
{
	while (s < o->end && (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t'))
		s++;
	return s;
}

static const char *
slice_get(const struct json_object *o, const struct json_slice *slice)
{
	return slice->s != NULL ? slice->s : text_get(&o->built) + slice->at;
}

/* The whole name of a member: its key behind those of the objects around it. */
static struct json_slice
full_key(struct json_object *o, struct json_slice key)
{
	struct json_slice full = { .at = o->built.len };

	if (o->path.len == 0)
		return key;
	/* The key may stand in what is built, which moves when it grows. */
	size_t path = o->path.len;
	text_addn(&o->path, slice_get(o, &key), key.n);
	text_addn(&o->built, o->path.s, o->path.len);
	o->path.len = path;
	full.n = o->built.len - full.at;
	return full;
}

static const char *
add_cell(struct json_object *o, struct json_slice key, struct json_slice value, const char *next)
{
	if (o->n == o->cap) {
		o->cap = o->cap > 0 ? 2 * o->cap : 32;
		o->keys = memory_grow(o->keys, o->cap, sizeof *o->keys);
		o->values = memory_grow(o->values, o->cap, sizeof *o->values);
		o->built_at = memory_grow(o->built_at, o->cap, sizeof *o->built_at);
	}
	key = full_key(o, key);
	o->some_built = o->some_built || key.s == NULL || value.s == NULL;
	o->built_at[o->n] = (struct json_built){ key.at, value.at };
	o->keys[o->n] = (struct field){ key.s, key.n };
	o->values[o->n++] = (struct field){ value.s, value.n };
	if (o->built.len > BUILT_MAX)
		return json_wrong(o, "names of nested members over 4 MiB", next);
	return next;
}

/* --- arrays and objects ----------------------------------------------------------------------- */

static const char *read_value(
    struct json_object *, const char *s, struct json_slice key, enum use *, int depth);
static const char *read_members(struct json_object *, const char *s, enum use, int depth);

/* What stands between two items: true where there is another; *s moves behind it. */
static bool
next_item(struct json_object *o, const char **s, char close)
{
	const char *at = skip_blanks(o, *s);

	if (at < o->end && *at == close) {
		*s = at + 1;
		return false;
	}
	if (at == o->end)
		*s = json_cut(o);
	else if (*at != ',')
		*s = json_wrong(o, "not JSON: a comma or a bracket is missing", at);
	else
		*s = skip_blanks(o, at + 1);
	return *s != NULL;
}

/* The value of n bytes without blanks between its parts. It is known to be JSON. */
static struct json_slice
without_blanks(struct json_object *o, const char *s, size_t n)
{
	struct json_slice slice = { .at = o->built.len };
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		if (!quoted && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t'))
			continue;
		if (s[i] == '"')
			quoted = !quoted;
		text_addc(&o->built, s[i]);
		if (quoted && s[i] == '\\')
			text_addc(&o->built, s[++i]);
	}
	slice.n = o->built.len - slice.at;
	return slice;
}

/* The items behind the [ at s - 1. *use: ITEM, or PASSED when not all of them are numbers. */
static const char *
read_items(struct json_object *o, const char *s, enum use *use, int depth)
{
	size_t cells = o->n, built = o->built.len;
	bool more = true;

	for (unsigned i = 0; more; i++) {
		char digits[16];
		struct json_slice key = { .at = o->built.len };

		if (*use == ITEM) {
			key.n = (size_t)snprintf(digits, sizeof digits, "%u", i);
			key.s = digits;
		}
		s = read_value(o, s, key, use, depth);
		if (s == NULL)
			return NULL;
		more = next_item(o, &s, ']');
	}
	if (*use == PASSED) {
		o->n = cells;
		o->built.len = built;
	}
	return s;
}

/* The path goes on by one key and its point; returns how long it was. */
static size_t
enter(struct json_object *o, const struct json_slice *key)
{
	size_t path = o->path.len;

	text_addn(&o->path, slice_get(o, key), key->n);
	text_addc(&o->path, '.');
	return path;
}

static const char *
read_array(struct json_object *o, const char *s, struct json_slice key, enum use use, int depth)
{
	enum use items = use == CELL ? ITEM : PASSED;
	const char *from = s, *first = skip_blanks(o, s + 1);
	size_t path = o->path.len;

	if (first < o->end && *first == ']')
		return first + 1;
	if (use == CELL)
		path = enter(o, &key);
	s = read_items(o, first, &items, depth + 1);
	o->path.len = path;
	if (s == NULL || use != CELL || items == ITEM)
		return s;
	return add_cell(o, key, without_blanks(o, from, (size_t)(s - from)), s);
}

static const char *
read_object(struct json_object *o, const char *s, struct json_slice key, enum use use, int depth)
{
	size_t path = o->path.len;

	if (use == CELL)
		path = enter(o, &key);
	s = read_members(o, s + 1, use, depth + 1);
	o->path.len = path;
	return s;
}

/* *use: an ITEM that is no number makes all of the array PASSED. */
static const char *
read_value(struct json_object *o, const char *s, struct json_slice key, enum use *use, int depth)
{
	struct json_slice value;

	if (s == o->end)
		return json_cut(o);
	if (*s == '{' || *s == '[') {
		o->nested = true;
		if (depth == NESTED_MAX)
			return json_wrong(o, "nested too deeply", s);
		if (*use == ITEM)
			*use = PASSED;
		return *s == '{' ? read_object(o, s, key, *use, depth)
				 : read_array(o, s, key, *use, depth);
	}
	if (*use == ITEM && *s == '"')
		*use = PASSED;
	s = json_plain_read(o, s, depth == 1, &value);
	if (s == NULL || *use == PASSED)
		return s;
	return add_cell(o, key, value, s);
}

/* The name of a member and the colon behind it; returns where its value begins. */
static const char *
read_name(struct json_object *o, const char *s, struct json_slice *key)
{
	if (s == o->end || *s != '"')
		return json_missing(o, "not JSON: a name in quotes is missing", s, s);
	s = json_text_read(o, s + 1, key);
	if (s == NULL)
		return NULL;
	s = skip_blanks(o, s);
	if (s == o->end || *s != ':')
		return json_missing(o, "not JSON: a colon is missing", s, s);
	return skip_blanks(o, s + 1);
}

/* Several at a time, of which some may be compared twice. */
static inline bool
same_bytes(const char *a, const char *b, size_t n)
{
	uint64_t differ = 0, x, y;
	uint32_t low, high, low_b, high_b;
	size_t i = 0;

	if (n < 4)
		return memcmp(a, b, n) == 0;
	if (n < 8) {
		memcpy(&low, a, 4);
		memcpy(&low_b, b, 4);
		memcpy(&high, a + n - 4, 4);
		memcpy(&high_b, b + n - 4, 4);
		return ((low ^ low_b) | (high ^ high_b)) == 0;
	}
	for (; i + 8 < n; i += 8) {
		memcpy(&x, a + i, 8);
		memcpy(&y, b + i, 8);
		differ |= x ^ y;
	}
	memcpy(&x, a + n - 8, 8);
	memcpy(&y, b + n - 8, 8);
	return (differ | (x ^ y)) == 0;
}

/* ... of the outermost object, that most likely stands as in the object before. */
static const char *
read_outer_name(struct json_object *o, const char *s, struct json_slice *key)
{
	struct json_lead *lead = o->member < JSON_LEADS ? &o->leads[o->member] : NULL;
	const char *value;

	o->member++;
	if (lead != NULL && lead->n > 0 && (size_t)(o->end - s) > lead->n &&
	    same_bytes(s, lead->text, lead->n)) {
		*key = (struct json_slice){ .s = s + 1, .n = lead->nkey };
		return skip_blanks(o, s + lead->n);
	}
	o->unlike = true;
	value = read_name(o, s, key);
	if (lead != NULL)
		lead->n = 0;
	if (lead == NULL || value == NULL || key->s == NULL || o->odd != NULL ||
	    (size_t)(value - s) > sizeof lead->text)
		return value;
	lead->n = (unsigned char)(value - s);
	lead->nkey = (unsigned char)key->n;
	memcpy(lead->text, s, lead->n);
	return value;
}

/* The members behind the { at s - 1, to behind its }. */
static const char *
read_members(struct json_object *o, const char *s, enum use use, int depth)
{
	bool more = true;

	s = skip_blanks(o, s);
	if (s < o->end && *s == '}')
		return s + 1;
	while (more) {
		struct json_slice key;
		const char *simple;

		s = depth == 1 ? read_outer_name(o, s, &key) : read_name(o, s, &key);
		if (s == NULL)
			return NULL;
		simple = depth == 1 ? json_simple_read(o, s, &key) : NULL;
		if (simple != NULL) { /* a comma or the brace stands behind it */
			more = *simple == ',';
			s = more ? skip_blanks(o, simple + 1) : simple + 1;
			continue;
		}
		s = read_value(o, s, key, &use, depth);
		if (s == NULL)
			return NULL;
		more = next_item(o, &s, '}');
	}
	return s;
}

/* The items behind the [ at s - 1, each a cell: c1, c2 ... */
static const char *
read_row(struct json_object *o, const char *s)
{
	bool more = true;

	o->unlike = true;
	s = skip_blanks(o, s);
	if (s < o->end && *s == ']')
		return s + 1;
	for (unsigned i = 1; more; i++) {
		struct json_slice key = { .at = o->built.len };
		enum use use = CELL;

		text_addf(&o->built, "c%u", i);
		key.n = o->built.len - key.at;
		s = read_value(o, s, key, &use, 1);
		if (s == NULL)
			return NULL;
		more = next_item(o, &s, ']');
	}
	return s;
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
begin(struct json_object *o, const char *end)
{
	o->n = 0;
	o->built.len = o->path.len = o->member = 0;
	o->unlike = o->nested = o->some_built = false;
	o->got_before = o->got;
	o->got = NULL;
	o->half = o->odd = o->wrong = NULL;
	o->cut = false;
	o->end = end;
}

const char *
json_object_read(struct json_object *o, const char *s, size_t n)
{
	begin(o, s + n);
	if (n == 0 || *s != '{')
		return json_wrong(o, "not a JSON object", s);
	return read_members(o, s + 1, CELL, 1);
}

const char *
json_array_read(struct json_object *o, const char *s, size_t n)
{
	begin(o, s + n);
	if (n == 0 || *s != '[')
		return json_wrong(o, "not a JSON array", s);
	return read_row(o, s + 1);
}
