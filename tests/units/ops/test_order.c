/* test_order.c - values in order against a plain sorted array; sketches against what they stand
 * for. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/window/structures/digest.h"
#include "data/ops/window/structures/hyperloglog.h"
#include "data/ops/window/structures/order.h"
#include "data/ops/window/structures/tally.h"
#include "tests/support.h"

enum { MOST = 6000 };

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
check_order(struct order *o, int place, const double *twin, size_t n)
{
	double scratch[ORDER_PAGE];
	size_t at = 0, rows;
	const double *v;

	ck_assert_uint_eq(o->n, n);
	for (size_t page = 0; (v = order_values(o, page, scratch, &rows)) != NULL; page++) {
		ck_assert(rows > 0 || n == 0);
		ck_assert(memcmp(v, twin + at, rows * sizeof *v) == 0);
		at += rows;
	}
	ck_assert_uint_eq(at, n);
	for (size_t rank = 0; rank < n; rank += 1 + n / 97) {
		size_t most = rank + 1;

		if (order_at(o, rank) < twin[rank] || order_at(o, rank) > twin[rank])
			ck_abort_msg("rank %zu", rank);
		while (most < n && twin[most] <= twin[rank])
			most++;
		ck_assert_uint_eq(order_at_most(o, place, twin[rank]), most);
	}
}

/* What is read off at places, which follow every step, against what stands in the twin. */
struct places {
	int median, high, rank;
	struct order_mad mad;
};

static double
twin_quantile(const double *v, size_t n, double q)
{
	double h = (double)(n - 1) * q;
	size_t rank = (size_t)h;

	h -= (double)rank;
	return h > 0 ? v[rank] + h * (v[rank + 1] - v[rank]) : v[rank];
}

static double
twin_mad(const double *v, size_t n)
{
	double median = twin_quantile(v, n, 0.5), mad;
	double *away = memory_new(n, sizeof *away);

	for (size_t i = 0; i < n; i++)
		away[i] = fabs(v[i] - median);
	qsort(away, n, sizeof *away, by_value);
	mad = twin_quantile(away, n, 0.5);
	free(away);
	return mad;
}

static void
check_places(struct order *o, struct places *p, const double *twin, size_t n)
{
	if (n == 0) {
		ck_assert(isnan(order_quantile(o, p->median, 0.5)));
		ck_assert(isnan(order_mad(o, &p->mad)));
		return;
	}
	ck_assert(order_quantile(o, p->median, 0.5) == twin_quantile(twin, n, 0.5));
	ck_assert(order_quantile(o, p->high, 0.95) == twin_quantile(twin, n, 0.95));
	ck_assert(order_mad(o, &p->mad) == twin_mad(twin, n));
}

static void
one_step(struct order *o, struct rng *rng, double *twin, size_t *n, double v, unsigned grow)
{
	uint64_t what = rng_next(rng) % 10;
	size_t at = *n > 0 ? rng_next(rng) % *n : 0;

	if (*n == 0 || (*n < MOST && what < grow)) {
		order_add(o, v);
		twin[(*n)++] = v;
	} else if (what < 8) {
		order_remove(o, twin[at]);
		twin[at] = twin[--*n];
	} else {
		order_replace(o, twin[at], v);
		twin[at] = v;
	}
}

/* Grows and shrinks through many pages, values come together and apart. _i: how many different
 * ones. */
START_TEST(order)
{
	static const int kinds[] = { 1, 7, 500, 1000000 };
	struct rng rng = { 5 + (uint64_t)_i };
	struct order o = { 0 };
	struct places p = { order_place(&o), order_place(&o), order_place(&o), { 0 } };
	double *twin = memory_new(MOST, sizeof *twin);
	size_t n = 0;

	order_mad_init(&o, &p.mad);
	for (int step = 0; step < 60000; step++) {
		double v = (double)(rng_next(&rng) % (uint64_t)kinds[_i]) - 3;

		one_step(&o, &rng, twin, &n, v, step / 10000 % 2 == 0 ? 6 : 2);
		if (step % 997 == 0 || (n < 70 && step % 7 == 0)) {
			qsort(twin, n, sizeof *twin, by_value);
			check_order(&o, p.rank, twin, n);
			check_places(&o, &p, twin, n);
		}
		if (step == 35000) {
			order_clear(&o);
			n = 0;
			check_places(&o, &p, twin, n);
		}
	}
	order_done(&o);
	free(twin);
}
END_TEST

START_TEST(empty)
{
	struct order o = { 0 };
	int place = order_place(&o);
	struct order_mad mad;

	order_mad_init(&o, &mad);
	ck_assert(isnan(order_quantile(&o, place, 0.5)));
	ck_assert(isnan(order_mad(&o, &mad)));
	ck_assert_uint_eq(order_at_most(&o, place, 1), 0);
	order_add(&o, 3);
	ck_assert(order_quantile(&o, place, 1) == 3 && order_quantile(&o, place, 0) == 3);
	ck_assert(order_mad(&o, &mad) == 0);
	order_remove(&o, 3);
	ck_assert(isnan(order_quantile(&o, place, 0.5)));
	order_done(&o);
}
END_TEST

/* A million values and then two more that the digest alone saw: ranks within 0.2 %. */
START_TEST(digest)
{
	enum { EXACT = 200000, ALL = 600000 };
	static const double qs[] = { 0, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1 };
	struct rng rng = { 3 };
	struct order o = { 0 };
	struct digest *d = memory_new(1, sizeof *d);
	double *twin = memory_new(ALL, sizeof *twin);

	for (int i = 0; i < ALL; i++) {
		double drift = _i == 0 ? 0 : i * 1e-5; /* what comes later is larger */

		twin[i] = 1e9 + drift + exp(rng_normal(&rng));
		if (i < EXACT)
			order_add(&o, twin[i]);
		if (i == EXACT - 1)
			digest_build(d, &o);
		if (i >= EXACT)
			digest_add(d, twin[i]);
	}
	ck_assert_uint_lt(d->n, DIGEST_MOST);
	ck_assert(d->weight == ALL);
	qsort(twin, ALL, sizeof *twin, by_value);
	for (size_t i = 0; i < sizeof qs / sizeof *qs; i++) {
		double v = digest_quantile(d, qs[i]);
		size_t rank = 0;

		while (rank < ALL && twin[rank] < v)
			rank++;
		ck_assert_msg(fabs((double)rank / ALL - qs[i]) < 0.002, "quantile %g stands at %g",
		    qs[i], (double)rank / ALL);
		ck_assert(fabs(digest_share(d, v) - qs[i]) < 0.002);
	}
	ck_assert(digest_quantile(d, 0) <= twin[0] && digest_quantile(d, 1) >= twin[ALL - 1]);
	order_done(&o);
	free(twin);
	free(d);
}
END_TEST

START_TEST(digest_constant)
{
	struct order o = { 0 };
	struct digest *d = memory_new(1, sizeof *d);

	for (int i = 0; i < 5000; i++)
		order_add(&o, 7.3);
	digest_build(d, &o);
	for (int i = 0; i < 5000; i++)
		digest_add(d, 7.3);
	ck_assert(near(digest_quantile(d, 0.37), 7.3, 1e-15));
	ck_assert(near(digest_mad(d), 0, 1e-15));
	ck_assert(digest_share(d, 7.3) == 1 && digest_share(d, 7.2) == 0);
	order_done(&o);
	free(d);
}
END_TEST

START_TEST(hyperloglog)
{
	static const int counts[] = { 0, 1, 10, 1000, 30000, 41000, 60000, 500000 };
	struct hyperloglog *h = memory_new(1, sizeof *h);
	int n = counts[_i];

	hll_init(h);
	for (int again = 0; again < 2; again++)
		for (int i = 0; i < n; i++)
			hll_add(h, tally_hash(i * 0.25));
	ck_assert_msg(
	    fabs(hll_estimate(h) - n) <= 0.025 * n, "%d counted as %g", n, hll_estimate(h));
	free(h);
}
END_TEST

/* Against counts in an array indexed by value. */
START_TEST(tally)
{
	enum { VALUES = 3000 };
	static int counts[VALUES];
	struct tally t = { 0 };
	struct rng rng = { 9 };
	size_t different = 0;

	memset(counts, 0, sizeof counts);
	for (int step = 0; step < 200000; step++) {
		int v = (int)(rng_next(&rng) % VALUES);
		bool add = rng_next(&rng) % 100 < (step / 20000 % 2 == 0 ? 70 : 30);
		struct entry *e = tally_find(&t, v);

		if ((e == NULL) != (counts[v] == 0) ||
		    (e != NULL && e->count != (uint64_t)counts[v]))
			ck_abort_msg("step %d: value %d", step, v);
		if (add) {
			tally_add(&t, v);
			different += counts[v]++ == 0;
		} else if (e != NULL) {
			tally_drop(&t, e);
			different -= --counts[v] == 0;
		}
		if (t.n != different)
			ck_abort_msg("step %d: %zu values, not %zu", step, t.n, different);
	}
	ck_assert_uint_le(t.used, VALUES);
	tally_done(&t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("order");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, order, 0, 4);
	tcase_add_test(tc, empty);
	tcase_add_loop_test(tc, digest, 0, 2);
	tcase_add_test(tc, digest_constant);
	tcase_add_loop_test(tc, hyperloglog, 0, 8);
	tcase_add_test(tc, tally);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
