/* json.c - an array of objects, or objects one after the other, on any number of lines.
 *
 * Only the object under way is held, never the whole: an object is read as soon as it is there. One
 * that is broken is left at the place where it is wrong. What follows is found by its braces, or
 * by a line that begins with a brace and stands no further in than the broken object's own: so a
 * bracket or a quote that is missing costs an object or two, not the rest. */
#include <ctype.h>
#include <string.h>

#include "data/formats/braces.h"
#include "data/formats/json_object.h"
#include "data/rows/block.h"

/* What is to be known behind an item, in the flags of places. */
enum {
	ARRAY = POSITION_OWN,       /* an array is open */
	COMMAS = POSITION_OWN << 1, /* commas between objects that no array holds were told */
	STATE = POSITION_OWN << 2,  /* enum state, up to COMMA */
	COLUMN = POSITION_OWN << 4, /* blanks since the line began */
	COLUMN_MAX = 60000,
	COLUMN_NONE /* there was more than blanks */
};

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
	size_t scanned, again; /* how much of it, and how much there must be to read it again */
	struct braces braces;  /* over that, if it begins an object; or over a broken one */
	enum state state;
	bool array;      /* an array is open */
	bool commas;     /* objects with commas between them outside of any: told */
	uint32_t column; /* blanks since the line began, or COLUMN_NONE */
	uint32_t indent; /* the same, of the object under way */

	/* what is told of a broken object, or of what is none, when what follows was found: so that
	 * a place from which to go on is never inside of it */
	const char *wrong; /* NULL: nothing is broken */
	struct position from;
	uint64_t lines; /* lines of it that are lost; 0: less than its own */
	char shown[FAULT_TEXT];
	size_t nshown;
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
	else if (j->column != COLUMN_NONE)
		j->column = !is_blank(c) ? COLUMN_NONE : j->column + (j->column < COLUMN_MAX);
}

static uint32_t
flags_of(const struct json *j)
{
	return (j->array ? ARRAY : 0) | (j->commas ? COMMAS : 0) | (uint32_t)j->state * STATE |
	       j->column * COLUMN;
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

	if (line != NULL) {
		f->at.line += lines_in(s, (size_t)(line + 1 - s));
		j->column = 0;
	}
	for (line = line != NULL ? line + 1 : s; line < s + n && j->column != COLUMN_NONE; line++)
		step_column(j, *line);
	f->at.offset += n;
	f->at.flags = flags_of(j);
}

static void
drop(struct format *f, const char *what)
{
	f->sink->after = f->at;
	format_drop(f, what, NULL, 0);
}

/* --- what is broken --------------------------------------------------------------------------- */

/* What begins here is to be told, with its first n bytes. */
static void
begin_broken(struct format *f, const char *what, const char *s, size_t n)
{
	struct json *j = f->state;

	j->wrong = what;
	j->from = f->at;
	j->lines = 0;
	j->nshown = n < FAULT_TEXT ? n : FAULT_TEXT;
	memcpy(j->shown, s, j->nshown);
}

/* ... and ends here. */
static void
end_broken(struct format *f, enum state state)
{
	struct json *j = f->state;
	const char *what = j->wrong;

	j->wrong = NULL;
	j->state = state;
	f->at.flags = flags_of(j);
	f->sink->after = f->at;
	f->at = j->from;
	if (j->lines > 0)
		format_drop_lines(f, what, j->lines, j->lines + 1, j->shown, j->nshown);
	else
		format_drop(f, what, j->shown, j->nshown);
	f->at = f->sink->after;
}

/* An object that is wrong behind its first `right` bytes; n: those that are shown, too. */
static void
break_object(struct format *f, const char *what, const char *s, size_t right, size_t n)
{
	struct json *j = f->state;
	uint64_t lines = lines_in(s, right);
	const char *line = lines > 0 ? (const char *)memrchr(s, '\n', right) + 1 : s;

	begin_broken(f, what, line, n - (size_t)(line - s));
	j->lines = lines;
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
	break_object(f, j->object.wrong, s, right, right + shown);
	return right;
}

/* Passes over the rest of a broken object; returns how many bytes that were. */
static size_t
pass_broken(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;

	for (size_t i = 0; i < n; i++) {
		bool starts = j->column != COLUMN_NONE && j->column <= j->indent;

		if (s[i] == '{' && starts) {
			end_broken(f, FIRST);
			return i;
		}
		braces_step(&j->braces, s[i]);
		f->at.offset++;
		f->at.line += s[i] == '\n';
		if (s[i] != ',' || j->column == COLUMN_NONE)
			step_column(j, s[i]);
		if (j->braces.depth <= 0) {
			end_broken(f, BEHIND);
			return i + 1;
		}
	}
	return n;
}

/* --- an object -------------------------------------------------------------------------------- */

/* Gives the object that was read from n bytes. */
static void
give_object(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	bool comma = !j->array || j->state != BEHIND;
	struct position from = f->at;

	j->state = BEHIND;
	pass(f, s, n);
	f->sink->after = f->at;
	f->at = from; /* its faults are told where it begins */
	if (!comma)
		format_fault(f, "not JSON: a comma is missing before an object", s, n);
	json_object_give(&j->object, f);
	f->at = f->sink->after;
}

/* The object that begins at s. Returns how many of the n bytes are used up. */
static size_t
take_object(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	size_t most = n < RECORD_MAX ? n : RECORD_MAX;
	const char *end = json_object_read(&j->object, s, most);

	j->indent = j->column;
	if (end == NULL && !j->object.cut)
		return take_wrong(f, s, n, final);
	if (end == NULL && most < RECORD_MAX && !final)
		return MORE;
	if (end == NULL) {
		break_object(f, most < RECORD_MAX ? j->object.wrong : "over 1 MiB", s, most, most);
		return most;
	}
	give_object(f, s, (size_t)(end - s));
	return (size_t)(end - s);
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
	begin_broken(f, "not a JSON object", s, used);
	pass(f, s, used);
	if (used == NONE_MAX)
		j->state = PASSING;
	else
		end_broken(f, BEHIND);
	return used;
}

/* The rest of the line of what is no object. */
static size_t
pass_line(struct format *f, const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);

	if (end != NULL)
		n = (size_t)(end - s);
	pass(f, s, n);
	if (end != NULL)
		end_broken(f, BEHIND);
	return n;
}

static void
take_comma(struct format *f, const char *s)
{
	struct json *j = f->state;
	const char *what = j->state != BEHIND ? "not JSON: a comma too many"
			   : !j->array && !j->commas
			       ? "not JSON: commas between objects that no array holds"
			       : NULL;

	j->commas = j->commas || (!j->array && j->state == BEHIND);
	j->state = COMMA;
	pass(f, s, 1);
	if (what != NULL)
		drop(f, what);
}

static void
take_bracket(struct format *f, const char *s)
{
	struct json *j = f->state;
	bool comma = j->state == COMMA;

	j->array = *s == '[';
	j->state = j->array ? FIRST : BEHIND;
	pass(f, s, 1);
	if (comma)
		drop(f, "not JSON: a comma too many");
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
	struct json *j = f->state;
	uint32_t flags = f->at.flags;

	j->array = flags & ARRAY;
	j->commas = flags & COMMAS;
	j->state = flags / STATE % 4 <= COMMA ? (enum state)(flags / STATE % 4) : FIRST;
	j->column = flags / COLUMN <= COLUMN_NONE ? flags / COLUMN : COLUMN_NONE;
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
		end_broken(f, FIRST);
	array = j->array;
	j->array = false;
	j->state = FIRST;
	f->at.flags = flags_of(j);
	if (array)
		drop(f, "not JSON: the array has no end (was the file cut off?)");
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
