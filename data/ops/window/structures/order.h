/* order.h - values kept in order: added and removed one by one, read by rank.
 *
 * The values are cut into pages, each with those between two bounds, and sorted only where somebody
 * reads: all other pages are queues. A value that comes is appended to one; the one that leaves a
 * window is the oldest of all, so it stands at the head of another. Neither is searched for, and
 * nothing moves. Up to one page it is simply a sorted array.
 *
 * Who reads a rank again and again has a place: a page, and how many values stand before it. A step
 * changes that number by one at most, so the rank is found where it was, or next to it: without a
 * place, finding it costs a walk over all pages. For the same reason few pages are ever sorted
 * anew: a rank moves through a page no faster than by a value at each step. */
#ifndef WEIR_ORDER_H
#define WEIR_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/ops/window/structures/order_slide.h"

enum { ORDER_PAGE = 256, ORDER_GROUP = 32 };

struct order_place {
	size_t page, before;
};

struct order_page {
	double *values;
	uint16_t first, n; /* it has n of them, from first on */
	bool sorted; /* from 0 on, and filled up with +infinity; else they stand as they came */
};

struct order {
	struct order_page *pages; /* none is empty, unless it is the only one */
	/* None of the values of a page is above its bound, none of the next page's below. That of
	 * the last one is +infinity; filled up likewise. */
	double *bounds;
	double *tops; /* the last bound of each ORDER_GROUP pages; NULL: there is one page */
	size_t npages;
	size_t cap;  /* pages there is room for: 1, or ORDER_GROUP times a power of two */
	size_t room; /* values that the only page has room for; where there are more, ORDER_PAGE */
	size_t n;    /* values */
	bool slides; /* the only page, being short, is passed over and not searched */
	struct order_place *places;
	int nplaces;
};

struct order_mad {             /* where a mad is read; see order_mad_init */
	int median, low, high; /* places */
	size_t from;           /* rank of the least of the half that was nearest to the median */
};

void order_done(struct order *);
void order_clear(struct order *); /* no values; the places stay */

void order_add(struct order *, double v);
void order_remove(struct order *, double v);                         /* v is in it */
void order_replace_by_search(struct order *, double out, double in); /* the longer way */

static inline void
order_replace(struct order *o, double out, double in)
{
	if (o->slides) /* by fours: what lies behind the last value stays as it is */
		order_slide(o->pages[0].values, (o->n + 3) & ~(size_t)3, out, in);
	else
		order_replace_by_search(o, out, in);
}

/* The values page by page (0, 1, ...), each in order, there or in scratch; NULL behind the last. */
const double *order_values(
    const struct order *, size_t page, double scratch[ORDER_PAGE], size_t *n);
double order_at(const struct order *, size_t rank); /* from 0 */
size_t order_held(const struct order *);            /* bytes */
void order_fetch(const struct order *);             /* into the cache, before it is used */

int order_place(struct order *);                           /* a new one, for the functions below */
size_t order_at_most(struct order *, int place, double v); /* how many are <= v */
/* Linear interpolation between ranks, type 7 of Hyndman and Fan (1996); missing when empty. */
double order_quantile(struct order *, int place, double q);
/* Quantile q of it less quantile p, from the values beside each: near 1e15 a double holds no
 * eighths, but the distance of two does. Missing when empty. */
double order_between(struct order *, int place_p, double p, int place_q, double q);
void order_mad_init(struct order *, struct order_mad *);
/* Median of |x - median|; missing when empty. */
double order_mad(struct order *, struct order_mad *);

#endif
