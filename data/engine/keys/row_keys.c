/* row_keys.c - the keys of the rows that are about to go, found before they do.
 *
 * Of a hundred thousand keys what is kept of one is in no cache when its row comes, and a chain
 * of pointers leads to it: to wait for each in turn takes longer than the row itself. So, while
 * rows go, the first pointer of the chain is fetched for a row far ahead, the next one for a
 * nearer row. */
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum {
	MANY = 2048, /* keys from which on they are in no cache */
	BUCKET = 16, /* rows ahead for which each step is taken */
	STATE = 12,
	GRAPH = 8,
	OPERATORS = 5,
	HELD = 2
};

void
row_key_find(struct row_key *k, const struct stream *s, int column, int row)
{
	union cells cells = s->block->cells[column];

	k->s = k->buf;
	k->n = 0;
	switch (s->own->columns[column].type) {
	case COLUMN_NUMBER:
		if (!number_missing(cells.number[row]))
			k->n = (size_t)number_format(cells.number[row], k->buf);
		break;
	case COLUMN_TIME:
		if (cells.time[row] != TIME_NONE)
			k->n = (size_t)time_format(cells.time[row], k->buf);
		break;
	case COLUMN_TEXT:
		if (cells.text[row].s != NULL) {
			k->s = cells.text[row].s;
			k->n = cells.text[row].n;
		}
		break;
	}
	k->hash = key_hash(k->s, k->n);
}

void
row_keys_find(struct engine *e, const struct stream *s, int column, int n)
{
	if (e->keys == NULL)
		e->keys = memory_new(BLOCK_ROWS, sizeof *e->keys);
	for (int i = s->at; i < s->at + n; i++)
		row_key_find(&e->keys[i], s, column, i);
}

/* Where there are two in a bucket the first one may be another key's: then it was in vain. */
static const struct key_state *
probably(const struct key_states *k, uint64_t hash)
{
	return k->buckets[hash & (k->nbuckets - 1)];
}

void
row_keys_fetch(const struct engine *e, const struct stream *s, int row, int end)
{
	const struct key_states *k = &s->states;
	const struct row_key *keys = e->keys + row;
	const struct key_state *state;
	int left = end - row;

	if (k->n < MANY)
		return;
	if (left > BUCKET)
		__builtin_prefetch(&k->buckets[keys[BUCKET].hash & (k->nbuckets - 1)]);
	if (left > STATE && (state = probably(k, keys[STATE].hash)) != NULL) {
		__builtin_prefetch(state);
		__builtin_prefetch(state + 1); /* the key */
	}
	if (left > GRAPH && (state = probably(k, keys[GRAPH].hash)) != NULL) {
		__builtin_prefetch(state->graph);
		__builtin_prefetch(state->older, 1); /* it leaves its place between them */
		__builtin_prefetch(state->newer, 1);
	}
	if (left > OPERATORS && (state = probably(k, keys[OPERATORS].hash)) != NULL)
		graph_fetch(state->graph);
	if (left > HELD && (state = probably(k, keys[HELD].hash)) != NULL)
		graph_fetch_held(state->graph);
}
