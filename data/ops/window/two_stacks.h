/* two_stacks.h - an aggregate over a sliding range that only ever adds.
 *
 * Taking a value out of a sum, a variance or a minimum is where numbers go wrong: what a spike of
 * 1e15 pushed out of the last digits does not come back when the spike leaves. So nothing is taken
 * out. The range is cut at mid: of the rows before it, front holds the aggregate of every suffix;
 * of the rows behind it, back holds one aggregate, and each row adds to that. The value is the two
 * put together. When lo reaches mid, the rows behind become the new front, folded from the newest
 * to the oldest: so every row is added twice in its life, however long the window (the two-stack
 * queue).
 *
 * Where an aggregate has an anchor (a value subtracted from all of its own, so that offsets of 1e9
 * cost no digits), it is the first value added. In front that is the newest, in back the oldest:
 * the anchor is always a value in the window, hence never far from it in the window's own terms. */
#ifndef WEIR_TWO_STACKS_H
#define WEIR_TWO_STACKS_H

#include "data/ops/window/window.h"

struct two_stacks { /* the first member of a statistic's state */
	uint64_t lo, mid, hi;
	void *front;   /* aggregates of the statistic's own type, from the newest row on */
	size_t cap;    /* how many front has room for ... */
	uint32_t item; /* ... and bytes of each */
	bool stale;    /* front is not built: the state was loaded */
};

/* Room for n aggregates in front. */
void *two_stacks_reserve(struct two_stacks *, uint64_t n, size_t item);

/* For op_class. Only the fold's place and back are saved: front is folded again from the window's
 * ring, the same additions in the same order. */
void two_stacks_save(const struct op *, struct buffer *);
int two_stacks_load(struct op *, struct reader *);
void two_stacks_done(struct op *);
size_t two_stacks_held(const struct op *);

struct fold_class { /* agg is the statistic's own state */
	/* Adds a row to back; builds front of the rows lo..mid-1; empties back. */
	void (*take)(void *agg, const struct op *, uint64_t row);
	void (*turn)(void *agg, const struct op *, uint64_t lo, uint64_t mid);
	void (*clear)(void *agg);
};

/* Before a run: what the window no longer keeps cannot be followed, as when the statistic is
 * younger than its window. */
static inline void
two_stacks_begin(
    struct two_stacks *f, const struct fold_class *class, void *agg, const struct op *op)
{
	const struct window *w = op_window_of(op, 0);

	if (f->hi < w->kept) {
		f->lo = f->mid = f->hi = w->kept;
		class->clear(agg);
		class->turn(agg, op, f->lo, f->mid);
	} else if (f->stale) {
		class->turn(agg, op, f->lo, f->mid);
	}
	f->stale = false;
}

/* Inlined with class known, so that a row costs no calls. */
static inline __attribute__((always_inline)) void
two_stacks_follow(struct two_stacks *f, struct range r, const struct fold_class *class, void *agg,
    const struct op *op)
{
	if (r.lo > f->lo) {
		f->lo = r.lo;
		if (f->lo >= f->mid) {
			if (f->hi < f->lo)
				f->hi = f->lo;
			f->mid = f->hi;
			class->turn(agg, op, f->lo, f->mid);
			class->clear(agg);
		}
	}
	while (f->hi < r.hi)
		class->take(agg, op, f->hi++);
}

/* Where the aggregate of lo..mid-1 stands in front; -1: none. */
static inline int64_t
two_stacks_front(const struct two_stacks *f)
{
	return (int64_t)(f->mid - f->lo) - 1;
}

#endif
