/* power.h - the exponential by a polynomial of our own.
 *
 * The C library's differ in the last bit between machines, and forecasts are the same to the bit
 * everywhere. This one also has no branch, so that the compiler does several at once in a loop of
 * fixed length, as the forecasts of 24 experts need. */
#ifndef WEIR_FORECAST_POWER_H
#define WEIR_FORECAST_POWER_H

#include <stdint.h>

/* A function whose loops are compiled twice, for machines with registers of four doubles and for
 * others. The results are the same: no sum changes its order, and nothing is fused. */
#if defined __x86_64__ && defined __GLIBC__ && defined __GNUC__ && !defined __clang__
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

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

#endif
