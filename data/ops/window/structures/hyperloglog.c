/* hyperloglog.c - Flajolet, Fusy, Gandouet and Meunier (2007), with 64-bit hashes, which need no
 * correction for large counts, and the estimator of Ertl, "New cardinality estimation algorithms
 * for HyperLogLog sketches" (2017), which is without bias between few values and many. */
#include "data/ops/window/structures/hyperloglog.h"

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

/* What the registers at 0 add to the sum, as a share: x + sum over k >= 1 of x^(2^k) 2^(k-1). */
static double
sigma(double x)
{
	double sum = x, weight = 1, before = -1;

	while (sum > before) {
		before = sum;
		x *= x;
		sum += x * weight;
		weight += weight;
	}
	return sum;
}

double
hll_estimate(const struct hyperloglog *h)
{
	double m = HLL_REGISTERS, empty = h->empty;

	if (h->empty == HLL_REGISTERS)
		return 0;
	return m * m / (2 * M_LN2 * (h->sum - empty + m * sigma(empty / m)));
}

bool
hll_right(const struct hyperloglog *h)
{
	double sum = 0;
	uint32_t empty = 0;

	for (int i = 0; i < HLL_REGISTERS; i++) {
		if (h->longest[i] > 64 - HLL_BITS + 1)
			return false;
		empty += h->longest[i] == 0;
		sum += ldexp(1, -h->longest[i]);
	}
	return empty == h->empty && fabs(h->sum - sum) <= 1e-6 * sum;
}
