/* json_object.h - the members of one JSON object, flattened, as RFC 8259 has it and no laxer.
 *
 * A member of a nested object is called `a.b`, an item of an array of numbers `a.0`; any other
 * array is one text, its JSON without blanks. Empty arrays and objects give nothing. Numbers keep
 * their digits, true and false are 1 and 0, null is missing.
 *
 * What Python writes and RFC 8259 does not know, NaN and Infinity, is let pass as the value of a
 * member of the outermost object only. */
#ifndef WEIR_JSON_OBJECT_H
#define WEIR_JSON_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/text.h"
#include "data/formats/format.h"

struct json_slice { /* n bytes: at s, or, where that is NULL, at `at` of what was built */
	const char *s;
	size_t at, n;
};

/* Objects one after the other mostly have the same members in the same order: the name of each,
 * from its quote to where its value begins, as it stood in the object before. */
struct json_lead {
	char text[46];
	unsigned char n, nkey; /* n: 0: not known */
};
enum { JSON_LEADS = 64 };

struct json_object { /* zeroed: nothing read; used again and again, it allocates no more */
	/* its cells, of which those that were built get their place when they are given */
	struct field *keys, *values;
	struct json_built {
		size_t key, value;
	} * built_at; /* where those stand whose s is NULL */
	size_t n, cap;
	bool some_built;
	struct json_lead leads[JSON_LEADS];
	size_t member; /* which one of the outermost object */
	bool unlike;   /* they are not called as in the object before */
	bool nested;   /* they have members or items themselves: so their names do not tell all */
	/* the object before: how many members it had, and who got them; NULL: nobody, or nested */
	size_t before;
	const struct record_sink *got_before, *got;
	struct text built; /* keys of nested members, texts without their escapes */
	struct text path;  /* keys of the objects around the one under way */
	const char *half;  /* the first half of a pair of surrogates alone; NULL */
	const char *odd;   /* the first byte that is no UTF-8, in a text; NULL */
	const char *wrong; /* why it could not be read, static */
	const char *at;    /* ... and where */
	bool cut; /* ... because it goes on behind the bytes: what there is of it is right */
	const char *end;
};

/* Reads the object that begins at s, the first of n bytes, and returns where it ends; NULL: it is
 * none: see wrong and at. Slices stand in those bytes or in what the object built, until the next
 * read. */
const char *json_object_read(struct json_object *, const char *s, size_t n);
/* The same of an array: its items are called c1, c2 ... */
const char *json_array_read(struct json_object *, const char *s, size_t n);
/* Gives what was read to the format's sink as one record. */
void json_object_give(struct json_object *, struct format *);
/* Drops the record under way, with what stands around the place where it went wrong. */
void json_object_drop(const struct json_object *, struct format *, const char *s, size_t n);
void json_object_done(struct json_object *);

/* Notes why it cannot be read, and where. Returns NULL. */
const char *json_wrong(struct json_object *, const char *why, const char *at);

#endif
