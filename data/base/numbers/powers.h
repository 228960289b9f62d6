/* powers.h - powers of ten as 128 bits, for reading and writing numbers. Private to data/base. */
#ifndef WEIR_POWERS_H
#define WEIR_POWERS_H

#include <stdint.h>

enum { POWER_MIN = -342, POWER_MAX = 342, POWER_EXACT_MIN = 0, POWER_EXACT_MAX = 55 };

struct power { /* 10^k = (high * 2^64 + low) * 2^(power_log2(k) - 127), rounded up */
	uint64_t high, low;
};

extern const struct power powers[POWER_MAX - POWER_MIN + 1];

/* floor(log2(10^k)), right for |k| <= 1233: log2(10) = 1741647 / 2^19 and a bit. */
static inline int
power_log2(int k)
{
	return (k * 1741647) >> 19;
}

__extension__ typedef unsigned __int128 uint128;

#endif
