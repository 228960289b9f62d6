/* test_number_read.c - decimal text to doubles, against strtod. */
#include "data/base/error.h"
#include "data/base/numbers/number.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

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
	Suite *suite = suite_create("number_read");
	TCase *c = tcase_create("number");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, cells_agree_with_strtod);
	tcase_add_test(c, plain_cells_of_any_length);
	tcase_add_test(c, halfway_cells_round_as_strtod);
	tcase_add_test(c, long_cells);
	tcase_add_test(c, cells_of_every_kind);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
