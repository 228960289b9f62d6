/* waiting.h - rows that were predicted and whose label, or target, is to come: so many rows, or so
 * long, after them. */
#ifndef WEIR_LEARN_WAITING_H
#define WEIR_LEARN_WAITING_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/params/params.h"

enum { WAITING_MOST = 65536 /* rows */ };

struct waiting { /* zeroed: nothing waits */
	struct span by;
	uint64_t first, end;
	int cap;     /* rows that there is room for; 0: labels come with their rows */
	size_t size; /* numbers of a row */
	double *rows;
};

/* by: SPAN_NONE: nothing waits. size: the owner's numbers of a row. */
void waiting_begin(struct waiting *, struct span by, size_t size);
void waiting_done(struct waiting *);
size_t waiting_held(const struct waiting *);

/* A new row, for the owner to fill; of too many the oldest goes. */
double *waiting_add(struct waiting *, int64_t time);
/* The oldest row, when its label is known at that time, or with the row that comes now; NULL: it is
 * not. */
const double *waiting_due(const struct waiting *, int64_t now);
void waiting_next(struct waiting *); /* the oldest has gone */
/* Row first .. end - 1. */
double *waiting_row(const struct waiting *, uint64_t i);
/* Rows are of another size from now on; of each the first numbers, so many, stay. */
void waiting_resize(struct waiting *, size_t stay, size_t size);

void waiting_save(const struct waiting *, struct buffer *);
/* Rows of that size, of something that waits like this. */
int waiting_load(struct waiting *, size_t size, struct reader *);

#endif
