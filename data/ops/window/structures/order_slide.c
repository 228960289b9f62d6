/* order_slide.c - one value of a short sorted array for another, in one pass.
 *
 * Let b be the values without the one that leaves: b[j] = a[j] below it, a[j + 1] from it on. Then
 * each place gets min(b[j], max(b[j - 1], in)). There is nothing to search and no branch that a
 * processor could guess wrong, which costs more than passing over all of a short window does. With
 * vectors of 16 bytes it gains nothing. */
#include "data/ops/window/structures/order_slide.h"

#include <math.h>

#include "data/base/cpu.h"

#ifdef __x86_64__
#include <immintrin.h>

bool
order_slides(void)
{
	return cpu_vectors() >= CPU_VECTORS_32;
}

__attribute__((target("avx2"))) void
order_slide(double *values, size_t room, double out, double in)
{
	const __m256d gone = _mm256_set1_pd(out), come = _mm256_set1_pd(in);
	__m256d last = _mm256_set1_pd(-INFINITY);

	for (size_t i = 0; i < room; i += 4) {
		__m256d a = _mm256_loadu_pd(values + i), next = _mm256_loadu_pd(values + i + 1);
		__m256d below = _mm256_cmp_pd(a, gone, _CMP_LT_OQ);
		__m256d b = _mm256_blendv_pd(next, a, below);
		/* b one place on: its last value of the four before, its first three of these */
		__m256d across = _mm256_permute2f128_pd(last, b, 0x21);
		__m256d before = _mm256_shuffle_pd(across, b, 5);

		last = b;
		_mm256_storeu_pd(values + i, _mm256_min_pd(b, _mm256_max_pd(before, come)));
	}
}

#else

bool
order_slides(void)
{
	return false;
}

void
order_slide(double *values, size_t room, double out, double in)
{
	double before = -INFINITY;

	for (size_t i = 0; i < room; i++) {
		double b = values[i] < out ? values[i] : values[i + 1];
		double most = before > in ? before : in;

		values[i] = b < most ? b : most;
		before = b;
	}
}

#endif
