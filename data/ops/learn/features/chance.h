/* chance.h - reproducible chance for models: splitmix64 (Steele, Lea and Flood 2014). */
#ifndef WEIR_LEARN_CHANCE_H
#define WEIR_LEARN_CHANCE_H

#include <stdint.h>

struct chance {
	uint64_t state; /* the seed, at first */
};

static inline uint64_t
chance_next(struct chance *c)
{
	uint64_t z = c->state += 0x9e3779b97f4a7c15U;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

static inline double
chance_uniform(struct chance *c) /* [0, 1) */
{
	return (double)(chance_next(c) >> 11) * 0x1p-53;
}

static inline int
chance_below(struct chance *c, int n) /* 0 .. n-1 */
{
	return (int)((chance_next(c) >> 33) % (uint64_t)n);
}

/* Poisson with mean 6: uniform numbers are multiplied until they fall to e^-6 (Knuth). */
static inline int
chance_poisson6(struct chance *c)
{
	double product = 1;
	int n = 0;

	while ((product *= chance_uniform(c)) > 0.0024787521766663585)
		n++;
	return n;
}

#endif
