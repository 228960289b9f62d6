/* name_index.c - names to numbers, by a hash table with open addressing. A name ends at a NUL in
 * it. */
#include "data/base/name_index.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { NEAR_LENGTH = 64 }; /* longer names are not compared letter by letter */

/* FNV-1a: names are short, and the table only has to spread them. */
static size_t
hash(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ (h >> 32));
}

/* The slot that holds the name, else the free one where it belongs. h: its hash. */
static size_t
slot_of(const struct name_index *keys, const char *s, size_t n, size_t h)
{
	size_t slot = h & (keys->nslots - 1);

	for (int i; (i = keys->slots[slot]) >= 0; slot = (slot + 1) & (keys->nslots - 1))
		if (keys->hashes[i] == h && strlen(keys->names[i]) == n &&
		    memcmp(keys->names[i], s, n) == 0)
			break;
	return slot;
}

int
name_index_find(const struct name_index *keys, const char *s, size_t n)
{
	if (keys->nslots == 0)
		return -1;
	n = strnlen(s, n);
	return keys->slots[slot_of(keys, s, n, hash(s, n))];
}

/* All names are different: none is compared. */
static void
slots_extend(struct name_index *keys)
{
	keys->nslots = keys->nslots > 0 ? keys->nslots * 2 : 16;
	keys->slots = memory_grow(keys->slots, keys->nslots, sizeof *keys->slots);
	for (size_t i = 0; i < keys->nslots; i++)
		keys->slots[i] = -1;
	for (int i = 0; i < keys->n; i++) {
		size_t slot = keys->hashes[i] & (keys->nslots - 1);

		while (keys->slots[slot] >= 0)
			slot = (slot + 1) & (keys->nslots - 1);
		keys->slots[slot] = i;
	}
}

int
name_index_add(struct name_index *keys, const char *s, size_t n)
{
	size_t h, slot;

	if ((size_t)keys->n * 2 >= keys->nslots)
		slots_extend(keys);
	n = strnlen(s, n);
	h = hash(s, n);
	slot = slot_of(keys, s, n, h);
	if (keys->slots[slot] >= 0)
		return keys->slots[slot];
	if (keys->n == keys->cap) {
		keys->cap = keys->cap > 0 ? keys->cap * 2 : 8;
		keys->names = memory_grow(keys->names, (size_t)keys->cap, sizeof *keys->names);
		keys->hashes = memory_grow(keys->hashes, (size_t)keys->cap, sizeof *keys->hashes);
	}
	keys->names[keys->n] = memory_text(s, n);
	keys->hashes[keys->n] = h;
	keys->slots[slot] = keys->n;
	return keys->n++;
}

void
name_index_done(struct name_index *keys)
{
	for (int i = 0; i < keys->n; i++)
		free(keys->names[i]);
	free(keys->names);
	free(keys->hashes);
	free(keys->slots);
	*keys = (struct name_index){ 0 };
}

/* Levenshtein's distance, letters of either case alike, by two rows of his table kept in one. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NEAR_LENGTH + 1], nb = strlen(b);

	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < nb; j++) {
			bool same = tolower((unsigned char)a[i]) == tolower((unsigned char)b[j]);
			size_t best = corner + !same;

			corner = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (corner + 1 < best)
				best = corner + 1;
			row[j + 1] = best;
		}
	}
	return row[nb];
}

const char *
name_index_nearest(const struct name_index *keys, const char *s)
{
	const char *nearest = NULL;
	size_t best = (strlen(s) + 1) / 3 + 1; /* one slip in three letters is near */

	for (int i = 0; i < keys->n; i++) {
		size_t d;

		if (strlen(keys->names[i]) > NEAR_LENGTH)
			continue;
		d = distance(s, keys->names[i]);
		if (d < best) {
			best = d;
			nearest = keys->names[i];
		}
	}
	return nearest;
}
