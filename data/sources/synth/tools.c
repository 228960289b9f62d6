/* tools.c - what generators share: chance, waves and cells. No function of the C library that may
 * round differently elsewhere is called. */
#include "data/sources/synth/synth.h"

#include <math.h>

static uint64_t
next_random(struct synth *s)
{
	uint64_t z = s->random += 0x9e3779b97f4a7c15U; /* splitmix64, Steele, Lea and Flood 2014 */

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

double
synth_uniform(struct synth *s)
{
	return (double)(next_random(s) >> 11) * 0x1p-53;
}

int
synth_below(struct synth *s, int n)
{
	return (int)((next_random(s) >> 33) % (uint64_t)n);
}

/* The sum of twelve uniform numbers, of 16 bits each. */
double
synth_normal(struct synth *s)
{
	uint64_t sum = 6; /* twelve halves, for numbers from the middle of their steps */

	for (int i = 0; i < 3; i++) {
		uint64_t bits = next_random(s);

		for (int k = 0; k < 64; k += 16)
			sum += bits >> k & 0xffff;
	}
	return (double)sum * 0x1p-16 - 6;
}

/* ln(m * 2^e) = e ln 2 + 2 artanh((m - 1) / (m + 1)), by its series to the 15th power. */
static double
logarithm(double v)
{
	int e;
	double m = frexp(v, &e), t = (m - 1) / (m + 1), t2 = t * t, sum = 0;

	for (int k = 15; k >= 1; k -= 2)
		sum = sum * t2 + 1.0 / k;
	return e * 0.6931471805599453 + 2 * t * sum;
}

double
synth_exponential(struct synth *s, double mean)
{
	return -mean * logarithm(1 - synth_uniform(s));
}

double
synth_sine(double turns)
{
	double x = turns - floor(turns + 0.5), x2;

	if (x > 0.25)
		x = 0.5 - x;
	else if (x < -0.25)
		x = -0.5 - x;
	x *= 6.283185307179586;
	x2 = x * x;
	return x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72 * (1 - x2 / 110)))));
}

double
synth_between(double v, double low, double high)
{
	return v < low ? low : v > high ? high : v;
}

void
synth_number(struct synth *s, double v, int decimals)
{
	char digits[32], *p = digits + sizeof digits;
	int64_t scale = 1, units, left;
	int places = 0;

	for (int i = 0; i < decimals; i++)
		scale *= 10;
	units = (int64_t)floor(v * (double)scale + 0.5);
	left = units < 0 ? -units : units;
	while (decimals > 0 && left % 10 == 0) {
		left /= 10;
		decimals--;
	}
	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
		if (++places == decimals)
			*--p = '.';
	} while (left > 0 || places <= decimals);
	if (units < 0)
		*--p = '-';
	text_addc(&s->line, ',');
	text_addn(&s->line, p, (size_t)(digits + sizeof digits - p));
}

void
synth_word(struct synth *s, const char *word)
{
	text_addc(&s->line, ',');
	text_add(&s->line, word);
}

void
synth_missing(struct synth *s)
{
	text_addc(&s->line, ',');
}
