/* find.h - how rows are written, told from the first bytes of a source. */
#ifndef WEIR_DIALECT_FIND_H
#define WEIR_DIALECT_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "data/rows/dialect.h"

enum { DIALECT_BYTES = 1 << 16 }; /* no more are looked at */

/* What is told goes before what is found. whole: the bytes are all there are. A pure function: the
 * same bytes and options have the same dialect. */
void dialect_find(
    const char *bytes, size_t n, bool whole, const struct dialect_options *, struct dialect *);

struct text;

/* The flags that pin it, each as a word of a shell: "-F csv --delimiter ';' --skip 2". */
void dialect_flags(const struct dialect *, struct text *);
/* What is not the plain case, as the members of a JSON object; nothing where all is plain. */
void dialect_json(const struct dialect *, struct text *);
/* The same in words, for people: "csv, ; between cells, 2 lines skipped". */
void dialect_words(const struct dialect *, struct text *);
/* What of it is not the plain case, in a few signs: "csv ; 2 skipped 1,5"; nothing where all is. */
void dialect_brief(const struct dialect *, struct text *);

#endif
