/* pulse.h - how many rows a second went lately. */
#ifndef WEIR_PULSE_H
#define WEIR_PULSE_H

#include <stdint.h>

enum { PULSES = 21 };
struct pulse { /* rows gone, sampled ten times a second over two seconds */
	int64_t at[PULSES];
	uint64_t rows[PULSES];
	int n;
};

/* So many rows have gone at the time now, in ns of a clock that never goes back. */
void pulse_beat(struct pulse *, uint64_t rows, int64_t now);
/* Rows a second since the oldest sample of the last two seconds; 0: there is none. */
double pulse_rate(const struct pulse *, uint64_t rows, int64_t now);

#endif
