/* standing.h - where a stream has stood since its last change: what sums of deviations are measured
 * by, so that they depend on no unit. */
#ifndef WEIR_DRIFT_STANDING_H
#define WEIR_DRIFT_STANDING_H

struct standing {               /* zeroed: nothing seen */
	double n, mean, spread; /* Welford: sum of squared deviations */
	double products;        /* of the deviations of neighbours */
	double last;
};

void standing_add(struct standing *, double x);
/* One deviation of which sums grow like those of independent values: the standard deviation, times
 * sqrt((1 + r) / (1 - r)) where neighbours correlate by r > 0. 0 where values do not vary. */
double standing_scale(const struct standing *);
/* Of x from the mean in scales, within +-4 so that no single value is a change; 0 at no scale. */
double standing_deviation(const struct standing *, double x);

struct excess { /* a sum of deviations that is never below 0 */
	double sum;
	double n, values; /* how many values since it was last 0, and their sum */
};

void excess_add(struct excess *, double deviation, double x);

#endif
