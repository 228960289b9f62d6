/* window_twins.h - slow, obvious twins of the operators over a window. */
#ifndef WEIR_TESTS_WINDOW_TWINS_H
#define WEIR_TESTS_WINDOW_TWINS_H

#include <stdbool.h>
#include <stdint.h>

struct data {
	int n;
	double *x, *y;
	int64_t *time;
};

struct rows { /* lo .. hi-1 */
	int lo, hi;
	int64_t by_time; /* ns of an event-time window; 0: another one */
};

/* The value of the window; *scale: how far off it may be beside 1e-9 of itself. */
typedef double twin_value(const struct data *, struct rows, double *scale);

struct twin {
	const char *call; /* without the window: "mean(x, " */
	twin_value *value;
	bool quadratic; /* in the length of the window */
};

extern const struct twin twins[];
extern const int twins_n;

#endif
