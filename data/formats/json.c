/* json.c - an array of objects, or objects one after the other, on any number of lines.
 *
 * Only the object under way is held, never the whole: an object is read as soon as it is there. One
 * that is broken is dropped at the place where it is wrong. What follows is found by its braces, or
 * by a line that begins with a brace and stands no further in than the broken object's own: so a
 * bracket or a quote that is missing costs an object or two, not the rest. */
#include <ctype.h>
#include <string.h>

#include "data/formats/braces.h"
#include "data/formats/json_object.h"

enum {
	NONE_MAX = 4096, /* bytes of what is no object; then the rest of its line is passed over */
	AGAIN_MIN = 256, /* bytes of an object that may be known to be broken before its end */
	SHOWN = 16       /* bytes to show from where it is wrong, if its line has as many */
};

static const size_t MORE = SIZE_MAX; /* bytes are needed */

enum state {
	FIRST,  /* no item before */
	BEHIND, /* an item stands before */
	COMMA,  /* ... and a comma */
	BROKEN, /* in a broken object: what follows is to be found */
	PASSING /* in what is no object: up to the line end */
};

struct json {
	struct text held; /* bytes not yet used up: they begin an object, or are none */
	struct json_object object;
	struct braces braces;  /* over what is held, if that begins an object */
	size_t scanned, again; /* how far, and how many there must be to read it again */
	enum state state;
	bool array;  /* an array is open */
	bool commas; /* objects with commas between them outside of any: told */
	int indent;  /* of the line that the object under way begins; -1: it begins none */
	int column;  /* blanks since the line began; -1: there was more */
};

/* --- places ----------------------------------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\x1e';
}

static void
step_column(struct json *j, char c)
{
	if (c == '\n')
		j->column = 0;
	else if (j->column >= 0)
		j->column = is_blank(c) ? j->column + 1 : -1;
}

static uint64_t
lines_in(const char *s, size_t n)
{
	const char *end = s + n;
	uint64_t lines = 0;

	while (s < end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		lines++;
		s++;
	}
	return lines;
}

/* So many bytes are used up. */
static void
pass(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	const char *line = memrchr(s, '\n', n);

	if (line != NULL)
		f->line += lines_in(s, (size_t)(line + 1 - s));
	if (line != NULL)
		j->column = 0;
	for (line = line != NULL ? line + 1 : s; line < s + n && j->column >= 0; line++)
		step_column(j, *line);
}

/* --- a broken object -------------------------------------------------------------------------- */

/* It is wrong behind its first `right` bytes; n: those that are shown, too. */
static void
drop_object(struct format *f, const char *what, const char *s, size_t right, size_t n)
{
	struct json *j = f->state;
	uint64_t lines = lines_in(s, right);
	const char *line = lines > 0 ? (const char *)memrchr(s, '\n', right) + 1 : s;

	if (lines > 0)
		format_drop_lines(f, what, lines, lines + 1, line, n - (size_t)(line - s));
	else
		format_drop(f, what, s, n);
	j->braces = (struct braces){ 0 };
	for (size_t i = 0; i < right; i++)
		braces_step(&j->braces, s[i]);
	pass(f, s, right);
	j->state = BROKEN;
}

/* An object that is wrong at a place before the end of its n bytes. */
static size_t
take_wrong(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	const char *at = j->object.at, *stop = memchr(at, '\n', n - (size_t)(at - s));
	size_t right = (size_t)(at - s), shown = stop != NULL ? (size_t)(stop - at) : n - right;

	if (stop == NULL && shown < SHOWN && !final)
		return MORE;
	if (shown > SHOWN)
		shown = SHOWN;
	drop_object(f, j->object.wrong, s, right, right + shown);
	return right;
}

/* Passes over the rest of a broken object; returns how many bytes that were. */
static size_t
pass_broken(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	size_t i = 0;

	for (; i < n; i++) {
		bool starts = j->column >= 0 && (j->indent < 0 || j->column <= j->indent);

		if (s[i] == '{' && starts) {
			j->state = FIRST;
			break;
		}
		braces_step(&j->braces, s[i]);
		f->line += s[i] == '\n';
		if (s[i] != ',' || j->column < 0)
			step_column(j, s[i]);
		if (j->braces.depth <= 0) {
			j->state = BEHIND;
			return i + 1;
		}
	}
	return i;
}

/* --- an object -------------------------------------------------------------------------------- */

/* The object that begins at s. Returns how many of the n bytes are used up. */
static size_t
take_object(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t most = n < RECORD_MAX ? n : RECORD_MAX, used;
	const char *end = json_object_read(&j->object, s, most);

	j->indent = j->column;
	if (end == NULL && !j->object.cut)
		return take_wrong(f, s, n, final);
	if (end == NULL) {
		if (most < RECORD_MAX && !final)
			return MORE;
		drop_object(f, most < RECORD_MAX ? j->object.wrong : "over 1 MiB", s, most, most);
		return most;
	}
	used = (size_t)(end - s);
	if (j->array && j->state == BEHIND)
		format_fault(f, "not JSON: a comma is missing before an object", s, used);
	json_object_give(&j->object, f);
	j->state = BEHIND;
	pass(f, s, used);
	return used;
}

/* --- between objects -------------------------------------------------------------------------- */

/* What is no object: to the end of its line, to where an object may begin, or to what ends an item
 * of the array. Returns how many bytes, or MORE. */
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
	return final || most == NONE_MAX ? most : MORE;
}

static size_t
take_none(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t used = none_length(j, s, n, final);

	if (used == MORE)
		return MORE;
	format_drop(f, "not a JSON object", s, used);
	pass(f, s, used);
	j->state = used == NONE_MAX ? PASSING : BEHIND;
	return used;
}

static size_t
pass_line(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	const char *end = memchr(s, '\n', n);

	if (end != NULL)
		j->state = BEHIND;
	return end != NULL ? (size_t)(end - s) : n;
}

static void
take_comma(struct format *f)
{
	struct json *j = f->state;

	if (j->state != BEHIND)
		format_drop(f, "not JSON: a comma too many", NULL, 0);
	else if (!j->array && !j->commas)
		format_drop(f, "not JSON: commas between objects that no array holds", NULL, 0);
	j->commas = j->commas || !j->array;
	j->state = COMMA;
}

static void
take_bracket(struct format *f, char c)
{
	struct json *j = f->state;

	if (j->state == COMMA)
		format_drop(f, "not JSON: a comma too many", NULL, 0);
	j->array = c == '[';
	j->state = c == '[' ? FIRST : BEHIND;
}

static size_t
take_between(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t blanks = 0;

	while (blanks < n && is_blank(s[blanks]))
		blanks++;
	if (blanks > 0) {
		pass(f, s, blanks);
		return blanks;
	}
	if (*s == '{')
		return take_object(f, s, n, final);
	if (*s == ',')
		take_comma(f);
	else if (*s == (j->array ? ']' : '['))
		take_bracket(f, *s);
	else
		return take_none(f, s, n, final);
	pass(f, s, 1);
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

		if (j->state == BROKEN)
			used = pass_broken(f, s + at, n - at);
		else if (j->state == PASSING)
			used = pass_line(f, s + at, n - at);
		else
			used = take_between(f, s + at, n - at, final);
		if (used == MORE)
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

	if (*s != '{')
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
	(void)f;
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

	take_bytes(f, text_get(&j->held), j->held.len, true);
	text_clear(&j->held);
	if (j->array)
		format_drop(f, "not JSON: the array has no end (was the file cut off?)", NULL, 0);
	j->array = false;
	j->state = FIRST;
}

static void
json_close(struct format *f)
{
	struct json *j = f->state;

	text_done(&j->held);
	json_object_done(&j->object);
}

static bool
json_fits(const char *first, size_t n, bool whole)
{
	size_t i = 0;

	(void)whole;
	while (i < n && isspace((unsigned char)first[i]))
		i++;
	if (i == n || first[i] == '{')
		return i < n;
	if (first[i++] != '[')
		return false;
	while (i < n && isspace((unsigned char)first[i]))
		i++;
	return i < n && (first[i] == '{' || first[i] == ']' || first[i] == '[');
}

const struct format_class format_json = {
	.name = "json",
	.help = "JSON: an array of objects, or objects one after the other, on any lines",
	.endings = "json",
	.named = true,
	.size = sizeof(struct json),
	.open = json_open,
	.feed = json_feed,
	.finish = json_finish,
	.close = json_close,
	.fits = json_fits,
};
