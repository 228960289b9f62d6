/* window.h - the shared window: which rows of x count at each row.
 *
 * Rows, event time, all, every= and gap= differ only in which rows they hold. So the window says,
 * for each row, the half-open range [lo, hi) of row numbers that counts there; both never go back.
 * A statistic follows the range: it takes in the rows up to hi, drops those below lo, and gives its
 * value. Where the range has not moved (between the multiples of every=) the value has not either.
 *
 * The rows themselves stand in one ring that all statistics of the same x and w read. A window that
 * drops nothing (all) keeps only the rows of the current run. Missing values are rows too: they
 * stand in the ring as NaN, age the others, and are skipped by statistics. */
#ifndef WEIR_WINDOW_H
#define WEIR_WINDOW_H

#include "data/graph/op.h"

extern const struct op_class op_window; /* ".window"; out: lane 0 lo, lane 1 hi; NaN: none yet */

/* The parameters of every statistic over a window, to stand at the end of its table. */
#define WINDOW_PARAMS                                                                              \
	{ "w", PARAM_WINDOW, "", 0, 0, NULL, "rows, a duration, or all" },                         \
	    { "every", PARAM_SPAN, "", 0, 0, NULL, "the value changes only at multiples of it" },  \
	{                                                                                          \
		"gap", PARAM_DURATION, "", 0, 0, NULL,                                             \
		    "a pause longer than it starts the window anew"                                \
	}

struct window {
	struct span span, every, gap;
	double *x;     /* ring of values; row r stands at x[r & mask] */
	int64_t *time; /* ring of their event times, ns; NULL: nobody reads them */
	uint64_t mask;
	uint64_t timed;  /* times are kept of rows from this one on */
	bool times;      /* ... if at all */
	bool ready;      /* a first multiple of every= was reached */
	uint64_t lo, hi; /* after the last row */
	uint64_t end;    /* rows seen */
	uint64_t kept;   /* oldest row still in the ring */
	/* every= and gap= */
	int64_t boundary; /* the last multiple at which the value changed */
	int64_t last;     /* time of the last row */
	uint64_t session; /* first row of the session */
};

static inline double
window_x(const struct window *w, uint64_t row)
{
	return w->x[row & w->mask];
}

/* Of windows whose times are read: by rows and all they are not kept unless asked for. */
static inline int64_t
window_time(const struct window *w, uint64_t row)
{
	return w->time[row & w->mask];
}

/* For init of an operator that reads its window's times. */
void window_keep_times(const struct op *window);

/* Can the rows lo .. hi-1 be read? For states that were loaded. */
static inline bool
window_holds(const struct window *w, uint64_t lo, uint64_t hi)
{
	return lo <= hi && hi <= w->end && (lo == hi || lo >= w->kept);
}

/* May a statistic that has followed the rows lo .. hi-1 go on from there, reading them again as
 * they leave? What the window no longer keeps it starts anew from. For states that were loaded. */
static inline bool
window_follows(const struct window *w, uint64_t lo, uint64_t hi)
{
	return lo <= hi && hi <= w->end &&
	       (hi < w->kept || w->span.unit == SPAN_ALL || lo >= w->kept);
}

/* Do two of the same parameters hold the same rows? */
static inline bool
window_same(const struct window *a, const struct window *b)
{
	return a->kept == b->kept && a->lo == b->lo && a->hi == b->hi && a->end == b->end &&
	       a->session == b->session && a->ready == b->ready && a->boundary == b->boundary &&
	       a->last == b->last;
}

/* The window that an operator reads as input i (its part must be op_window). */
static inline const struct window *
op_window_of(const struct op *op, int i)
{
	return op->args[i]->state;
}

/* One row's range, read off the window's output lanes. */
struct range {
	uint64_t lo, hi;
};

/* false: no value yet (before the first multiple of every=). */
static inline bool
window_range(const double *in, int row, struct range *r)
{
	double lo = in[row];

	if (isnan(lo))
		return false;
	/* signed in between: that is one instruction */
	r->lo = (uint64_t)(int64_t)lo;
	r->hi = (uint64_t)(int64_t)in[row + BLOCK_ROWS];
	return true;
}

#endif
