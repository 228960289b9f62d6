/* hyperloglog.c - Flajolet, Fusy, Gandouet and Meunier (2007), with 64-bit hashes, which need no
 * correction for large counts, and linear counting (Whang, 1990) for small ones. */
#include "data/ops/window/hyperloglog.h"

#include <math.h>
#include <string.h>

void
hll_init(struct hyperloglog *h)
{
	memset(h->longest, 0, sizeof h->longest);
	h->sum = HLL_REGISTERS;
	h->empty = HLL_REGISTERS;
}

void
hll_add(struct hyperloglog *h, uint64_t hash)
{
	uint8_t *reg = &h->longest[hash >> (64 - HLL_BITS)];
	uint64_t rest = hash << HLL_BITS | UINT64_C(1) << (HLL_BITS - 1);
	uint8_t zeros = (uint8_t)(__builtin_clzll(rest) + 1);

	if (zeros <= *reg)
		return;
	h->empty -= *reg == 0;
	h->sum += ldexp(1, -zeros) - ldexp(1, -*reg);
	*reg = zeros;
}

double
hll_estimate(const struct hyperloglog *h)
{
	double m = HLL_REGISTERS, raw = 0.7213 / (1 + 1.079 / m) * m * m / h->sum;

	if (raw <= 2.5 * m && h->empty > 0)
		return m * log(m / h->empty);
	return raw;
}
