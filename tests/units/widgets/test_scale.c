/* test_scale.c - ticks at round places, and numbers that keep their width. */
#include "tests/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"
#include "widgets/draw/time_ticks.h"
#include "widgets/draw/scale.h"

static bool
is_round(double step)
{
	double digit = step / pow(10, floor(log10(step) + 1e-9));

	return near(digit, 1, 1e-9) || near(digit, 2, 1e-9) || near(digit, 5, 1e-9);
}

/* Ranges of every size and offset that a column may have. */
static void
random_range(struct rng *r, double *lo, double *hi)
{
	double span = pow(10, rng_uniform(r) * 24 - 12);

	*lo = (rng_uniform(r) - 0.5) * pow(10, rng_uniform(r) * 6) * span;
	*hi = *lo + span * rng_uniform(r);
	if (rng_uniform(r) < 0.2) /* across zero */
		*lo = -*hi * rng_uniform(r);
	if (*hi < *lo)
		*hi = *lo + span;
}

START_TEST(steps_are_round_and_cover)
{
	struct rng r = { 1 };
	double lo, hi;

	for (int i = 0; i < 20000; i++) {
		int n = 1 + (int)(rng_uniform(&r) * 10);
		struct scale s;

		random_range(&r, &lo, &hi);
		s = scale_fit(lo, hi, n);
		ck_assert(is_round(s.step));
		ck_assert(s.lo <= lo + s.step * 1e-6 && s.hi >= hi - s.step * 1e-6);
		ck_assert_int_le(s.steps, n < 2 ? 2 : n);
		ck_assert(near(s.lo / s.step, round(s.lo / s.step), 1e-6));
	}
}
END_TEST

START_TEST(ticks_stand_whole_cells_apart)
{
	struct rng r = { 2 };
	double lo, hi;

	for (int i = 0; i < 20000; i++) {
		int h = 1 + (int)(rng_uniform(&r) * 40), dots = 1 << (int)(rng_uniform(&r) * 3),
		    apart = 0;
		struct scale s;

		random_range(&r, &lo, &hi);
		s = scale_fit_cells(lo, hi, h, dots);
		ck_assert(h < 3 ? s.steps == 0 : is_round(s.step));
		ck_assert(s.lo <= lo + s.step * 1e-6 && s.hi >= hi - s.step * 1e-3);
		for (int t = 1; t <= s.steps; t++) {
			int cell = scale_dot(&s, scale_tick(&s, t), h * dots) / dots;
			int below = scale_dot(&s, scale_tick(&s, t - 1), h * dots) / dots;

			ck_assert_int_ge(cell, 0);
			ck_assert_int_lt(below, h);
			if (t > 1)
				ck_assert_int_eq(below - cell, apart);
			apart = below - cell;
			ck_assert_int_ge(apart, 1);
		}
	}
}
END_TEST

START_TEST(known_axes)
{
	struct scale s = scale_fit(9, 12.6, 5);
	char text[FORM_CHARS];

	ck_assert(near(s.lo, 9, 1e-12) && near(s.hi, 13, 1e-12) && near(s.step, 1, 1e-12));
	form_print(s.form, 9, text);
	ck_assert_str_eq(text, "9");
	s = scale_fit(0, 2.4e6, 4);
	form_print(s.form, scale_tick(&s, 1), text);
	ck_assert_str_eq(text, "1M");
	s = scale_fit(0, 0.93, 5);
	form_print(s.form, scale_tick(&s, 2), text);
	ck_assert_str_eq(text, "0.4");
	s = scale_fit(7, 7, 4);
	ck_assert(s.lo < 7 && s.hi > 7);
	s = scale_fit(-1e300, 1e300, 4);
	ck_assert(isfinite(s.lo) && isfinite(s.hi) && isfinite(s.step));
}
END_TEST

START_TEST(forms_keep_their_width)
{
	struct rng r = { 3 };
	double lo, hi;
	char text[FORM_CHARS];

	for (int i = 0; i < 20000; i++) {
		struct form f;

		random_range(&r, &lo, &hi);
		f = form_column(lo, hi);
		for (int k = 0; k < 5; k++) {
			double v = lo + (hi - lo) * rng_uniform(&r);
			int n = form_print(f, v, text);

			ck_assert_int_eq(n, (int)strlen(text));
			ck_assert_int_le(n, form_width(f) + 1); /* 9.99 rounds to 10.0 */
		}
	}
}
END_TEST

static const struct {
	double lo, hi, v;
	const char *text;
} printed[] = {
	{ 9, 12, 10.7083, "10.71" },
	{ 9, 12, -0.001, "0.00" },
	{ 0, 1, 0.97, "0.97" },
	{ -5, 5, -4.5, "-4.5" },
	{ 101000, 101600, 101289.4, "101,289" },
	{ 0, 2500000, 1234567, "1.23M" },
	{ 0, 0.00002, 0.0000123, "12.3u" },
	{ 1e9, 1e9 + 3, 1e9 + 1.5, "1,000,000,001.50" },
	{ 0, 10, NAN, "-" },
	{ 9, 12, 1e15, "1e+15" },
	/* beside a spike the others are numbers, too */
	{ 0, 1e6, 24.5, "24.5" },
	{ 0, 1e9, 9012, "9.01k" },
	{ -1e9, 1e9, -3.25, "-3.25" },
	{ 0, 1e6, 0, "0.00M" },
	{ 0, 1e6, 750000, "0.75M" },
};

START_TEST(forms_of_known_numbers)
{
	char text[FORM_CHARS];

	form_print(form_column(printed[_i].lo, printed[_i].hi), printed[_i].v, text);
	ck_assert_str_eq(text, printed[_i].text);
}
END_TEST

START_TEST(counts_have_commas)
{
	char text[COUNT_CHARS];

	count_print(0, text);
	ck_assert_str_eq(text, "0");
	count_print(999, text);
	ck_assert_str_eq(text, "999");
	count_print(1500, text);
	ck_assert_str_eq(text, "1,500");
	count_print(UINT64_MAX, text);
	ck_assert_str_eq(text, "18,446,744,073,709,551,615");
}
END_TEST

START_TEST(ranges_grow_at_once_and_shrink_late)
{
	struct range r = { 0 };

	ck_assert(range_update(&r, 0, 10, 0, 50));
	ck_assert(!range_update(&r, 1, 9, 1, 50));
	ck_assert(range_update(&r, -5, 9, 2, 50));
	ck_assert(near(r.lo, -5, 0) && near(r.hi, 10, 0));
	for (uint64_t row = 3; row < 52; row++)
		ck_assert(!range_update(&r, 4, 6, row, 50));
	ck_assert(range_update(&r, 4, 6, 52, 50));
	ck_assert(near(r.lo, 4, 0) && near(r.hi, 6, 0));
	/* A recording that begins anew begins with a new range. */
	ck_assert(range_update(&r, 5, 5.5, 1, 50));
	ck_assert(near(r.hi, 5.5, 0));
}
END_TEST

static int64_t
instant(const char *text)
{
	int64_t ns = 0;

	ck_assert(time_parse(text, strlen(text), false, &ns));
	return ns;
}

static const struct {
	const char *from, *to;
	int n;
	const char *first, *second; /* labels */
} times[] = {
	{ "2026-01-01T12:03:14Z", "2026-01-01T12:04:50Z", 5, "12:03:30", "12:04:00" },
	{ "2026-01-01T12:03:14Z", "2026-01-01T14:40:00Z", 6, "12:30", "13:00" },
	{ "2026-01-01T20:10:00Z", "2026-01-02T05:00:00Z", 6, "22:00", "01-02" },
	{ "2026-01-30T20:10:00Z", "2026-02-03T05:00:00Z", 5, "2026-01-31", "2026-02-01" },
	{ "2026-01-30T00:00:00Z", "2026-09-03T05:00:00Z", 8, "2026-02", "2026-03" },
	{ "1949-01-01T00:00:00Z", "1960-12-01T00:00:00Z", 6, "1950", "1952" },
	{ "1969-12-31T23:59:30Z", "1970-01-01T00:00:30Z", 6, "23:59:30", "23:59:45" },
	{ "2026-01-01T00:00:00.010Z", "2026-01-01T00:00:00.500Z", 5, "00:00:00.100",
	    "00:00:00.200" },
};

START_TEST(instants_are_round)
{
	int64_t from = instant(times[_i].from), to = instant(times[_i].to), first, second;
	struct time_step step = time_step_for(to - from, times[_i].n);
	char label[TIME_LABEL];

	first = time_step_next(step, from);
	second = time_step_next(step, first + 1);
	ck_assert(first >= from && second > first);
	ck_assert_int_eq(time_step_label(step, first, label), (int)strlen(label));
	ck_assert_str_eq(label, times[_i].first);
	time_step_label(step, second, label);
	ck_assert_str_eq(label, times[_i].second);
}
END_TEST

START_TEST(instants_at_the_ends_of_time)
{
	int64_t spans[] = { 1, 1000, INT64_MAX / 2, INT64_MAX };
	char label[TIME_LABEL];

	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct time_step step = time_step_for(spans[i], 3);
		int64_t next = time_step_next(step, INT64_MIN / 2);

		ck_assert(next >= INT64_MIN / 2);
		time_step_label(step, next, label);
		ck_assert_int_gt((int)strlen(label), 0);
	}
}
END_TEST

/* A constant but for rounding has an axis around it with short labels. */
START_TEST(rounding_is_no_range)
{
	struct scale s = scale_fit_cells(2.06 - 2e-9, 2.06 + 2e-9, 9, 4);

	ck_assert(s.lo < 2.0 && s.hi > 2.1);
	ck_assert_int_le(form_width(s.form), 4);
	s = scale_fit_cells(1700000000, 1700000010, 9, 4); /* ten seconds are a range */
	ck_assert(s.hi - s.lo < 20);
}
END_TEST

static const char *
written(const struct figures *f, double v)
{
	static char out[FORM_CHARS];

	form_print(f->form, v, out);
	return out;
}

START_TEST(whole_numbers_stay_whole)
{
	struct figures f = { 0 };

	figures_update(&f, 30, 30);
	ck_assert_str_eq(written(&f, 30), "30");
	figures_see(&f, 1);
	figures_update(&f, 1, 71);
	ck_assert_str_eq(written(&f, 71), "71");
	figures_see(&f, 10.0 / 3);
	figures_update(&f, 1, 71);
	ck_assert_str_eq(written(&f, 10.0 / 3), "3.3");
}
END_TEST

START_TEST(constants_have_their_own_digits)
{
	static const struct {
		double v;
		const char *written;
	} cases[] = { { 10.84, "10.84" }, { 11.75, "11.75" }, { 0.5, "0.5" }, { 18, "18" },
		{ 10.0 / 3, "3.333" }, { 9.929000000001, "9.929" }, { 0, "0" } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct figures f = { 0 };

		figures_see(&f, cases[i].v);
		figures_update(&f, cases[i].v, cases[i].v);
		ck_assert_str_eq(written(&f, cases[i].v), cases[i].written);
	}
}
END_TEST

/* Whatever ranges come, decimals never become fewer. */
START_TEST(decimals_only_grow)
{
	struct rng r = { 9 };
	struct figures f = { 0 };
	int before = 0;

	for (int i = 0; i < 2000; i++) {
		double lo = 10 + rng_uniform(&r), hi = lo + pow(10, -4 * rng_uniform(&r));

		figures_see(&f, lo);
		figures_update(&f, lo, hi);
		ck_assert_int_ge(f.form.decimals, before);
		before = f.form.decimals;
	}
	ck_assert_int_ge(before, 3);
}
END_TEST

/* Equal ratios stand equally far apart, from a power of ten to a power of ten. */
START_TEST(a_logarithmic_axis)
{
	struct scale s = scale_fit_log(20, 45000, 16);

	ck_assert_double_eq_tol(s.lo, 10, 1e-9);
	ck_assert_double_eq_tol(s.hi, 1e5, 1e-6);
	ck_assert_int_eq(s.steps, 4);
	for (int i = 0; i <= s.steps; i++) {
		ck_assert_double_eq_tol(scale_tick(&s, i), pow(10, 1 + i), 1e-6);
		ck_assert_int_eq(scale_dot(&s, scale_tick(&s, i), 41), 40 - 10 * i);
	}
	ck_assert_int_gt(scale_dot(&s, 0, 41), 1000);
	ck_assert_int_gt(scale_dot(&s, -5, 41), 1000);
	s = scale_fit_log(7, 7, 3); /* a constant has a decade */
	ck_assert(s.lo < 7 && s.hi > 7 && s.steps == 1);
	s = scale_fit_log(1e-12, 1e12, 10); /* many decades: every few have a tick */
	ck_assert(s.steps <= 5 && s.step > 1);
}
END_TEST

/* Where a decade has the room, 1, 2 and 5 have ticks, and the axis ends at such a one. */
START_TEST(a_logarithmic_axis_within_a_decade)
{
	static const double ticks[] = { 5, 10, 20 };
	struct scale s = scale_fit_log(7.6, 12.1, 13);

	ck_assert_int_eq(s.steps, 2);
	for (int i = 0; i <= s.steps; i++)
		ck_assert_double_eq_tol(scale_tick(&s, i), ticks[i], 1e-9);
	ck_assert_int_eq(scale_dot(&s, 20, 41), 0);
	ck_assert_int_eq(scale_dot(&s, 10, 41), 20);
	s = scale_fit_log(0.02, 0.5, 13);
	ck_assert_double_eq_tol(s.lo, 0.02, 1e-9);
	ck_assert_double_eq_tol(s.hi, 0.5, 1e-9);
	ck_assert_int_eq(s.steps, 4); /* 0.02 0.05 0.1 0.2 0.5 */
	for (double lo = 1e-9; lo < 1e9; lo *= 1.7)
		for (double ratio = 1; ratio < 1e4; ratio *= 1.9) {
			s = scale_fit_log(lo, lo * ratio, 14);
			ck_assert(s.lo <= lo * (1 + 1e-6) && s.hi >= lo * ratio * (1 - 1e-6));
			ck_assert_int_le(s.steps, 7);
			ck_assert_double_eq_tol(scale_tick(&s, 0) / s.lo, 1, 1e-9);
			if (s.fine)
				ck_assert_double_eq_tol(scale_tick(&s, s.steps) / s.hi, 1, 1e-9);
		}
}
END_TEST

static const struct {
	double data[3], v;
	int more;
	const char *text;
} magnitudes[] = {
	{ { 4.76, 4.5, 5.01 }, 4.76, 0, "4.76" },
	{ { 4.76, 4.5, 5.01 }, 4.756666, 1, "4.757" },
	{ { 24.5, 24.6, 1e6 }, 24.5, 0, "24.5" }, /* one spike leaves the others as they are */
	{ { 24.5, 24.6, 1e6 }, 1e6, 0, "1.00M" },
	{ { 1, 2, 1e99 }, 1e99, 0, "1e99" },
	{ { 1, 2, 1e99 }, 2, 0, "2" },
	{ { 1, 2, -1e99 }, -1e99, 0, "-1e99" },
	{ { 1500, 1600, 12000 }, 1500, 0, "1,500" },
	{ { 12345.67, 1, 2 }, 12345.67, 0, "12,345.67" },
	{ { 1764400000, 1764400060, 1764400010 }, 1764400010, 0, "1,764,400,010" },
	{ { 1e-300, 2e-300, 3e-300 }, 2e-300, 0, "2e-300" },
	{ { 2e-9, 1e-9, 3e-9 }, 2e-9, 0, "2.00n" },
	{ { 5, 5, 5 }, 5, 0, "5" },
	{ { 1, 2, 3 }, -0.001, 0, "0" },
};

START_TEST(each_number_by_its_own_magnitude)
{
	struct figures f = { 0 };
	char text[FORM_CHARS];
	int n;

	for (int i = 0; i < 3; i++)
		figures_see(&f, magnitudes[_i].data[i]);
	figures_update(&f,
	    fmin(magnitudes[_i].data[0], fmin(magnitudes[_i].data[1], magnitudes[_i].data[2])),
	    fmax(magnitudes[_i].data[0], fmax(magnitudes[_i].data[1], magnitudes[_i].data[2])));
	n = figures_print(&f, magnitudes[_i].v, magnitudes[_i].more, text);
	ck_assert_str_eq(text, magnitudes[_i].text);
	ck_assert_int_eq(n, (int)strlen(text));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("scale");
	TCase *numbers = tcase_create("numbers"), *instants = tcase_create("instants");

	tcase_add_test(numbers, steps_are_round_and_cover);
	tcase_add_test(numbers, a_logarithmic_axis);
	tcase_add_test(numbers, a_logarithmic_axis_within_a_decade);
	tcase_add_test(numbers, ticks_stand_whole_cells_apart);
	tcase_add_test(numbers, known_axes);
	tcase_add_test(numbers, forms_keep_their_width);
	tcase_add_loop_test(numbers, each_number_by_its_own_magnitude, 0,
	    (int)(sizeof magnitudes / sizeof *magnitudes));
	tcase_add_loop_test(numbers, forms_of_known_numbers, 0, sizeof printed / sizeof *printed);
	tcase_add_test(numbers, counts_have_commas);
	tcase_add_test(numbers, rounding_is_no_range);
	tcase_add_test(numbers, whole_numbers_stay_whole);
	tcase_add_test(numbers, constants_have_their_own_digits);
	tcase_add_test(numbers, decimals_only_grow);
	tcase_add_test(numbers, ranges_grow_at_once_and_shrink_late);
	tcase_add_loop_test(instants, instants_are_round, 0, sizeof times / sizeof *times);
	tcase_add_test(instants, instants_at_the_ends_of_time);
	suite_add_tcase(suite, numbers);
	suite_add_tcase(suite, instants);
	return support_run(suite);
}
