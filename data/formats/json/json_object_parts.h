/* json_object_parts.h - what the files that read a JSON object share; nobody else includes it.
 *
 * json_object.c  objects and arrays, flattened
 * json_give.c    ... and given
 * json_plain.c   numbers, words, and members that are read by a short way
 * json_text.c    strings
 *
 * A function that reads returns what stands behind, NULL: it is wrong, see json_wrong. */
#ifndef WEIR_JSON_OBJECT_PARTS_H
#define WEIR_JSON_OBJECT_PARTS_H

#include "data/formats/json/json_object.h"

/* The text whose opening quote stands at s - 1. */
const char *json_text_read(struct json_object *, const char *s, struct json_slice *);
/* The first byte from s on that is a quote, a backslash, a control character or no ASCII. */
const char *json_plain_end(const char *s, const char *end);

/* The value at s, which is no object and no array. outermost: of a member of that object. */
const char *json_plain_read(
    struct json_object *, const char *s, bool outermost, struct json_slice *value);
/* The value of a member of the outermost object when it is a short way to it, added as a cell: a
 * text without escapes, or plain digits, with a comma or the brace behind. NULL: it is not. */
const char *json_simple_read(struct json_object *, const char *s, const struct json_slice *key);

/* What was expected at s is not there: what was begun at from is wrong, or cut off. */
const char *json_missing(struct json_object *, const char *why, const char *from, const char *s);
const char *json_cut(struct json_object *);

#endif
