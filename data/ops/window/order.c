/* order.c - values kept in order. See order.h. */
#include "data/ops/window/order.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

/* Pages that run low are joined with a neighbour when both fit into three quarters of a page: far
 * from both limits, so that a value coming and going does not split and join forever. */
enum { LOW = ORDER_PAGE / 8, JOINED = ORDER_PAGE * 3 / 4 };

enum { FIRST_PAGE = 16 }; /* windows are mostly short, and with --by there are many */

struct order_page {
	size_t n, cap;
	double v[];
};

/* Two values side by side, compared at once (an extension that gcc and clang share). */
typedef double two __attribute__((vector_size(16)));
typedef int64_t two_counts __attribute__((vector_size(16)));
enum { SHORT = 64 };

/* How many of n values are < v (or_equal: <= v). */
static inline size_t
count(const double *values, size_t n, double v, bool or_equal)
{
	two_counts even = { 0, 0 }, odd = { 0, 0 };
	two to = { v, v }, a, b;
	size_t i = 0;

	for (; i + 4 <= n; i += 4) {
		memcpy(&a, values + i, sizeof a);
		memcpy(&b, values + i + 2, sizeof b);
		even -= or_equal ? a <= to : a < to; /* true is -1 */
		odd -= or_equal ? b <= to : b < to;
	}
	even += odd;
	for (; i < n; i++)
		even[0] += or_equal ? values[i] <= v : values[i] < v;
	return (size_t)(even[0] + even[1]);
}

/* The same of sorted values. No branch depends on them, since with random data every other guess
 * would be wrong; and the last SHORT are counted, not halved: each halving waits for the one
 * before. */
static inline size_t
search(const double *values, size_t n, double v, bool or_equal)
{
	const double *base = values;

	while (n > SHORT) {
		size_t half = n / 2;

		base += (or_equal ? base[half - 1] <= v : base[half - 1] < v) ? half : 0;
		n -= half;
	}
	return (size_t)(base - values) + count(base, n, v, or_equal);
}

/* --- the tree of lengths ---------------------------------------------------------------------- */

static void
tree_add(struct order *o, size_t page, uint32_t change)
{
	for (size_t i = page + 1; i <= o->npages; i += i & -i)
		o->tree[i] += change; /* wraps around for what is taken off */
}

static size_t
tree_before(const struct order *o, size_t page)
{
	size_t sum = 0;

	for (size_t i = page; i > 0; i -= i & -i)
		sum += o->tree[i];
	return sum;
}

/* The page that holds rank, which becomes the rank within it. */
static size_t
tree_find(const struct order *o, size_t *rank)
{
	size_t page = 0, step = 1;

	while (step * 2 <= o->npages)
		step *= 2;
	for (; step > 0; step /= 2)
		if (page + step <= o->npages && o->tree[page + step] <= *rank) {
			page += step;
			*rank -= o->tree[page];
		}
	return page;
}

static void
tree_build(struct order *o)
{
	for (size_t i = 1; i <= o->npages; i++)
		o->tree[i] = (uint32_t)o->pages[i - 1]->n;
	for (size_t i = 1; i <= o->npages; i++)
		if (i + (i & -i) <= o->npages)
			o->tree[i + (i & -i)] += o->tree[i];
}

/* --- pages ------------------------------------------------------------------------------------ */

static struct order_page *
page_grow(struct order_page *p, size_t cap)
{
	p = memory_grow(p, 1, sizeof *p + cap * sizeof *p->v);
	p->cap = cap;
	return p;
}

static void
page_insert(struct order *o, size_t at, size_t room)
{
	if (o->npages == o->cap) {
		o->cap = o->cap > 0 ? o->cap * 2 : 1;
		o->pages = memory_grow(o->pages, o->cap, sizeof *o->pages);
		o->last = memory_grow(o->last, o->cap, sizeof *o->last);
		o->tree = memory_grow(o->tree, o->cap + 1, sizeof *o->tree);
	}
	memmove(o->pages + at + 1, o->pages + at, (o->npages - at) * sizeof *o->pages);
	memmove(o->last + at + 1, o->last + at, (o->npages - at) * sizeof *o->last);
	o->pages[at] = page_grow(NULL, room);
	o->pages[at]->n = 0;
	o->npages++;
}

static void
page_delete(struct order *o, size_t at)
{
	free(o->pages[at]);
	o->npages--;
	memmove(o->pages + at, o->pages + at + 1, (o->npages - at) * sizeof *o->pages);
	memmove(o->last + at, o->last + at + 1, (o->npages - at) * sizeof *o->last);
}

static void
page_split(struct order *o, size_t at)
{
	struct order_page *p = o->pages[at], *q;

	page_insert(o, at + 1, ORDER_PAGE);
	q = o->pages[at + 1];
	q->n = p->n / 2;
	p->n -= q->n;
	memcpy(q->v, p->v + p->n, q->n * sizeof *q->v);
	o->last[at] = p->v[p->n - 1];
	o->last[at + 1] = q->v[q->n - 1];
	tree_build(o);
}

/* Joins the page with the next one if both fit. */
static bool
page_join(struct order *o, size_t at)
{
	struct order_page *p, *q;

	if (at + 1 >= o->npages)
		return false;
	p = o->pages[at];
	q = o->pages[at + 1];
	if (p->n + q->n > JOINED)
		return false;
	if (p->cap < ORDER_PAGE)
		p = o->pages[at] = page_grow(p, ORDER_PAGE);
	memcpy(p->v + p->n, q->v, q->n * sizeof *q->v);
	p->n += q->n;
	if (p->n > 0)
		o->last[at] = p->v[p->n - 1];
	page_delete(o, at + 1);
	tree_build(o);
	return true;
}

static void
page_low(struct order *o, size_t at)
{
	if (page_join(o, at) || (at > 0 && page_join(o, at - 1)) || o->pages[at]->n > 0)
		return;
	page_delete(o, at);
	tree_build(o);
}

/* The page for v: the first whose greatest value is not below it, else the last one. */
static size_t
page_for(const struct order *o, double v)
{
	size_t page;

	if (o->npages == 1)
		return 0;
	page = search(o->last, o->npages, v, false);
	return page < o->npages ? page : o->npages - 1;
}

/* --- one value -------------------------------------------------------------------------------- */

static void
page_add(struct order *o, size_t page, double v)
{
	struct order_page *p = o->pages[page];
	size_t at;

	if (p->n == ORDER_PAGE) {
		page_split(o, page);
		page += v > o->last[page];
		p = o->pages[page];
	} else if (p->n == p->cap) {
		p = o->pages[page] = page_grow(p, p->cap * 2);
	}
	at = search(p->v, p->n, v, false);
	memmove(p->v + at + 1, p->v + at, (p->n - at) * sizeof *p->v);
	p->v[at] = v;
	p->n++;
	o->last[page] = p->v[p->n - 1];
	tree_add(o, page, 1);
	o->n++;
}

void
order_add(struct order *o, double v)
{
	if (o->npages == 0) {
		page_insert(o, 0, FIRST_PAGE);
		tree_build(o);
	}
	page_add(o, page_for(o, v), v);
}

static void
page_remove(struct order *o, size_t page, double v)
{
	struct order_page *p = o->pages[page];
	size_t at = search(p->v, p->n, v, false);

	p->n--;
	memmove(p->v + at, p->v + at + 1, (p->n - at) * sizeof *p->v);
	if (p->n > 0)
		o->last[page] = p->v[p->n - 1];
	tree_add(o, page, UINT32_MAX);
	o->n--;
}

void
order_remove(struct order *o, double v)
{
	size_t page = page_for(o, v);

	page_remove(o, page, v);
	if (o->pages[page]->n < LOW && o->npages > 1)
		page_low(o, page);
}

/* Within one page only what lies between the two values moves. */
static void
page_replace(struct order_page *p, double out, double in)
{
	size_t from = search(p->v, p->n, out, false), to = search(p->v, p->n, in, false);

	if (to > from) {
		to--;
		memmove(p->v + from, p->v + from + 1, (to - from) * sizeof *p->v);
	} else {
		memmove(p->v + to + 1, p->v + to, (from - to) * sizeof *p->v);
	}
	p->v[to] = in;
}

void
order_replace(struct order *o, double out, double in)
{
	size_t from = page_for(o, out), to = page_for(o, in);

	if (from == to) {
		page_replace(o->pages[from], out, in);
		o->last[from] = o->pages[from]->v[o->pages[from]->n - 1];
		return;
	}
	page_remove(o, from, out);
	if (o->pages[from]->n < LOW) {
		page_low(o, from);
		to = page_for(o, in);
	}
	page_add(o, to, in);
}

/* --- reading ---------------------------------------------------------------------------------- */

const double *
order_values(const struct order *o, size_t page, size_t *n)
{
	if (page >= o->npages)
		return NULL;
	*n = o->pages[page]->n;
	return o->pages[page]->v;
}

double
order_at(const struct order *o, size_t rank)
{
	size_t page = 0;

	if (o->npages > 1)
		page = tree_find(o, &rank);
	return o->pages[page]->v[rank];
}

size_t
order_at_most(const struct order *o, double v)
{
	size_t page;

	if (o->n == 0)
		return 0;
	page = search(o->last, o->npages, v, true);
	if (page == o->npages)
		return o->n;
	return tree_before(o, page) + search(o->pages[page]->v, o->pages[page]->n, v, true);
}

double
order_quantile(const struct order *o, double q)
{
	double h, low, high;
	size_t page = 0, rank;

	if (o->n == 0)
		return NAN;
	h = (double)(o->n - 1) * q;
	rank = (size_t)h;
	h -= (double)rank;
	if (o->npages > 1)
		page = tree_find(o, &rank);
	low = o->pages[page]->v[rank];
	if (h == 0)
		return low;
	if (++rank == o->pages[page]->n) {
		page++;
		rank = 0;
	}
	high = o->pages[page]->v[rank];
	return low + h * (high - low);
}

/* --- memory ----------------------------------------------------------------------------------- */

void
order_clear(struct order *o)
{
	for (size_t i = 0; i < o->npages; i++)
		free(o->pages[i]);
	o->npages = 0;
	o->n = 0;
}

void
order_done(struct order *o)
{
	order_clear(o);
	free(o->pages);
	free(o->last);
	free(o->tree);
	*o = (struct order){ 0 };
}

size_t
order_held(const struct order *o)
{
	size_t held = o->cap * (sizeof *o->pages + sizeof *o->last + sizeof *o->tree);

	for (size_t i = 0; i < o->npages; i++)
		held += sizeof(struct order_page) + o->pages[i]->cap * sizeof *o->pages[i]->v;
	return held;
}
