/* json_broken.c - where one stands among objects, and how it goes on behind one that is broken.
 *
 * What is told of a broken object, or of what is none, is told when what follows was found: so a
 * place from which to go on is never inside of it. */
#include <string.h>

#include "data/formats/json/json_parts.h"

enum { SHOWN = 16 }; /* bytes to show from where it is wrong, if its line has as many */

/* --- places ----------------------------------------------------------------------------------- */

static void
step_column(struct json *j, char c)
{
	if (c == '\n')
		j->column = 0;
	else if (j->column != JSON_COLUMN_NONE)
		j->column = !json_is_blank(c) ? JSON_COLUMN_NONE
					      : j->column + (j->column < JSON_COLUMN_MAX);
}

uint32_t
json_flags(const struct json *j)
{
	return (j->array ? JSON_ARRAY : 0) | (j->commas ? JSON_COMMAS : 0) |
	       (uint32_t)j->state * JSON_STATE | j->column * JSON_COLUMN;
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

void
json_pass(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	const char *line = memrchr(s, '\n', n);

	if (line != NULL) {
		f->at.line += lines_in(s, (size_t)(line + 1 - s));
		j->column = 0;
	}
	for (line = line != NULL ? line + 1 : s; line < s + n && j->column != JSON_COLUMN_NONE;
	     line++)
		step_column(j, *line);
	f->at.offset += n;
	f->at.flags = json_flags(j);
}

void
json_drop(struct format *f, const char *what)
{
	f->sink->after = f->at;
	format_drop(f, what, NULL, 0);
}

/* --- what is broken --------------------------------------------------------------------------- */

void
json_broken_begin(struct format *f, const char *what, const char *s, size_t n)
{
	struct json *j = f->state;

	j->wrong = what;
	j->from = f->at;
	j->lines = 0;
	j->nshown = n < FAULT_TEXT ? n : FAULT_TEXT;
	memcpy(j->shown, s, j->nshown);
}

void
json_broken_end(struct format *f, enum json_state state)
{
	struct json *j = f->state;
	const char *what = j->wrong;

	j->wrong = NULL;
	j->state = state;
	f->at.flags = json_flags(j);
	f->sink->after = f->at;
	f->at = j->from;
	if (j->lines > 0)
		format_drop_lines(f, what, j->lines, j->lines + 1, j->shown, j->nshown);
	else
		format_drop(f, what, j->shown, j->nshown);
	f->at = f->sink->after;
}

void
json_broken_object(struct format *f, const char *what, const char *s, size_t right, size_t n)
{
	struct json *j = f->state;
	uint64_t lines = lines_in(s, right);
	const char *line = lines > 0 ? (const char *)memrchr(s, '\n', right) + 1 : s;

	json_broken_begin(f, what, line, n - (size_t)(line - s));
	j->lines = lines;
	j->braces = (struct braces){ 0 };
	for (size_t i = 0; i < right; i++)
		braces_step(&j->braces, s[i]);
	json_pass(f, s, right);
	j->state = JSON_BROKEN;
}

size_t
json_broken_take(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	const char *at = j->object.at, *stop = memchr(at, '\n', n - (size_t)(at - s));
	size_t right = (size_t)(at - s), shown = stop != NULL ? (size_t)(stop - at) : n - right;

	if (stop == NULL && shown < SHOWN && !final)
		return JSON_MORE;
	if (shown > SHOWN)
		shown = SHOWN;
	json_broken_object(f, j->object.wrong, s, right, right + shown);
	return right;
}

size_t
json_broken_pass(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;

	for (size_t i = 0; i < n; i++) {
		bool starts = j->column != JSON_COLUMN_NONE && j->column <= j->indent;

		if (s[i] == '{' && starts) {
			json_broken_end(f, JSON_FIRST);
			return i;
		}
		braces_step(&j->braces, s[i]);
		f->at.offset++;
		f->at.line += s[i] == '\n';
		if (s[i] != ',' || j->column == JSON_COLUMN_NONE)
			step_column(j, s[i]);
		if (j->braces.depth <= 0) {
			json_broken_end(f, JSON_BEHIND);
			return i + 1;
		}
	}
	return n;
}
