/* csv_scan.c - where the signs of csv stand in a block of bytes.
 *
 * 64 bytes at a time are compared with each sign; the results are two words of 64 bits, one of
 * marks and one of quotes. From these the places are read off: so the cost of a cell does not
 * depend on its length, and there are few branches to be guessed (Langdale and Lemire, "Parsing
 * gigabytes of JSON per second", 2019). The ways differ in nothing but the comparing. */
#include "data/formats/csv/csv_scan.h"

#include <stdbool.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { WORD = 64 }; /* bytes */

struct bits { /* bit i tells of byte i */
	uint64_t marks, quotes;
};
typedef struct bits bits_of(const char *, char delimiter, char quote);

/* Those below the lowest of the others. */
static inline uint64_t
bits_below(uint64_t bits, uint64_t others)
{
	return bits & (others - 1) & ~others;
}

/* The bits are read off eight by eight: one guess of the processor for many. Behind the last of
 * them come places that do not count. */
static inline uint16_t *
add_marks(uint16_t *at, uint64_t bits, size_t base)
{
	uint16_t *end = at + __builtin_popcountll(bits);

	for (; at < end; at += 8)
		for (int i = 0; i < 8; i++) {
			at[i] =
			    (uint16_t)(base + (size_t)__builtin_ctzll(bits | UINT64_C(1) << 63));
			bits &= bits - 1;
		}
	return end;
}

/* The bits of a word that may end before its last byte. */
static inline struct bits
last_bits(const char *s, size_t n, char delimiter, char quote, bits_of *of)
{
	char copy[WORD] = { 0 };
	struct bits bits;

	memcpy(copy, s, n);
	bits = of(copy, delimiter, quote);
	bits.marks &= (UINT64_C(1) << n) - 1;
	bits.quotes &= (UINT64_C(1) << n) - 1;
	return bits;
}

/* Inlined with `of` known, so that a word costs no call. */
static inline __attribute__((always_inline)) void
find(const char *s, size_t n, char delimiter, char quote, struct csv_marks *marks, bits_of *of)
{
	uint16_t *at = marks->at;
	struct bits bits = { 0, 0 };

	if (quote == '\0')
		quote = '\n'; /* no byte is a quote: see below */
	for (size_t i = 0; i < n && bits.quotes == 0; i += WORD) {
		bits = n - i >= WORD ? of(s + i, delimiter, quote)
				     : last_bits(s + i, n - i, delimiter, quote, of);
		bits.quotes = quote == '\n' ? 0 : bits.quotes;
		at = add_marks(at, bits_below(bits.marks, bits.quotes), i);
	}
	marks->n = (int)(at - marks->at);
}

/* --- eight bytes in a register ---------------------------------------------------------------- */

static inline uint64_t
each(char c)
{
	return (unsigned char)c * UINT64_C(0x0101010101010101);
}

/* The highest bit of each byte: whether it is zero. No byte's answer disturbs its neighbour's. */
static inline uint64_t
zeros(uint64_t v)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);

	return ~(((v & low) + low) | v | low);
}

/* Those highest bits side by side, that of the first byte lowest. */
static inline uint64_t
gather(uint64_t v)
{
	return (v >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline struct bits
bits_plain(const char *s, char delimiter, char quote)
{
	struct bits bits = { 0, 0 };

	for (int i = 0; i < WORD; i += 8) {
		uint64_t v = 0;

		for (int k = 0; k < 8; k++) /* one load, where the lowest byte goes first */
			v |= (uint64_t)(unsigned char)s[i + k] << (k * 8);
		bits.marks |= gather(zeros(v ^ each(delimiter)) | zeros(v ^ each('\n')) |
				     zeros(v ^ each('\r')))
			      << i;
		bits.quotes |= gather(zeros(v ^ each(quote))) << i;
	}
	return bits;
}

static void
find_plain(const char *s, size_t n, char delimiter, char quote, struct csv_marks *marks)
{
	find(s, n, delimiter, quote, marks, bits_plain);
}

/* --- vectors ---------------------------------------------------------------------------------- */

#ifdef __x86_64__

static inline struct bits
bits_sse2(const char *s, char delimiter, char quote)
{
	struct bits bits = { 0, 0 };

	for (int i = 0; i < WORD; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
		__m128i d = _mm_cmpeq_epi8(v, _mm_set1_epi8(delimiter));
		__m128i lf = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
		__m128i cr = _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'));
		__m128i q = _mm_cmpeq_epi8(v, _mm_set1_epi8(quote));
		__m128i marks = _mm_or_si128(d, _mm_or_si128(lf, cr));

		bits.marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(marks) << i;
		bits.quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(q) << i;
	}
	return bits;
}

static void
find_sse2(const char *s, size_t n, char delimiter, char quote, struct csv_marks *marks)
{
	find(s, n, delimiter, quote, marks, bits_sse2);
}

__attribute__((target("avx2,bmi,popcnt"))) static inline struct bits
bits_avx2(const char *s, char delimiter, char quote)
{
	struct bits bits = { 0, 0 };

	for (int i = 0; i < WORD; i += 32) {
		__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(s + i));
		__m256i d = _mm256_cmpeq_epi8(v, _mm256_set1_epi8(delimiter));
		__m256i lf = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n'));
		__m256i cr = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'));
		__m256i q = _mm256_cmpeq_epi8(v, _mm256_set1_epi8(quote));
		__m256i marks = _mm256_or_si256(d, _mm256_or_si256(lf, cr));

		bits.marks |= (uint64_t)(uint32_t)_mm256_movemask_epi8(marks) << i;
		bits.quotes |= (uint64_t)(uint32_t)_mm256_movemask_epi8(q) << i;
	}
	return bits;
}

__attribute__((target("avx2,bmi,popcnt"))) static void
find_avx2(const char *s, size_t n, char delimiter, char quote, struct csv_marks *marks)
{
	find(s, n, delimiter, quote, marks, bits_avx2);
}

#endif

/* --- which one -------------------------------------------------------------------------------- */

const struct csv_scan csv_scans[] = {
#ifdef __x86_64__
	{ "avx2", CPU_VECTORS_32, find_avx2 },
	{ "sse2", CPU_VECTORS_16, find_sse2 },
#endif
	{ "plain", CPU_VECTORS_NONE, find_plain },
};

const struct csv_scan *
csv_scan_best(void)
{
	const struct csv_scan *scan = csv_scans;

	while (scan->needs > cpu_vectors())
		scan++;
	return scan;
}
