/* event.h - what the engine tells: one struct for each thing worth telling, in the order of the
 * rows. */
#ifndef WEIR_EVENT_H
#define WEIR_EVENT_H

#include <stddef.h>
#include <stdint.h>

#include "data/query/alert.h"
#include "data/rows/block.h"

enum event_type {
	EVENT_START = 1 << 0,
	EVENT_ROW = 1 << 1,
	EVENT_ALERT = 1 << 2,
	EVENT_DRIFT = 1 << 3,
	EVENT_FORECAST = 1 << 4,
	EVENT_BAD = 1 << 5,
	EVENT_NOTE = 1 << 6,
	EVENT_SUMMARY = 1 << 7,
	/* what is asked for was exchanged: KPIs, rules and derived columns have other numbers;
	 * with a source: it was added, or it is ended and has no columns any more */
	EVENT_REPLACED = 1 << 8,
	EVENT_RESUMED = 1 << 9, /* a saved state was loaded: columns and the rest are known */
	/* a note of what looks wrong, so that what is shown is hardly what was meant: who wants
	 * notes wants it, too, and where nobody does it is said all the same */
	EVENT_DOUBT = 1 << 10
};

struct key_state;

struct event {
	enum event_type type;
	int source;      /* index; -1: none */
	uint64_t row;    /* in its source, from 1; 0: none */
	int64_t time;    /* TIME_NONE: not to be told */
	const char *key; /* with --by; NULL */
	/* the row's cells stand at index at, and its time as its key's clock has it; NULL for
	 * events of no row */
	const struct block *block;
	int at;
	int64_t before; /* EVENT_ROW: where its key's clock stood at the row before; TIME_NONE */
	const struct key_state *state_of; /* EVENT_FORECAST: the key whose forecast it is */
	int rule;                         /* EVENT_ALERT: index of the rule */
	enum alert_state state;
	/* EVENT_BAD, EVENT_NOTE, EVENT_DOUBT, EVENT_REPLACED: one line; EVENT_DRIFT: the
	 * expression */
	const char *what;
	int column;            /* EVENT_BAD: -1: the row as a whole */
	struct cell_text text; /* EVENT_BAD: what stood there, unescaped */
};

/* Whoever follows the engine. Called on the engine's thread; must not call back into it. */
struct listener {
	unsigned wants; /* types of events, or-ed: those not wanted cost nothing */
	void (*event)(void *self, const struct event *);
	/* n rows of one source were stepped at once: at .. at+n-1 of the block; optional. Comes
	 * before the events of these rows. The values of KPIs are engine_kpi_values(). */
	void (*rows)(void *self, int source, const struct block *, int at, int n);
	bool written; /* rows: it shows cells as they stood there: see struct block */
	void *self;
	/* It is not told again what it was told before the engine went back: what it did is done.
	 */
	bool once;
	/* What others keep of the rows goes back with the engine. All or none: save what is needed
	 * to come back here; go back there; say whether all would be whole then, else the last
	 * `reach` rows have to go again. */
	void (*save)(const void *self, struct buffer *);
	bool (*holds)(const void *self, struct reader);
	int (*go_back)(void *self, struct reader *);
	uint64_t reach;
};

#endif
