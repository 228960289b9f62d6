/* power.h - exp and powers by polynomials of our own.
 *
 * The C library's differ in the last bit between machines, and forecasts are the same to the bit
 * everywhere. These also have no branch, so that the compiler does several at once in a loop of fixed
 * length, as the forecasts of 24 experts need. */
#ifndef WEIR_FORECAST_POWER_H
#define WEIR_FORECAST_POWER_H

#include <stdint.h>

union power_bits {
	double d;
	uint64_t bits;
};

/* 2^k e^r = e^x with |r| <= ln 2 / 2: returns r, and k as the exponent bits to be added. */
static inline double
power_split(double x, uint64_t *k)
{
	const double to_whole = 0x1.8p52; /* adding it leaves the nearest whole number in the low bits */
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

/* e^x for x in [-700, 700], to the last bit or two: Taylor's series up to r^13. */
static inline double
power_exp(double x)
{
	uint64_t k;
	double r = power_split(x, &k), e = 1.0 / 6227020800;

	e = e * r + 1.0 / 479001600;
	e = e * r + 1.0 / 39916800;
	e = e * r + 1.0 / 3628800;
	e = e * r + 1.0 / 362880;
	e = e * r + 1.0 / 40320;
	e = e * r + 1.0 / 5040;
	e = e * r + 1.0 / 720;
	e = e * r + 1.0 / 120;
	e = e * r + 1.0 / 24;
	e = e * r + 1.0 / 6;
	e = e * r + 1.0 / 2;
	e = e * r + 1;
	e = e * r + 1;
	return power_join(e, k);
}

/* base^p for base in [.5, 1] and p in [0, 50], to 8 digits, as weights need it. */
static inline double
power_weight(double base, double p)
{
	/* ln base = 2 (s + s^3/3 + s^5/5 + ...) with s = (base - 1) / (base + 1) */
	double s = (base - 1) / (base + 1), q = s * s, log, r, e;
	uint64_t k;

	log = 1.0 / 15;
	log = log * q + 1.0 / 13;
	log = log * q + 1.0 / 11;
	log = log * q + 1.0 / 9;
	log = log * q + 1.0 / 7;
	log = log * q + 1.0 / 5;
	log = log * q + 1.0 / 3;
	log = log * q + 1;
	r = power_split(2 * s * log * p, &k);
	e = 1.0 / 5040;
	e = e * r + 1.0 / 720;
	e = e * r + 1.0 / 120;
	e = e * r + 1.0 / 24;
	e = e * r + 1.0 / 6;
	e = e * r + 1.0 / 2;
	e = e * r + 1;
	e = e * r + 1;
	return power_join(e, k);
}

#endif
