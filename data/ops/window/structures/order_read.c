/* order_read.c - ranks, quantiles and the median absolute deviation of values kept in order. */
#include <math.h>
#include <stdbool.h>

#include "data/base/error.h"
#include "data/ops/window/structures/order_parts.h"

/* --- by rank ---------------------------------------------------------------------------------- */

/* From here on it is kept sorted, as long as somebody reads there. */
static inline const double *
sorted_page(struct order *o, size_t page)
{
	if (__builtin_expect(!o->pages[page].sorted, 0))
		order_page_sort(&o->pages[page]);
	return o->pages[page].values;
}

const double *
order_values(const struct order *o, size_t page, double scratch[ORDER_PAGE], size_t *n)
{
	if (page >= o->npages)
		return NULL;
	*n = o->pages[page].n;
	return order_page_sorted(&o->pages[page], scratch);
}

double
order_at(const struct order *o, size_t rank)
{
	double scratch[ORDER_PAGE];
	size_t page = 0;

	for (; rank >= o->pages[page].n; page++)
		rank -= o->pages[page].n;
	return order_page_sorted(&o->pages[page], scratch)[rank];
}

int
order_place(struct order *o)
{
	o->places = memory_grow(o->places, (size_t)o->nplaces + 1, sizeof *o->places);
	o->places[o->nplaces] = (struct order_place){ 0, 0 };
	return o->nplaces++;
}

/* Moves the place to the page of a rank, and gives the rank within that page. */
static inline size_t
place_seek(const struct order *o, struct order_place *p, size_t rank)
{
	while (rank < p->before)
		p->before -= o->pages[--p->page].n;
	while (rank - p->before >= o->pages[p->page].n)
		p->before += o->pages[p->page++].n;
	return rank - p->before;
}

static inline double
place_at(struct order *o, int place, size_t rank)
{
	struct order_place *p = &o->places[place];
	size_t at = place_seek(o, p, rank);

	return sorted_page(o, p->page)[at];
}

size_t
order_at_most(struct order *o, int place, double v)
{
	struct order_place *p = &o->places[place];
	size_t page;

	if (o->n == 0)
		return 0;
	page = order_page_for(o, v, true);
	while (p->page > page)
		p->before -= o->pages[--p->page].n;
	while (p->page < page)
		p->before += o->pages[p->page++].n;
	return p->before + order_page_at_most(&o->pages[page], o->room, v);
}

struct quantile { /* a value, and what is to be added to it */
	double value, rest;
};

static inline struct quantile
quantile_at(struct order *o, int place, double q)
{
	struct order_place *p = &o->places[place];
	const double *values;
	double h, low, high;
	size_t rank, at;

	/* signed in between: that is one instruction */
	h = (double)(int64_t)(o->n - 1) * q;
	rank = (size_t)(int64_t)h;
	h -= (double)(int64_t)rank;
	at = place_seek(o, p, rank);
	values = sorted_page(o, p->page);
	low = values[at];
	if (h == 0)
		return (struct quantile){ low, 0 };
	at++;
	high = at < o->pages[p->page].n ? values[at] : sorted_page(o, p->page + 1)[0];
	return (struct quantile){ low, h * (high - low) };
}

double
order_quantile(struct order *o, int place, double q)
{
	struct quantile v;

	if (o->n == 0)
		return NAN;
	v = quantile_at(o, place, q);
	return v.value + v.rest;
}

double
order_between(struct order *o, int place_p, double p, int place_q, double q)
{
	struct quantile low, high;

	if (o->n == 0)
		return NAN;
	low = quantile_at(o, place_p, p);
	high = quantile_at(o, place_q, q);
	return (high.value - low.value) + (high.rest - low.rest);
}

/* --- median absolute deviation ---------------------------------------------------------------- */

/* The k values nearest to the median stand side by side, from a rank that is looked for where it
 * was: one value in and one out move it by a few ranks, mostly. */
struct nearest {
	struct order *order;
	const struct order_mad *mad;
	struct quantile median;
	size_t k, top; /* top: the last rank from which k values stand */
};

void
order_mad_init(struct order *o, struct order_mad *m)
{
	m->median = order_place(o);
	m->low = order_place(o);
	m->high = order_place(o);
	m->from = 0;
}

static inline double
below(const struct nearest *s, size_t rank)
{
	return (s->median.value - place_at(s->order, s->mad->low, rank)) + s->median.rest;
}

static inline double
above(const struct nearest *s, size_t rank)
{
	return (place_at(s->order, s->mad->high, rank) - s->median.value) - s->median.rest;
}

/* Is the value at this rank further away than the one behind the k that it begins? True up to where
 * the nearest ones begin, then false. */
static inline bool
too_low(const struct nearest *s, size_t rank)
{
	return rank < s->top && below(s, rank) > above(s, rank + s->k);
}

/* low is too low (or stands before all ranks), high is not. */
static size_t
nearest_between(const struct nearest *s, ptrdiff_t low, size_t high)
{
	while ((ptrdiff_t)high - low > 1) {
		size_t middle = (size_t)(low + ((ptrdiff_t)high - low) / 2);

		if (too_low(s, middle))
			low = (ptrdiff_t)middle;
		else
			high = middle;
	}
	return high;
}

/* In steps that double, away from where it was. */
static size_t
nearest_from(const struct nearest *s, size_t from)
{
	size_t step = 1, last;

	if (from > s->top)
		from = s->top;
	if (too_low(s, from)) {
		for (last = from; from + step < s->top && too_low(s, from + step); step *= 2)
			last = from + step;
		return nearest_between(
		    s, (ptrdiff_t)last, from + step < s->top ? from + step : s->top);
	}
	for (last = from; step <= from && !too_low(s, from - step); step *= 2)
		last = from - step;
	return nearest_between(s, step <= from ? (ptrdiff_t)(from - step) : -1, last);
}

/* The distance of the nearest value beyond the k nearest ones. */
static double
next_distance(const struct nearest *s, size_t from)
{
	double low = from > 0 ? below(s, from - 1) : INFINITY;
	double high = from < s->top ? above(s, from + s->k) : INFINITY;

	return low < high ? low : high;
}

double
order_mad(struct order *o, struct order_mad *m)
{
	struct nearest s = { .order = o, .mad = m };
	double low, high, distance;

	if (o->n == 0)
		return NAN;
	s.median = quantile_at(o, m->median, 0.5);
	s.k = (o->n + 1) / 2;
	s.top = o->n - s.k;
	m->from = nearest_from(&s, m->from);
	low = below(&s, m->from);
	high = above(&s, m->from + s.k - 1);
	distance = low > high ? low : high;
	return o->n % 2 == 1 ? distance : distance + 0.5 * (next_distance(&s, m->from) - distance);
}
