/* motion.h - how charts move: as --motion says, or scrolling as long as that costs few bytes. */
#ifndef WEIR_MOTION_H
#define WEIR_MOTION_H

#include <stdbool.h>
#include <stdint.h>

#include "widgets/widget.h"

struct motion_choice {
	bool automatic;
	enum motion motion;           /* the choice */
	int w, h;                     /* of the screen */
	int64_t most;                 /* bytes a second that scrolling may cost */
	double cost;                  /* of a frame that scrolls, in bytes; 0: not known yet */
	uint64_t rows, bytes, frames; /* when the span that is measured began; frames in it */
	int64_t begun;                /* the clock then; 0: none has begun */
	int64_t turned; /* how long what is measured has spoken for the other motion, ns */
};

/* word: --motion; NULL: auto. */
void motion_init(struct motion_choice *, const char *word);
/* The screen has this size. Where it had another, what was measured does not count. max_bytes:
 * --max-bytes; 0: not said. */
void motion_size(struct motion_choice *, int w, int h, int64_t max_bytes);
/* A frame is drawn next. rows: of all sources so far; bytes: sent so far; now: a clock in ns. */
enum motion motion_next(struct motion_choice *, uint64_t rows, uint64_t bytes, int64_t now);

#endif
