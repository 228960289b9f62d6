/* test_number.c - decimal text and doubles against printf, strtod and whole-number arithmetic. */
#include "data/base/error.h"
#include "data/base/numbers/number.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/powers.h"
#include "tests/support.h"

/* --- the table of powers, from whole numbers --- */

enum { BIG_WORDS = 48 }; /* 10^342 * 2^128 has 1,265 bits */

struct big { /* little end first */
	uint32_t w[BIG_WORDS];
};

static struct big
big_of(uint64_t high, uint64_t low)
{
	struct big b = { { (uint32_t)low, (uint32_t)(low >> 32), (uint32_t)high,
	    (uint32_t)(high >> 32) } };

	return b;
}

static void
big_scale(struct big *b, uint32_t factor, int times)
{
	for (int t = 0; t < times; t++) {
		uint64_t carry = 0;

		for (int i = 0; i < BIG_WORDS; i++) {
			carry += (uint64_t)b->w[i] * factor;
			b->w[i] = (uint32_t)carry;
			carry >>= 32;
		}
		ck_assert(carry == 0);
	}
}

static int
big_compare(const struct big *a, const struct big *b)
{
	for (int i = BIG_WORDS - 1; i >= 0; i--)
		if (a->w[i] != b->w[i])
			return a->w[i] < b->w[i] ? -1 : 1;
	return 0;
}

START_TEST(powers_are_right)
{
	/* g is 10^k / 2^e rounded up: (g - 1) * 2^e < 10^k <= g * 2^e, e = power_log2(k) - 127 */
	for (int k = POWER_MIN; k <= POWER_MAX; k++) {
		struct power g = powers[k - POWER_MIN];
		struct big upper = big_of(g.high, g.low);
		struct big lower = big_of(g.high - (g.low == 0), g.low - 1);
		struct big middle = big_of(0, 1);
		int e = power_log2(k) - 127;

		ck_assert(g.high >> 63 == 1);
		big_scale(k < 0 ? &upper : &middle, 10, abs(k));
		big_scale(&lower, 10, k < 0 ? -k : 0);
		big_scale(e < 0 ? &middle : &upper, 2, abs(e));
		big_scale(&lower, 2, e < 0 ? 0 : e);
		ck_assert_msg(big_compare(&lower, &middle) < 0, "10^%d is too large", k);
		ck_assert_msg(big_compare(&middle, &upper) <= 0, "10^%d is too small", k);
	}
}
END_TEST

/* --- writing --- */

/* The significant digits of a number's text, without zeros around them, and its power of ten. */
static int
significant(const char *text, char *digits)
{
	int exponent = 0, n = 0;
	bool point = false;

	for (; *text != '\0' && *text != 'e'; text++) {
		if (*text == '.')
			point = true;
		else if (*text != '-' && !(n == 0 && *text == '0'))
			digits[n++] = *text;
		exponent -= point && *text != '.';
	}
	if (*text == 'e')
		exponent += atoi(text + 1);
	for (; n > 0 && digits[n - 1] == '0'; n--)
		exponent++;
	digits[n] = '\0';
	return exponent;
}

/* Told only when wrong: ck_assert writes a line to a pipe each time. */
static void
check_format(double v)
{
	char ours[NUMBER_CHARS + 1], theirs[64], digits[64], expected[64];
	int n = number_format(v, ours), exponent, places, fraction;
	double back;

	ours[n] = '\0';
	if (n < 1 || n > NUMBER_CHARS || strtod(ours, NULL) != v)
		ck_abort_msg("%.17g is written as %s", v, ours);
	if (number_cell(ours, (size_t)n, &back) != CELL_NUMBER || back != v)
		ck_abort_msg("%s is read as %.17g", ours, back);
	exponent = significant(ours, digits);
	places = (int)strlen(digits);
	if (places == 0 || fabs(frexp(v, &fraction)) == 0.5)
		return; /* the closest decimal below a power of two need not read back */
	snprintf(theirs, sizeof theirs, "%.*e", places - 1, v);
	if (significant(theirs, expected) != exponent || strcmp(digits, expected) != 0)
		ck_abort_msg("%.17g is written as %s, not %s", v, ours, theirs);
	snprintf(theirs, sizeof theirs, "%.*e", places > 1 ? places - 2 : 0, v);
	if (places > 1 && strtod(theirs, NULL) == v)
		ck_abort_msg("%s would do for %s", theirs, ours);
}

static double
random_bits(struct rng *r)
{
	double v;

	do {
		uint64_t bits = rng_next(r);

		memcpy(&v, &bits, sizeof v);
	} while (!isfinite(v));
	return v;
}

START_TEST(format_is_shortest_and_closest)
{
	struct rng r = { 1 };

	for (int i = 0; i < 100000; i++) {
		check_format(random_bits(&r));
		check_format(rng_uniform(&r) * 100);
		check_format((double)(rng_next(&r) >> 40) / 1000);
		check_format((double)(rng_next(&r) >> (rng_next(&r) & 63)));
	}
}
END_TEST

START_TEST(format_at_the_edges)
{
	char digits[64], text[NUMBER_CHARS + 1];

	for (int e = -1074; e < 1024; e++) {
		double v = ldexp(1, e);

		check_format(v);
		check_format(nextafter(v, 0));
		check_format(nextafter(v, INFINITY));
		text[number_format(v, text)] = '\0';
		significant(text, digits);
		ck_assert(strlen(digits) <= 17);
	}
	for (int e = -323; e <= 308; e++) {
		snprintf(text, sizeof text, "1e%d", e);
		check_format(strtod(text, NULL));
		check_format(nextafter(strtod(text, NULL), 0));
	}
	check_format(DBL_MAX);
	check_format(DBL_MIN);
	check_format(DBL_TRUE_MIN);
	for (int i = 1; i < 3000; i++)
		check_format(DBL_TRUE_MIN * i);
}
END_TEST

static const struct {
	double v;
	const char *text;
} written[] = {
	{ 0, "0" },
	{ -0.0, "0" },
	{ 1, "1" },
	{ -1, "-1" },
	{ 0.1, "0.1" },
	{ 0.5, "0.5" },
	{ 100, "100" },
	{ 123.456, "123.456" },
	{ -2.5, "-2.5" },
	{ 1e15, "1000000000000000" },
	{ 123456789012345, "123456789012345" },
	{ 9007199254740992, "9007199254740992" },
	{ 9.999999999999998e15, "9999999999999998" },
	{ 1e16, "1e+16" },
	{ 1.5e300, "1.5e+300" },
	{ 0.00001, "0.00001" },
	{ 0.000012, "0.000012" },
	{ 0.000001, "1e-6" },
	{ 5e-324, "5e-324" },
	{ 2.2250738585072014e-308, "2.2250738585072014e-308" },
	{ 1.7976931348623157e308, "1.7976931348623157e+308" },
	{ 1.0 / 3, "0.3333333333333333" },
	{ 200.0 / 3, "66.66666666666667" },
	{ 1e22, "1e+22" },
	{ 1e23, "1e+23" },
};

START_TEST(format_looks_plain)
{
	char text[NUMBER_CHARS + 1];

	for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
		text[number_format(written[i].v, text)] = '\0';
		ck_assert_str_eq(text, written[i].text);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("number");
	TCase *c = tcase_create("number");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, powers_are_right);
	tcase_add_test(c, format_is_shortest_and_closest);
	tcase_add_test(c, format_at_the_edges);
	tcase_add_test(c, format_looks_plain);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
