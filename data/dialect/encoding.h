/* encoding.h - which encoding bytes are in, and bytes of any encoding to UTF-8. */
#ifndef WEIR_DIALECT_ENCODING_H
#define WEIR_DIALECT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/error.h"
#include "data/base/text.h"

struct encoding {
	const char *name; /* as iconv knows it; static, or what was told */
	int mark;         /* bytes of the byte order mark, which are no text */
};

/* Tells it from the first bytes: a byte order mark; NUL at every other byte: UTF-16; UTF-8 where it
 * is valid, else Windows-1252. told: NULL, or its name. whole: the bytes are all there are. */
struct encoding encoding_find(const char *, size_t n, bool whole, const char *told);

/* Was an encoding told that has two bytes or more a character, while these are UTF-8? */
bool encoding_in_doubt(const char *, size_t n, bool whole, const char *told);

/* Bytes, cut anywhere, to UTF-8. What is none in its encoding becomes U+FFFD. */
struct recoder;

struct recoder *recoder_new(const char *encoding, struct error *); /* NULL: no such encoding */
void recoder_feed(struct recoder *, const char *, size_t n, struct text *to); /* appends */
void recoder_finish(struct recoder *, struct text *to); /* half a character at the end */
void recoder_free(struct recoder *);

#endif
