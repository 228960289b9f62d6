/* health.h - how the program itself is: its figures, for people and for other programs. */
#ifndef WEIR_HEALTH_H
#define WEIR_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/text.h"

struct session;

struct health {
	uint64_t rows, bad, late, dropped;
	double lag;     /* s that the last row's stamp lies back, of live sources; NaN: unknown */
	bool recording; /* there is a store; what follows is of it */
	bool failed;    /* the disk is full, or fails */
	uint64_t recorded, lost;
	uint64_t waiting;  /* batches to be written */
	double checkpoint; /* s since the last one; NaN: none yet */
	uint64_t store;    /* bytes of its file */
	uint64_t memory;   /* bytes that are resident */
	uint64_t back;     /* ... of which this is for going back */
	uint64_t held;     /* bytes of events not yet written out */
};

struct health session_health(const struct session *);
/* One line, without its end; frames 0: there is no screen. */
void health_print(const struct health *, uint64_t frames, uint64_t skipped, struct text *);

#endif
