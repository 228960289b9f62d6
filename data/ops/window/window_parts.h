/* window_parts.h - what the files of the shared window share; nobody else includes it. */
#ifndef WEIR_WINDOW_PARTS_H
#define WEIR_WINDOW_PARTS_H

#include "data/ops/window/window.h"

/* Room for the rows kept and n more. */
void window_reserve(struct window *, uint64_t n);

/* Members of its class, see op.h. */
void window_save(const struct op *, struct buffer *);
int window_load(struct op *, struct reader *);
void window_explain(const struct op *, struct text *);

#endif
