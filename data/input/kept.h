/* kept.h - a source that cannot be read again, with the bytes that it gave last: as far as these
 * reach it can go back. */
#ifndef WEIR_KEPT_H
#define WEIR_KEPT_H

#include "data/base/times/clock.h"
#include "data/sources/source.h"

/* Takes over an open source of which nothing was read yet. What it reads again has the stamps of
 * when it came first (source->arrival). most: bytes that are kept. */
struct source *kept_source(struct source *, size_t most, const struct arrival_clock *);
/* What came is kept, and given when it is read, as far as there is room without what is not yet
 * read. */
void kept_ahead(struct source *);
/* Is the byte there still, of that document (the first is 0)? */
bool kept_has(const struct source *, uint64_t document, uint64_t offset);
uint64_t kept_document(const struct source *);

#endif
