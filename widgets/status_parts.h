/* status_parts.h - what the files of the first line share; nobody else includes it.
 *
 * status.c       which of its parts find room, and the picture of it
 * status_line.c  what the parts say */
#ifndef WEIR_STATUS_PARTS_H
#define WEIR_STATUS_PARTS_H

#include "widgets/widget.h"

enum {
	STATUS_PARTS = 21,
	STATUS_NEEDED = 78, /* importance from which on a part is shortened before it is left out */
	STATUS_STATE = 14,  /* cells of how rows go: what stands behind it keeps its place */
	STATUS_PAUSED = 7   /* of them, "paused " */
};

struct status {     /* how far it is, as it was told last */
	int source; /* plus 1; 0: nothing was told yet */
	struct progress progress;
	uint64_t end; /* of the rows of the picture */
};

struct part {
	char text[96];
	char brief[80]; /* the same in fewer cells; "" where there is no shorter way */
	enum style style;
	int importance;
	bool right; /* at the right end */
	bool bar;   /* it is the progress bar */
};

struct line {
	struct part parts[STATUS_PARTS];
	int n;
};

/* How far it is now, unless that rests. */
void status_follow(struct status *, const struct view *);
/* All that there is to say, from left to right; l has no parts yet. */
void status_compose(struct line *l, const struct status *, const struct view *);

#endif
