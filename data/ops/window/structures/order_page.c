/* order_page.c - a page of values kept in order: a sorted array, or a queue. See order.h. */
#include "data/ops/window/structures/order_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/window/structures/order_search.h"

enum {
	SLACK = 64, /* behind a full page: a queue moves to the front once in so many steps */
	ROOM = ORDER_PAGE + SLACK,
	SAMPLE = 15 /* values whose median divides a page */
};

static void
fill_up(double *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		v[i] = INFINITY;
}

static size_t
room_held(size_t room)
{
	return room < ORDER_PAGE ? room + SLIDE_PAD : ROOM;
}

struct order_page
order_page_new(size_t room)
{
	struct order_page p = { .sorted = true };

	p.values = memory_new(room_held(room), sizeof *p.values);
	fill_up(p.values, 0, room_held(room));
	return p;
}

void
order_page_free(struct order_page *p)
{
	free(p->values);
	p->values = NULL;
}

void
order_page_widen(struct order_page *p, size_t was, size_t room)
{
	p->values = memory_grow(p->values, room_held(room), sizeof *p->values);
	fill_up(p->values, was, room_held(room));
}

size_t
order_page_held(size_t room)
{
	return room_held(room) * sizeof(double);
}

void
order_page_clear(struct order_page *p)
{
	fill_up(p->values, 0, p->sorted ? p->n : ORDER_PAGE);
	p->first = p->n = 0;
	p->sorted = true;
}

/* --- sorted ----------------------------------------------------------------------------------- */

void
order_page_insert(struct order_page *p, size_t room, double v)
{
	size_t at = search_sorted(p->values, room, v, false);

	memmove(p->values + at + 1, p->values + at, (p->n - at) * sizeof v);
	p->values[at] = v;
	p->n++;
}

static bool
take_sorted(struct order_page *p, size_t room, double v)
{
	size_t at = search_sorted(p->values, room, v, false);

	if (at == p->n || p->values[at] > v)
		return false;
	p->n--;
	memmove(p->values + at, p->values + at + 1, (p->n - at) * sizeof v);
	p->values[p->n] = INFINITY;
	return true;
}

/* Only what lies between the two values moves. */
void
order_page_replace(struct order_page *p, size_t room, double out, double in)
{
	size_t from = search_sorted(p->values, room, out, false);
	size_t to = search_sorted(p->values, room, in, false);

	if (to > from) {
		to--;
		memmove(p->values + from, p->values + from + 1, (to - from) * sizeof in);
	} else {
		memmove(p->values + to + 1, p->values + to, (from - to) * sizeof in);
	}
	p->values[to] = in;
}

/* n values filled up with +infinity to ORDER_PAGE, in order. */
static void
sort(const double *values, size_t n, double *out)
{
	struct order_page p = { .values = out };

	fill_up(out, 0, ORDER_PAGE);
	while (p.n < n)
		order_page_insert(&p, ORDER_PAGE, values[p.n]);
}

void
order_page_sort(struct order_page *p)
{
	double values[ORDER_PAGE];

	memcpy(values, p->values + p->first, p->n * sizeof *values);
	sort(values, p->n, p->values);
	p->first = 0;
	p->sorted = true;
}

const double *
order_page_sorted(const struct order_page *p, double scratch[ORDER_PAGE])
{
	if (p->sorted)
		return p->values;
	sort(p->values + p->first, p->n, scratch);
	return scratch;
}

size_t
order_page_at_most(const struct order_page *p, size_t room, double v)
{
	if (p->sorted)
		return search_sorted(p->values, room, v, true);
	return search_count(p->values + p->first, p->n, v, true);
}

/* --- queues ----------------------------------------------------------------------------------- */

static void
move_to_front(struct order_page *p)
{
	memmove(p->values, p->values + p->first, p->n * sizeof *p->values);
	p->first = 0;
}

void
order_page_append(struct order_page *p, double v)
{
	if (p->first + p->n == ROOM)
		move_to_front(p);
	p->values[p->first + p->n++] = v;
	p->sorted = false;
}

/* Mostly it is the oldest one; in a page that was sorted before it stands anywhere. */
static bool
take_queued(struct order_page *p, double v)
{
	double *values = p->values + p->first;
	size_t at = 0;

	if (p->n == 0 || values[0] < v || values[0] > v)
		at = search_equal(values, p->n, v);
	if (at == p->n)
		return false;
	memmove(values + 1, values, at * sizeof v);
	p->first++;
	p->n--;
	return true;
}

bool
order_page_take(struct order_page *p, size_t room, double v)
{
	return p->sorted ? take_sorted(p, room, v) : take_queued(p, v);
}

/* --- split ------------------------------------------------------------------------------------ */

static double
split_sorted(struct order_page *low, struct order_page *high)
{
	enum { HALF = ORDER_PAGE / 2 };

	memcpy(high->values, low->values + HALF, HALF * sizeof *high->values);
	fill_up(low->values, HALF, ORDER_PAGE);
	low->n = high->n = HALF;
	return low->values[HALF - 1];
}

/* A value with about half of the others below it. */
static double
middle(const struct order_page *p)
{
	double sorted[SAMPLE] = { 0 };

	for (int i = 0; i < SAMPLE; i++) {
		double v = p->values[p->first + i * (ORDER_PAGE / SAMPLE)];
		int at = i;

		for (; at > 0 && sorted[at - 1] > v; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = v;
	}
	return sorted[SAMPLE / 2];
}

/* Both keep the order in which values came. Of those that equal the bound so many go either way
 * that neither page is left empty. Every value is written to both, so that there is no choice for
 * the processor to guess. */
static double
split_queue(struct order_page *low, struct order_page *high)
{
	const double *values = low->values + low->first, bound = middle(low);
	size_t n = low->n, below = search_count(values, n, bound, false);
	size_t equal = below < n / 2 ? n / 2 - below : 0; /* that stay */
	size_t nlow = 0, nhigh = 0;

	for (size_t i = 0; i < n; i++) {
		double v = values[i];
		size_t is_equal = (size_t)(v <= bound) & (size_t)(v >= bound) & (size_t)(equal > 0);
		size_t stays = (size_t)(v < bound) | is_equal;

		equal -= is_equal;
		low->values[nlow] = v; /* which was read */
		high->values[nhigh] = v;
		nlow += stays;
		nhigh += 1 - stays;
	}
	low->first = 0;
	low->n = (uint16_t)nlow;
	high->n = (uint16_t)nhigh;
	high->sorted = false;
	return bound;
}

double
order_page_split(struct order_page *low, struct order_page *high)
{
	return low->sorted ? split_sorted(low, high) : split_queue(low, high);
}
