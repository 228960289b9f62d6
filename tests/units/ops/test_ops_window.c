/* test_ops_window.c - every operator over a window against a twin that recounts the window from
 * scratch.
 *
 * For each operator, window and kind of data: the values equal the twin's; they are the same bits
 * however the rows are cut into runs; and a graph loaded from the bytes of another goes on with the
 * same bits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"
#include "tests/twins/window_twins.h"

enum { MOST_ROWS = 2200 };

/* --- data ------------------------------------------------------------------------------------- */

enum kind {
	RANDOM, CONSTANT, OFFSET, SPIKY, MISSING, GROUPS, FAR_OFFSET, TINY, LARGE, WILD, KINDS
};
static const char *const kind_names[] = { "random", "constant", "offset", "spiky", "missing",
	"groups", "far offset", "tiny", "large", "wild" };

static double
draw(enum kind kind, struct rng *rng, int row, double last)
{
	bool rare = rng_uniform(rng) < 0.004;
	double v = rng_normal(rng);

	switch (kind) {
	case RANDOM:
		return v;
	case CONSTANT:
		return 7.3;
	case OFFSET:
		return 1e9 + v;
	case SPIKY:
		return rare ? (v < 0 ? -1e15 : 1e15) : 10 + v;
	case MISSING:
		return rng_uniform(rng) < 0.1 || row % 500 > 420 ? NAN : 1e4 + 100 * v;
	case GROUPS: /* few values, some at once in runs, some missing */
		if (rng_uniform(rng) < 0.5 && row > 0)
			return last;
		return rng_uniform(rng) < 0.05 ? NAN : floor(fabs(4 * v)) - 2;
	case FAR_OFFSET: /* where doubles are eighths */
		return 1e15 + floor(8 * v) / 8;
	case TINY: /* their squares are no doubles */
		return 1e-200 * v;
	case LARGE:
		return 1e160 * v;
	case WILD: /* one beside the other, and in runs */
		return row / 100 % 3 == 0 ? v : rare ? 1e160 * v : 1e-200 * v;
	case KINDS:
		break;
	}
	return NAN;
}

static struct data
data_new(enum kind kind, int n)
{
	struct rng rng = { 42 + (uint64_t)kind };
	int64_t t = INT64_C(1767225600) * TIME_SECOND;
	struct data d = { .n = n };

	d.x = memory_new((size_t)n, sizeof *d.x);
	d.y = memory_new((size_t)n, sizeof *d.y);
	d.time = memory_new((size_t)n, sizeof *d.time);
	for (int i = 0; i < n; i++) {
		double u = rng_uniform(&rng);

		d.x[i] = draw(kind, &rng, i, i > 0 ? d.x[i - 1] : 0);
		d.y[i] = draw(kind, &rng, i, i > 0 ? d.y[i - 1] : 0);
		d.y[i] += isnan(d.x[i]) ? 0 : d.x[i] / 2;
		if (u > 0.1) /* else the same instant again */
			t += (int64_t)(u * 2e9);
		if (u > 0.99)
			t += 40 * TIME_SECOND;
		d.time[i] = t / 1000000 * 1000000;
	}
	return d;
}

static void
data_free(struct data *d)
{
	free(d->x);
	free(d->y);
	free(d->time);
}

/* --- windows, recounted ----------------------------------------------------------------------- */

static const struct shape_of_window {
	const char *text;
	struct span w, every, gap;
} windows[] = {
	{ "1", { SPAN_ROWS, 1 }, { 0 }, { 0 } },
	{ "2", { SPAN_ROWS, 2 }, { 0 }, { 0 } },
	{ "60", { SPAN_ROWS, 60 }, { 0 }, { 0 } },
	{ "1000", { SPAN_ROWS, 1000 }, { 0 }, { 0 } },
	{ "90s", { SPAN_TIME, 90 * TIME_SECOND }, { 0 }, { 0 } },
	{ "all", { SPAN_ALL, 0 }, { 0 }, { 0 } },
	{ "60, every=7", { SPAN_ROWS, 60 }, { SPAN_ROWS, 7 }, { 0 } },
	{ "60, every=300", { SPAN_ROWS, 60 }, { SPAN_ROWS, 300 }, { 0 } },
	{ "90s, every=1m", { SPAN_TIME, 90 * TIME_SECOND }, { SPAN_TIME, 60 * TIME_SECOND },
	    { 0 } },
	{ "all, every=50", { SPAN_ALL, 0 }, { SPAN_ROWS, 50 }, { 0 } },
	{ "60, gap=30s", { SPAN_ROWS, 60 }, { 0 }, { SPAN_TIME, 30 * TIME_SECOND } },
	{ "all, gap=30s", { SPAN_ALL, 0 }, { 0 }, { SPAN_TIME, 30 * TIME_SECOND } },
	{ "all, gap=30s, every=10", { SPAN_ALL, 0 }, { SPAN_ROWS, 10 },
	    { SPAN_TIME, 30 * TIME_SECOND } },
	{ "5m, gap=30s, every=10", { SPAN_TIME, 300 * TIME_SECOND }, { SPAN_ROWS, 10 },
	    { SPAN_TIME, 30 * TIME_SECOND } },
};

static int64_t
floor_to(int64_t t, int64_t step)
{
	return t / step * step; /* times here are after 1970 */
}

/* The rows that count at a row; false: no value yet. */
static bool
recount_range(const struct data *d, const struct shape_of_window *s, int row, struct rows *r)
{
	int64_t now = d->time[row];
	int start = 0;

	r->hi = row + 1;
	if (s->every.unit == SPAN_ROWS) {
		r->hi = (row + 1) / (int)s->every.n * (int)s->every.n;
		if (r->hi == 0)
			return false;
		now = d->time[r->hi - 1];
	} else if (s->every.unit == SPAN_TIME) {
		now = floor_to(now, s->every.n);
		if (now < d->time[0])
			return false;
		while (r->hi > 0 && d->time[r->hi - 1] > now)
			r->hi--;
	}
	for (int k = 1; s->gap.unit == SPAN_TIME && k < r->hi; k++)
		if (d->time[k] - d->time[k - 1] > s->gap.n)
			start = k;
	r->lo = start;
	if (s->w.unit == SPAN_ROWS && r->hi - (int)s->w.n > start)
		r->lo = r->hi - (int)s->w.n;
	while (s->w.unit == SPAN_TIME && r->lo < r->hi && d->time[r->lo] <= now - s->w.n)
		r->lo++;
	r->by_time = s->w.unit == SPAN_TIME ? s->w.n : 0;
	return true;
}

/* --- the checks ------------------------------------------------------------------------------- */

static void
check_values(const char *what, const struct twin *t, const struct shape_of_window *s,
    const struct data *d, const double *out)
{
	/* A recount takes long: every row at first, later every 23rd. */
	for (int row = 0; row < d->n; row += row < 150 ? 1 : 23) {
		double expected = NAN, scale = 0;
		struct rows r;

		if (recount_range(d, s, row, &r))
			expected = t->value(d, r, &scale);
		if (isnan(expected) && isnan(out[row]))
			continue;
		/* A passed assertion costs a write to a file: not one for each of a million. */
		if (!(fabs(out[row] - expected) <= 1e-9 * fabs(expected) + scale))
			ck_abort_msg("%s: row %d: %.17g, recounted %.17g (within %g)", what, row,
			    out[row], expected, scale);
	}
}

static void
same_bits(const char *what, const char *how, const double *a, const double *b, int n)
{
	for (int i = 0; i < n; i++)
		if (memcmp(&a[i], &b[i], sizeof *a) != 0 && !(isnan(a[i]) && isnan(b[i])))
			ck_abort_msg("%s: %s: row %d: %.17g, not %.17g", what, how, i, b[i], a[i]);
}

static void
check_cuts(const char *what, const char *expr, const struct data *d, const double *whole)
{
	static const int cuts[] = { 1, 7, 0 };
	double *out = memory_new((size_t)d->n, sizeof *out);

	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		struct machine m = machine_new(expr);

		machine_run(&m, d->x, d->y, d->time, 0, d->n, cuts[i], out);
		same_bits(what, "cut otherwise", whole, out, d->n);
		machine_free(&m);
	}
	free(out);
}

static void
check_resume(const char *what, const char *expr, const struct data *d, const double *whole)
{
	double *out = memory_new((size_t)d->n, sizeof *out);
	struct machine m = machine_new(expr), again;
	int half = d->n / 2 + 13;

	machine_run(&m, d->x, d->y, d->time, 0, half, 0, out);
	again = machine_resume(&m, expr);
	machine_free(&m);
	machine_run(&again, d->x, d->y, d->time, half, d->n, 256, out);
	same_bits(what, "resumed", whole, out, d->n);
	machine_free(&again);
	free(out);
}

static void
check_explains(const char *what, const char *expr, const struct data *d)
{
	double out[100];
	struct machine m = machine_new(expr);
	struct text text = { 0 };

	graph_explain(m.graph, m.root, &text); /* before any row */
	machine_run(&m, d->x, d->y, d->time, 0, 100, 1, out);
	text_clear(&text);
	graph_explain(m.graph, m.root, &text);
	ck_assert_msg(text.len > 0 && text.s[text.len - 1] == '\n', "%s explains nothing", what);
	text_done(&text);
	machine_free(&m);
}

static void
check(const struct twin *t, const struct shape_of_window *s, enum kind kind)
{
	struct data d = data_new(kind, MOST_ROWS);
	double *out = memory_new((size_t)d.n, sizeof *out);
	char expr[160], what[200];
	struct machine m;

	snprintf(expr, sizeof expr, "%s%s)", t->call, s->text);
	snprintf(what, sizeof what, "%s of %s data", expr, kind_names[kind]);
	m = machine_new(expr);
	machine_run(&m, d.x, d.y, d.time, 0, d.n, 256, out);
	check_values(what, t, s, &d, out);
	machine_free(&m);
	check_cuts(what, expr, &d, out);
	check_resume(what, expr, &d, out);
	if (kind == RANDOM)
		check_explains(what, expr, &d);
	free(out);
	data_free(&d);
}

START_TEST(recounted)
{
	for (size_t s = 0; s < sizeof windows / sizeof *windows; s++)
		for (enum kind kind = 0; kind < (s % 3 == 1 ? KINDS : FAR_OFFSET); kind++)
			check(&twins[_i], &windows[s], kind);
}
END_TEST

/* Once at a long window: the cheap ones, at the last rows alone, since a recount takes long. */
START_TEST(long_window)
{
	static const enum kind hard[] = { OFFSET, SPIKY, MISSING };
	static const struct shape_of_window s = { "100000", { SPAN_ROWS, 100000 }, { 0 }, { 0 } };
	enum { ROWS = 170000 };
	struct data d = data_new(hard[_i], ROWS);
	double *out = memory_new(ROWS, sizeof *out);
	char expr[160];

	for (int t = 0; t < twins_n; t++) {
		struct machine m;

		if (twins[t].quadratic)
			continue;
		snprintf(expr, sizeof expr, "%s%s)", twins[t].call, s.text);
		m = machine_new(expr);
		machine_run(&m, d.x, d.y, d.time, 0, ROWS, 256, out);
		for (int row = 99000; row < ROWS; row += 17751) {
			double scale = 0, expected;
			struct rows r;

			ck_assert(recount_range(&d, &s, row, &r));
			expected = twins[t].value(&d, r, &scale);
			if (isnan(expected) && isnan(out[row]))
				continue;
			ck_assert_msg(fabs(out[row] - expected) <= 1e-9 * fabs(expected) + scale,
			    "%s of %s data: row %d: %.17g, recounted %.17g", expr,
			    kind_names[hard[_i]], row, out[row], expected);
		}
		machine_free(&m);
	}
	free(out);
	data_free(&d);
}
END_TEST

/* Operators that take texts give them back as texts. */
START_TEST(texts)
{
	static const char *const cases[][2] = {
		{ "top(if(x > 0, \"up\", \"down\"), 1, 5)", "down" },
		{ "top(if(x > 0, \"up\", \"down\"), 2, 5)", "up" },
		{ "top(if(x > 0, \"up\", \"down\"), 3, 5)", "missing" },
		{ "first(if(x > 0, \"up\", \"down\"), 3)", "up" },
		{ "distinct(if(x > 0, \"up\", \"down\"), 5)", "2" },
		{ "count(if(x > 0, \"up\", \"down\"), 4)", "4" },
		{ "missing(if(x > 0, \"up\", \"down\"), 4)", "0" },
		{ "changed(if(x > 0, \"up\", \"down\"))", "0" },
	};
	double x[] = { 1, 1, -1, 1, -1, -1 }, out[6];
	int64_t time[6] = { 0 };
	struct machine m = machine_new(cases[_i][0]);
	struct text text = { 0 };

	machine_run(&m, x, x, time, 0, 6, 2, out);
	graph_print(m.graph, m.root, out[5], &text);
	ck_assert_str_eq(text_get(&text), cases[_i][1]);
	text_done(&text);
	machine_free(&m);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ops_window");
	TCase *tc = tcase_create("twins");

	tcase_set_timeout(tc, 300);
	tcase_add_loop_test(tc, recounted, 0, twins_n);
	tcase_add_loop_test(tc, texts, 0, 8);
	tcase_add_loop_test(tc, long_window, 0, 3);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
