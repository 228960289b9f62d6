/* tally.h - how often each value occurs: a hash table of counts. */
#ifndef WEIR_TALLY_H
#define WEIR_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"

enum { TALLY_MOST = 65536 }; /* different values that `all` counts exactly */

struct entry { /* one value */
	double key;
	uint64_t count;
	uint64_t first, last; /* rows where it was first and last seen, of those in the window */
	uint32_t spare;       /* for the owner; whether and where it stands in a heap */
};

struct tally {
	struct entry *entries; /* count 0: free */
	uint32_t *slots;       /* index + 1 into entries by hash; 0: empty. Linear probing */
	size_t mask;           /* slots - 1; 0: none yet */
	size_t n, used, cap;   /* values; entries ever used; room */
	uint32_t free;         /* index + 1 of a free entry; they are chained by spare */
};

void tally_done(struct tally *);
void tally_clear(struct tally *);

struct entry *tally_find(const struct tally *, double key); /* NULL: not there */
struct entry *tally_add(struct tally *, double key); /* found or new with count 0; then counts 1 */
/* Counts one less; an entry at 0 goes. */
void tally_drop(struct tally *, struct entry *);

/* The entries that are not free, for saving those of `all`. */
void tally_save(const struct tally *, struct buffer *);
int tally_load(struct tally *, struct reader *);
size_t tally_held(const struct tally *);

/* A number for the bits of a value, for sketches too. */
uint64_t tally_hash(double key);

#endif
