/* clock.h - the step of a stream's time stamps, and the points missing in it. */
#ifndef WEIR_FORECAST_CLOCK_H
#define WEIR_FORECAST_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_STEPS = 32 };

struct clock {
	int64_t last;              /* time of the last row */
	int64_t step[CLOCK_STEPS]; /* the last steps, a ring */
	uint64_t rows;
	int64_t usual; /* their median; 0: not known or not regular */
};

/* A row at time t, ns. Returns how many points are missing before it: 0 unless the steps are
 * regular and this one is a multiple of the usual. */
int64_t clock_row(struct clock *, int64_t t);

bool clock_right(const struct clock *); /* may it be one? Of bytes that were loaded */

#endif
