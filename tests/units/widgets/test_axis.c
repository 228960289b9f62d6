/* test_axis.c - an axis stands still, and yet its data is always within and uses it. */
#include "widgets/draw/follow.h"

#include <math.h>

#include "tests/support.h"

enum { ROWS = 6000, WINDOW = 60, H = 20, DOTS = 4 };

static double
value(int kind, int row, struct rng *r)
{
	switch (kind) {
	case 0:
		return row + 1; /* a ramp */
	case 1:
		return 10 + 2 * sin(row / 7.0);
	case 2:
		return 5;
	case 3:
		return row % 500 == 400 ? 1e6 : 24.5 + rng_uniform(r);
	case 4:
		return -row * 1e-300;
	default:
		return 1e300 * rng_uniform(r);
	}
}

struct ride {
	int made, soon; /* axes after row 60; of these so soon that the one before had not rested */
	double least;   /* share of the axis that the data used, at worst */
};

static struct ride
ride(int kind)
{
	static double x[ROWS];
	struct rng r = { 7 };
	struct follow f = { .set = false };
	struct ride out = { .least = 1 };
	int last = -FOLLOW_REST;

	for (int row = 0; row < ROWS; row++) {
		struct demand d = { .data = { INFINITY, -INFINITY }, .ends = { NAN, NAN } };
		int first = row >= WINDOW ? row - WINDOW + 1 : 0;

		x[row] = value(kind, row, &r);
		for (int i = first; i <= row; i++) {
			d.data.lo = fmin(d.data.lo, x[i]);
			d.data.hi = fmax(d.data.hi, x[i]);
		}
		d.wish = d.data;
		d.trend = row > first ? (x[row] - x[first]) / (row - first) : 0;
		if (fabs(d.trend) * (row - first) < 0.9 * (d.data.hi - d.data.lo))
			d.trend = 0;
		d.slope = row > 10 ? (x[row] - x[row - 10]) / 10 : 0;
		if (follow_update(&f, &d, (uint64_t)row + 1, H, DOTS) && row >= WINDOW) {
			out.made++;
			out.soon += row - last < FOLLOW_REST;
			last = row;
		}
		ck_assert_msg(f.scale.lo <= d.data.lo && f.scale.hi >= d.data.hi,
		    "kind %d, row %d: %g to %g in %g to %g", kind, row, d.data.lo, d.data.hi,
		    f.scale.lo, f.scale.hi);
		if (row >= WINDOW && d.data.hi > d.data.lo)
			out.least =
			    fmin(out.least, (d.data.hi - d.data.lo) / (f.scale.hi - f.scale.lo));
	}
	return out;
}

START_TEST(a_ramp_uses_the_plot)
{
	struct ride r = ride(0);

	ck_assert_int_eq(r.soon, 0);
	ck_assert_msg(r.made >= 20 && r.made <= ROWS / FOLLOW_REST, "%d axes", r.made);
	ck_assert_msg(r.least > 0.25, "uses %.2f of it", r.least);
}
END_TEST

START_TEST(what_swings_stands_still)
{
	ck_assert_int_le(ride(1).made, 1);
	ck_assert_int_eq(ride(2).made, 0);
	ck_assert_int_eq(ride(4).soon, 0);
	ck_assert_int_le(ride(5).made, 2);
}
END_TEST

/* Each spike of twelve has to be seen, and is left when it is gone. */
START_TEST(a_spike_passes)
{
	struct ride r = ride(3);

	ck_assert_msg(r.made >= 20 && r.made <= 40, "%d axes", r.made);
}
END_TEST

/* What the user fixed is not left. */
START_TEST(ends_that_are_fixed_stay)
{
	struct follow f = { .set = false };
	struct demand d = { .data = { 2, 3 }, .wish = { 2, 3 }, .ends = { 0, 10 } };

	ck_assert(follow_update(&f, &d, 1, H, DOTS));
	ck_assert(f.scale.lo <= 0 && f.scale.hi >= 10);
	d.data.hi = d.wish.hi = 400;
	for (uint64_t row = 2; row < 500; row++)
		ck_assert(!follow_update(&f, &d, row, H, DOTS));
	ck_assert(follow_update(&f, &d, 500, H - 1, DOTS)); /* another height */
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("axis");
	TCase *all = tcase_create("all");

	tcase_add_test(all, a_ramp_uses_the_plot);
	tcase_add_test(all, what_swings_stands_still);
	tcase_add_test(all, a_spike_passes);
	tcase_add_test(all, ends_that_are_fixed_stay);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
