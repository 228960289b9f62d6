/* name_index.h - a set of names, each with its number in the order in which they came: 0, 1, 2
 * ... */
#ifndef WEIR_NAME_INDEX_H
#define WEIR_NAME_INDEX_H

#include <stddef.h>
#include <stdint.h>

struct name_index { /* zeroed: empty */
	char **names;
	size_t *hashes; /* of them */
	int n, cap;
	int32_t *slots; /* hash table of indices; -1: free */
	size_t nslots;  /* a power of two, at least twice n */
};

int name_index_find(const struct name_index *, const char *s, size_t n); /* -1 */
int name_index_add(struct name_index *, const char *s, size_t n);        /* the index, new or not */
void name_index_done(struct name_index *);

/* The name most like s, for "did you mean"; NULL when none is near. */
const char *name_index_nearest(const struct name_index *, const char *s);

#endif
