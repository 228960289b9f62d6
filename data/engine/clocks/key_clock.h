/* key_clock.h - the clock of a key: event time as windows and rules see it. It never goes back.
 *
 * Stamps do: rows come late, one stamp is wrong and far ahead, summer time ends, old rows are sent
 * later. A row behind the clock is stepped at the clock's time. When rows stay behind, time itself
 * was set back: the clock then runs on with the stamps, shifted. */
#ifndef WEIR_KEY_CLOCK_H
#define WEIR_KEY_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"

enum { CLOCK_STEPS = 32, CLOCK_BEHIND = 5 };

struct key_clock { /* zeroed: no row yet */
	bool started;
	unsigned char behind;       /* rows in a row that lay far behind */
	unsigned char nsteps, room; /* of steps */
	unsigned char next;         /* the step that is replaced next */
	int64_t at;                 /* ns since 1970 */
	int64_t shift;              /* ns that stamps are moved on by; 0: they are as they stand */
	int64_t greatest;           /* stamp so far */
	int64_t greatest_behind;    /* of those `behind` rows */
	int64_t *steps;             /* the last ones forward, ns */
};

enum key_clock_news {   /* bits */
	CLOCK_LATE = 1, /* the row lies behind the clock */
	CLOCK_SET_BACK =
	    2, /* and with it time was found to be set back: there is a shift, or a new one */
	CLOCK_CAUGHT_UP = 4 /* a step ahead took the shift away, or made it smaller */
};

void key_clock_done(struct key_clock *);
struct key_clock *key_clock_new(void);
void key_clock_free(struct key_clock *); /* NULL is fine */
/* A row of that stamp. Returns the time at which it is stepped. news: bits of enum
 * key_clock_news. */
int64_t key_clock_step(struct key_clock *, int64_t stamp, unsigned *news);

void key_clock_save(const struct key_clock *, struct buffer *);
/* Into a zeroed clock. -1: the bytes are none of a clock; then it is as good as zeroed. */
int key_clock_load(struct key_clock *, struct reader *);

#endif
