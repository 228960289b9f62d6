/* names.c - the hash that makes a text a number, and the way back for those seen last.
 *
 * A chained hash table over entries, of which the NAMES_KEPT seen last also stand in a list from
 * the most to the least recently seen. An entry stays while it is in the list or held; what leaves
 * both is free for the next text. */
#include "data/base/names.h"

#include <stdbool.h>
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
	bool known;            /* false: it is held, and its text was not seen since */
	bool listed;           /* it stands in the order of sight */
	uint32_t holds;        /* how often it is held */
	uint32_t chain;        /* next in the bucket, or among the free ones */
	uint32_t newer, older; /* in the order of sight */
};

struct names {
	uint32_t *buckets;
	struct entry *entries;
	uint32_t n, cap; /* entries ever used */
	uint32_t free;   /* the first of those that are free */
	uint32_t listed; /* in the order of sight */
	uint32_t newest, oldest;
};

static void
names_clear(struct names *names)
{
	for (uint32_t i = 0; i < names->n; i++)
		free(names->entries[i].text);
	names->n = names->listed = 0;
	names->newest = names->oldest = names->free = NONE;
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
order_remove(struct names *names, uint32_t i)
{
	struct entry *e = &names->entries[i];

	if (!e->listed)
		return;
	if (e->newer != NONE)
		names->entries[e->newer].older = e->older;
	else
		names->newest = e->older;
	if (e->older != NONE)
		names->entries[e->older].newer = e->newer;
	else
		names->oldest = e->newer;
	e->listed = false;
	names->listed--;
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
	e->listed = true;
	names->listed++;
}

/* An entry that nobody keeps any more is free; its memory stays for the next text. */
static void
entry_drop(struct names *names, uint32_t i)
{
	struct entry *e = &names->entries[i];
	uint32_t *link;

	if (e->listed || e->holds > 0)
		return;
	for (link = bucket_of(names, e->id); *link != i;)
		link = &names->entries[*link].chain;
	*link = e->chain;
	e->chain = names->free;
	names->free = i;
}

static uint32_t
entry_new(struct names *names, double id)
{
	uint32_t i = names->free, *bucket = bucket_of(names, id);
	struct entry *e;

	if (i != NONE) {
		names->free = names->entries[i].chain;
	} else {
		if (names->n == names->cap) {
			names->cap = names->cap > 0 ? names->cap * 2 : 64;
			names->entries =
			    memory_grow(names->entries, names->cap, sizeof *names->entries);
		}
		i = names->n++;
		names->entries[i] = (struct entry){ .text = NULL };
	}
	e = &names->entries[i];
	e->id = id;
	e->known = false;
	e->chain = *bucket;
	*bucket = i;
	return i;
}

static void
entry_fill(struct entry *e, const char *s, size_t n)
{
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
	e->known = true;
}

static void
names_keep(struct names *names, double id, const char *s, size_t n)
{
	uint32_t i = entry_find(names, id), oldest = names->oldest;

	if (i != NONE && i == names->newest)
		return;
	if (i == NONE || !names->entries[i].listed) {
		if (names->listed == NAMES_KEPT) {
			order_remove(names, oldest);
			entry_drop(names, oldest);
		}
		if (i == NONE)
			i = entry_new(names, id);
	}
	if (!names->entries[i].known)
		entry_fill(&names->entries[i], s, n);
	order_remove(names, i);
	order_push(names, i);
}

double
names_id(struct names *names, const char *s, size_t n)
{
	double id = names_hash(s, n);

	names_keep(names, id, s, n);
	return id;
}

static bool
is_id(double id)
{
	return id >= 1 && id < 0x1p52;
}

const char *
names_text(const struct names *names, double id)
{
	uint32_t i = is_id(id) ? entry_find(names, id) : NONE;

	return i != NONE && names->entries[i].known ? names->entries[i].text : "(other)";
}

void
names_hold(struct names *names, double id)
{
	uint32_t i;

	if (!is_id(id))
		return;
	i = entry_find(names, id);
	if (i == NONE)
		i = entry_new(names, id);
	names->entries[i].holds++;
}

void
names_release(struct names *names, double id)
{
	uint32_t i = is_id(id) ? entry_find(names, id) : NONE;

	if (i == NONE || names->entries[i].holds == 0)
		return;
	names->entries[i].holds--;
	entry_drop(names, i);
}

static void
save_text(const struct entry *e, struct buffer *out)
{
	size_t n = strlen(e->text);

	buffer_u64(out, n);
	buffer_put(out, e->text, n);
}

/* The text that stands in the bytes, of at most TEXT_KEPT; -1. */
static int
load_text(char *text, uint64_t *n, struct reader *in)
{
	return reader_u64(in, n) != 0 || *n > TEXT_KEPT || reader_get(in, text, *n) != 0 ? -1 : 0;
}

void
names_save_text(const struct names *names, double id, struct buffer *out)
{
	uint32_t i = is_id(id) ? entry_find(names, id) : NONE;
	bool known = i != NONE && names->entries[i].known;

	buffer_put(out, &known, sizeof known);
	if (known)
		save_text(&names->entries[i], out);
}

int
names_load_held(struct names *names, double id, struct reader *in)
{
	char text[TEXT_KEPT];
	uint64_t n;
	bool known;
	uint32_t i;

	if (reader_get(in, &known, sizeof known) != 0 || !bytes_bool(&known) ||
	    (known && load_text(text, &n, in) != 0))
		return -1;
	names_hold(names, id);
	i = is_id(id) ? entry_find(names, id) : NONE;
	if (known && i != NONE && !names->entries[i].known)
		entry_fill(&names->entries[i], text, n);
	return 0;
}
