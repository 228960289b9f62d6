/* json_wrapper.c - rows that stand in an array inside of one object, as services answer:
 * {"status": "ok", "data": [{...}, {...}]}.
 *
 * The array may stand in objects of that object. It is the rows when no other array of objects is
 * there, and when the text is that object alone: of objects one after the other each is a row,
 * whatever arrays it holds. */
#include "data/formats/json/json_wrapper.h"

#include <stdio.h>
#include <string.h>

#include "data/base/text.h"

enum { DEEPEST = 4 };

struct walk {
	const char *s, *end;
	struct json_wrapper *found;
	size_t keys[DEEPEST + 1]; /* bytes of the path up to each open object */
	struct text path;
	int depth;
	char item;   /* how a row begins */
	int arrays;  /* of rows */
	int objects; /* in the first of them, up to 2 */
	int others;  /* members beside it */
};

static void
skip_blanks(struct walk *w)
{
	while (w->s < w->end && strchr(" \t\r\n", *w->s) != NULL && *w->s != '\0')
		w->s++;
}

/* Behind a string, whose quote is at s; to the end when it has none. */
static void
skip_string(struct walk *w)
{
	for (w->s++; w->s < w->end && *w->s != '"'; w->s++)
		if (*w->s == '\\' && w->s + 1 < w->end)
			w->s++;
	if (w->s < w->end)
		w->s++;
}

/* Behind a value. false: it has no end. */
static bool
skip_value(struct walk *w)
{
	int depth = 0;

	do {
		if (*w->s == '"') {
			skip_string(w);
			continue;
		}
		if ((*w->s == ',' || *w->s == '}' || *w->s == ']') && depth == 0)
			return true;
		depth += *w->s == '{' || *w->s == '[';
		depth -= *w->s == '}' || *w->s == ']';
		w->s++;
	} while (w->s < w->end && (depth > 0 || strchr(",}]", w->s[0]) == NULL));
	return w->s < w->end;
}

/* An array at s: is it one of objects, and which of them? false: it has no end. */
static bool
take_array(struct walk *w)
{
	const char *at = w->s++;

	skip_blanks(w);
	if (w->s == w->end || *w->s != w->item) {
		w->s = at;
		w->others++;
		return skip_value(w);
	}
	if (w->arrays++ == 0) {
		w->found->at = at;
		w->found->depth = w->depth;
		snprintf(w->found->path, sizeof w->found->path, "%s", text_get(&w->path));
	}
	while (w->s < w->end && *w->s != ']') {
		if (w->arrays == 1 && *w->s == w->item && w->objects < 2)
			w->objects++;
		if (!skip_value(w))
			return false;
		if (*w->s == '}') /* closes what was never opened */
			return false;
		w->s += *w->s == ',';
		skip_blanks(w);
	}
	return w->s < w->end && *w->s++ == ']';
}

static void
add_key(struct walk *w, const char *s, size_t n)
{
	w->path.len = w->keys[w->depth];
	if (w->path.len > 0)
		text_addc(&w->path, '.');
	text_addn(&w->path, s, n);
}

/* A member, or the end of an object. false: the text ends in it, or is none of that kind. */
static bool
take_member(struct walk *w)
{
	const char *key = w->s;

	if (*w->s == '}') {
		w->depth--;
		w->s++;
		return true;
	}
	if (*w->s == ',') {
		w->s++;
		return true;
	}
	if (*w->s != '"')
		return false;
	skip_string(w);
	if (w->s == w->end)
		return false;
	add_key(w, key + 1, (size_t)(w->s - key - 2));
	skip_blanks(w);
	if (w->s == w->end || *w->s++ != ':')
		return false;
	skip_blanks(w);
	if (w->s == w->end)
		return false;
	if (*w->s == '[')
		return take_array(w);
	if (*w->s == '{' && w->depth < DEEPEST) {
		w->keys[++w->depth] = w->path.len;
		w->s++;
		return true;
	}
	w->others++;
	return skip_value(w);
}

bool
json_wrapper_find(
    const char *s, size_t n, char item, bool first, bool whole, struct json_wrapper *found)
{
	struct walk w = { .s = s, .end = s + n, .found = found, .item = item };
	bool closed, alone;

	*found = (struct json_wrapper){ 0 };
	skip_blanks(&w);
	if (w.s == w.end || *w.s != '{')
		return false;
	w.s++;
	w.depth = 1;
	while (w.depth > 0 && (skip_blanks(&w), w.s < w.end) && (!first || w.arrays == 0))
		if (!take_member(&w))
			break;
	closed = w.depth == 0;
	skip_blanks(&w);
	alone = closed ? whole && w.s == w.end : !whole && w.s == w.end;
	text_done(&w.path);
	if (first)
		return w.arrays > 0;
	return w.arrays == 1 && alone && (w.objects > 1 || (closed && w.others == 0));
}
