/* json_grid.c - are the rows arrays, and does the first of them name the columns?
 *
 * Its names are kept as titles of a table are, and so they are known wherever reading goes on. */
#include "data/formats/json/json_grid.h"

#include "data/formats/json/json_parts.h"
#include "data/rows/look.h"

/* Is there an array of several plain values at s, and nothing but `behind` or blanks up to the end
 * of its line? */
static bool
is_row(const char *s, size_t n, const char *behind)
{
	struct json_object o = { 0 };
	const char *end = json_array_read(&o, s, n);
	bool row = end != NULL && o.n > 1 && !o.nested;

	for (; row && end < s + n && *end != '\n'; end++) {
		if (strchr(behind, *end) != NULL && *end != '\0')
			break;
		row = json_is_blank(*end);
	}
	json_object_done(&o);
	return row;
}

static size_t
blanks(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && json_is_blank(s[i]))
		i++;
	return i;
}

bool
json_grid_fits(const char *s, size_t n)
{
	size_t i = blanks(s, n), k;

	if (i == n || s[i] != '[')
		return false;
	k = i + 1 + blanks(s + i + 1, n - i - 1);
	if (k < n && s[k] == '[')
		return is_row(s + k, n - k, ",]");
	return is_row(s + i, n - i, "");
}

/* --- a header --------------------------------------------------------------------------------- */

static bool
has_values(const struct json_object *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->values[i].s != NULL &&
		    look_is_value(look_of(o->values[i].s, o->values[i].n)))
			return true;
	return false;
}

/* A text with escapes stands elsewhere: it is none of the names that are known again. */
static bool
all_names(const struct json_object *o)
{
	for (size_t i = 0; i < o->n; i++) {
		enum look look =
		    o->values[i].s != NULL ? look_of(o->values[i].s, o->values[i].n) : LOOK_EMPTY;

		if (look != LOOK_WORD && look != LOOK_TEXT)
			return false;
	}
	return o->n > 1 && !o->nested;
}

static void
keep_names(const struct json_object *o, char titles[TITLES_MAX])
{
	size_t need = 2;

	for (size_t i = 0; i < o->n; i++)
		need += o->values[i].n + 1;
	if (need > TITLES_MAX)
		return;
	for (size_t i = 0; i < o->n; i++) {
		memcpy(titles, o->values[i].s, o->values[i].n);
		titles += o->values[i].n;
		*titles++ = TITLE_CELL;
	}
	*titles++ = TITLE_RECORD;
	*titles = '\0';
}

void
json_grid_header(const char *s, size_t n, char titles[TITLES_MAX])
{
	struct json_object first = { 0 }, next = { 0 };
	const char *end = s + n, *behind;

	*titles = '\0';
	for (s += blanks(s, n); s + 1 < end && *s == '['; s++) /* the one within, if there is one */
		if (s[1 + blanks(s + 1, (size_t)(end - s - 1))] != '[')
			break;
	behind = json_array_read(&first, s, (size_t)(end - s));
	while (behind != NULL && behind < end && (json_is_blank(*behind) || *behind == ','))
		behind++;
	if (behind != NULL && json_array_read(&next, behind, (size_t)(end - behind)) != NULL &&
	    next.n == first.n && all_names(&first) && has_values(&next))
		keep_names(&first, titles);
	json_object_done(&first);
	json_object_done(&next);
}

bool
json_grid_name(struct json_object *o, const char *titles)
{
	bool same = !o->nested && *titles != '\0';

	for (size_t i = 0; i < o->n && !o->nested && *titles != TITLE_RECORD && *titles != '\0';
	     i++) {
		size_t n = strcspn(titles, (const char[]){ TITLE_CELL, '\0' });

		o->keys[i] = (struct field){ titles, n };
		same = same && o->values[i].s != NULL && o->values[i].n == n &&
		       memcmp(o->values[i].s, titles, n) == 0;
		titles += n + 1;
	}
	return same && *titles == TITLE_RECORD;
}
