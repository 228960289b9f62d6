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

/* What is not the plain case, as the flags that pin it: "--delimiter ';' --skip 2". */
struct text;
void dialect_flags(const struct dialect *, struct text *);

#endif
