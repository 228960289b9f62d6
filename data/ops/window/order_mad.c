/* order_mad.c - the median absolute deviation of values kept in order, by bisection over ranks. */
#include <math.h>

#include "data/ops/window/order.h"

/* The k values nearest to v stand side by side: where they start, by bisection. */
static size_t
nearest(const struct order *o, double v, size_t k)
{
	size_t lo = 0, hi = o->n - k;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v - order_at(o, mid) > order_at(o, mid + k) - v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The k-th least distance to v. */
static double
distance(const struct order *o, double v, size_t k)
{
	size_t at = nearest(o, v, k);

	return fmax(v - order_at(o, at), order_at(o, at + k - 1) - v);
}

double
order_mad(const struct order *o)
{
	double median = order_quantile(o, 0.5), low;

	if (o->n == 0)
		return NAN;
	low = distance(o, median, (o->n + 1) / 2);
	if (o->n % 2 == 1)
		return low;
	return low + 0.5 * (distance(o, median, o->n / 2 + 1) - low);
}
