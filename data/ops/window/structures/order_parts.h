/* order_parts.h - what the files of values in order share; nobody else includes it.
 *
 * order.c       pages: which of them a value is in, when they are split or given back
 * order_page.c  one page: a sorted array where it is read, a queue elsewhere
 * order_read.c  ranks, quantiles and distances */
#ifndef WEIR_ORDER_PARTS_H
#define WEIR_ORDER_PARTS_H

#include "data/ops/window/structures/order.h"
#include "data/ops/window/structures/order_search.h"

struct order_page order_page_new(size_t room); /* up to ORDER_PAGE values; an empty one */
void order_page_free(struct order_page *);
/* More room, for a sorted one that had less than ORDER_PAGE. */
void order_page_widen(struct order_page *, size_t was, size_t room);
size_t order_page_held(size_t room); /* bytes of its values */
void order_page_clear(struct order_page *);

void order_page_sort(struct order_page *);
/* Its values in order, there or in scratch. */
const double *order_page_sorted(const struct order_page *, double scratch[ORDER_PAGE]);
size_t order_page_at_most(const struct order_page *, size_t room, double v); /* how many are <= v */
/* There is room. As a queue it is sorted no more. */
void order_page_insert(struct order_page *, size_t room, double v);
void order_page_append(struct order_page *, double v);
/* false: v is not in it. */
bool order_page_take(struct order_page *, size_t room, double v);
/* Of a sorted one, which has `out`. */
void order_page_replace(struct order_page *, size_t room, double out, double in);
/* The upper half of a full one goes to an empty one. Returns the bound between them. */
double order_page_split(struct order_page *low, struct order_page *high);

/* How many pages have a bound < v (or_equal: <= v). The next one is where v is added, and where the
 * first one that equals it stands. Two counts and no guess, up to a thousand pages. */
static inline size_t
order_page_for(const struct order *o, double v, bool or_equal)
{
	size_t from;

	if (o->tops == NULL)
		return 0;
	from = search_sorted(o->tops, o->cap / ORDER_GROUP, v, or_equal) * ORDER_GROUP;
	return from + search_count_fours(o->bounds + from, ORDER_GROUP, v, or_equal);
}

#endif
