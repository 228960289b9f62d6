/* test_drift.c - changes that are found, and those that are not there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 10000 };

static double x[ROWS], out[ROWS], other[ROWS];
static int64_t at[ROWS];

static const char *const methods[] = { "adwin", "ph", "kswin", "cusum", "ddm", "eddm", "hddm" };
enum { METHODS = sizeof methods / sizeof *methods };

static void
run(const char *expr, int n, int cut, double *result)
{
	struct machine m = machine_new(expr);

	machine_run(&m, x, x, at, 0, n, cut, result);
	machine_free(&m);
}

static int
first_from(const double *flags, int from, int to)
{
	while (from < to && flags[from] != 1)
		from++;
	return from;
}

static int
count(const double *flags, int n)
{
	int found = 0;

	for (int i = 0; i < n; i++)
		found += flags[i] == 1;
	return found;
}

/* --- steps and noise -------------------------------------------------------------------------- */

static void
two_steps(uint64_t seed, double scale, double base)
{
	struct rng rng = { seed };

	for (int i = 0; i < ROWS; i++)
		x[i] = base + scale * (rng_normal(&rng) + (i >= 1000) + (i >= 2000));
}

/* Something in which the method finds changes: errors for those that take them. */
static void
stream_for(const char *method)
{
	struct rng rng = { 11 };

	for (int i = 0; i < ROWS; i++)
		x[i] = strstr(method, "dd") != NULL
			   ? (double)(rng_uniform(&rng) < (i / 1000 % 2 ? 0.4 : 0.1))
			   : 2 * rng_normal(&rng) + (i / 1000 % 2 ? 9 : 3);
}

/* Steps of one standard deviation at rows 1,000 and 2,000 of every seed, in any unit. */
START_TEST(adwin_finds_steps)
{
	static const double units[][2] = { { 1, 0 }, { 1e-9, 0 }, { 1e6, -4e8 } };
	int late = 0, declared = 0;

	for (uint64_t seed = 1; seed <= 20; seed++) {
		two_steps(seed, units[_i][0], units[_i][1]);
		run("drift(x)", 3000, 0, out);
		ck_assert_int_eq(first_from(out, 0, 1000), 1000);
		late += first_from(out, 1000, 2000) > 1064;
		late += first_from(out, 2000, 3000) > 2064;
		declared += count(out, 3000);
	}
	ck_assert_msg(declared >= 40 && declared <= 42, "%d for 40 changes", declared);
	ck_assert_int_le(late, 1);
}
END_TEST

/* What is kept after a change is the recent part: the sum of all that is declared is the whole way.
 */
START_TEST(adwin_keeps_the_recent_part)
{
	two_steps(3, 1, 0);
	run("drift_magnitude(x)", 3000, 0, out);
	ck_assert(isnan(out[999]));
	ck_assert_double_eq_tol(out[1300], 1, 0.5);
	ck_assert_double_eq_tol(out[2999], 1, 0.5);
}
END_TEST

static double
noise(struct rng *rng, int kind)
{
	double u = rng_uniform(rng);

	return kind == 0 ? rng_normal(rng) : kind == 1 ? -log(1 - u) : u;
}

/* Normal, exponential and uniform noise, in units from 1e-6 to 1e6: at most one false alarm in all
 * of 20 runs for those that promise it. */
START_TEST(none_in_noise)
{
	static const char *const quiet[] = { "drift(x)", "drift(x, method=ph)",
		"drift(x, method=cusum)", "drift(x, method=kswin)" };
	int alarms = 0, most = 0;

	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct rng rng = { seed };
		double unit = pow(10, (double)seed - 10);

		for (int i = 0; i < ROWS; i++)
			x[i] = unit * noise(&rng, _i / 4);
		run(quiet[_i % 4], ROWS, 0, out);
		alarms += count(out, ROWS);
		if (count(out, ROWS) > most)
			most = count(out, ROWS);
	}
	ck_assert_int_le(most, _i % 4 == 3 ? 3 : 1);
	ck_assert_int_le(alarms, _i % 4 == 0 && _i / 4 == 0 ? 0 : 10);
}
END_TEST

/* The unit changes no row: a power of two is exact. */
START_TEST(any_unit)
{
	char expr[64];

	snprintf(expr, sizeof expr, "drift(x, method=%s)", methods[_i]);
	stream_for(methods[_i]);
	run(expr, 4000, 0, out);
	ck_assert_int_gt(count(out, 4000), 0);
	for (int i = 0; i < 4000; i++)
		x[i] *= 1024;
	run(expr, 4000, 0, other);
	ck_assert_mem_eq(out, other, 4000 * sizeof *out);
}
END_TEST

static void
errors(uint64_t seed, double before, double after)
{
	struct rng rng = { seed };

	for (int i = 0; i < ROWS; i++)
		x[i] = rng_uniform(&rng) < (i < 2000 ? before : after);
}

/* An error rate that goes from 0.1 to 0.4 is found by all that take errors, and by adwin. */
START_TEST(errors_become_more)
{
	static const char *const takers[] = { "adwin", "ph", "cusum", "ddm", "eddm", "hddm" };
	char expr[64];
	int found = 0;

	snprintf(expr, sizeof expr, "drift(x, method=%s)", takers[_i]);
	for (uint64_t seed = 1; seed <= 10; seed++) {
		errors(seed, 0.1, 0.4);
		run(expr, 3000, 0, out);
		found += first_from(out, 2000, 3000) < 2250;
	}
	ck_assert_msg(found >= 9, "%s: %d of 10", expr, found);
}
END_TEST

/* A hundred successes and one error are no change. */
START_TEST(one_error_is_none)
{
	char expr[64];

	snprintf(expr, sizeof expr, "drift(x, method=%s)", methods[_i]);
	for (int i = 0; i < 200; i++)
		x[i] = i == 100;
	run(expr, 200, 0, out);
	ck_assert_int_eq(count(out, 200), 0);
}
END_TEST

/* --- bad input -------------------------------------------------------------------------------- */

/* Missing cells blind no method: with every third cell missing, the same is found as without. */
START_TEST(missing_cells)
{
	char expr[64];
	int n = 0;

	snprintf(expr, sizeof expr, "drift(x, method=%s)", methods[_i]);
	stream_for(methods[_i]);
	run(expr, 4000, 0, other);
	for (int i = 3999; i >= 0; i--) {
		x[i * 2] = x[i];
		x[i * 2 + 1] = NAN;
	}
	run(expr, 8000, 0, out);
	for (int i = 0; i < 4000; i++) {
		ck_assert_double_eq(out[2 * i], other[i]);
		ck_assert_double_eq(out[2 * i + 1], 0);
		n += other[i] == 1;
	}
	ck_assert_int_gt(n, 0);
}
END_TEST

/* Constant series, two values, spikes, huge numbers: 0 or 1, and magnitudes that are finite. */
START_TEST(defined_on_anything)
{
	char expr[96];

	for (int kind = 0; kind < 6; kind++) {
		for (int i = 0; i < 2000; i++)
			x[i] = kind == 0   ? 4.1
			       : kind == 1 ? i % 2
			       : kind == 2 ? (i % 500 == 77 ? 1e15 : i % 7)
			       : kind == 3 ? (i % 2 ? 1.7e308 : -1.7e308)
			       : kind == 4 ? NAN
					   : (double)i;
		snprintf(expr, sizeof expr, "drift(x, method=%s)", methods[_i]);
		run(expr, 2000, 0, out);
		for (int i = 0; i < 2000; i++)
			ck_assert(out[i] == 0 || out[i] == 1);
		if (kind == 0 || kind == 4)
			ck_assert_int_eq(count(out, 2000), 0);
		snprintf(expr, sizeof expr, "drift_magnitude(x, method=%s)", methods[_i]);
		run(expr, 2000, 0, out);
		for (int i = 0; i < 2000; i++)
			ck_assert(isnan(out[i]) || isfinite(out[i]));
	}
}
END_TEST

/* Cut and resumed anywhere, the same to the bit. */
START_TEST(resumed)
{
	char expr[64];
	struct machine a, b;

	snprintf(expr, sizeof expr, "drift(x, method=%s)", methods[_i]);
	stream_for(methods[_i]);
	run(expr, 4000, 0, other);
	for (int cut = 1; cut < 2100; cut += 211) {
		a = machine_new(expr);
		machine_run(&a, x, x, at, 0, cut, 7, out);
		b = machine_resume(&a, expr);
		machine_run(&b, x, x, at, cut, 4000, 0, out);
		ck_assert_mem_eq(out, other, 4000 * sizeof *out);
		machine_free(&a);
		machine_free(&b);
	}
}
END_TEST

START_TEST(options_of_the_method)
{
	ck_assert_ptr_nonnull(
	    strstr(machine_refuses("drift(x, threshold=3)"), "takes no threshold"));
	ck_assert_ptr_nonnull(strstr(machine_refuses("drift(x, delta=2)"), "below 1"));
	ck_assert_ptr_nonnull(
	    strstr(machine_refuses("drift(x, method=ddm, delta=0.1)"), "takes no delta"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("drift");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, adwin_finds_steps, 0, 3);
	tcase_add_test(tc, adwin_keeps_the_recent_part);
	tcase_add_loop_test(tc, none_in_noise, 0, 12);
	tcase_add_loop_test(tc, any_unit, 0, 4);
	tcase_add_loop_test(tc, errors_become_more, 0, 6);
	tcase_add_loop_test(tc, one_error_is_none, 0, METHODS);
	tcase_add_loop_test(tc, missing_cells, 0, METHODS);
	tcase_add_loop_test(tc, defined_on_anything, 0, METHODS);
	tcase_add_loop_test(tc, resumed, 0, METHODS);
	tcase_add_test(tc, options_of_the_method);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
