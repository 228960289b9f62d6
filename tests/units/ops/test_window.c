/* test_window.c - the ranges that windows tell, against a twin that looks at every row anew. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/graph.h"
#include "data/ops/window/window.h"
#include "tests/support.h"

enum { ROWS = 900 };
#define SEC TIME_SECOND

static const struct {
	struct span w, every, gap;
} kinds[] = {
	{ .w = { SPAN_ROWS, 1 } },
	{ .w = { SPAN_ROWS, 2 } },
	{ .w = { SPAN_ROWS, 60 } },
	{ .w = { SPAN_ROWS, 5000 } },
	{ .w = { SPAN_TIME, 5 * SEC } },
	{ .w = { SPAN_TIME, 300 * SEC } },
	{ .w = { SPAN_ALL, 0 } },
	{ .w = { SPAN_ROWS, 10 }, .every = { SPAN_ROWS, 10 } },
	{ .w = { SPAN_ROWS, 30 }, .every = { SPAN_ROWS, 7 } },
	{ .w = { SPAN_ROWS, 3 }, .every = { SPAN_TIME, 20 * SEC } },
	{ .w = { SPAN_TIME, 20 * SEC }, .every = { SPAN_TIME, 20 * SEC } },
	{ .w = { SPAN_TIME, 60 * SEC }, .every = { SPAN_TIME, 7 * SEC } },
	{ .w = { SPAN_ALL, 0 }, .every = { SPAN_TIME, 50 * SEC } },
	{ .w = { SPAN_ALL, 0 }, .every = { SPAN_ROWS, 400 } },
	{ .w = { SPAN_ALL, 0 }, .gap = { SPAN_TIME, 9 * SEC } },
	{ .w = { SPAN_ROWS, 20 }, .gap = { SPAN_TIME, 9 * SEC } },
	{ .w = { SPAN_TIME, 15 * SEC },
	    .every = { SPAN_TIME, 10 * SEC },
	    .gap = { SPAN_TIME, 9 * SEC } },
};

static int64_t
floor_to(int64_t t, int64_t step)
{
	int64_t k = t / step;

	while (k * step > t)
		k--;
	return k * step;
}

/* Which rows count after row i, from scratch: false when nothing yet. */
static bool
twin(int kind, const int64_t *time, uint64_t i, uint64_t *lo, uint64_t *hi)
{
	struct span w = kinds[kind].w, every = kinds[kind].every, gap = kinds[kind].gap;
	uint64_t end = i + 1;
	int64_t now = time[i];

	if (every.unit == SPAN_ROWS) {
		end = end / (uint64_t)every.n * (uint64_t)every.n;
		if (end == 0)
			return false;
		now = time[end - 1];
	} else if (every.unit == SPAN_TIME) {
		now = floor_to(now, every.n);
		while (end > 0 && time[end - 1] > now)
			end--;
		if (end == 0)
			return false; /* the stream began after that multiple */
	}
	*hi = end;
	*lo = 0;
	for (uint64_t row = 0; row < end; row++) {
		bool out = (w.unit == SPAN_ROWS && end - row > (uint64_t)w.n) ||
			   (w.unit == SPAN_TIME && time[row] <= now - w.n);

		for (uint64_t k = row + 1; k < end && gap.unit == SPAN_TIME && !out; k++)
			out = time[k] - time[k - 1] > gap.n;
		if (out)
			*lo = row + 1;
	}
	return true;
}

START_TEST(ranges_match_a_recount)
{
	struct value values[4] = { { .number = NAN } };
	int input = 0;
	struct node node = {
		.class = &op_window, .column = -1, .ninputs = 1, .inputs = &input, .values = values
	};
	struct window w = { 0 };
	struct op op = { .node = &node, .state = &w };
	struct rng rng = { 7 };
	int64_t time[ROWS], t = 3 * SEC;
	double x[ROWS], out[2 * BLOCK_ROWS];
	uint64_t row = 0;

	for (int i = 0; i < ROWS; i++) {
		uint64_t dice = rng_next(&rng) % 20;

		t += dice == 0 ? 40 * SEC : dice < 4 ? 0 : (int64_t)(rng_next(&rng) % 4) * SEC;
		time[i] = t;
		x[i] = i;
	}
	values[1].span = kinds[_i].w;
	values[2].span = kinds[_i].every;
	values[3].span = kinds[_i].gap;
	ck_assert_int_eq(op_window.init(&op, NULL), 0);
	while (row < ROWS) {
		int n = 1 + (int)(rng_next(&rng) % 40);
		const double *in = x + row;
		struct run run;

		if (row + (uint64_t)n > ROWS)
			n = (int)(ROWS - row);
		run = (struct run){ .n = n, .first = row, .time = time + row };
		op.in = &in;
		op_window.step(&op, &run, out);
		for (int i = 0; i < n; i++, row++) {
			uint64_t lo = 0, hi = 0;
			struct range r = { 0, 0 };
			bool any = window_range(out, i, &r),
			     expected = twin(_i, time, row, &lo, &hi);

			ck_assert_int_eq(any, expected);
			if (!any)
				continue;
			ck_assert_msg(r.lo == lo && r.hi == hi,
			    "row %d: [%d, %d), recount [%d, %d)", (int)row, (int)r.lo, (int)r.hi,
			    (int)lo, (int)hi);
			if (kinds[_i].w.unit != SPAN_ALL)
				for (uint64_t k = r.lo; k < r.hi; k++)
					ck_assert(near(window_x(&w, k), (double)k, 0));
		}
	}
	op_window.done(&op);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("window");
	TCase *tc = tcase_create("ranges");

	tcase_add_loop_test(tc, ranges_match_a_recount, 0, sizeof kinds / sizeof *kinds);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
