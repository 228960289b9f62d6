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

/* --- reading --- */

static void
check_cell(const char *text)
{
	size_t n = strlen(text);
	char *copy =
	    malloc(n > 0 ? n : 1); /* no NUL behind it, so that the sanitizer sees overruns */
	double v, expected = strtod(text, NULL);

	memcpy(copy, text, n);
	if (number_cell(copy, n, &v) != (isfinite(expected) ? CELL_NUMBER : CELL_BAD))
		ck_abort_msg("%.80s is of the wrong kind", text);
	if (isfinite(expected) ? v != expected : !isnan(v))
		ck_abort_msg("%.80s is read as %.17g, not %.17g", text, v, expected);
	free(copy);
}

START_TEST(cells_agree_with_strtod)
{
	struct rng r = { 2 };
	char text[128];

	for (int i = 0; i < 300000; i++) {
		int n = 1 + (int)(rng_next(&r) % 40), point = (int)(rng_next(&r) % 50), len = 0;

		if (rng_next(&r) % 2 == 0)
			text[len++] = '-';
		for (int j = 0; j < n; j++) {
			text[len++] = (char)('0' + rng_next(&r) % (i % 3 == 0 ? 2 : 10));
			if (j == point)
				text[len++] = '.';
		}
		text[len] = '\0';
		if (rng_next(&r) % 2 == 0)
			snprintf(text + len, 32, "e%d", (int)(rng_next(&r) % 700) - 350);
		check_cell(text);
	}
	for (int i = 0; i < 300000; i++) {
		snprintf(text, sizeof text, "%.*e", 15 + (int)(rng_next(&r) % 5), random_bits(&r));
		check_cell(text);
	}
}
END_TEST

/* The point between two neighbours, all its digits, and the same with a little more or less. */
/* The characters of plain numbers in any order: what is one is read, and nothing else. */
START_TEST(plain_cells_of_any_length)
{
	struct rng r = { 4 };

	for (int i = 0; i < 600000; i++) {
		size_t n = 1 + rng_next(&r) % (i % 2 == 0 ? 9 : 22);
		/* without a byte beyond, so that a sanitizer sees reads of them */
		char *cell = memory_new(n, 1), text[32], *end;
		double v, twin;
		bool number;

		for (size_t j = 0; j < n; j++)
			cell[j] = "0123456789012345678901234567890123456789.-/:"[rng_next(&r) % 44];
		memcpy(text, cell, n);
		text[n] = '\0';
		twin = strtod(text, &end);
		number = end == text + n;
		ck_assert_msg((number_cell(cell, n, &v) == CELL_NUMBER) == number, "'%s'", text);
		ck_assert_msg(number_plain(cell, n) == number, "'%s'", text);
		ck_assert_msg(!number || (v == twin && signbit(v) == signbit(twin)),
		    "'%s' is read as %.17g", text, v);
		free(cell);
	}
}
END_TEST

START_TEST(halfway_cells_round_as_strtod)
{
	struct rng r = { 3 };
	static char text[2048];

	for (int i = 0; i < 20000; i++) {
		double v = ldexp(1 + rng_uniform(&r), (int)(rng_next(&r) % 400) - 200);
		long double middle = ((long double)v + (long double)nextafter(v, INFINITY)) / 2;
		int n = snprintf(text, sizeof text, "%.*Le", i % 2 == 0 ? 18 : 1000, middle);
		char *e = strchr(text, 'e'), *last = e - 1;

		ck_assert(n > 0 && (size_t)n < sizeof text);
		check_cell(text);
		*last = '1';
		check_cell(text);
		if (v >= 0x1p60 && v < 0x1p63) { /* a whole number of 19 digits */
			snprintf(text, sizeof text, "%.0Lf", middle);
			check_cell(text);
		}
	}
}
END_TEST

START_TEST(long_cells)
{
	enum { LONG = 20000 };
	char *text = malloc(LONG + 16);

	memset(text, '0', LONG);
	strcpy(text + LONG, "7");
	check_cell(text);
	text[1] = '.';
	check_cell(text);
	strcpy(text + LONG, "7e19990");
	check_cell(text);
	memset(text, '9', LONG);
	strcpy(text + LONG, "e-19990");
	check_cell(text);
	text[300] = '.';
	strcpy(text + LONG, "");
	check_cell(text);
	text[310] = '.'; /* a second point */
	double v;
	ck_assert_int_eq(number_cell(text, LONG, &v), CELL_BAD);
	/* 2^53 + 1 is halfway; the digit that decides comes late */
	snprintf(text, 32, "9007199254740993.");
	memset(text + 17, '0', LONG - 17);
	strcpy(text + LONG, "");
	check_cell(text);
	strcpy(text + LONG, "1");
	check_cell(text);
	free(text);
}
END_TEST

static const struct {
	const char *text;
	enum cell_kind kind;
	double v;
} cells[] = {
	{ "0", CELL_NUMBER, 0 },
	{ "-0", CELL_NUMBER, -0.0 },
	{ "1", CELL_NUMBER, 1 },
	{ " 42 ", CELL_NUMBER, 42 },
	{ "\t42\t", CELL_NUMBER, 42 },
	{ "+5", CELL_NUMBER, 5 },
	{ ".5", CELL_NUMBER, 0.5 },
	{ "5.", CELL_NUMBER, 5 },
	{ "-.5e1", CELL_NUMBER, -5 },
	{ "1E3", CELL_NUMBER, 1000 },
	{ "1e+3", CELL_NUMBER, 1000 },
	{ "1e-3", CELL_NUMBER, 0.001 },
	{ "1e15", CELL_NUMBER, 1e15 },
	{ "1e-400", CELL_NUMBER, 0 },
	{ "0e999", CELL_NUMBER, 0 },
	{ "0.0e-99999999999999999999", CELL_NUMBER, 0 },
	{ "007", CELL_NUMBER, 7 },
	{ "", CELL_MISSING, 0 },
	{ "  ", CELL_MISSING, 0 },
	{ "NA", CELL_MISSING, 0 },
	{ "na", CELL_MISSING, 0 },
	{ "NaN", CELL_MISSING, 0 },
	{ "nan", CELL_MISSING, 0 },
	{ "null", CELL_MISSING, 0 },
	{ "NULL", CELL_MISSING, 0 },
	{ "-", CELL_MISSING, 0 },
	{ " NA ", CELL_MISSING, 0 },
	{ "abc", CELL_BAD, 0 },
	{ "1,5", CELL_BAD, 0 },
	{ "inf", CELL_BAD, 0 },
	{ "-inf", CELL_BAD, 0 },
	{ "Infinity", CELL_BAD, 0 },
	{ "1e999", CELL_BAD, 0 },
	{ "-1e999", CELL_BAD, 0 },
	{ "1e99999999999999999999", CELL_BAD, 0 },
	{ "0x1p3", CELL_BAD, 0 },
	{ "0x10", CELL_BAD, 0 },
	{ "1_000", CELL_BAD, 0 },
	{ "1 000", CELL_BAD, 0 },
	{ "1e", CELL_BAD, 0 },
	{ "1e+", CELL_BAD, 0 },
	{ "e5", CELL_BAD, 0 },
	{ ".", CELL_MISSING, 0 },
	{ "+", CELL_BAD, 0 },
	{ "--1", CELL_BAD, 0 },
	{ "1.2.3", CELL_BAD, 0 },
	{ "nan(1)", CELL_BAD, 0 },
	{ "5m", CELL_BAD, 0 },
	{ "12\xc2\xb0", CELL_BAD, 0 },
	{ "-NA", CELL_BAD, 0 },
};

START_TEST(cells_of_every_kind)
{
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		double v = 99;

		ck_assert_msg(
		    number_cell(cells[i].text, strlen(cells[i].text), &v) == cells[i].kind, "'%s'",
		    cells[i].text);
		if (cells[i].kind == CELL_NUMBER)
			ck_assert_msg(v == cells[i].v, "'%s' is read as %.17g", cells[i].text, v);
		else
			ck_assert(number_missing(v));
	}
	double v;
	ck_assert_int_eq(number_cell("1\0002", 3, &v), CELL_BAD);
	ck_assert(isnan(number_finite(INFINITY)) && isnan(number_finite(-INFINITY)));
	ck_assert(number_finite(-1.5) == -1.5);
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
	tcase_add_test(c, cells_agree_with_strtod);
	tcase_add_test(c, plain_cells_of_any_length);
	tcase_add_test(c, halfway_cells_round_as_strtod);
	tcase_add_test(c, long_cells);
	tcase_add_test(c, cells_of_every_kind);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
