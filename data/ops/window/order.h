/* order.h - values kept in order: added and removed one by one, read by rank.
 *
 * A sorted array cut into pages, with a Fenwick tree over the pages' lengths. Up to a page it is
 * simply a sorted array, where a value that replaces another moves only what lies between them;
 * with 100,000 values a step touches two pages and a few words of the tree. */
#ifndef WEIR_ORDER_H
#define WEIR_ORDER_H

#include <stddef.h>
#include <stdint.h>

enum { ORDER_PAGE = 256 };

struct order_page;

struct order {
	struct order_page **pages; /* none is empty, unless it is the only one */
	double *last;              /* greatest value of each page */
	uint32_t *tree;            /* Fenwick tree of their lengths, from 1 */
	size_t npages, cap;
	size_t n; /* values */
};

void order_done(struct order *);
void order_clear(struct order *);

void order_add(struct order *, double v);
void order_remove(struct order *, double v); /* v is in it */
void order_replace(struct order *, double out, double in);

/* The values page by page (0, 1, ...), each in order; NULL behind the last. */
const double *order_values(const struct order *, size_t page, size_t *n);
double order_at(const struct order *, size_t rank);   /* from 0 */
size_t order_at_most(const struct order *, double v); /* how many are <= v */
/* Linear interpolation between ranks, type 7 of Hyndman and Fan (1996); missing when empty. */
double order_quantile(const struct order *, double q);
/* Median of |x - median|; missing when empty. */
double order_mad(const struct order *);

size_t order_held(const struct order *); /* bytes */

#endif
