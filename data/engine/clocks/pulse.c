/* pulse.c - how many rows a second went lately: a sample every tenth of a second, the oldest of the
 * last two seconds against now. */
#include "data/engine/clocks/pulse.h"

#include <string.h>

#include "data/base/times/times.h"

enum { PULSE_EVERY = 100000000 }; /* ns */

void
pulse_beat(struct pulse *p, uint64_t rows, int64_t now)
{
	if (p->n > 0 && now - p->at[p->n - 1] < PULSE_EVERY)
		return;
	if (p->n == PULSES) {
		memmove(p->at, p->at + 1, (PULSES - 1) * sizeof *p->at);
		memmove(p->rows, p->rows + 1, (PULSES - 1) * sizeof *p->rows);
		p->n--;
	}
	p->at[p->n] = now;
	p->rows[p->n++] = rows;
}

double
pulse_rate(const struct pulse *p, uint64_t rows, int64_t now)
{
	for (int i = 0; i < p->n; i++)
		if (now - p->at[i] <= 2 * TIME_SECOND && now > p->at[i])
			return (double)(rows - p->rows[i]) / time_seconds(now - p->at[i]);
	return 0;
}
