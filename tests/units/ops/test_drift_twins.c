/* test_drift_twins.c - detectors of changes against slow twins that look at all values anew. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 10000 };

static double x[ROWS], out[ROWS];
static int64_t at[ROWS];

static void
run(const char *expr, int n, int cut, double *result)
{
	struct machine m = machine_new(expr);

	machine_run(&m, x, x, at, 0, n, cut, result);
	machine_free(&m);
}

static void
two_steps(uint64_t seed, double scale, double base)
{
	struct rng rng = { seed };

	for (int i = 0; i < ROWS; i++)
		x[i] = base + scale * (rng_normal(&rng) + (i >= 1000) + (i >= 2000));
}

static int
count(const double *flags, int n)
{
	int found = 0;

	for (int i = 0; i < n; i++)
		found += flags[i] == 1;
	return found;
}

struct twin { /* adwin from the values themselves: sizes of buckets, the oldest first */
	int sizes[200], n;
	int from, to; /* the window */
	int left_over;
};

static void
twin_add(struct twin *t)
{
	t->sizes[t->n++] = 1;
	for (int size = 1;; size *= 2) {
		int first = -1, same = 0;

		for (int i = 0; i < t->n; i++)
			if (t->sizes[i] == size) {
				first = first < 0 ? i : first;
				same++;
			}
		if (same <= 5)
			return;
		t->sizes[first] *= 2;
		t->n--;
		memmove(&t->sizes[first + 1], &t->sizes[first + 2],
		    (size_t)(t->n - first - 1) * sizeof(int));
	}
}

static double
mean_between(int from, int to)
{
	long double sum = 0;

	for (int i = from; i < to; i++)
		sum += x[i];
	return (double)(sum / (to - from));
}

/* How many values stand before the cut at which the means differ most; 0: they do nowhere. */
static int
twin_cut(const struct twin *t)
{
	double n = t->to - t->from, mean = mean_between(t->from, t->to), v = 0, most = 1;
	int cut = t->from, best = 0;

	for (int i = t->from; i < t->to; i++)
		v += (x[i] - mean) * (x[i] - mean) / n;
	for (int i = 0; i < t->n; i++) {
		double n0, n1, m, apart, D = log(2 * log(n) / 0.002);

		cut += t->sizes[i];
		n0 = cut - t->from;
		n1 = t->to - cut;
		if (n0 < 5 || n1 < 5)
			continue;
		m = 1 / (n0 - 4) + 1 / (n1 - 4);
		apart = fabs(mean_between(t->from, cut) - mean_between(cut, t->to)) /
			(sqrt(2 * m * v * D) + 2 * m * D * sqrt(v) / 3);
		if (apart > most) {
			most = apart;
			best = cut - t->from;
		}
	}
	return best;
}

static bool
twin_step(struct twin *t)
{
	bool found = false;

	t->to++;
	twin_add(t);
	if (t->to % 16 != 0)
		return false;
	for (int cut; t->to - t->from > 10 && (cut = twin_cut(t)) > 0;) {
		if (t->left_over == 0 || cut > 2 * t->left_over + 32) {
			t->left_over = cut;
			found = true;
		}
		t->left_over = t->left_over > t->sizes[0] ? t->left_over - t->sizes[0] : 0;
		t->from += t->sizes[0];
		memmove(t->sizes, t->sizes + 1, (size_t)--t->n * sizeof(int));
	}
	return found;
}

START_TEST(adwin_of_all_values)
{
	struct twin t = { 0 };
	struct rng rng = { (uint64_t)_i };

	for (int i = 0; i < 1500; i++)
		x[i] = rng_normal(&rng) + 1.5 * sin(i / 300.0) + (i % 700 > 400);
	run("drift(x)", 1500, 0, out);
	ck_assert_int_gt(count(out, 1500), 3);
	for (int i = 0; i < 1500; i++)
		ck_assert_msg(out[i] == twin_step(&t), "row %d", i);
}
END_TEST

static double
scale_of(int from, int to)
{
	double mean = mean_between(from, to), v = 0, c = 0, mean_then;

	for (int i = from; i < to; i++) {
		mean_then = mean_between(from, i + 1);
		v += (x[i] - mean) * (x[i] - mean);
		if (i > from)
			c += (x[i - 1] - mean_then) * (x[i] - mean_then);
	}
	c = c < 0 ? 0 : c / v > 0.98 ? 0.98 : c / v;
	return sqrt(v / (to - from - 1) * (1 + c) / (1 - c));
}

/* The usual form: a sum and its extreme so far. */
START_TEST(page_hinkley_from_scratch)
{
	double up = 0, least = 0, down = 0, most = 0;
	int from = 0;

	two_steps((uint64_t)_i + 20, 1, 100);
	run("drift(x, method=ph)", 1400, 0, out);
	ck_assert_int_gt(count(out, 1400), 0);
	for (int i = 0; i < 1400; i++) {
		double z;
		bool found = false;

		if (i - from >= 30) {
			z = (x[i] - mean_between(from, i)) / scale_of(from, i);
			z = z > 4 ? 4 : z < -4 ? -4 : z;
			up += z - 0.25;
			down += z + 0.25;
			least = up < least ? up : least;
			most = down > most ? down : most;
			found = up - least > 25 || most - down > 25;
		}
		ck_assert_msg(out[i] == found, "row %d", i);
		if (found) {
			from = i + 1;
			up = down = least = most = 0;
		}
	}
}
END_TEST

/* The greatest distance of two counts, value by value. */
START_TEST(kswin_from_scratch)
{
	int from = 0;
	double limit = sqrt(-log(0.00001 / 2) / 2 * (1.0 / 30 + 1.0 / 70));

	two_steps((uint64_t)_i + 40, 0.7, 0);
	for (int i = 0; i < 3000; i++)
		x[i] = floor(x[i] * 8 * (i > 1500 ? 5 : 1)) / 8;
	run("drift(x, method=kswin)", 3000, 0, out);
	ck_assert_int_gt(count(out, 3000), 0);
	for (int i = 0; i < 3000; i++) {
		double most = 0;

		for (int k = i - 99; i - from >= 99 && k <= i; k++) {
			int older = 0, newer = 0;

			for (int j = i - 99; j <= i; j++)
				*(j <= i - 30 ? &older : &newer) += x[j] <= x[k];
			most = fmax(most, fabs(older / 70.0 - newer / 30.0));
		}
		ck_assert_msg(out[i] == (most > limit), "row %d", i);
		if (most > limit)
			from = i - 29;
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("drift_twins");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, adwin_of_all_values, 1, 3);
	tcase_add_loop_test(tc, page_hinkley_from_scratch, 1, 2);
	tcase_add_loop_test(tc, kswin_from_scratch, 1, 2);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
