/* packed.h - the bytes inside a .gz .zst .xz .bz2 .lz4 file. */
#ifndef WEIR_PACKED_H
#define WEIR_PACKED_H

#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"

struct packed;

/* How what begins with these bytes is packed, and the program that unpacks it; NULL: it is not. */
const char *packed_name(const void *first, size_t n, const char **unpacker);

/* What the name says that packs it, while its first bytes are neither that nor text; NULL: all is
 * well. To be asked when packed_name() is NULL. */
const char *packed_broken(const char *path, const void *first, size_t n);

/* Reads fd from where it stands. path, which outlives it: for errors. NULL with err on failure. */
struct packed *packed_open(int fd, const char *path, struct error *);
long packed_read(struct packed *, char *buf, size_t cap, struct error *); /* as a source's */
/* The next read begins so many unpacked bytes behind the first. Going back unpacks anew from where
 * fd stood at first. -1 with err where it cannot be unpacked; then only closing it is left. */
int packed_seek(struct packed *, uint64_t offset, struct error *);
uint64_t packed_at(const struct packed *); /* bytes of the file used up */
void packed_close(struct packed *);

#endif
