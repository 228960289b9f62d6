/* shrinkage.c - how much of a forecast change to believe.
 *
 * Where nothing can be forecast, as on a random walk, the experts still say something, and
 * following them costs some per cent against the last value. So the errors of going none, a
 * quarter, half, three quarters or the whole way from the last value to the forecast are compared,
 * and their weights fall with a high power of the errors: a difference of one per cent counts. */
#include "data/ops/forecast/series/shrinkage.h"

#include <math.h>

static const double SHARE[TRUST_SHARES] = { 0, 0.25, 0.5, 0.75, 1 };

/* Until errors tell, the whole way is preferred, as if it had been better by so many mean errors.
 */
static const double FORGET = 0.99, PRIOR = 0.8;

void
shrinkage_learn(struct shrinkage *t, double last, double forecast, double y, double cap)
{
	double e;
	int i;

	for (i = 0; i < TRUST_SHARES; i++) {
		e = fabs(y - last - SHARE[i] * (forecast - last));
		t->loss[i] = FORGET * t->loss[i] + (e < cap ? e : cap);
	}
	t->points = FORGET * t->points + 1;
}

double
shrinkage_apply(const struct shrinkage *t, double last, double forecast)
{
	double best = HUGE_VAL, prior = t->points > 0 ? PRIOR * t->loss[0] / t->points : 0;
	double loss[TRUST_SHARES], w, sum = 0, share = 0;
	int i, k;

	for (i = 0; i < TRUST_SHARES; i++) {
		loss[i] = t->loss[i] + prior * (1 - SHARE[i]) + 1e-300;
		best = loss[i] < best ? loss[i] : best;
	}
	for (i = 0; i < TRUST_SHARES; i++) {
		w = best / loss[i];
		for (k = 0; k < 6; k++)
			w *= w; /* to the power of 64 */
		sum += w;
		share += w * SHARE[i];
	}
	return last + share / sum * (forecast - last);
}
