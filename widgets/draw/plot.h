/* plot.h - which rows stand at which columns of dots. */
#ifndef WEIR_PLOT_H
#define WEIR_PLOT_H

#include <stdbool.h>
#include <stdint.h>

enum motion { MOTION_SCROLL, MOTION_SWEEP };
enum { PLOT_PARTS = 64 };

/* Rows have fixed places on an endless line of dots, of which the plot shows the part from offset
 * on: so a row that was drawn looks the same after the picture moved. */
struct plot {
	int dots;
	int stretch;     /* dots for each row, in parts of which PLOT_PARTS are one; or ... */
	int per_dot;     /* ... rows in each dot, where that is more than 1 and stretch one dot */
	uint64_t end;    /* rows so far */
	uint64_t first;  /* the oldest row shown, if it is still kept */
	uint64_t offset; /* dots left of the plot */
	int lead;        /* dots of the plot left of the first row of all */
	enum motion motion;
};

/* step: the dots by which the picture moves at least, 1 or more; window: rows to show, 0: one a
 * dot; ahead: rows to leave room for behind the last, which end at the right edge; between two
 * moves the last of them are beyond it. */
struct plot plot_fit(enum motion, int step, uint64_t end, uint64_t window, int ahead, int dots);
uint64_t plot_capacity(const struct plot *); /* how many rows have room */
bool plot_shares(const struct plot *);       /* some rows share dots */
/* The first row at a later dot than this one's. */
uint64_t plot_row_after(const struct plot *, uint64_t row);
/* How many dots so many rows take, about. */
int plot_width(const struct plot *, int rows);
/* The dot of a row; -1 when it is not shown. Rows at and after end are those to come. */
int plot_dot(const struct plot *, uint64_t row);
/* The same also where it is not shown, left or right of the plot: for lines that go there. Not for
 * MOTION_SWEEP. */
int64_t plot_place(const struct plot *, uint64_t row);
/* The row at a dot (the first of those that share it) and how far the dot is on the way to the
 * next, in [0, 1). Returns false when no row can be there. */
bool plot_row(const struct plot *, int dot, uint64_t *row, double *on_the_way);

#endif
