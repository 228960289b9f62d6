/* json_around.c - the object around the rows' array: up to it, and behind it. */
#include "data/formats/json/json_parts.h"
#include "data/formats/json/json_wrapper.h"

enum { WRAPPER_MAX = 1 << 16 /* bytes of the object around the rows, up to these */ };

/* Up to the array; an object that has none is a row. */
size_t
json_take_before(struct format *f, const char *s, size_t n, bool final)
{
	struct json *j = f->state;
	struct json_wrapper found;
	size_t used = 0;

	char item = f->dialect->shape == JSON_GRID ? '[' : '{';

	if (json_wrapper_find(s, n, item, true, final, &found)) {
		used = (size_t)(found.at - s);
		j->wrapped = found.depth;
		json_pass(f, s, used);
	} else if (!final && n < WRAPPER_MAX) {
		return JSON_MORE;
	}
	j->before = false;
	return used;
}

/* Behind the array, to the end of the outermost object; another one may follow. */
size_t
json_take_tail(struct format *f, const char *s, size_t n)
{
	struct json *j = f->state;
	size_t used = 0;

	while (used < n && j->braces.depth > 0)
		braces_step(&j->braces, s[used++]);
	json_pass(f, s, used);
	if (j->braces.depth > 0)
		return used;
	j->tail = j->array = false;
	j->before = true;
	j->wrapped = 0;
	j->state = JSON_FIRST;
	f->at.flags = json_flags(j);
	return used;
}

void
json_begin_tail(struct format *f, const char *s)
{
	struct json *j = f->state;

	json_pass(f, s, 1);
	j->tail = true;
	j->braces = (struct braces){ .depth = j->wrapped };
}
