/* gunzip.h - the bytes inside a .gz file, verified by its check sums. */
#ifndef WEIR_GUNZIP_H
#define WEIR_GUNZIP_H

#include <stddef.h>
#include <stdint.h>

struct gunzip;

/* Reads fd from where it stands; fd stays the caller's. */
struct gunzip *gunzip_new(int fd);
void gunzip_free(struct gunzip *);

/* Bytes given (1..cap), 0 at the end of a file that is whole, -1 with *what: what is wrong with it,
 * valid until the next call. */
long gunzip_read(struct gunzip *, char *buf, size_t cap, const char **what);
uint64_t gunzip_at(const struct gunzip *); /* bytes of the file used up */

#endif
