/* number.c - cells read as numbers, exactly.
 *
 * Nearly all cells have at most 19 significant digits: these are gathered in 64 bits. Where digits
 * and power of ten are both exact doubles, one multiplication or division rounds correctly (Clinger
 * 1990). Else the product with a 128-bit power is within one unit of its last place, and only if
 * that unit could decide the rounding does strtod have to (after Eisel and Lemire, "Number parsing
 * at a gigabyte per second", 2021, but with the error counted instead of proven away). */
#include "data/base/numbers/number.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/numbers/powers.h"

enum {
	DIGITS_FAST = 19,        /* always fit in 64 bits */
	DIGITS_MAX = 800,        /* more than any halfway point between two doubles has (768) */
	EXPONENT_MAX = 100000000 /* far outside of double; ten times as much still fits an int */
};

struct decimal { /* digits * 10^exponent, more digits at from when many is set */
	uint64_t digits;
	int exponent;
	bool negative, many;
	const char *from, *end; /* the significant digits, perhaps with a point among them */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
number_missing_mark(const char *s, size_t n)
{
	static const char *const marks[] = { "NA", "N/A", "NaN", "null", "None", "-", "?", ".",
		"***", "#N/A" };

	if (n > 4)
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks && n > 0; i++)
		if (strlen(marks[i]) == n && strncasecmp(marks[i], s, n) == 0)
			return true;
	return n == 0;
}

bool
number_plain(const char *s, size_t n)
{
	const char *end = s + n, *from;

	s += n > 0 && *s == '-';
	for (from = s; s < end && is_digit(*s);)
		s++;
	if (s < end && *s == '.') {
		from++; /* the point is no digit */
		for (s++; s < end && is_digit(*s);)
			s++;
	}
	return s == end && s > from && n < 300;
}

/* The digits and the point; returns where they end, NULL if there is no digit. */
static const char *
scan_digits(const char *p, const char *end, struct decimal *d)
{
	const char *point = NULL, *from = p;
	int n = 0;

	while (p < end && *p == '0')
		p++;
	d->from = p;
	for (; p < end; p++) {
		if (*p == '.' && point == NULL) {
			point = p;
			continue;
		}
		if (!is_digit(*p))
			break;
		if (n < DIGITS_FAST) {
			d->digits = d->digits * 10 + (uint64_t)(*p - '0');
			n += d->digits > 0;
			d->exponent -= point != NULL;
		} else {
			d->many |= *p != '0';
			d->exponent += point == NULL;
		}
	}
	d->end = p;
	return p - from > (point != NULL) ? p : NULL;
}

/* The e+12 behind the digits; NULL if it is none. */
static const char *
scan_exponent(const char *p, const char *end, struct decimal *d)
{
	bool negative = false;
	int e = 0;

	if (p == end || (*p | 32) != 'e')
		return p;
	p++;
	if (p < end && (*p == '+' || *p == '-'))
		negative = *p++ == '-';
	if (p == end)
		return NULL;
	for (; p < end && is_digit(*p); p++)
		if (e < EXPONENT_MAX)
			e = e * 10 + (*p - '0');
	d->exponent += negative ? -e : e;
	return p;
}

/* strtod on the digits alone, without a point and so in any locale. Digits behind DIGITS_MAX can
 * only tell that the number is not just halfway: a 1 says as much. */
static double
slow_value(const struct decimal *d)
{
	char s[DIGITS_MAX + 32], *out = s;
	int exponent = d->exponent, n = 0;
	bool started = false, more = false;

	for (const char *p = d->from; p < d->end; p++) {
		started |= is_digit(*p) && *p != '0';
		if (!started || *p == '.')
			continue;
		if (n < DIGITS_MAX)
			*out++ = *p;
		else
			more |= *p != '0';
		/* d->exponent counts from behind the first DIGITS_FAST digits */
		exponent -= n >= DIGITS_FAST && n < DIGITS_MAX;
		n++;
	}
	if (more) {
		*out++ = '1';
		exponent--;
	}
	*out++ = 'e';
	snprintf(out, 32, "%d", exponent);
	return strtod(s, NULL);
}

/* digits * 10^k rounded to the nearest double, by way of 128 bits of the product; false where these
 * do not tell. digits is not 0. */
static bool
product_value(uint64_t digits, int k, double *v)
{
	const struct power *g = &powers[k - POWER_MIN];
	int shift = __builtin_clzll(digits), exponent;
	uint64_t w = digits << shift, bits, rest;
	uint128 low = (uint128)w * g->low;
	uint128 p = (uint128)w * g->high + (uint64_t)(low >> 64);

	/* p is digits * 10^k, scaled, with an error below 1: upwards as the power was rounded up,
	 * downwards as the lowest 64 bits are cut off here. */
	exponent = power_log2(k) + 64 - shift;
	if (p >> 127 == 0) {
		p <<= 1;
		exponent--;
	}
	if (exponent <= -1022 || exponent > 1022)
		return false;
	bits = (uint64_t)(p >> 75); /* 53 of them */
	rest = (uint64_t)(p >> 11); /* the next 64 */
	if (rest - (UINT64_MAX >> 1) <= 2)
		return false; /* halfway, or too close to it */
	/* the highest of the 53 bits and a carry from rounding go on into the exponent */
	bits += ((uint64_t)(exponent + 1022) << 52) + (rest >> 63);
	memcpy(v, &bits, sizeof *v);
	return true;
}

static const double exact[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
	1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static double
decimal_value(const struct decimal *d)
{
	int k = d->exponent;
	double v;

	if (d->digits == 0)
		return 0;
	if (!d->many && d->digits <= UINT64_C(1) << 53 && k >= -22 && k <= 22)
		return k < 0 ? (double)d->digits / exact[-k] : (double)d->digits * exact[k];
	if (!d->many && k >= POWER_MIN && k <= POWER_MAX && product_value(d->digits, k, &v))
		return v;
	return slow_value(d);
}

/* As nearly all cells are: [-]digits[.digits], few enough to be exact, in one pass. false: the cell
 * is none of these. */
static inline bool
plain_decimal(const char *s, size_t n, double *v)
{
	const char *p = s, *end = s + n, *from;
	uint64_t digits = 0;
	unsigned digit, places = 0;

	if (n == 0 || n > DIGITS_FAST)
		return false;
	p += *p == '-';
	for (from = p; p < end && (digit = (unsigned)*p - '0') <= 9; p++)
		digits = digits * 10 + digit;
	if (p < end && *p == '.') {
		from++; /* the point is no digit */
		for (p++; p < end && (digit = (unsigned)*p - '0') <= 9; p++, places++)
			digits = digits * 10 + digit;
	}
	if (p != end || p == from || digits > UINT64_C(1) << 53)
		return false;
	*v = (double)(int64_t)digits / exact[places];
	if (*s == '-')
		*v = -*v;
	return true;
}

/* All others. Apart, so that the plain ones do not pay for its room. */
static __attribute__((noinline)) enum cell_kind
any_number(const char *s, size_t n, double *v)
{
	const char *end = s + n, *p;
	struct decimal d = { .digits = 0 };

	*v = NAN;
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	while (s < end && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	p = s;
	if (p < end && (*p == '-' || *p == '+'))
		d.negative = *p++ == '-';
	p = scan_digits(p, end, &d);
	if (p != NULL)
		p = scan_exponent(p, end, &d);
	if (p == NULL || p != end)
		return number_missing_mark(s, (size_t)(end - s)) ? CELL_MISSING : CELL_BAD;
	*v = decimal_value(&d);
	if (!isfinite(*v)) {
		*v = NAN;
		return CELL_BAD;
	}
	if (d.negative)
		*v = -*v;
	return CELL_NUMBER;
}

enum cell_kind
number_cell(const char *s, size_t n, double *v)
{
	return plain_decimal(s, n, v) ? CELL_NUMBER : any_number(s, n, v);
}
