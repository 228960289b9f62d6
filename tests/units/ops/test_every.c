/* test_every.c - what every= and gap= promise of each operator that takes a window, whatever it is
 * made of: between two multiples nothing changes; at a multiple it is the value without every=; and
 * after a pause longer than gap= it is the value of a stream that begins there. */
#include <math.h>
#include <stdio.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 400, STEP = 7 };

static const struct {
	const char *call; /* without the window */
	bool learns;      /* from rows that the window has forgotten: it does not start anew */
} calls[] = {
	{ "count(x, ", false },
	{ "sum(x, ", false },
	{ "mean(x, ", false },
	{ "var(x, ", false },
	{ "sd(x, ", false },
	{ "cv(x, ", false },
	{ "z(x, ", false },
	{ "skew(x, ", false },
	{ "kurt(x, ", false },
	{ "cov(x, y, ", false },
	{ "corr(x, y, ", false },
	{ "slope(x, ", false },
	{ "min(x, ", false },
	{ "max(x, ", false },
	{ "range(x, ", false },
	{ "quantile(x, 0.3, ", false },
	{ "median(x, ", false },
	{ "p95(x, ", false },
	{ "iqr(x, ", false },
	{ "mad(x, ", false },
	{ "rank(x, ", false },
	{ "first(x, ", false },
	{ "delta(x, ", false },
	{ "rate(x, ", false },
	{ "distinct(x, ", false },
	{ "top(x, 2, ", false },
	{ "entropy(x, ", false },
	{ "share(x > 0, ", false },
	{ "missing(x, ", false },
	{ "per_second(", false },
	{ "forecast_mae(x, ", true },
	{ "forecast_rmse(x, ", true },
	{ "forecast_mase(x, ", true },
	{ "coverage(x, 0.9, ", true },
};
enum { CALLS = sizeof calls / sizeof *calls };

static double x[ROWS], y[ROWS];
static int64_t at[ROWS];

/* Values that repeat, some missing; times with some twice, and pauses. */
static void
setup(void)
{
	struct rng rng = { 3 };
	int64_t t = INT64_C(1767225600) * TIME_SECOND;

	for (int i = 0; i < ROWS; i++) {
		x[i] = rng_uniform(&rng) < 0.1 ? NAN : floor(4 * rng_normal(&rng));
		y[i] = rng_normal(&rng);
		t += (int64_t)(rng_uniform(&rng) * 3) * TIME_SECOND;
		t += i > 0 && i % 90 == 0 ? 100 * TIME_SECOND : 0;
		at[i] = t;
	}
}

static void
run(const char *call, const char *window, int from, double *out)
{
	struct machine m;
	char expr[160];

	snprintf(expr, sizeof expr, "%s%s)", call, window);
	m = machine_new(expr);
	machine_run(&m, x, y, at, from, ROWS, 0, out);
	machine_free(&m);
}

static void
expect(const char *call, const char *window, int row, double is, double expected)
{
	if (!near(is, expected, 1e-9))
		ck_abort_msg("%s%s): row %d: %g, not %g", call, window, row, is, expected);
}

START_TEST(rows)
{
	static const char *const plain[] = { "20", "all", "15s" };
	static const char *const thinned[] = { "20, every=7", "all, every=7", "15s, every=7" };

	for (int w = 0; w < 3; w++) {
		double each[ROWS], some[ROWS], held = NAN;

		run(calls[_i].call, plain[w], 0, each);
		run(calls[_i].call, thinned[w], 0, some);
		for (int i = 0; i < ROWS; i++) {
			if ((i + 1) % STEP == 0)
				held = each[i];
			expect(calls[_i].call, thinned[w], i, some[i], held);
		}
	}
}
END_TEST

/* At each row, the value without every= at the last row up to the multiple of 5 s before it. */
START_TEST(times)
{
	static const char *const plain[] = { "20", "all" };
	static const char *const thinned[] = { "20, every=5s", "all, every=5s" };

	for (int w = 0; w < 2; w++) {
		double each[ROWS], some[ROWS];

		run(calls[_i].call, plain[w], 0, each);
		run(calls[_i].call, thinned[w], 0, some);
		for (int i = 0; i < ROWS; i++) {
			int64_t multiple = at[i] - at[i] % (5 * TIME_SECOND);
			int row = i;

			while (row >= 0 && at[row] > multiple)
				row--;
			/* Of rows at the same instant, the first ones do not know of the others. */
			if (row < i || at[i] != multiple)
				expect(calls[_i].call, thinned[w], i, some[i],
				    row >= 0 ? each[row] : NAN);
		}
	}
}
END_TEST

START_TEST(gaps)
{
	static const char *const windows[] = { "20, gap=50s", "all, gap=50s", "200s, gap=50s" };
	static const char *const fresh[] = { "20", "all", "200s" };

	for (int w = 0; w < 3 && !calls[_i].learns; w++) {
		double all[ROWS], anew[ROWS];

		run(calls[_i].call, windows[w], 0, all);
		for (int from = 0; from < ROWS; from += 90) {
			run(calls[_i].call, fresh[w], from, anew);
			for (int i = from; i < from + 90 && i < ROWS; i++)
				expect(calls[_i].call, windows[w], i, all[i], anew[i]);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("every");
	TCase *tc = tcase_create("windows");

	tcase_add_unchecked_fixture(tc, setup, NULL);
	tcase_add_loop_test(tc, rows, 0, CALLS);
	tcase_add_loop_test(tc, times, 0, CALLS);
	tcase_add_loop_test(tc, gaps, 0, CALLS);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
