/* key_states.c - one state for each value of the --by column, least recently seen evicted.
 *
 * A chained hash table, and a list through its entries from the least to the most recently seen. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

uint64_t
key_hash(const char *s, size_t n)
{
	uint64_t h = 0xcbf29ce484222325U; /* FNV-1a */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3U;
	return h ^ (h >> 32);
}

static void
list_remove(struct key_states *k, struct key_state *e)
{
	*(e->older != NULL ? &e->older->newer : &k->oldest) = e->newer;
	*(e->newer != NULL ? &e->newer->older : &k->newest) = e->older;
	e->older = e->newer = NULL;
}

static void
list_append(struct key_states *k, struct key_state *e)
{
	e->older = k->newest;
	e->newer = NULL;
	*(k->newest != NULL ? &k->newest->newer : &k->oldest) = e;
	k->newest = e;
}

static struct key_state **
bucket_of(const struct key_states *k, uint64_t hash)
{
	return &k->buckets[hash & (k->nbuckets - 1)];
}

static void
rehash(struct key_states *k, size_t nbuckets)
{
	free(k->buckets);
	k->buckets = memory_zero(nbuckets, sizeof *k->buckets);
	k->nbuckets = nbuckets;
	for (struct key_state *e = k->oldest; e != NULL; e = e->newer) {
		struct key_state **bucket = bucket_of(k, e->hash);

		e->next = *bucket;
		*bucket = e;
	}
}

static void
key_state_free(struct key_state *e)
{
	graph_free(e->graph);
	key_clock_free(e->clock);
	free(e->alerts);
	free(e);
}

/* --- which rules fire ------------------------------------------------------------------------- */

void
key_states_changed(struct key_states *k, int rule, enum alert_state was, enum alert_state is)
{
	k->firing[rule] += (is == ALERT_FIRING) - (was == ALERT_FIRING);
}

void
key_states_count(struct key_states *k, int nrules)
{
	free(k->firing);
	k->firing = memory_zero((size_t)nrules, sizeof *k->firing);
	k->nrules = nrules;
	for (int at = 0; at < k->n; at++)
		for (int i = 0; i < nrules; i++)
			key_states_changed(k, i, ALERT_INACTIVE, k->all[at]->alerts[i].state);
}

/* --- one comes, one goes ---------------------------------------------------------------------- */

/* The place that is free then. */
static int
evict_oldest(struct key_states *k)
{
	struct key_state *e = k->oldest, **link = bucket_of(k, e->hash);
	int place = e->place;

	while (*link != e)
		link = &(*link)->next;
	*link = e->next;
	list_remove(k, e);
	for (int i = 0; i < k->nrules; i++)
		key_states_changed(k, i, e->alerts[i].state, ALERT_INACTIVE);
	key_state_free(e);
	k->n--;
	k->evicted++;
	return place;
}

static int
next_place(struct key_states *k)
{
	if (k->n == k->room) {
		k->room = k->room > 0 ? k->room * 2 : 16;
		k->all = memory_grow(k->all, (size_t)k->room, sizeof(struct key_state *));
	}
	return k->n;
}

static struct key_state *
key_state_new(struct key_states *k, const struct query *q, int source, const struct row_key *key,
    struct error *err)
{
	struct graph *graph = graph_new(q->sources[source].plan, err);
	struct key_state *e, **bucket;
	int place;

	if (graph == NULL)
		return NULL;
	if (k->nrules != q->nrules)
		key_states_count(k, q->nrules);
	place = k->n >= k->max ? evict_oldest(k) : next_place(k);
	e = memory_zero(1, sizeof *e + key->n + 1);
	if (key->s != NULL) {
		e->key = (char *)(e + 1);
		memcpy(e->key, key->s, key->n);
	}
	e->len = key->n;
	e->hash = key->hash;
	e->place = place;
	e->graph = graph;
	e->time = TIME_NONE;
	e->alerts = memory_zero((size_t)q->nrules, sizeof *e->alerts);
	if (2 * (size_t)k->n >= k->nbuckets) /* most are alone in theirs */
		rehash(k, k->nbuckets > 0 ? k->nbuckets * 2 : 16);
	bucket = bucket_of(k, e->hash);
	e->next = *bucket;
	*bucket = e;
	list_append(k, e);
	k->all[place] = e;
	k->n++;
	return e;
}

static struct key_state *
find(const struct key_states *k, const char *key, size_t n, uint64_t hash)
{
	struct key_state *e = k->nbuckets > 0 ? *bucket_of(k, hash) : NULL;

	while (
	    e != NULL && (e->hash != hash || e->len != n || (n > 0 && memcmp(e->key, key, n) != 0)))
		e = e->next;
	return e;
}

struct key_state *
key_states_find(const struct key_states *k, const char *key, size_t n)
{
	return find(k, key, n, key_hash(key, n));
}

struct key_state *
key_states_get(struct key_states *k, const struct query *q, int source, const struct row_key *key,
    struct error *err)
{
	struct key_state *e = find(k, key->s, key->n, key->hash);

	if (e == NULL)
		return key_state_new(k, q, source, key, err);
	if (e != k->newest) {
		list_remove(k, e);
		list_append(k, e);
	}
	return e;
}

void
key_states_grow(struct key_states *k, int was, int is)
{
	for (struct key_state *e = k->oldest; e != NULL; e = e->newer) {
		e->alerts = memory_grow(e->alerts, (size_t)is, sizeof *e->alerts);
		for (int i = was; i < is; i++)
			e->alerts[i] = (struct alert){ 0 };
	}
	key_states_count(k, is);
}

void
key_states_free(struct key_state **aside, int most)
{
	for (int i = 0; i < most && *aside != NULL; i++) {
		struct key_state *e = *aside;

		*aside = e->newer;
		key_state_free(e);
	}
}

void
key_states_set_aside(struct key_states *k, struct key_state **aside)
{
	if (k->newest != NULL) {
		k->newest->newer = *aside;
		*aside = k->oldest;
	}
	free(k->buckets);
	free(k->all);
	free(k->firing);
	*k = (struct key_states){ .max = k->max };
}

void
key_states_done(struct key_states *k)
{
	struct key_state *aside = NULL;

	key_states_set_aside(k, &aside);
	key_states_free(&aside, INT_MAX);
}
