/* packed.h - the bytes inside a .gz .zst .xz .bz2 .lz4 file. */
#ifndef WEIR_PACKED_H
#define WEIR_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"

struct packed;

/* Does a file that begins with these bytes need unpacking? */
bool packed_is(const unsigned char *first, size_t n);

/* Reads fd from where it stands. path: for errors. NULL with err on failure. */
struct packed *packed_open(int fd, const char *path, struct error *);
long packed_read(struct packed *, char *buf, size_t cap, struct error *); /* as a source's */
uint64_t packed_at(const struct packed *); /* bytes of the file used up */
void packed_close(struct packed *);

#endif
