/* sorted.c - the last w values in order. One move in memory puts a value in and takes the oldest
 * out. */
#include "data/ops/anomaly/sorted.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

void
sorted_ring_init(struct sorted_ring *s, int w)
{
	*s = (struct sorted_ring){ .w = w };
	s->ring = memory_new((size_t)w, sizeof *s->ring);
	s->sorted = memory_new((size_t)w, sizeof *s->sorted);
}

void
sorted_ring_done(struct sorted_ring *s)
{
	free(s->ring);
	free(s->sorted);
}

int
sorted_ring_below(const struct sorted_ring *s, double x)
{
	const double *at = s->sorted;
	int n = s->n;

	while (n > 0) {
		int half = n / 2;

		if (at[half] < x) {
			at += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return (int)(at - s->sorted);
}

/* The place of `old` becomes that of x; what is between moves by one. */
static void
replace(struct sorted_ring *s, double old, double x)
{
	int from = sorted_ring_below(s, old), to = sorted_ring_below(s, x);

	if (to > from) {
		memmove(&s->sorted[from], &s->sorted[from + 1],
		    (size_t)(to - 1 - from) * sizeof *s->sorted);
		s->sorted[to - 1] = x;
	} else {
		memmove(
		    &s->sorted[to + 1], &s->sorted[to], (size_t)(from - to) * sizeof *s->sorted);
		s->sorted[to] = x;
	}
}

void
sorted_ring_push(struct sorted_ring *s, double x)
{
	if (s->n == s->w) {
		replace(s, s->ring[s->at], x);
	} else {
		int i = sorted_ring_below(s, x);

		memmove(&s->sorted[i + 1], &s->sorted[i], (size_t)(s->n - i) * sizeof *s->sorted);
		s->sorted[i] = x;
		s->n++;
	}
	s->ring[s->at] = x;
	s->at = s->at + 1 < s->w ? s->at + 1 : 0;
}

double
sorted_ring_median(const struct sorted_ring *s)
{
	int half = s->n / 2;

	if (s->n == 0)
		return NAN;
	return s->n % 2 ? s->sorted[half] : s->sorted[half - 1] / 2 + s->sorted[half] / 2;
}

/* The k-th smallest (from 0) of the distances of the values from the center. They are two ascending
 * rows: outward to the left of it, of `left` values, and to the right. */
static double
distance_of_rank(const struct sorted_ring *s, double center, int left, int k)
{
	int lo = k + 1 - (s->n - left) > 0 ? k + 1 - (s->n - left) : 0;
	int hi = k + 1 < left ? k + 1 : left;
	double a, b;

	/* so many of the k + 1 smallest are to the left */
	while (lo < hi) {
		int i = lo + (hi - lo) / 2;

		if (center - s->sorted[left - 1 - i] < s->sorted[left + k - i] - center)
			lo = i + 1;
		else
			hi = i;
	}
	a = lo > 0 ? center - s->sorted[left - lo] : -HUGE_VAL;
	b = lo <= k ? s->sorted[left + k - lo] - center : -HUGE_VAL;
	return fmax(a, b);
}

double
sorted_ring_mad(const struct sorted_ring *s, double center)
{
	int left = sorted_ring_below(s, center), half = s->n / 2;
	double upper;

	if (s->n == 0)
		return NAN;
	upper = distance_of_rank(s, center, left, half);
	return s->n % 2 ? upper : upper / 2 + distance_of_rank(s, center, left, half - 1) / 2;
}

void
sorted_ring_save(const struct sorted_ring *s, struct buffer *b)
{
	buffer_u32(b, (uint32_t)s->n);
	buffer_u32(b, (uint32_t)s->at);
	buffer_put(b, s->ring, (size_t)s->n * sizeof *s->ring);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
sorted_ring_load(struct sorted_ring *s, struct reader *r)
{
	uint32_t n, at;

	if (reader_below(r, (uint32_t)s->w, &n) < 0 ||
	    reader_below(r, (uint32_t)s->w - 1, &at) < 0 ||
	    reader_get(r, s->ring, n * sizeof *s->ring) < 0 || ((int)n < s->w && at != n))
		return -1;
	for (uint32_t i = 0; i < n; i++)
		if (isnan(s->ring[i]))
			return -1;
	s->n = (int)n;
	s->at = (int)at;
	memcpy(s->sorted, s->ring, n * sizeof *s->ring);
	qsort(s->sorted, n, sizeof *s->sorted, ascending);
	return 0;
}
