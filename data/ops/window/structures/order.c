/* order.c - values kept in order. See order.h. */
#include "data/ops/window/structures/order.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/window/structures/order_parts.h"

enum { FIRST_PAGE = 8 }; /* windows are mostly short, and with --by there are many */

/* --- pages ------------------------------------------------------------------------------------ */

static void
pages_extend(struct order *o)
{
	size_t cap = o->cap == 0 ? 1 : o->cap == 1 ? ORDER_GROUP : o->cap * 2;

	o->pages = memory_grow(o->pages, cap, sizeof *o->pages);
	o->bounds = memory_grow(o->bounds, cap, sizeof *o->bounds);
	for (size_t i = o->cap; i < cap; i++)
		o->bounds[i] = INFINITY;
	if (cap > 1)
		o->tops = memory_grow(o->tops, cap / ORDER_GROUP, sizeof *o->tops);
	o->cap = cap;
}

static void
tops_find(struct order *o)
{
	for (size_t i = 0; i < o->cap / ORDER_GROUP; i++)
		o->tops[i] = o->bounds[(i + 1) * ORDER_GROUP - 1];
}

/* An empty one behind the page, with the same bound. */
static void
page_insert(struct order *o, size_t at, size_t room)
{
	size_t behind = o->npages - at;

	if (o->npages == o->cap)
		pages_extend(o);
	memmove(o->pages + at + 1, o->pages + at, behind * sizeof *o->pages);
	memmove(o->bounds + at + 1, o->bounds + at, behind * sizeof *o->bounds);
	o->pages[at] = order_page_new(room);
	o->npages++;
}

/* The upper half of a full page goes to a new one behind it. */
static void
page_split(struct order *o, size_t at)
{
	page_insert(o, at + 1, ORDER_PAGE);
	o->bounds[at + 1] = o->bounds[at];
	o->bounds[at] = order_page_split(&o->pages[at], &o->pages[at + 1]);
	tops_find(o);
	for (int i = 0; i < o->nplaces; i++)
		o->places[i].page += o->places[i].page > at;
}

/* What was between the bounds of an empty page belongs to the next one; of the last page to the one
 * before. */
static void
page_delete(struct order *o, size_t at)
{
	size_t behind;

	order_page_free(&o->pages[at]);
	o->npages--;
	behind = o->npages - at;
	memmove(o->pages + at, o->pages + at + 1, behind * sizeof *o->pages);
	memmove(o->bounds + at, o->bounds + at + 1, behind * sizeof *o->bounds);
	o->bounds[o->npages - 1] = o->bounds[o->npages] = INFINITY;
	tops_find(o);
	for (int i = 0; i < o->nplaces; i++) {
		struct order_place *p = &o->places[i];

		p->page -= p->page > at;
		if (p->page == o->npages)
			p->before -= o->pages[--p->page].n;
	}
}

/* --- one value -------------------------------------------------------------------------------- */

/* Does somebody read there, or so near that who left may be back soon? */
static bool
is_read(const struct order *o, size_t page)
{
	for (int i = 0; i < o->nplaces; i++)
		if (o->places[i].page + 1 >= page && o->places[i].page <= page + 1)
			return true;
	return o->npages == 1;
}

static void
places_moved(struct order *o, size_t page, size_t change)
{
	for (int i = 0; i < o->nplaces; i++)
		o->places[i].before += page < o->places[i].page ? change : 0;
}

/* The only page gets more room. */
static void
widen(struct order *o)
{
	order_page_widen(&o->pages[0], o->room, o->room * 2);
	o->room *= 2;
	o->slides = o->slides && o->room <= SLIDE_MOST;
}

static void
add_at(struct order *o, size_t page, double v)
{
	if (o->pages[page].n == o->room && o->room < ORDER_PAGE) {
		widen(o);
	} else if (o->pages[page].n == ORDER_PAGE) {
		page_split(o, page);
		page += v > o->bounds[page];
	}
	if (o->pages[page].sorted && is_read(o, page))
		order_page_insert(&o->pages[page], o->room, v);
	else
		order_page_append(&o->pages[page], v);
	places_moved(o, page, 1);
	o->n++;
}

void
order_add(struct order *o, double v)
{
	if (o->npages == 0) {
		page_insert(o, 0, FIRST_PAGE);
		o->room = FIRST_PAGE;
		o->slides = order_slides();
	}
	add_at(o, order_page_for(o, v, false), v);
}

/* From that page on: those that equal a bound stand on both sides of it. true: a page is gone. */
static bool
remove_from(struct order *o, size_t page, double v)
{
	while (!order_page_take(&o->pages[page], o->room, v)) {
		page++;
		assert(page < o->npages);
	}
	places_moved(o, page, SIZE_MAX); /* -1 */
	o->n--;
	if (o->pages[page].n > 0 || o->npages == 1)
		return false;
	page_delete(o, page);
	return true;
}

void
order_remove(struct order *o, double v)
{
	remove_from(o, order_page_for(o, v, false), v);
}

void
order_replace_by_search(struct order *o, double out, double in)
{
	size_t from, to;

	if (o->npages == 1 && o->pages[0].sorted) {
		order_page_replace(&o->pages[0], o->room, out, in);
		return;
	}
	/* looked for side by side: neither waits for the other */
	from = order_page_for(o, out, false);
	to = order_page_for(o, in, false);
	if (remove_from(o, from, out))
		to = order_page_for(o, in, false);
	add_at(o, to, in);
}

/* --- memory ----------------------------------------------------------------------------------- */

static void
pages_done(struct order *o)
{
	for (size_t i = 0; i < o->npages; i++)
		order_page_free(&o->pages[i]);
	free(o->pages);
	free(o->bounds);
	free(o->tops);
	o->pages = NULL;
	o->bounds = o->tops = NULL;
	o->npages = o->cap = o->room = 0;
}

/* A single page is kept: short windows of event time may start anew at every row. */
void
order_clear(struct order *o)
{
	if (o->npages == 1)
		order_page_clear(&o->pages[0]);
	else
		pages_done(o);
	o->n = 0;
	for (int i = 0; i < o->nplaces; i++)
		o->places[i] = (struct order_place){ 0, 0 };
}

void
order_done(struct order *o)
{
	pages_done(o);
	free(o->places);
	*o = (struct order){ 0 };
}

size_t
order_held(const struct order *o)
{
	return o->cap * (sizeof *o->pages + sizeof *o->bounds) +
	       o->cap / ORDER_GROUP * sizeof *o->tops + o->npages * order_page_held(o->room) +
	       (size_t)o->nplaces * sizeof *o->places;
}

void
order_fetch(const struct order *o)
{
	__builtin_prefetch(o->pages);
	__builtin_prefetch(o->places, 1);
}
