/* order.h - values kept in order: added and removed one by one, read by rank.
 *
 * A sorted array cut into pages. Up to a page it is simply a sorted array, where a value that
 * replaces another moves only what lies between them; with 100,000 values a step touches two pages.
 *
 * Who reads a rank again and again has a place: a page, and how many values stand before it. A step
 * changes that number by one at most, so the rank is found where it was, or next to it: without a
 * place, finding it costs a walk over all pages. */
#ifndef WEIR_ORDER_H
#define WEIR_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/ops/window/structures/order_slide.h"

enum { ORDER_PAGE = 256 };

struct order_place {
	size_t page, before;
};

struct order {
	double **pages; /* none is empty, unless it is the only one; filled up with +infinity */
	double *last;   /* greatest value of each page, filled up likewise */
	uint32_t *len;  /* values in each page */
	size_t npages;
	size_t cap;  /* pages there is room for: a power of two */
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
	if (!o->slides) {
		order_replace_by_search(o, out, in);
		return;
	}
	/* by fours: what lies behind the last value stays as it is */
	order_slide(o->pages[0], (o->len[0] + 3) & ~(size_t)3, out, in);
	o->last[0] = o->pages[0][o->len[0] - 1];
}

/* The values page by page (0, 1, ...), each in order; NULL behind the last. */
const double *order_values(const struct order *, size_t page, size_t *n);
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
