/* names.c - the hash that makes a text a number, and the way back for those seen last.
 *
 * A chained hash table over entries that also stand in a list from the most to the least recently
 * seen; a new text takes the place of the last one of a full table. */
#include "data/base/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum {
	BUCKETS = NAMES_KEPT, /* a power of two */
	TEXT_KEPT = 1024      /* bytes of a text; longer ones are cut on the way back */
};
#define NONE UINT32_MAX

struct entry {
	double id;
	char *text; /* owned, NUL-terminated */
	size_t cap;
	uint32_t chain;        /* next in the bucket */
	uint32_t newer, older; /* in the order of sight */
};

struct names {
	uint32_t *buckets;
	struct entry *entries;
	uint32_t n, cap;
	uint32_t newest, oldest;
};

static void
names_clear(struct names *names)
{
	for (uint32_t i = 0; i < names->n; i++)
		free(names->entries[i].text);
	names->n = 0;
	names->newest = names->oldest = NONE;
	memset(names->buckets, 0xff, BUCKETS * sizeof *names->buckets);
}

struct names *
names_new(void)
{
	struct names *names = memory_zero(1, sizeof *names);

	names->buckets = memory_new(BUCKETS, sizeof *names->buckets);
	names_clear(names);
	return names;
}

void
names_free(struct names *names)
{
	if (names == NULL)
		return;
	names_clear(names);
	free(names->entries);
	free(names->buckets);
	free(names);
}

static uint64_t
mix(uint64_t h)
{
	h = (h ^ (h >> 32)) * 0xd6e8feb86659fd93U;
	h = (h ^ (h >> 29)) * 0x9fb21c651e98df25U;
	return h ^ (h >> 32);
}

double
names_hash(const char *s, size_t n)
{
	uint64_t h = mix(n + 0x9e3779b97f4a7c15U), word;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&word, s, 8);
		h = mix(h ^ word);
	}
	if (n > 0) {
		word = 0;
		memcpy(&word, s, n);
		h = mix(h ^ word);
	}
	h >>= 12;
	return h != 0 ? (double)h : 1;
}

static uint32_t *
bucket_of(const struct names *names, double id)
{
	return &names->buckets[(uint64_t)id & (BUCKETS - 1)];
}

static uint32_t
entry_find(const struct names *names, double id)
{
	uint32_t i = *bucket_of(names, id);

	while (i != NONE && names->entries[i].id != id)
		i = names->entries[i].chain;
	return i;
}

static void
order_remove(struct names *names, const struct entry *e)
{
	if (e->newer != NONE)
		names->entries[e->newer].older = e->older;
	else
		names->newest = e->older;
	if (e->older != NONE)
		names->entries[e->older].newer = e->newer;
	else
		names->oldest = e->newer;
}

static void
order_push(struct names *names, uint32_t i)
{
	struct entry *e = &names->entries[i];

	e->newer = NONE;
	e->older = names->newest;
	if (names->newest != NONE)
		names->entries[names->newest].newer = i;
	else
		names->oldest = i;
	names->newest = i;
}

/* An entry out of all lists: a new one, or that of the text not seen for longest. */
static uint32_t
entry_take(struct names *names)
{
	uint32_t i = names->oldest, *link;

	if (names->n < NAMES_KEPT) {
		if (names->n == names->cap) {
			names->cap = names->cap > 0 ? names->cap * 2 : 64;
			names->entries =
			    memory_grow(names->entries, names->cap, sizeof *names->entries);
		}
		names->entries[names->n] = (struct entry){ .text = NULL };
		return names->n++;
	}
	for (link = bucket_of(names, names->entries[i].id); *link != i;)
		link = &names->entries[*link].chain;
	*link = names->entries[i].chain;
	order_remove(names, &names->entries[i]);
	return i;
}

static void
entry_fill(struct names *names, uint32_t i, double id, const char *s, size_t n)
{
	struct entry *e = &names->entries[i];
	uint32_t *bucket = bucket_of(names, id);

	if (n > TEXT_KEPT)
		for (n = TEXT_KEPT; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80;)
			n--; /* not within a UTF-8 sequence */
	if (e->cap < n + 1) {
		e->cap = n + 1;
		e->text = memory_grow(e->text, e->cap, 1);
	}
	if (n > 0)
		memcpy(e->text, s, n);
	e->text[n] = '\0';
	e->id = id;
	e->chain = *bucket;
	*bucket = i;
}

static void
names_keep(struct names *names, double id, const char *s, size_t n)
{
	uint32_t i = entry_find(names, id);

	if (i != NONE && i == names->newest)
		return;
	if (i != NONE) {
		order_remove(names, &names->entries[i]);
	} else {
		i = entry_take(names);
		entry_fill(names, i, id, s, n);
	}
	order_push(names, i);
}

double
names_id(struct names *names, const char *s, size_t n)
{
	double id = names_hash(s, n);

	names_keep(names, id, s, n);
	return id;
}

const char *
names_text(const struct names *names, double id)
{
	uint32_t i = id >= 1 && id < 0x1p52 ? entry_find(names, id) : NONE;

	return i != NONE ? names->entries[i].text : "(other)";
}

void
names_save(const struct names *names, struct buffer *out)
{
	buffer_u64(out, names->n);
	for (uint32_t i = names->oldest; i != NONE; i = names->entries[i].newer) {
		const struct entry *e = &names->entries[i];
		size_t n = strlen(e->text);

		buffer_put(out, &e->id, sizeof e->id);
		buffer_u64(out, n);
		buffer_put(out, e->text, n);
	}
}

int
names_load(struct names *names, struct reader *in)
{
	char text[TEXT_KEPT];
	uint64_t count, n;
	double id;

	names_clear(names);
	if (reader_u64(in, &count) != 0)
		return -1;
	for (uint64_t i = 0; i < count; i++) {
		if (reader_get(in, &id, sizeof id) != 0 || !(id >= 1 && id < 0x1p52))
			return -1;
		if (reader_u64(in, &n) != 0 || n > sizeof text || reader_get(in, text, n) != 0)
			return -1;
		names_keep(names, id, text, n);
	}
	return 0;
}
