/* recoded.h - a source in another encoding as one in UTF-8. */
#ifndef WEIR_RECODED_H
#define WEIR_RECODED_H

#include "data/sources/source.h"

/* Takes over an open source, of which the n bytes at `first` were read already. What it reads is in
 * UTF-8, and so are the places to which it is brought. NULL: there is no such encoding; the source
 * is left as it was. */
struct source *recoded_source(
    struct source *, const char *encoding, const char *first, size_t n, struct error *);

#endif
