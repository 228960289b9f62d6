/* test_anomaly.c - what is odd is found, what is not is let be; slow twins of the methods. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/anomaly/evidence.h"
#include "tests/machine.h"
#include "tests/support.h"

enum { ROWS = 5000 };

static double x[ROWS], y[ROWS], out[ROWS], other[ROWS];
static int64_t at[ROWS];

static const char *const exprs[] = { "anomaly(x)", "anomaly(x, method=z)",
	"anomaly(x, method=hampel)", "anomaly(x, y, method=hst)", "anomaly(x, method=spot)",
	"anomaly(x, method=conformal)" };
enum { EXPRS = sizeof exprs / sizeof *exprs };

static void
setup(void)
{
	for (int i = 0; i < ROWS; i++)
		at[i] = i * 300 * TIME_SECOND;
}

static void
run(const char *expr, int n, double *result)
{
	struct machine m = machine_new(expr);

	machine_run(&m, x, y, at, 0, n, 0, result);
	machine_free(&m);
}

static int
alerts(const double *scores, int from, int to)
{
	int n = 0;

	for (int i = from; i < to; i++)
		n += scores[i] >= 0.5;
	return n;
}

static void
noise(uint64_t seed)
{
	struct rng rng = { seed };

	for (int i = 0; i < ROWS; i++) {
		x[i] = rng_normal(&rng);
		y[i] = rng_normal(&rng);
	}
}

/* --- what is odd ------------------------------------------------------------------------------ */

/* A spike of 12 standard deviations at its row; beside it few alerts in noise. */
START_TEST(spikes)
{
	int others = 0;

	for (uint64_t seed = 1; seed <= 4; seed++) {
		noise(seed);
		x[3000] += 12;
		y[3000] -= 12;
		run(exprs[_i], ROWS, out);
		ck_assert_msg(out[3000] >= 0.5, "%s: %g", exprs[_i], out[3000]);
		others += alerts(out, 0, ROWS) - 1;
		for (int i = 0; i < ROWS; i++)
			ck_assert(out[i] >= 0 && out[i] <= 1);
	}
	ck_assert_msg(others <= 4 * 6, "%s: %d", exprs[_i], others);
}
END_TEST

START_TEST(noise_that_stands_still)
{
	noise(7);
	for (int i = 3000; i < 3100; i++)
		x[i] = 0.25;
	run("anomaly(x)", ROWS, out);
	ck_assert_int_ge(alerts(out, 3000, 3030), 1);
	ck_assert_int_le(alerts(out, 0, ROWS), 8);
}
END_TEST

/* A trend sets records for ever, which is no news. */
START_TEST(trends)
{
	int n = 0;

	for (uint64_t seed = 1; seed <= 4; seed++) {
		noise(seed);
		for (int i = 0; i < ROWS; i++)
			x[i] += i * (_i ? -0.01 : 0.01);
		run("anomaly(x)", ROWS, out);
		n += alerts(out, 0, ROWS);
	}
	ck_assert_msg(n <= 4 * 9, "%d alerts in four trends", n);
	for (int i = 0; i < ROWS; i++)
		x[i] = i;
	run("anomaly(x)", ROWS, out);
	ck_assert_int_eq(alerts(out, 0, ROWS), 0);
}
END_TEST

/* A level never seen, once, and not again when it stays. */
/* What is missing shows in no value, nor does a rhythm that changes: they show in the last rows as
 * a whole. No more alerts come of it before, from the first row that is scored on. */
START_TEST(what_the_last_rows_show)
{
	int missing = 0, rhythm = 0, others = 0;

	for (uint64_t seed = 1; seed <= 10; seed++) {
		noise(seed);
		for (int i = 0; i < 2100; i++)
			x[i] = 0.3 * x[i] + (i < 2000 ? 3 * sin(i * M_PI / 24) : 0);
		run("anomaly(x)", 2100, out);
		missing += alerts(out, 2000, 2100) > 0;
		others += alerts(out, 0, 2000);
		for (int i = 2000; i < 2100; i++)
			x[i] = 0.3 * y[i] + 3 * sin(i * M_PI / 5);
		run("anomaly(x)", 2100, out);
		rhythm += alerts(out, 2000, 2100) > 0;
	}
	ck_assert_int_ge(missing, 9);
	ck_assert_int_ge(rhythm, 6);
	ck_assert_msg(others <= 20, "%d", others);
}
END_TEST

START_TEST(one_event_one_alert)
{
	noise(5);
	for (int i = 2500; i < ROWS; i++)
		x[i] += 20;
	run("anomaly(x)", ROWS, out);
	ck_assert_double_ge(out[2500], 0.5);
	ck_assert_int_le(alerts(out, 2501, 2900), 2);
}
END_TEST

static int
descending(const void *a, const void *b)
{
	double v = *(const double *)a, w = *(const double *)b;

	return (v < w) - (v > w);
}

/* Three inputs, one row in a hundred far off: the chance that it scores above a usual one. */
START_TEST(half_space_trees)
{
	static double far[ROWS], near_by[ROWS];
	struct rng rng = { (uint64_t)_i };
	int nfar = 0, nnear = 0;
	double area = 0;

	for (int i = 0; i < ROWS; i++) {
		bool odd = i > 500 && i % 100 == 0;
		double a = rng_uniform(&rng) * 2 * M_PI;

		x[i] = rng_normal(&rng) + (odd ? 6 * cos(a) : 0);
		y[i] = 1000 + 5 * rng_normal(&rng) + (odd ? 30 * sin(a) : 0);
	}
	run("anomaly(x, y, x + y / 5, method=hst)", ROWS, out);
	for (int i = 501; i < ROWS; i++)
		*(i % 100 == 0 ? &far[nfar++] : &near_by[nnear++]) = out[i];
	qsort(near_by, (size_t)nnear, sizeof *near_by, descending);
	for (int i = 0; i < nfar; i++)
		for (int k = 0; k < nnear; k++)
			area += far[i] > near_by[k] ? 1 : far[i] == near_by[k] ? 0.5 : 0;
	area /= (double)nfar * nnear;
	ck_assert_msg(area >= 0.97, "AUC %.4f", area);
}
END_TEST

START_TEST(seeds)
{
	noise(3);
	run("anomaly(x, y, method=hst)", 2000, out);
	run("anomaly(x, y, method=hst, seed=1)", 2000, other);
	ck_assert_mem_eq(out, other, 2000 * sizeof *out);
	run("anomaly(x, y, method=hst, seed=2)", 2000, other);
	ck_assert_mem_ne(out, other, 2000 * sizeof *out);
}
END_TEST

/* --- any input -------------------------------------------------------------------------------- */

/* The unit changes no score: a power of two is exact. hst takes it up to the rounding of a float.
 */
START_TEST(any_unit)
{
	noise(9);
	for (int i = 0; i < ROWS; i++)
		x[i] += 3 * sin(i / 40.0);
	run(exprs[_i], ROWS, other);
	for (int i = 0; i < ROWS; i++)
		x[i] *= 1024;
	run(exprs[_i], ROWS, out);
	for (int i = 0; i < ROWS; i++)
		ck_assert_msg(near(out[i], other[i], 1e-9), "%s: row %d: %g, not %g", exprs[_i], i,
		    out[i], other[i]);
}
END_TEST

static double
odd_value(int kind, int i)
{
	switch (kind) {
	case 0:
		return 4.1;
	case 1:
		return i % 2;
	case 2:
		return i % 500 == 77 ? 1e15 : i % 7;
	case 3:
		return i % 2 ? 1.7e308 : -1.7e308;
	case 4:
		return NAN;
	case 5:
		return i % 300 < 100 ? NAN : sin(i / 9.0);
	case 6:
		return i == 0 ? 5 : NAN;
	default:
		return i * 1.000001e-300;
	}
}

START_TEST(defined_on_anything)
{
	for (int kind = 0; kind < 8; kind++) {
		for (int i = 0; i < ROWS; i++)
			x[i] = y[i] = odd_value(kind, i);
		run(exprs[_i], ROWS, out);
		for (int i = 0; i < ROWS; i++)
			ck_assert_msg(out[i] >= 0 && out[i] <= 1, "%s, kind %d, row %d: %g",
			    exprs[_i], kind, i, out[i]);
		if (kind == 0 || kind == 4 || kind == 6)
			for (int i = 0; i < ROWS; i++)
				ck_assert_msg(out[i] == 0, "%s, kind %d, row %d: %g", exprs[_i],
				    kind, i, out[i]);
	}
}
END_TEST

/* Times that go back, or that there are none of, are no reason to fail. */
START_TEST(times_in_any_order)
{
	struct rng rng = { 4 };

	noise(4);
	for (int i = 0; i < ROWS; i++)
		at[i] = (int64_t)rng_next(&rng) / 2;
	run("anomaly(x)", ROWS, out);
	for (int i = 0; i < ROWS; i++)
		ck_assert(out[i] >= 0 && out[i] <= 1);
}
END_TEST

/* Saved and loaded midway, the same to the bit. */
START_TEST(resumed)
{
	noise(8);
	for (int i = 0; i < ROWS; i++)
		x[i] = i % 37 == 5 ? NAN : x[i] + sin(i / 30.0);
	run(exprs[_i], ROWS, other);
	for (int cut = 1; cut < ROWS; cut += 433) {
		struct machine a = machine_new(exprs[_i]), b;

		machine_run(&a, x, y, at, 0, cut, 17, out);
		b = machine_resume(&a, exprs[_i]);
		machine_run(&b, x, y, at, cut, ROWS, 0, out);
		ck_assert_mem_eq(out, other, sizeof out);
		machine_free(&a);
		machine_free(&b);
	}
}
END_TEST

START_TEST(memory)
{
	struct machine m = machine_new("anomaly(x)");

	ck_assert_uint_le(graph_held(m.graph, m.root), 64 * 1024);
	machine_free(&m);
	m = machine_new("1 + 1");
	plan_compact(m.plan, true);
	m.root = plan_add(m.plan, "anomaly(x)", &(struct error){ 0 });
	noise(1);
	machine_run(&m, x, y, at, 0, 2000, 0, out);
	ck_assert_uint_le(graph_held(m.graph, m.root), 8 * 1024);
	machine_free(&m);
}
END_TEST

/* As many different values as rows: what is kept stays what it was. */
START_TEST(no_growth)
{
	struct machine m = machine_new("anomaly(x)");
	struct rng rng = { 6 };
	size_t held = graph_held(m.graph, m.root);

	for (int part = 0; part < 200; part++) {
		for (int i = 0; i < ROWS; i++)
			x[i] = rng_normal(&rng) * exp(part / 40.0);
		machine_run(&m, x, y, at, 0, ROWS, 0, out);
		for (int i = 0; i < ROWS; i++)
			ck_assert(out[i] >= 0 && out[i] <= 1);
	}
	ck_assert_uint_eq(graph_held(m.graph, m.root), held);
	machine_free(&m);
}
END_TEST

/* "9 is 5 away from the nearest value ever seen; such gaps come once in ... rows". */
START_TEST(in_words)
{
	struct machine m = machine_new("anomaly(x)");
	struct text t = { 0 };
	double gap;
	char often[16];

	for (int i = 0; i < 1000; i++)
		x[i] = i % 5;
	x[999] = 4.5;
	x[1000] = 9;
	machine_run(&m, x, y, at, 0, 1001, 0, out);
	graph_explain(m.graph, m.root, &t);
	ck_assert_msg(
	    strstr(t.s,
		"9 is 4.5 away from the nearest value ever seen; such gaps hardly ever come") !=
		NULL,
	    "%s", t.s);
	machine_free(&m);
	text_clear(&t);
	m = machine_new("anomaly(x)");
	noise(3);
	x[1500] = 3.7;
	machine_run(&m, x, y, at, 0, 1501, 0, out);
	graph_explain(m.graph, m.root, &t);
	ck_assert_msg(
	    sscanf(strstr(t.s, "3.7 is"),
		"3.7 is %lf away from the nearest value ever seen; such gaps come once in %15s",
		&gap, often) == 2 &&
		gap > 0.1 && gap < 2 && strchr(often, ',') != NULL,
	    "%s", t.s);
	machine_free(&m);
	text_done(&t);
}
END_TEST

/* The greatest evidence of each view since the first row, however many there are. */
START_TEST(evidence_is_kept)
{
	struct machine m = machine_new("anomaly(x)");
	const struct evidence_history *h;
	float most = 0;

	noise(5);
	x[2500] = 40;
	machine_run(&m, x, y, at, 0, ROWS, 0, out);
	h = anomaly_evidence(graph_op(m.graph, m.root));
	ck_assert_uint_eq(h->rows, ROWS);
	ck_assert_int_le(h->n, EVIDENCE_POINTS);
	ck_assert_uint_ge(h->stride * (uint64_t)h->n, ROWS);
	for (int i = 0; i < h->n; i++) {
		const struct evidence_point *p = &h->points[i];
		bool there = (uint64_t)i == 2500 / h->stride;

		ck_assert(there == (p->most[EVIDENCE_VALUE] > 2));
		ck_assert(!there || p->score > 0.9F);
		ck_assert((uint64_t)i * h->stride >= 100 || p->most[EVIDENCE_VALUE] <= 0 ||
			  (uint64_t)(i + 1) * h->stride > 100);
		most = fmaxf(most, p->most[EVIDENCE_STILL]);
	}
	ck_assert(most <= 0);
	machine_free(&m);
}
END_TEST

START_TEST(what_is_refused)
{
	ck_assert_ptr_nonnull(
	    strstr(machine_refuses("anomaly(x, y, method=z)"), "method=hst takes several"));
	ck_assert_ptr_nonnull(strstr(machine_refuses("anomaly(x, w=60)"), "takes no w"));
	ck_assert_ptr_nonnull(
	    strstr(machine_refuses("anomaly(x, method=spot, limit=3)"), "takes no limit"));
}
END_TEST

/* --- twins ------------------------------------------------------------------------------------ */

static int
ascending(const void *a, const void *b)
{
	return -descending(a, b);
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, ascending);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static double
hampel_twin(int row, int w)
{
	double v[700], m, scale, mean = 0;
	int from = row - w < 0 ? 0 : row - w, n = row - from;

	if (n < 10)
		return 0;
	memcpy(v, x + from, (size_t)n * sizeof *v);
	m = median(v, n);
	for (int i = 0; i < n; i++) {
		v[i] = fabs(x[from + i] - m);
		mean += v[i] / n;
	}
	scale = 1.4826 * median(v, n);
	if (scale == 0)
		scale = 1.2533 * mean;
	return x[row] == m ? 0 : fabs(x[row] - m) / (fabs(x[row] - m) + 5 * scale);
}

static double
z_twin(int row, int w)
{
	int from = row - w < 0 ? 0 : row - w, n = row - from;
	double mean = 0, v = 0, off;

	if (n < 10)
		return 0;
	for (int i = from; i < row; i++)
		mean += x[i] / n;
	for (int i = from; i < row; i++)
		v += (x[i] - mean) * (x[i] - mean) / (n - 1);
	off = fabs(x[row] - mean);
	return off < 1e-12 ? 0 : off / (off + 4 * sqrt(v));
}

START_TEST(windows_from_scratch)
{
	static const int windows[] = { 10, 11, 60, 600 };
	int w = windows[_i % 4];
	char expr[64];

	noise((uint64_t)_i);
	for (int i = 0; i < ROWS; i++)
		x[i] = i / 500 % 2 ? floor(x[i] * 2) / 2 : x[i];
	snprintf(expr, sizeof expr, "anomaly(x, method=%s, w=%d)", _i < 4 ? "z" : "hampel", w);
	run(expr, 2000, out);
	for (int i = 0; i < 2000; i++) {
		double twin = _i < 4 ? z_twin(i, w) : hampel_twin(i, w);

		ck_assert_msg(near(out[i], twin, 1e-9), "%s: row %d: %.17g, not %.17g", expr, i,
		    out[i], twin);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("anomaly");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_loop_test(tc, spikes, 0, EXPRS);
	tcase_add_test(tc, noise_that_stands_still);
	tcase_add_loop_test(tc, trends, 0, 2);
	tcase_add_test(tc, what_the_last_rows_show);
	tcase_add_test(tc, one_event_one_alert);
	tcase_add_test(tc, in_words);
	tcase_add_test(tc, evidence_is_kept);
	tcase_add_test(tc, no_growth);
	tcase_add_loop_test(tc, half_space_trees, 1, 4);
	tcase_add_test(tc, seeds);
	tcase_add_loop_test(tc, any_unit, 0, EXPRS);
	tcase_add_loop_test(tc, defined_on_anything, 0, EXPRS);
	tcase_add_test(tc, times_in_any_order);
	tcase_add_loop_test(tc, resumed, 0, EXPRS);
	tcase_add_test(tc, memory);
	tcase_add_test(tc, what_is_refused);
	tcase_add_loop_test(tc, windows_from_scratch, 0, 8);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
