/* json.c - an array of objects, or objects one after the other, on any number of lines.
 *
 * Only the object under way is held, never the whole: an object is read as soon as it is there. One
 * that is broken is left at the place where it is wrong. What follows is found by its braces, or
 * by a line that begins with a brace and stands no further in than the broken object's own: so a
 * bracket or a quote that is missing costs an object or two, not the rest.
 *
 * Where the array stands in an object (dialect.wrapped), what is around it is passed over. Where
 * rows are arrays (JSON_GRID), their cells have no names. */
#include <ctype.h>
#include <string.h>

#include "data/formats/json/json_grid.h"
#include "data/formats/json/json_parts.h"

enum {
	NONE_MAX = 4096, /* bytes of what is no object; then the rest of its line is passed over */
	AGAIN_MIN = 256  /* bytes of an object that may be known to be broken before its end */
};

/* --- an object -------------------------------------------------------------------------------- */

/* Gives the object that was read from n bytes. */
static void
give_object(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	bool comma = !j->array || j->state != JSON_BEHIND;
	struct position from = f->at, behind;

	j->state = JSON_BEHIND;
	json_pass(f, s, n);
	f->sink->after = behind = f->at;
	f->at = from; /* its faults are told where it begins */
	if (!comma)
		format_fault(f, "not JSON: a comma is missing before an object", s, n);
	if (f->dialect->shape == JSON_COLUMNS && json_columns_read(&j->columns, s, s + n) > 0)
		json_columns_give(&j->columns, &j->object, f, &behind, j->array);
	else if (*s == '{' || !json_grid_name(&j->object, f->dialect->titles))
		json_object_give(&j->object, f);
	f->at = behind;
}

/* The object that begins at s. Returns how many of the n bytes are used up. */
static size_t
take_object(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t most = n < RECORD_MAX ? n : RECORD_MAX;
	const char *end = *s == '{' ? json_object_read(&j->object, s, most)
				    : json_array_read(&j->object, s, most);

	j->indent = j->column;
	if (end == NULL && !j->object.cut)
		return json_broken_take(f, s, n, final);
	if (end == NULL && most < RECORD_MAX && !final)
		return JSON_MORE;
	if (end == NULL) {
		json_broken_object(
		    f, most < RECORD_MAX ? j->object.wrong : "over 1 MiB", s, most, most);
		return most;
	}
	give_object(f, s, (size_t)(end - s));
	return (size_t)(end - s);
}

/* --- between objects -------------------------------------------------------------------------- */

/* What is no object: to the end of its line, to where an object may begin, or to what ends an item
 * of the array. Returns how many bytes, or JSON_MORE. */
static size_t
none_length(const struct json *j, const char *s, size_t n, bool final)
{
	struct braces braces = { 0 };
	size_t most = n < NONE_MAX ? n : NONE_MAX;

	for (size_t i = 0; i < most; i++) {
		if (s[i] == '\n')
			return i;
		if (i > 0 && braces.depth <= 0 && !braces.quoted &&
		    (s[i] == '{' || (j->array && (s[i] == ',' || s[i] == ']'))))
			return i;
		braces_step(&braces, s[i]);
	}
	return final || most == NONE_MAX ? most : JSON_MORE;
}

static size_t
take_none(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t used = none_length(j, s, n, final);

	if (used == JSON_MORE)
		return JSON_MORE;
	json_broken_begin(f, "not a JSON object", s, used);
	json_pass(f, s, used);
	if (used == NONE_MAX)
		j->state = JSON_PASSING;
	else
		json_broken_end(f, JSON_BEHIND);
	return used;
}

/* The rest of the line of what is no object. */
static size_t
pass_line(struct format *f, const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);

	if (end != NULL)
		n = (size_t)(end - s);
	json_pass(f, s, n);
	if (end != NULL)
		json_broken_end(f, JSON_BEHIND);
	return n;
}

static void
take_comma(struct format *f, const char *s)
{
	struct json *j = f->state;
	const char *what = j->state != JSON_BEHIND ? "not JSON: a comma too many"
			   : !j->array && !j->commas
			       ? "not JSON: commas between objects that no array holds"
			       : NULL;

	j->commas = j->commas || (!j->array && j->state == JSON_BEHIND);
	j->state = JSON_COMMA;
	json_pass(f, s, 1);
	if (what != NULL)
		json_drop(f, what);
}

static void
take_bracket(struct format *f, const char *s)
{
	struct json *j = f->state;
	bool comma = j->state == JSON_COMMA;

	if (*s == ']' && j->wrapped > 0) {
		json_begin_tail(f, s);
		return;
	}
	j->array = *s == '[';
	j->state = j->array ? JSON_FIRST : JSON_BEHIND;
	json_pass(f, s, 1);
	if (comma)
		json_drop(f, "not JSON: a comma too many");
}

/* Does an array at s hold rows, and is none itself? *known: where n bytes do not tell it, false. */
static bool
holds_rows(const struct json *j, const char *s, size_t n, bool *known)
{
	size_t i = 1;

	*known = true;
	if (j->array)
		return false;
	while (i < n && json_is_blank(s[i]))
		i++;
	*known = i < n;
	return i == n || strchr("{[]", s[i]) != NULL;
}

static size_t
take_between(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t blanks = 0;
	bool known, holds;

	while (blanks < n && json_is_blank(s[blanks]))
		blanks++;
	if (blanks > 0) {
		json_pass(f, s, blanks);
		return blanks;
	}
	if (*s == '[' && f->dialect->shape == JSON_GRID) {
		holds = holds_rows(j, s, n, &known);
		if (!known && !final)
			return JSON_MORE;
		if (!holds)
			return take_object(f, s, n, final);
	}
	if (*s == '{')
		return take_object(f, s, n, final);
	if (*s != ',' && *s != (j->array ? ']' : '['))
		return take_none(f, s, n, final);
	if (*s == ',')
		take_comma(f, s);
	else
		take_bracket(f, s);
	return 1;
}

/* --- bytes ------------------------------------------------------------------------------------ */

/* Uses up what it can; returns how many bytes. */
static size_t
take_bytes(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t at = 0;

	while (at < n) {
		size_t used;

		if (j->before)
			used = json_take_before(f, s + at, n - at, final);
		else if (j->tail)
			used = json_take_tail(f, s + at, n - at);
		else if (j->state == JSON_BROKEN)
			used = json_broken_pass(f, s + at, n - at);
		else if (j->state == JSON_PASSING)
			used = pass_line(f, s + at, n - at);
		else
			used = take_between(f, s + at, n - at, final);
		if (used == JSON_MORE)
			break;
		at += used;
	}
	return at;
}

/* What is held was not used up; an object's braces tell when it is worth reading again. */
static void
begin_hold(struct json *j)
{
	j->braces = (struct braces){ 0 };
	j->scanned = 0;
	j->again = 2 * j->held.len > AGAIN_MIN ? 2 * j->held.len : AGAIN_MIN;
}

/* Are there bytes enough in what is held to go on? An object that is broken may never end by its
 * braces: so it is also looked at each time that there is twice as much of it. */
static bool
worth_reading(struct json *j)
{
	const char *s = text_get(&j->held);

	if (*s != '{' || j->before)
		return true;
	for (; j->scanned < j->held.len; j->scanned++) {
		braces_step(&j->braces, s[j->scanned]);
		if (j->braces.depth <= 0 || j->braces.torn)
			return true;
	}
	return j->held.len >= j->again || j->held.len >= RECORD_MAX;
}

static void
json_open(struct format *f)
{
	struct json *j = f->state;
	uint32_t flags = f->at.flags;

	j->array = flags & JSON_ARRAY;
	j->commas = flags & JSON_COMMAS;
	j->state = flags / JSON_STATE % 4 <= JSON_COMMA ? (enum json_state)(flags / JSON_STATE % 4)
							: JSON_FIRST;
	j->before = f->dialect->wrapped > 0 && !j->array && j->state == JSON_FIRST;
	j->wrapped = j->array ? f->dialect->wrapped : 0;
	j->column =
	    flags / JSON_COLUMN <= JSON_COLUMN_NONE ? flags / JSON_COLUMN : JSON_COLUMN_NONE;
}

static void
json_feed(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	struct text *held = &j->held;
	size_t used;

	if (held->len == 0) {
		used = take_bytes(f, s, n, false);
		text_addn(held, s + used, n - used);
	} else {
		text_addn(held, s, n);
		if (!worth_reading(j))
			return;
		used = take_bytes(f, held->s, held->len, false);
		held->len -= used;
		memmove(held->s, held->s + used, held->len);
	}
	if (held->len > 0)
		begin_hold(j);
}

static void
json_finish(struct format *f)
{
	struct json *j = f->state;
	bool array;

	take_bytes(f, text_get(&j->held), j->held.len, true);
	text_clear(&j->held);
	if (j->wrong != NULL)
		json_broken_end(f, JSON_FIRST);
	array = j->array && !j->tail;
	j->array = j->tail = false;
	j->wrapped = 0;
	j->state = JSON_FIRST;
	f->at.flags = json_flags(j);
	if (array)
		json_drop(f, "not JSON: the array has no end (was the file cut off?)");
}

static void
json_close(struct format *f)
{
	struct json *j = f->state;

	text_done(&j->held);
	json_object_done(&j->object);
	json_columns_done(&j->columns);
}

static bool
json_fits(const char *first, size_t n, bool whole)
{
	size_t i = 0, k;

	(void)whole;
	while (i < n && isspace((unsigned char)first[i]))
		i++;
	if (i == n || first[i] == '{')
		return i < n;
	if (first[i] != '[')
		return false;
	for (k = i + 1; k < n && isspace((unsigned char)first[k]);)
		k++;
	return k < n && (strchr("{[]", first[k]) != NULL || json_grid_fits(first, n));
}

const struct format_class format_json = {
	.name = "json",
	.help =
	    "JSON: an array of objects or of arrays, or objects one after the other, on any lines",
	.endings = "json",
	.named = true,
	.size = sizeof(struct json),
	.open = json_open,
	.feed = json_feed,
	.finish = json_finish,
	.close = json_close,
	.fits = json_fits,
};
