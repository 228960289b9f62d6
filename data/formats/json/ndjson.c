/* ndjson.c - NDJSON: one JSON object a line.
 *
 * A line that is no object gives no row, since a row without any value would age every window; it
 * is counted bad, with its line number and what is wrong in it. */
#include <ctype.h>
#include <string.h>

#include "data/formats/json/json_object.h"
#include "data/formats/lines.h"

struct ndjson {
	struct lines lines;
	struct json_object object;
};

static bool
is_blank(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\r'))
		s++;
	return s == end;
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	struct ndjson *ndjson = f->state;
	const char *from = s, *end = s + n, *rest;

	while (from < end && (*from == ' ' || *from == '\t'))
		from++;
	rest = json_object_read(&ndjson->object, from, (size_t)(end - from));
	if (rest != NULL && !is_blank(rest, end))
		rest = json_wrong(&ndjson->object, "not JSON: more behind the object", rest);
	if (rest == NULL)
		json_object_drop(&ndjson->object, f, s, n);
	else
		json_object_give(&ndjson->object, f);
}

static void
ndjson_open(struct format *f)
{
	(void)f;
}

static void
ndjson_feed(struct format *f, const char *s, size_t n)
{
	struct ndjson *ndjson = f->state;

	lines_feed(&ndjson->lines, f, s, n, take_line);
}

static void
ndjson_finish(struct format *f)
{
	struct ndjson *ndjson = f->state;

	lines_finish(&ndjson->lines, f, take_line);
}

static void
ndjson_close(struct format *f)
{
	struct ndjson *ndjson = f->state;

	lines_done(&ndjson->lines);
	json_object_done(&ndjson->object);
}

/* Where the object that begins at s ends, by its braces alone; NULL: not before end. */
static const char *
braces_end(const char *s, const char *end)
{
	bool quoted = false;
	int depth = 0;

	for (; s < end; s++) {
		if (quoted && *s == '\\')
			s++;
		else if (*s == '"')
			quoted = !quoted;
		else if (!quoted && *s == '{')
			depth++;
		else if (!quoted && *s == '}' && --depth == 0)
			return s + 1;
	}
	return NULL;
}

/* Does an object take the line of n bytes, and no more? */
static bool
is_object_line(const char *s, size_t n)
{
	const char *close = n > 0 && *s == '{' ? braces_end(s, s + n) : NULL;

	return close != NULL && is_blank(close, s + n);
}

/* A line that an object takes is enough, since others may be broken; a brace alone begins one that
 * is printed over several lines, which is json. */
static bool
ndjson_fits(const char *first, size_t n, bool whole)
{
	const char *end = first + n, *stop;

	while (first < end && isspace((unsigned char)*first))
		first++;
	if (first == end || *first != '{')
		return false;
	stop = memchr(first, '\n', (size_t)(end - first));
	if (stop == NULL) /* its end is not seen */
		return is_object_line(first, (size_t)(end - first)) ||
		       (!whole && braces_end(first, end) == NULL);
	if (is_blank(first + 1, stop))
		return false;
	while (!is_object_line(first, (size_t)(stop - first))) {
		first = stop + 1;
		stop = memchr(first, '\n', (size_t)(end - first));
		if (stop == NULL)
			return is_object_line(first, (size_t)(end - first));
	}
	return true;
}

const struct format_class format_ndjson = {
	.name = "ndjson",
	.help = "a JSON object a line; nested ones give a.b, arrays of numbers a.0",
	.endings = "ndjson jsonl",
	.named = true,
	.size = sizeof(struct ndjson),
	.open = ndjson_open,
	.feed = ndjson_feed,
	.finish = ndjson_finish,
	.close = ndjson_close,
	.fits = ndjson_fits,
};
