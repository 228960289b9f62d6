/* test_forecast_compact.c - the form of the forecaster that is kept for each of many keys: how
 * small it is, and how near to the full one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/forecast/forecaster.h"
#include "tests/support.h"

#define PI 3.14159265358979323846

static struct forecaster_options
form(bool compact, int m, int M)
{
	return (struct forecaster_options){ .method = &forecast_auto,
		.horizon = 1,
		.compact = compact,
		.told = m > 0,
		.seasons = { m, M },
		.alpha = NAN,
		.beta = NAN,
		.gamma = NAN };
}

/* Days of 24 hours and weeks; of 288 five minutes; of 48 half hours and weeks; on and off. */
enum { KINDS = 4 };
static const int known[KINDS][2] = { { 24, 168 }, { 288, 0 }, { 48, 336 }, { 288, 0 } };

static double
value(int kind, struct rng *r, int t)
{
	int m = known[kind][0], slot = t % m;
	double day = sin(2 * PI * slot / m) + 0.5 * sin(6 * PI * slot / m), e = rng_normal(r);

	switch (kind) {
	case 0:
		return 50 + 10 * day + (t / m % 7 >= 5 ? 9 : 0) + e;
	case 1:
		return 50 + 10 * day + 30 * (slot > 100 && slot < 120) + e;
	case 2:
		return exp(3 + 0.5 * day + (t / m % 7 >= 5 ? 0.4 : 0) + 0.03 * e);
	default:
		return slot > 100 && slot < 220 ? 80 + 0.1 * e : 20 + 0.1 * e;
	}
}

static double
error_of(bool compact, int kind, bool told)
{
	struct forecaster_options o =
	    told ? form(compact, known[kind][0], known[kind][1]) : form(compact, 0, 0);
	struct forecaster f;
	struct rng r = { 61 };
	double error;

	forecaster_init(&f, &o);
	for (int t = 0; t < 6000; t++)
		forecaster_value(&f, value(kind, &r, t));
	error = f.absolute / f.n;
	if (compact)
		ck_assert_uint_le(forecaster_held(&f), 12 * 1000);
	forecaster_done(&f);
	return error;
}

START_TEST(near_the_full_form)
{
	for (int told = 0; told < 2; told++) {
		double sum = 0;

		for (int kind = 0; kind < KINDS; kind++) {
			double ratio = error_of(true, kind, told) / error_of(false, kind, told);

			ck_assert_msg(ratio < 1.3, "kind %d, told %d: %g", kind, told, ratio);
			sum += log(ratio);
		}
		ck_assert_msg(exp(sum / KINDS) < 1.08, "told %d: %g", told, exp(sum / KINDS));
	}
}
END_TEST

/* Whatever the seasons are, told or found. */
START_TEST(sizes)
{
	struct forecaster f;

	for (int m = 0; m <= 1360; m += m < 400 ? 1 : 97) {
		struct forecaster_options o = form(true, m, m < 2 ? 0 : 7 * m);

		forecaster_init(&f, &o);
		for (int t = 0; t < 700; t++)
			forecaster_value(&f, t % 13);
		ck_assert_msg(forecaster_held(&f) <= 12 * 1000, "%d: %zu", m, forecaster_held(&f));
		forecaster_done(&f);
	}
	for (int m = 24; m <= 1360; m += 334) {
		struct forecaster_options o = form(false, m, 2 * m);

		o.horizon = 48;
		forecaster_init(&f, &o);
		for (int t = 0; t < 6000; t++)
			forecaster_value(&f, t % 13);
		ck_assert_msg(forecaster_held(&f) <= 150 * 1024, "%d: %zu", m, forecaster_held(&f));
		forecaster_done(&f);
	}
}
END_TEST

/* Saved at any row - within the search of a season, too - and loaded, it goes on to the bit. */
START_TEST(saved_and_loaded)
{
	for (int compact = 0; compact < 2; compact++)
		for (int cut = 1; cut < 1400; cut += 37) {
			struct forecaster_options o = form(compact, 0, 0);
			struct forecaster first, second;
			struct buffer b = { 0 };
			struct rng r = { 67 };

			forecaster_init(&first, &o);
			forecaster_init(&second, &o);
			for (int t = 0; t < 1500; t++) {
				double y = t % 50 == 7 ? NAN : value(1, &r, t);

				if (t == cut) {
					forecaster_save(&first, &b);
					ck_assert_int_eq(
					    forecaster_load(&second,
						&(struct reader){ b.data, b.data + b.len }),
					    0);
				}
				forecaster_value(&first, y);
				if (t >= cut)
					forecaster_value(&second, y);
			}
			ck_assert(memcmp(&first.next, &second.next, sizeof first.next) == 0);
			ck_assert(first.absolute == second.absolute);
			buffer_done(&b);
			forecaster_done(&first);
			forecaster_done(&second);
		}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("compact forecaster");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, near_the_full_form);
	tcase_add_test(c, sizes);
	tcase_add_test(c, saved_and_loaded);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
