/* names.h - texts as numbers: every text is known by a hash that a double holds exactly.
 *
 * Operators compute with doubles alone, so a text cell enters the graph as its id: a 52-bit hash,
 * never 0. Equal texts have equal ids at any time and in any process (two of a million different
 * texts share one with a chance of 1 in 9,000), so nothing but the way back needs memory. The way
 * back keeps the NAMES_KEPT most recently seen texts, and those that somebody holds; any other
 * reads "(other)". */
#ifndef WEIR_NAMES_H
#define WEIR_NAMES_H

#include <stddef.h>

#include "data/base/bytes.h"

enum { NAMES_KEPT = 65536 };

struct names;

struct names *names_new(void);
void names_free(struct names *);

/* The id of a text, without keeping the text. */
double names_hash(const char *s, size_t n);
/* The same, and the text is kept as the most recent one. */
double names_id(struct names *, const char *s, size_t n);
/* The text of an id, valid until the next names_id; never NULL. */
const char *names_text(const struct names *, double id);

/* Keeps the text of an id until as many releases, whenever it was seen; NaN holds nothing. */
void names_hold(struct names *, double id);
void names_release(struct names *, double id);
/* Texts are saved by those who hold them, and held when they are loaded. */
void names_save_text(const struct names *, double id, struct buffer *);
int names_load_held(struct names *, double id, struct reader *); /* read it, and hold it */

#endif
