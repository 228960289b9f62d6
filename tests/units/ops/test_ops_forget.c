/* test_ops_forget.c - operators whose memory fades, and those that watch for change and silence. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 1500 };

static double x[ROWS], out[ROWS], again[ROWS];
static int64_t at[ROWS];

/* kind 0: plain, 1: constant, 2: offset 1e9, 3: spikes of 1e15, 4: missing values, 5: these, and
 * many rows of one stamp */
static void
fill(int kind)
{
	struct rng rng = { 11 + (uint64_t)kind };
	int64_t t = INT64_C(1767225600) * TIME_SECOND;

	for (int i = 0; i < ROWS; i++) {
		double u = rng_uniform(&rng), v = rng_normal(&rng);

		x[i] = kind == 1 ? 7.3 : kind == 2 ? 1e9 + v : kind == 3 && u < 0.01 ? 1e15 : v;
		if (kind >= 4 && (u < 0.1 || i % 300 > 270 || i < 3))
			x[i] = NAN;
		if (kind < 5 || rng_uniform(&rng) < 0.3)
			t += (int64_t)(rng_uniform(&rng) * 3e9);
		at[i] = t;
	}
}

/* The values up to a row, in their order; by time those of one stamp are one, their mean. Returns
 * how many. */
static int
gather(int row, bool by_time, long double *value, int64_t *stamp)
{
	int n = 0, same = 0;

	for (int i = 0; i <= row; i++) {
		if (isnan(x[i]))
			continue;
		if (by_time && n > 0 && stamp[n - 1] == at[i]) {
			same++;
			value[n - 1] += ((long double)x[i] - value[n - 1]) / same;
			continue;
		}
		same = 1;
		value[n] = (long double)x[i];
		stamp[n++] = at[i];
	}
	return n;
}

/* The fading mean and variance by their weights, recounted at each row: the weight of a value is
 * the product of what every later one left of it. */
static double
faded(int row, double alpha, double halflife, bool want_sd)
{
	static long double value[ROWS];
	static int64_t stamp[ROWS];
	long double sum = 0, square = 0, mean = 0;
	int n = gather(row, !(alpha > 0), value, stamp);

	for (int pass = 0; pass < 2; pass++) {
		long double weight = 1;

		mean = sum;
		for (int i = n - 1; i >= 0; i--) {
			long double a = alpha;

			if (i == 0)
				a = 1;
			else if (!(alpha > 0))
				a = 1 - exp2l((long double)(stamp[i - 1] - stamp[i]) /
					      (halflife * 1e9L));
			if (pass == 0)
				sum += weight * a * value[i];
			else
				square += weight * a * powl(value[i] - mean, 2);
			weight *= 1 - a;
		}
	}
	if (n == 0)
		return NAN;
	return want_sd ? (double)sqrtl(square) : (double)mean;
}

static const struct {
	const char *expr;
	double alpha, halflife; /* seconds */
	bool sd;
} fades[] = {
	{ "ewma(x, alpha=0.1)", 0.1, 0, false },
	{ "ewma(x, alpha=1)", 1, 0, false },
	{ "ewma(x, halflife=20)", 0.034063671075154, 0, false },
	{ "ewma(x, halflife=20s)", 0, 20, false },
	{ "ewsd(x, alpha=0.3)", 0.3, 0, true },
	{ "ewsd(x, halflife=1m)", 0, 60, true },
};

START_TEST(fading)
{
	for (int kind = 0; kind < 6; kind++) {
		struct machine m = machine_new(fades[_i].expr);

		fill(kind);
		machine_run(&m, x, x, at, 0, ROWS, 256, out);
		for (int row = 0; row < ROWS; row += row < 50 ? 1 : 29) {
			double twin = faded(row, fades[_i].alpha, fades[_i].halflife, fades[_i].sd);
			/* A mean near 1e9 leaves its deviations 1e-7 of their own. */
			double slack = kind == 3 ? 1 : kind == 2 && fades[_i].sd ? 1e-6 : 1e-12;

			if (!(isnan(twin) && isnan(out[row])) &&
			    !(fabs(out[row] - twin) <= 1e-9 * fabs(twin) + slack))
				ck_abort_msg("%s of kind %d: row %d: %.17g, recounted %.17g",
				    fades[_i].expr, kind, row, out[row], twin);
		}
		machine_free(&m);
	}
}
END_TEST

/* A value beyond the squares that doubles hold fades like any other. */
START_TEST(huge)
{
	struct machine m = machine_new("ewsd(x, alpha=0.9)");

	fill(0);
	x[5] = 1e300;
	x[6] = -1e300;
	x[7] = 1.7e308;
	x[8] = -1.7e308;
	for (int i = 9; i < ROWS; i++)
		x[i] = 2;
	machine_run(&m, x, x, at, 0, ROWS, 256, out);
	for (int i = 0; i < ROWS; i++)
		ck_assert(isfinite(out[i]));
	ck_assert(out[ROWS - 1] < 1);
	machine_free(&m);
}
END_TEST

static const char *const states[] = { "ewma(x, halflife=3)", "ewsd(x, halflife=10s)",
	"ewma(x, halflife=1s)", "changed(x)", "absent(x, 15s)" };

START_TEST(cuts_and_resumes)
{
	static const int cuts[] = { 1, 7, 0 };
	struct machine m = machine_new(states[_i]), next;

	fill(5);
	machine_run(&m, x, x, at, 0, ROWS, 256, out);
	machine_free(&m);
	for (int i = 0; i < 3; i++) {
		m = machine_new(states[_i]);
		machine_run(&m, x, x, at, 0, 700, cuts[i], again);
		next = machine_resume(&m, states[_i]);
		machine_free(&m);
		machine_run(&next, x, x, at, 700, ROWS, cuts[i], again);
		for (int row = 0; row < ROWS; row++)
			if (memcmp(&out[row], &again[row], sizeof *out) != 0 &&
			    !(isnan(out[row]) && isnan(again[row])))
				ck_abort_msg("%s: row %d: %g, not %g", states[_i], row, again[row],
				    out[row]);
		machine_free(&next);
	}
}
END_TEST

START_TEST(changed)
{
	static const double given[] = { NAN, 1, 1, NAN, 1, 2, NAN, NAN, 1, -0.0, 0.0 };
	static const double told[] = { 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0 };
	struct machine m = machine_new("changed(x)");

	fill(0);
	memcpy(x, given, sizeof given);
	machine_run(&m, x, x, at, 0, 11, 3, out);
	for (int i = 0; i < 11; i++)
		ck_assert_msg(out[i] == told[i], "row %d: %g", i, out[i]);
	machine_free(&m);
}
END_TEST

START_TEST(absent)
{
	static const double given[] = { NAN, NAN, NAN, 5, NAN, NAN, NAN, 1, NAN };
	static const int seconds[] = { 0, 3, 10, 11, 20, 21, 40, 41, 42 };
	static const double told[] = { 0, 0, 1, 0, 0, 1, 1, 0, 0 };
	struct machine m = machine_new("absent(x, 10s)");

	for (int i = 0; i < 9; i++)
		at[i] = seconds[i] * TIME_SECOND;
	memcpy(x, given, sizeof given);
	machine_run(&m, x, x, at, 0, 9, 4, out);
	for (int i = 0; i < 9; i++)
		ck_assert_msg(out[i] == told[i], "row %d: %g", i, out[i]);
	machine_free(&m);
}
END_TEST

START_TEST(refused)
{
	ck_assert(strstr(machine_refuses("ewma(x)"), "alpha") != NULL);
	ck_assert(strstr(machine_refuses("ewma(x, alpha=0.1, halflife=3)"), "one of") != NULL);
	ck_assert(strstr(machine_refuses("ewsd(x, alpha=0)"), "above 0") != NULL);
	machine_refuses("ewma(x, alpha=1.5)");
	machine_refuses("quantile(x, 1.5, 60)");
	machine_refuses("top(x, 0, 60)");
	machine_refuses("absent(x)");
	machine_refuses(".pace(x, 60)");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ops_forget");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, fading, 0, (int)(sizeof fades / sizeof *fades));
	tcase_add_test(tc, huge);
	tcase_add_loop_test(tc, cuts_and_resumes, 0, (int)(sizeof states / sizeof *states));
	tcase_add_test(tc, changed);
	tcase_add_test(tc, absent);
	tcase_add_test(tc, refused);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
