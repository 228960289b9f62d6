/* shares.h - chances of classes: positive numbers that sum to 1. */
#ifndef WEIR_LEARN_SHARES_H
#define WEIR_LEARN_SHARES_H

#include <math.h>

/* Scores to chances: e^score, of the sum of all. */
static inline void
shares_softmax(double *p, int k)
{
	double most = p[0], sum = 0;

	for (int c = 1; c < k; c++)
		most = p[c] > most ? p[c] : most;
	for (int c = 0; c < k; c++)
		sum += p[c] = exp(p[c] - most);
	for (int c = 0; c < k; c++)
		p[c] /= sum;
}

/* The first of the greatest. */
static inline int
shares_best(const double *p, int k)
{
	int best = 0;

	for (int c = 1; c < k; c++)
		if (p[c] > p[best])
			best = c;
	return best;
}

/* The surprise at class y, of chances that are kept from 0. */
static inline double
shares_loss(const double *p, int k, int y)
{
	return -log(0.98 * p[y] + 0.02 / k);
}

#endif
