/* shrinkage.h - how much of a forecast change to believe. */
#ifndef WEIR_FORECAST_TRUST_H
#define WEIR_FORECAST_TRUST_H

enum { TRUST_SHARES = 5 };

struct shrinkage {
	/* discounted sums of the absolute errors of going that share ... */
	double loss[TRUST_SHARES];
	double points; /* ... and of how many */
};

/* After last came y, and forecast had been said; no error counts for more than cap. */
void shrinkage_learn(struct shrinkage *, double last, double forecast, double y, double cap);
/* From the last value to the forecast, as far as is to be believed. */
double shrinkage_apply(const struct shrinkage *, double last, double forecast);

#endif
