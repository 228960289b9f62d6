/* key_parts.h - the states of keys, and the keys of rows; engine_parts.h includes it. */
#ifndef WEIR_KEY_PARTS_H
#define WEIR_KEY_PARTS_H

#include "data/base/numbers/number.h"
#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/engine/clocks/key_clock.h"
#include "data/engine/engine_view.h"

struct engine;
struct stream;

struct key_state {  /* the state of one key; without --by there is one, whose key is NULL */
	char *key;  /* stands right behind it, with an end */
	size_t len; /* of it; what is read of each row stands before what is not */
	uint64_t hash;
	struct key_state *next;          /* in its bucket */
	struct key_state *older, *newer; /* by when a row was last seen */
	struct graph *graph;
	struct alert *alerts;    /* by the query's rules */
	struct key_clock *clock; /* NULL but where rows have stamps of their own */
	uint64_t row;            /* its last one, as numbered in its source; 0: none */
	int64_t time;            /* at which its last row was stepped; TIME_NONE: none */
	int64_t came;            /* clock at which its last row went; 0: not since the start */
	int64_t ticked;          /* ns after that of its last tick */
	int place;               /* among all */
	bool behind; /* its graph is of the plan of the query before: see query_move.c */
};

struct key_states {
	struct key_state **buckets;
	size_t nbuckets; /* a power of two */
	struct key_state *
	    *all; /* n of them, in no order; who is evicted leaves its place to another */
	int n, max, room;
	uint64_t evicted;
	int *firing; /* keys, of each of nrules rules of the query */
	int nrules;
	struct key_state *oldest, *newest;
};

struct row_key { /* the key of a row as text: borrowed, or in buf; s NULL: without --by */
	const char *s;
	size_t n;
	uint64_t hash;
	char buf[TIME_CHARS + NUMBER_CHARS];
};

/* row_keys.c */
void row_key_find(struct row_key *, const struct stream *, int column, int row);
/* Of the n rows from s->at, into e->keys at their places. */
void row_keys_find(struct engine *, const struct stream *, int column, int n);
/* Before a row goes: what is kept of the keys of those behind it, up to end, is fetched. */
void row_keys_fetch(const struct engine *, const struct stream *, int row, int end);

uint64_t key_hash(const char *, size_t n);
/* key_states.c: the state of a key, made when there is none; the least recently seen goes when they
 * are too many. NULL with err. */
struct key_state *key_states_get(
    struct key_states *, const struct query *, int source, const struct row_key *, struct error *);
struct key_state *key_states_find(
    const struct key_states *, const char *key, size_t n);  /* NULL: none */
void key_states_grow(struct key_states *, int was, int is); /* so many rules */
/* For how many keys a rule fires: counted anew, of a query with so many rules; corrected by a key
 * for which its state was `was`. */
void key_states_count(struct key_states *, int nrules);
void key_states_changed(struct key_states *, int rule, enum alert_state was, enum alert_state is);
void key_states_done(struct key_states *);
/* The same, but the keys are put before those that were set aside already: of very many, freeing
 * them takes longer than keys of the keyboard may wait. Then as many of these are freed. */
void key_states_set_aside(struct key_states *, struct key_state **aside);
void key_states_free(struct key_state **aside, int most);

/* key_state_bytes.c: a piece of the keys, one by one, in the order in which they were last seen;
 * its owner ends it. was[i]: the saved rule that rule i of the query goes on as, of nwas; -1: it is
 * new. */
size_t key_states_save_begin(const struct key_states *, struct buffer *);
void key_state_save(const struct key_state *, const struct query *, int source, struct buffer *);
struct keys_asked { /* for whom they are loaded */
	const struct query *query;
	int source;
	const int *was; /* the saved rule that each of the query's goes on as, of nwas; -1: new */
	size_t nwas;
	bool *same; /* the nodes of the plan that go on; NULL: all */
};
int key_states_load(
    struct key_states *, const struct keys_asked *, struct reader *, struct error *);

/* query_move.c: the match's query is to take the place of the engine's, which is kept until the
 * graphs of all keys have moved. -1 with err: they cannot. */
struct query_match;
int query_move_begin(struct engine *, struct query_match *, struct error *);
void query_move_few(struct engine *);               /* all at once, where these are not many */
void query_move_all(struct engine *);               /* all that are behind */
void query_move_on(struct engine *, int64_t until); /* some of them: until that clock */
void query_move_key(struct engine *, int source, struct key_state *); /* NULL: none */
void query_move_free(struct engine *);                                /* where no key is left */

/* forecasts.c: the forecaster of a column of the shown schema in the state of a key; NULL. */
const struct op *column_forecaster(
    const struct engine *, int source, const struct key_state *, int column);

#endif
