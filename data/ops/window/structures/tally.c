/* tally.c - how often each value occurs. See tally.h. */
#include "data/ops/window/structures/tally.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { FIRST_SLOTS = 16 };

/* The finaliser of splitmix64: neighbouring numbers and ids of texts spread over all slots. */
uint64_t
tally_hash(double key)
{
	uint64_t z;

	key += 0.0; /* -0 is 0 */
	memcpy(&z, &key, sizeof z);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

static bool
same(double a, double b)
{
	return !(a < b) && !(a > b);
}

/* The slot of a key, or the empty one where it would stand. */
static size_t
slot_of(const struct tally *t, double key)
{
	size_t i = tally_hash(key) & t->mask;

	while (t->slots[i] != 0 && !same(t->entries[t->slots[i] - 1].key, key))
		i = (i + 1) & t->mask;
	return i;
}

static void
tally_grow(struct tally *t)
{
	size_t slots = t->mask > 0 ? (t->mask + 1) * 2 : FIRST_SLOTS;

	free(t->slots);
	t->slots = memory_zero(slots, sizeof *t->slots);
	t->mask = slots - 1;
	t->cap = slots / 2;
	t->entries = memory_grow(t->entries, t->cap, sizeof *t->entries);
	for (size_t i = 0; i < t->used; i++)
		if (t->entries[i].count > 0)
			t->slots[slot_of(t, t->entries[i].key)] = (uint32_t)i + 1;
}

struct entry *
tally_find(const struct tally *t, double key)
{
	size_t slot;

	if (t->mask == 0)
		return NULL;
	slot = slot_of(t, key);
	return t->slots[slot] != 0 ? &t->entries[t->slots[slot] - 1] : NULL;
}

static struct entry *
entry_new(struct tally *t, double key)
{
	uint32_t index;

	if (t->free == 0 && t->used == t->cap)
		tally_grow(t);
	if (t->free != 0) {
		index = t->free - 1;
		t->free = t->entries[index].spare;
	} else {
		index = (uint32_t)t->used++;
	}
	t->entries[index] = (struct entry){ .key = key + 0.0 };
	t->slots[slot_of(t, key)] = index + 1;
	t->n++;
	return &t->entries[index];
}

struct entry *
tally_add(struct tally *t, double key)
{
	struct entry *e = tally_find(t, key);

	if (e == NULL)
		e = entry_new(t, key);
	e->count++;
	return e;
}

/* Closes the gap that a key leaves: what was pushed on past it moves back. */
static void
slot_remove(struct tally *t, size_t gap)
{
	for (size_t i = gap;;) {
		size_t home;

		i = (i + 1) & t->mask;
		if (t->slots[i] == 0)
			break;
		home = tally_hash(t->entries[t->slots[i] - 1].key) & t->mask;
		if (((i - home) & t->mask) >= ((i - gap) & t->mask)) {
			t->slots[gap] = t->slots[i];
			gap = i;
		}
	}
	t->slots[gap] = 0;
}

void
tally_drop(struct tally *t, struct entry *e)
{
	if (--e->count > 0)
		return;
	slot_remove(t, slot_of(t, e->key));
	e->spare = t->free;
	t->free = (uint32_t)(e - t->entries) + 1;
	t->n--;
}

void
tally_clear(struct tally *t)
{
	if (t->mask > 0)
		memset(t->slots, 0, (t->mask + 1) * sizeof *t->slots);
	t->n = t->used = 0;
	t->free = 0;
}

void
tally_done(struct tally *t)
{
	free(t->entries);
	free(t->slots);
	*t = (struct tally){ 0 };
}

void
tally_save(const struct tally *t, struct buffer *b)
{
	buffer_u64(b, t->n);
	for (size_t i = 0; i < t->used; i++)
		if (t->entries[i].count > 0)
			buffer_put(b, &t->entries[i], sizeof *t->entries);
}

int
tally_load(struct tally *t, struct reader *r)
{
	struct entry saved, *e;
	uint64_t n;

	tally_clear(t);
	if (reader_u64(r, &n) < 0)
		return -1;
	for (; n > 0; n--) {
		if (reader_get(r, &saved, sizeof saved) < 0 || saved.count == 0 ||
		    !isfinite(saved.key) || tally_find(t, saved.key) != NULL)
			return -1;
		e = tally_add(t, saved.key);
		saved.key = e->key;
		*e = saved;
	}
	return 0;
}

size_t
tally_held(const struct tally *t)
{
	return t->cap * sizeof *t->entries + (t->mask > 0 ? t->mask + 1 : 0) * sizeof *t->slots;
}
