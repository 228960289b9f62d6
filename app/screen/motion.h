/* motion.h - how charts move: as --motion says, or scrolling as smoothly as bytes allow. */
#ifndef WEIR_MOTION_H
#define WEIR_MOTION_H

#include <stdbool.h>
#include <stdint.h>

#include "widgets/draw/plot.h"

enum { MOTION_STEP = 8 }; /* columns of --motion step */

struct motion_choice {
	bool automatic;
	enum motion motion; /* the choice, and by how many columns charts move */
	int step;
	int w, h;             /* of the screen */
	int64_t most;         /* bytes a second that it may cost */
	uint64_t rows, bytes; /* when the span that is measured began */
	int64_t begun;        /* the clock then; 0: none has begun */
	int wish;             /* of the last span: 1: to move by more columns, -1: by fewer */
	int64_t wished;       /* for how long in turn, ns */
};

/* word: --motion; NULL: auto. */
void motion_init(struct motion_choice *, const char *word);
/* The screen has this size. Where it had another, what was measured does not count. max_bytes:
 * --max-bytes; 0: not said. */
void motion_size(struct motion_choice *, int w, int h, int64_t max_bytes);
/* A frame is drawn next: chooses. rows: of all sources so far; bytes: sent so far; now: a clock in
 * ns. */
void motion_next(struct motion_choice *, uint64_t rows, uint64_t bytes, int64_t now);

#endif
