/* clock.c - the time between two stamps, and the clock that stamps rows as they arrive. */
#include "data/base/times/clock.h"

#include <time.h>

#include "data/base/times/times.h"

double
elapsed_seconds(int64_t from, int64_t to)
{
	uint64_t ns = to >= from ? (uint64_t)to - (uint64_t)from : (uint64_t)from - (uint64_t)to;
	double s = (double)(ns / TIME_SECOND) + (double)(ns % TIME_SECOND) * 1e-9;

	return to >= from ? s : -s;
}

static int64_t
clock_read(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * TIME_SECOND + t.tv_nsec;
}

void
arrival_clock_start(struct arrival_clock *c)
{
	c->wall = clock_read(CLOCK_REALTIME);
	c->boot = clock_read(CLOCK_BOOTTIME);
}

int64_t
arrival_clock_now(const struct arrival_clock *c)
{
	return c->wall + (clock_read(CLOCK_BOOTTIME) - c->boot);
}
