/* test_order_window.c - values in order as a long window passes over them: pages that are queues,
 * sorted where somebody reads, split and emptied, against a plain sorted array at every step. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/window/structures/order.h"
#include "tests/support.h"

enum { WINDOW = 3000, ROWS = 24000 };

struct twin { /* sorted */
	double v[WINDOW + 1];
	size_t n;
};

static size_t
twin_place(const struct twin *t, double v)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (t->v[mid] < v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void
twin_add(struct twin *t, double v)
{
	size_t at = twin_place(t, v);

	memmove(t->v + at + 1, t->v + at, (t->n - at) * sizeof v);
	t->v[at] = v;
	t->n++;
}

static void
twin_remove(struct twin *t, double v)
{
	size_t at = twin_place(t, v);

	t->n--;
	memmove(t->v + at, t->v + at + 1, (t->n - at) * sizeof v);
}

static double
twin_quantile(const struct twin *t, double q)
{
	double h = (double)(t->n - 1) * q;
	size_t rank = (size_t)h;

	h -= (double)rank;
	return h > 0 ? t->v[rank] + h * (t->v[rank + 1] - t->v[rank]) : t->v[rank];
}

/* Streams that use pages in their own ways. */
static double
walk(struct rng *r, int row, double before)
{
	(void)row;
	return before + rng_normal(r);
}

static double
noise(struct rng *r, int row, double before)
{
	(void)row;
	(void)before;
	return rng_normal(r);
}

static double
few(struct rng *r, int row, double before)
{
	(void)row;
	(void)before;
	return (double)(rng_next(r) % 5);
}

/* Nearly all are equal, and the others stand on both sides. */
static double
mostly_one(struct rng *r, int row, double before)
{
	(void)row;
	(void)before;
	return rng_next(r) % 50 == 0 ? rng_normal(r) : 0;
}

static double
ramp(struct rng *r, int row, double before)
{
	(void)before;
	return row + 300 * rng_normal(r);
}

static double
down_and_up(struct rng *r, int row, double before)
{
	(void)r;
	(void)before;
	return fabs((double)(row % 9000) - 4500);
}

static double
levels(struct rng *r, int row, double before)
{
	(void)before;
	return row / 700 % 7 * 100 + rng_normal(r);
}

typedef double stream(struct rng *, int row, double before);
static stream *const streams[] = { walk, noise, few, mostly_one, ramp, down_and_up, levels };
enum { STREAMS = sizeof streams / sizeof *streams };

/* One value out, one in, but for some missing ones, which only let the window shrink or grow. */
static void
pass(struct order *o, struct twin *t, const double *x, int row)
{
	double in = x[row], out = row >= WINDOW ? x[row - WINDOW] : NAN;

	if (!isnan(out))
		twin_remove(t, out);
	if (!isnan(in))
		twin_add(t, in);
	if (!isnan(out) && !isnan(in)) {
		order_replace(o, out, in);
		return;
	}
	if (!isnan(out))
		order_remove(o, out);
	if (!isnan(in))
		order_add(o, in);
}

static void
check_pages(const struct order *o, const struct twin *t)
{
	double scratch[ORDER_PAGE];
	size_t at = 0, n;
	const double *v;

	for (size_t page = 0; (v = order_values(o, page, scratch, &n)) != NULL; page++) {
		ck_assert(n > 0 || t->n == 0);
		ck_assert(memcmp(v, t->v + at, n * sizeof *v) == 0);
		at += n;
	}
	ck_assert_uint_eq(at, t->n);
	for (size_t rank = 0; rank < t->n; rank += 401)
		ck_assert(order_at(o, rank) >= t->v[rank] && order_at(o, rank) <= t->v[rank]);
}

/* A place that wanders reads everywhere, so that pages are sorted, left, and queues again. */
static void
check_reads(struct order *o, const int *places, const struct twin *t, int row, double last)
{
	double wanders = 0.5 + 0.5 * sin(row / 900.0);
	size_t below = twin_place(t, last);

	if (t->n == 0)
		return;
	ck_assert(order_quantile(o, places[0], 0.95) == twin_quantile(t, 0.95));
	ck_assert(order_quantile(o, places[1], wanders) == twin_quantile(t, wanders));
	if (isnan(last))
		return;
	while (below < t->n && t->v[below] <= last)
		below++;
	ck_assert_uint_eq(order_at_most(o, places[2], last), below);
}

START_TEST(a_long_window)
{
	struct rng rng = { 7 + (uint64_t)_i };
	struct order o = { 0 };
	int places[] = { order_place(&o), order_place(&o), order_place(&o) };
	struct twin *t = memory_zero(1, sizeof *t);
	double *x = memory_new(ROWS, sizeof *x), last = 0;

	for (int row = 0; row < ROWS; row++) {
		last = streams[_i](&rng, row, last);
		x[row] = rng_next(&rng) % 31 == 0 ? NAN : last + 0.0;
		pass(&o, t, x, row);
		check_reads(&o, places, t, row, x[row]);
		if (row % 499 == 0)
			check_pages(&o, t);
	}
	ck_assert_uint_lt(order_held(&o), 16 * WINDOW * sizeof(double));
	for (int row = ROWS - WINDOW; row < ROWS; row++)
		if (!isnan(x[row]))
			order_remove(&o, x[row]);
	ck_assert_uint_eq(o.n, 0);
	order_done(&o);
	free(x);
	free(t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("order_window");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, a_long_window, 0, STREAMS);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
