/* number_format.c - doubles written with the fewest digits that read back, the closest of these.
 *
 * Raffaello Giulietti, "The Schubfach way to render doubles" (2020): among the decimals with k
 * places at most one or two lie in the interval that rounds to v, where k follows from the binary
 * exponent; three products with one 128-bit power of ten find them. */
#include "data/base/numbers/number.h"

#include <stdint.h>
#include <string.h>

#include "data/base/numbers/powers.h"

enum { PLAIN_MAX = 16, PLAIN_MIN = -4 /* decimal points outside are written as exponents */ };

struct shortest { /* digits * 10^exponent */
	uint64_t digits;
	int exponent;
};

/* The highest 64 bits of g * c, the lowest of them set when anything behind was not 0: enough to
 * compare with whole and half units. */
static uint64_t
round_to_odd(const struct power *g, uint64_t c)
{
	uint128 low = (uint128)g->low * c;
	uint128 p = (uint128)g->high * c + (uint64_t)(low >> 64);

	return (uint64_t)(p >> 64) | ((uint64_t)p > 1);
}

/* v = c * 2^q, its neighbours' midpoints at c - 1/2 (or 1/4 below a power of two) and c + 1/2. */
static struct shortest
schubfach(uint64_t c, int q, bool closer_below)
{
	/* floor(log10(2^q)), or of 3/4 * 2^q */
	int k = (q * 1262611 - (closer_below ? 524031 : 0)) >> 22;
	int h = q + power_log2(-k) + 1;
	const struct power *g = &powers[-k - POWER_MIN];
	uint64_t odd = c & 1; /* the midpoints themselves round to even */
	uint64_t below = round_to_odd(g, (4 * c - 2 + closer_below) << h) + odd;
	uint64_t v = round_to_odd(g, (4 * c) << h);
	uint64_t above = round_to_odd(g, (4 * c + 2) << h) - odd;
	uint64_t s = v / 4, middle = 4 * s + 2;
	bool low_inside, high_inside;

	if (s >= 10) { /* one digit less? */
		uint64_t t = s / 10;

		low_inside = below <= 40 * t;
		high_inside = 40 * t + 40 <= above;
		if (low_inside != high_inside)
			return (struct shortest){ t + high_inside, k + 1 };
	}
	low_inside = below <= 4 * s;
	high_inside = 4 * s + 4 <= above;
	if (low_inside != high_inside)
		return (struct shortest){ s + high_inside, k };
	return (struct shortest){ s + (v > middle || (v == middle && (s & 1) == 1)), k };
}

/* Most numbers of recordings have few decimals. At most 15 digits that read back as v are the only
 * ones (DBL_DIG), so there is nothing shorter to search for. */
static bool
few_decimals(double v, struct shortest *s)
{
	if (v >= 1e9)
		return false;
	*s = (struct shortest){ (uint64_t)(v * 1e6 + 0.5), -6 };
	return (double)s->digits / 1e6 == v;
}

static struct shortest
shortest_of(double v)
{
	uint64_t bits, fraction;
	int biased;

	memcpy(&bits, &v, sizeof bits);
	fraction = bits & ((UINT64_C(1) << 52) - 1);
	biased = (int)(bits >> 52);
	if (biased == 0)
		return schubfach(fraction, -1074, false);
	return schubfach(fraction | UINT64_C(1) << 52, biased - 1075, fraction == 0 && biased > 1);
}

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
			    "25262728293031323334353637383940414243444546474849"
			    "50515253545556575859606162636465666768697071727374"
			    "75767778798081828384858687888990919293949596979899";

static int
count_digits(uint64_t v)
{
	static const uint64_t tens[] = { 0, 10, 100, 1000, 10000, 100000, 1000000, 10000000,
		100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
		100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
		1000000000000000000 };
	int low = (64 - __builtin_clzll(v | 1)) * 1233 >> 12; /* log10(2) = 1233 / 4096 */

	return low + (v >= tens[low]);
}

static void
put_digits_32(char *out, uint32_t v, int n)
{
	for (; n >= 2; n -= 2, v /= 100)
		memcpy(out + n - 2, pairs + v % 100 * 2, 2);
	if (n == 1)
		out[0] = (char)('0' + v % 10);
}

/* Writes v right-aligned into n places, with zeros before it. In halves, which the processor works
 * on at the same time. */
static void
put_digits(char *out, uint64_t v, int n)
{
	if (n > 16) {
		put_digits_32(out, (uint32_t)(v / 10000000000000000), n - 16);
		put_digits(out + n - 16, v % 10000000000000000, 16);
	} else if (n > 8) {
		put_digits_32(out, (uint32_t)(v / 100000000), n - 8);
		put_digits_32(out + n - 8, (uint32_t)(v % 100000000), 8);
	} else {
		put_digits_32(out, (uint32_t)v, n);
	}
}

/* Zeros at the end become part of the exponent; at most 16 of them. */
static struct shortest
strip_zeros(struct shortest s)
{
	if (s.digits % 10 != 0)
		return s;
	if (s.digits % 100000000 == 0)
		s = (struct shortest){ s.digits / 100000000, s.exponent + 8 };
	if (s.digits % 10000 == 0)
		s = (struct shortest){ s.digits / 10000, s.exponent + 4 };
	if (s.digits % 100 == 0)
		s = (struct shortest){ s.digits / 100, s.exponent + 2 };
	while (s.digits % 10 == 0)
		s = (struct shortest){ s.digits / 10, s.exponent + 1 };
	return s;
}

static char *
put_exponent(char *out, int e)
{
	unsigned size = (unsigned)(e < 0 ? -e : e);
	int n = count_digits(size);

	*out++ = 'e';
	*out++ = e < 0 ? '-' : '+';
	put_digits(out, size, n);
	return out + n;
}

/* n digits with the decimal point behind the first "point" of them, which may lie outside. */
static char *
put_plain(char *out, uint64_t digits, int n, int point)
{
	if (point <= 0) {
		memcpy(out, "0.00000", 7);
		out += 2 - point;
		put_digits(out, digits, n);
		return out + n;
	}
	put_digits(out, digits, n);
	if (point >= n) {
		memset(out + n, '0', (size_t)(point - n));
		return out + point;
	}
	memmove(out + point + 1, out + point, (size_t)(n - point));
	out[point] = '.';
	return out + n + 1;
}

static char *
put_scientific(char *out, uint64_t digits, int n, int point)
{
	put_digits(out + 1, digits, n);
	out[0] = out[1];
	out[1] = '.';
	return put_exponent(n > 1 ? out + n + 1 : out + 1, point - 1);
}

int
number_format(double v, char *out)
{
	char *p = out;
	struct shortest s;
	int n;

	if (v == 0) {
		*out = '0';
		return 1;
	}
	if (v < 0) {
		*p++ = '-';
		v = -v;
	}
	if (v < 0x1p53 && v == (double)(uint64_t)v) {
		n = count_digits((uint64_t)v);
		put_digits(p, (uint64_t)v, n);
		return (int)(p - out) + n;
	}
	if (!few_decimals(v, &s))
		s = shortest_of(v);
	s = strip_zeros(s);
	n = count_digits(s.digits);
	if (n + s.exponent > PLAIN_MAX || n + s.exponent < PLAIN_MIN)
		p = put_scientific(p, s.digits, n, n + s.exponent);
	else
		p = put_plain(p, s.digits, n, n + s.exponent);
	return (int)(p - out);
}
