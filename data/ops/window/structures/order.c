/* order.c - values kept in order. See order.h. */
#include "data/ops/window/structures/order.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/window/structures/order_search.h"

/* Pages that run low are joined with a neighbour when both fit into three quarters of a page: far
 * from both limits, so that a value coming and going does not split and join forever. */
enum { LOW = ORDER_PAGE / 8, JOINED = ORDER_PAGE * 3 / 4 };

enum { FIRST_PAGE = 8 }; /* windows are mostly short, and with --by there are many */

static void
fill_up(double *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		v[i] = INFINITY;
}

/* --- pages ------------------------------------------------------------------------------------ */

static void
pages_extend(struct order *o)
{
	size_t cap = o->cap > 0 ? o->cap * 2 : 1;

	o->pages = memory_grow(o->pages, cap, sizeof *o->pages);
	o->last = memory_grow(o->last, cap, sizeof *o->last);
	o->len = memory_grow(o->len, cap, sizeof *o->len);
	fill_up(o->last, o->cap, cap);
	o->cap = cap;
}

/* Room for a page at `at`, which becomes an empty one. */
static void
page_insert(struct order *o, size_t at, size_t room)
{
	size_t behind = o->npages - at;

	if (o->npages == o->cap)
		pages_extend(o);
	memmove(o->pages + at + 1, o->pages + at, behind * sizeof *o->pages);
	memmove(o->last + at + 1, o->last + at, behind * sizeof *o->last);
	memmove(o->len + at + 1, o->len + at, behind * sizeof *o->len);
	o->pages[at] = memory_new(room + SLIDE_PAD, sizeof **o->pages);
	fill_up(o->pages[at], 0, room + SLIDE_PAD);
	o->len[at] = 0;
	o->npages++;
}

static void
page_delete(struct order *o, size_t at)
{
	size_t behind;

	free(o->pages[at]);
	o->npages--;
	behind = o->npages - at;
	memmove(o->pages + at, o->pages + at + 1, behind * sizeof *o->pages);
	memmove(o->last + at, o->last + at + 1, behind * sizeof *o->last);
	memmove(o->len + at, o->len + at + 1, behind * sizeof *o->len);
	o->last[o->npages] = INFINITY;
}

/* The only page gets more room. */
static void
page_widen(struct order *o, size_t room)
{
	o->pages[0] = memory_grow(o->pages[0], room + SLIDE_PAD, sizeof **o->pages);
	fill_up(o->pages[0], o->room, room + SLIDE_PAD);
	o->room = room;
	o->slides = o->slides && room <= SLIDE_MOST;
}

/* The upper half of a full page goes to a new one behind it. */
static void
page_split(struct order *o, size_t at)
{
	enum { HALF = ORDER_PAGE / 2 };
	double *low, *high;

	page_insert(o, at + 1, ORDER_PAGE);
	low = o->pages[at];
	high = o->pages[at + 1];
	memcpy(high, low + HALF, HALF * sizeof *high);
	fill_up(low, HALF, ORDER_PAGE);
	o->len[at] = o->len[at + 1] = HALF;
	o->last[at] = low[HALF - 1];
	o->last[at + 1] = high[HALF - 1];
	for (int i = 0; i < o->nplaces; i++)
		o->places[i].page += o->places[i].page > at;
}

/* Joins the page with the next one if both fit. */
static bool
page_join(struct order *o, size_t at)
{
	size_t n, more;

	if (at + 1 >= o->npages || o->len[at] + o->len[at + 1] > JOINED)
		return false;
	n = o->len[at];
	more = o->len[at + 1];
	memcpy(o->pages[at] + n, o->pages[at + 1], more * sizeof **o->pages);
	o->len[at] += o->len[at + 1];
	if (more > 0)
		o->last[at] = o->last[at + 1];
	page_delete(o, at + 1);
	for (int i = 0; i < o->nplaces; i++) {
		struct order_place *p = &o->places[i];

		p->before -= p->page == at + 1 ? n : 0;
		p->page -= p->page > at;
	}
	return true;
}

/* A page ran low. An empty one always fits a neighbour, but for full ones. */
static void
page_low(struct order *o, size_t at)
{
	if (page_join(o, at) || (at > 0 && page_join(o, at - 1)) || o->len[at] > 0)
		return;
	page_delete(o, at);
	for (int i = 0; i < o->nplaces; i++) {
		struct order_place *p = &o->places[i];

		p->page -= p->page > at;
		if (p->page == o->npages)
			p->before -= o->len[--p->page];
	}
}

/* The page for v: the first whose greatest value is not below it, else the last one. */
static size_t
page_for(const struct order *o, double v)
{
	size_t page;

	if (o->npages == 1)
		return 0;
	page = search_sorted(o->last, o->cap, v, false);
	return page < o->npages ? page : o->npages - 1;
}

static size_t
page_search(const struct order *o, size_t page, double v)
{
	return search_sorted(o->pages[page], o->room, v, false);
}

/* --- one value -------------------------------------------------------------------------------- */

static void
page_put(struct order *o, size_t page, size_t at, double v)
{
	double *p = o->pages[page];
	size_t n = o->len[page]++;

	memmove(p + at + 1, p + at, (n - at) * sizeof *p);
	p[at] = v;
	o->last[page] = p[n];
}

static void
page_take(struct order *o, size_t page, size_t at)
{
	double *p = o->pages[page];
	size_t n = --o->len[page];

	memmove(p + at, p + at + 1, (n - at) * sizeof *p);
	p[n] = INFINITY;
	o->last[page] = p[n > 0 ? n - 1 : 0];
}

static void
places_moved(struct order *o, size_t page, size_t change)
{
	for (int i = 0; i < o->nplaces; i++)
		o->places[i].before += page < o->places[i].page ? change : 0;
}

void
order_add(struct order *o, double v)
{
	size_t page;

	if (o->npages == 0) {
		page_insert(o, 0, FIRST_PAGE);
		o->room = FIRST_PAGE;
		o->slides = order_slides();
	}
	page = page_for(o, v);
	if (o->len[page] == o->room) {
		if (o->room < ORDER_PAGE) {
			page_widen(o, o->room * 2);
		} else {
			page_split(o, page);
			page += v > o->last[page];
		}
	}
	page_put(o, page, page_search(o, page, v), v);
	places_moved(o, page, 1);
	o->n++;
}

void
order_remove(struct order *o, double v)
{
	size_t page = page_for(o, v);

	page_take(o, page, page_search(o, page, v));
	places_moved(o, page, SIZE_MAX); /* -1 */
	o->n--;
	if (o->len[page] < LOW && o->npages > 1)
		page_low(o, page);
}

/* Within one page only what lies between the two values moves. */
static void
page_replace(struct order *o, size_t page, double out, double in)
{
	double *p = o->pages[page];
	size_t from = page_search(o, page, out), to = page_search(o, page, in);

	if (to > from) {
		to--;
		memmove(p + from, p + from + 1, (to - from) * sizeof *p);
	} else {
		memmove(p + to + 1, p + to, (from - to) * sizeof *p);
	}
	p[to] = in;
	o->last[page] = p[o->len[page] - 1];
}

void
order_replace_by_search(struct order *o, double out, double in)
{
	size_t from = page_for(o, out), to = page_for(o, in), at;

	if (from == to) {
		page_replace(o, from, out, in);
	} else if (o->len[from] <= LOW || o->len[to] == ORDER_PAGE) {
		order_remove(o, out);
		order_add(o, in);
	} else {
		at = page_search(o, from, out);
		page_put(o, to, page_search(o, to, in), in);
		page_take(o, from, at);
		for (int i = 0; i < o->nplaces; i++) {
			struct order_place *p = &o->places[i];

			p->before += (size_t)(to < p->page) - (size_t)(from < p->page);
		}
	}
}

/* --- memory ----------------------------------------------------------------------------------- */

static void
pages_done(struct order *o)
{
	for (size_t i = 0; i < o->npages; i++)
		free(o->pages[i]);
	free(o->pages);
	free(o->last);
	free(o->len);
	o->pages = NULL;
	o->last = NULL;
	o->len = NULL;
	o->npages = o->cap = o->room = 0;
}

/* A single page is kept: short windows of event time may start anew at every row. */
void
order_clear(struct order *o)
{
	if (o->npages == 1) {
		fill_up(o->pages[0], 0, o->len[0]);
		o->len[0] = 0;
		o->last[0] = INFINITY;
	} else {
		pages_done(o);
	}
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
	return o->cap * (sizeof *o->pages + sizeof *o->last + sizeof *o->len) +
	       o->npages * (o->room + SLIDE_PAD) * sizeof **o->pages +
	       (size_t)o->nplaces * sizeof *o->places;
}
