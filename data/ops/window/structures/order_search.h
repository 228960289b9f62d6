/* order_search.h - where a value stands among sorted ones.
 *
 * A wrong guess of the processor costs more than many comparisons. So sorted arrays are as long as
 * a power of two, filled up with +infinity: a search takes as many steps for every value. */
#ifndef WEIR_ORDER_SEARCH_H
#define WEIR_ORDER_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Two values side by side, compared at once (an extension that gcc and clang share). */
typedef double two __attribute__((vector_size(16)));
typedef int64_t two_counts __attribute__((vector_size(16)));

/* The last so many are counted, not halved: each halving waits for the one before, and guesses. */
enum { SEARCH_SHORT = 32 };

/* How many of n values are < v (or_equal: <= v). n: a multiple of four. */
static inline size_t
search_count_fours(const double *values, size_t n, double v, bool or_equal)
{
	two_counts even = { 0, 0 }, odd = { 0, 0 };
	two to = { v, v }, a, b;

	for (size_t i = 0; i < n; i += 4) {
		memcpy(&a, values + i, sizeof a);
		memcpy(&b, values + i + 2, sizeof b);
		even -= or_equal ? a <= to : a < to; /* true is -1 */
		odd -= or_equal ? b <= to : b < to;
	}
	even += odd;
	return (size_t)(even[0] + even[1]);
}

/* The same of any n. */
static inline size_t
search_count(const double *values, size_t n, double v, bool or_equal)
{
	size_t i = n & ~(size_t)3, count = search_count_fours(values, i, v, or_equal);

	for (; i < n; i++)
		count += or_equal ? values[i] <= v : values[i] < v;
	return count;
}

/* Which of n values is the first that equals v; n: none. */
static inline size_t
search_equal(const double *values, size_t n, double v)
{
	two to = { v, v }, a, b;
	two_counts any;
	size_t i = 0;

	for (; n - i >= 4; i += 4) {
		memcpy(&a, values + i, sizeof a);
		memcpy(&b, values + i + 2, sizeof b);
		any = (a == to) | (b == to);
		if ((any[0] | any[1]) != 0)
			break;
	}
	while (i < n && (values[i] < v || values[i] > v))
		i++;
	return i;
}

/* search_count of sorted values. n: a power of two. */
static inline size_t
search_sorted(const double *values, size_t n, double v, bool or_equal)
{
	const double *base = values;

	while (n > SEARCH_SHORT) {
		n /= 2;
		base += (or_equal ? base[n - 1] <= v : base[n - 1] < v) ? n : 0;
	}
	return (size_t)(base - values) + search_count(base, n, v, or_equal);
}

#endif
