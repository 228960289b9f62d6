/* power.h - the exponential and the logarithm by polynomials of our own.
 *
 * The C library's differ in the last bit between machines, and forecasts are the same to the bit
 * everywhere. The exponential also has no branch, and comes for several numbers at once, as the
 * forecasts of 24 experts need. */
#ifndef WEIR_FORECAST_POWER_H
#define WEIR_FORECAST_POWER_H

#include <stdint.h>

#include "data/ops/forecast/series/lanes.h"

union power_bits {
	double d;
	uint64_t bits;
};

/* 2^k e^r = e^x with |r| <= ln 2 / 2: returns r, and k as the exponent bits to be added. */
static inline double
power_split(double x, uint64_t *k)
{
	/* adding it leaves the nearest whole number in the low bits */
	const double to_whole = 0x1.8p52;
	union power_bits shifted = { .d = x * 0x1.71547652b82fep0 + to_whole };
	double n = shifted.d - to_whole;

	*k = shifted.bits << 52;
	return x - n * 0x1.62e42fefa38p-1 - n * 0x1.ef35793c7673p-45;
}

static inline double
power_join(double e, uint64_t k)
{
	union power_bits joined = { .d = e };

	joined.bits += k;
	return joined.d;
}

/* e^x for x in [-700, 700], to the last bit or two: Taylor's series up to r^13, summed in pairs so
 * that the processor need not wait for one term to begin the next. */
static inline double
power_exp(double x)
{
	uint64_t k;
	double r = power_split(x, &k), r2 = r * r, r4 = r2 * r2;
	double a = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
	double b = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
	double c = (1.0 / 40320 + r * (1.0 / 362880)) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
	double d = 1.0 / 479001600 + r * (1.0 / 6227020800);

	return power_join(a + r4 * (b + r4 * (c + r4 * d)), k);
}

/* The same of several at once, to the bit. */
INLINED void
power_exps(lanes *x)
{
	const double to_whole = 0x1.8p52;
	lanes shifted = *x * 0x1.71547652b82fep0 + to_whole, n = shifted - to_whole;
	lanes r = *x - n * 0x1.62e42fefa38p-1 - n * 0x1.ef35793c7673p-45, r2 = r * r, r4 = r2 * r2;
	lanes a = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
	lanes b = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
	lanes c = (1.0 / 40320 + r * (1.0 / 362880)) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
	lanes d = 1.0 / 479001600 + r * (1.0 / 6227020800);

	*x = (lanes)((lanes_bits)(a + r4 * (b + r4 * (c + r4 * d))) + ((lanes_bits)shifted << 52));
}

/* ln x for x > 0, to the last bit or two: x = 2^k m with m between the roots of 1/2 and 2, and
 * ln m = 2 artanh((m - 1) / (m + 1)), by its series up to the 21st power. */
static inline double
power_log(double x)
{
	const double tiny = 0x1p-1000, lift = 0x1p200;
	union power_bits m = { .d = x < tiny ? x * lift : x };
	uint64_t up = m.bits - 0x3fe6a09e667f3bcd; /* the root of 1/2 */
	double k = (double)((int64_t)up >> 52) - (x < tiny ? 200 : 0), s, q, q2, a, b, c;

	m.bits -= up & 0xfff0000000000000;
	s = (m.d - 1) / (m.d + 1);
	q = s * s;
	q2 = q * q;
	a = 1.0 / 3 + q * (1.0 / 5) + q2 * (1.0 / 7 + q * (1.0 / 9));
	b = 1.0 / 11 + q * (1.0 / 13) + q2 * (1.0 / 15 + q * (1.0 / 17));
	c = 1.0 / 19 + q * (1.0 / 21);
	q2 *= q2;
	return k * 0x1.62e42fefa38p-1 +
	       (2 * s + (2 * s * q * (a + q2 * (b + q2 * c)) + k * 0x1.ef35793c7673p-45));
}

#endif
