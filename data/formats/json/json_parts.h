/* json_parts.h - what the files of the format json share; nobody else includes it.
 *
 * json.c         objects, and what stands between them
 * json_broken.c  places, and what is broken
 * json_around.c  an object around the array */
#ifndef WEIR_JSON_PARTS_H
#define WEIR_JSON_PARTS_H

#include <string.h>

#include "data/formats/json/braces.h"
#include "data/formats/json/json_columns.h"
#include "data/formats/json/json_object.h"
#include "data/rows/block.h"

/* What is to be known behind an item, in the flags of places. */
enum {
	JSON_ARRAY = POSITION_OWN,       /* an array is open */
	JSON_COMMAS = POSITION_OWN << 1, /* commas between objects that no array holds were told */
	JSON_STATE = POSITION_OWN << 2,  /* enum json_state, up to JSON_COMMA */
	JSON_COLUMN = POSITION_OWN << 4, /* blanks since the line began */
	JSON_COLUMN_MAX = 60000,
	JSON_COLUMN_NONE /* there was more than blanks */
};

static const size_t JSON_MORE = SIZE_MAX; /* bytes are needed */

enum json_state {
	JSON_FIRST,  /* no item before */
	JSON_BEHIND, /* an item stands before */
	JSON_COMMA,  /* ... and a comma */
	JSON_BROKEN, /* in a broken object: what follows is to be found */
	JSON_PASSING /* in what is no object: up to the line end */
};

struct json {
	struct text held; /* bytes not yet used up: they begin an object, or are none */
	struct json_object object;
	struct json_columns columns; /* of it, where it is a table */
	size_t scanned, again; /* how much of it, and how much there must be to read it again */
	struct braces braces;  /* over that, if it begins an object; or over a broken one */
	enum json_state state;
	bool array;      /* an array is open */
	bool before;     /* the object around the rows' array is still to be entered ... */
	int wrapped;     /* ... or so many are open around it; 0: there is none */
	bool tail;       /* ... and what stands behind the array is passed over */
	bool commas;     /* objects with commas between them outside of any: told */
	uint32_t column; /* blanks since the line began, or JSON_COLUMN_NONE */
	uint32_t indent; /* the same, of the object under way */

	/* what will be told of a broken object, or of what is none */
	const char *wrong; /* NULL: nothing is broken */
	struct position from;
	uint64_t lines; /* lines of it that are lost; 0: less than its own */
	char shown[FAULT_TEXT];
	size_t nshown;
};

static inline bool
json_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\x1e';
}

/* --- places --- */

uint32_t json_flags(const struct json *);                 /* of the place where one stands */
void json_pass(struct format *, const char *s, size_t n); /* so many bytes are used up */
void json_drop(struct format *, const char *what);        /* something is wrong here */

/* --- around the rows' array; each returns how many bytes are used up --- */

/* Up to it; an object that has none is a row. Or JSON_MORE. */
size_t json_take_before(struct format *, const char *s, size_t n, bool final);
void json_begin_tail(struct format *, const char *s); /* its bracket stands at s */
/* Behind it, to the end of the outermost object; another one may follow. */
size_t json_take_tail(struct format *, const char *s, size_t n);

/* --- what is broken --- */

/* What begins here is to be told, with its first n bytes; and it ends here. */
void json_broken_begin(struct format *, const char *what, const char *s, size_t n);
void json_broken_end(struct format *, enum json_state);
/* The object at s is wrong behind its first `right` bytes; n: those that are shown, too. */
void json_broken_object(struct format *, const char *what, const char *s, size_t right, size_t n);
/* The object at s, of n bytes so far, could not be read. Returns how many are used up. */
size_t json_broken_take(struct format *, const char *s, size_t n, bool final);
/* Passes over the rest of it; returns how many bytes that were. */
size_t json_broken_pass(struct format *, const char *s, size_t n);

#endif
