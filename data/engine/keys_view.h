/* keys_view.h - the keys of a source as those see them who list them: everything const.
 *
 * Keys have numbers, 0 to engine_keys() - 1, in no order; they are others after the next row.
 * Handles of keys and what is read through them are those of engine_view.h. */
#ifndef WEIR_KEYS_VIEW_H
#define WEIR_KEYS_VIEW_H

#include "data/engine/engine_view.h"

int engine_keys(const struct engine *, int source);
/* How many were forgotten because there were too many. */
uint64_t engine_keys_evicted(const struct engine *, int source);
const struct key_state *engine_key_at(const struct engine *, int source, int number);
int engine_key_number(const struct key_state *);

uint64_t engine_key_rows(const struct key_state *); /* that went, since it is known */
uint64_t engine_key_row(const struct key_state *);  /* its last one, as numbered in its source */
int64_t engine_key_time(const struct key_state *);  /* ... and its time; TIME_NONE */
const struct alert *engine_key_alert(
    const struct engine *, const struct key_state *, int rule); /* as engine_alert() */
/* How many of its rules fire, and the greatest severity of them, -1: none. */
int engine_key_firing(const struct engine *, int source, const struct key_state *, int *gravest);

/* What a list of keys may be sorted by. Of a great many keys this is a walk through memory, and
 * the only one that a list needs. */
enum key_measure { KEY_NAME, KEY_ROWS, KEY_SEEN, KEY_FIRING, KEY_KPI };
struct key_entry {
	const char *name; /* len bytes, and an end */
	size_t len;
	double measure; /* missing for KEY_NAME; of KEY_FIRING graver rules, then more, are more */
};
/* Of the keys from .. from+n-1, which are there. */
void engine_keys_list(const struct engine *, int source, int from, int n, enum key_measure, int kpi,
    struct key_entry *out);

/* The last values of a column, at most n, which the windows of a key hold: the newest last.
 * Returns how many; 0: no window does. *end: rows of the key that they end with. times: of theirs
 * where they are kept, else TIME_NONE; NULL: nobody asks. */
int engine_key_trend(const struct engine *, int source, const struct key_state *, int column,
    double *out, int64_t *times, int n, uint64_t *end);

#endif
