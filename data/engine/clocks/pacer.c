/* pacer.c - rows let go by rate, by their stamps, or one by one.
 *
 * By rate, the pacer keeps a debt: a row that goes adds one, time takes off what the rate allows,
 * and a row may go when nothing is owed. By stamps, the latest one that went is anchored to the
 * clock. Both catch up with a caller that came late, but by no more than CATCH_UP: a machine that
 * slept for an hour does not send an hour of rows at once. */
#include "data/engine/clocks/pacer.h"

#include <assert.h>
#include <math.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"

#define CATCH_UP TIME_SECOND

/* Stamps that go back wait for nothing. A few are rows that came late; so many in a row are a
 * recording that started over or a clock that was set back, to be paced from there. */
enum { LATE_MAX = 16 };

/* Debts are sums of rounded products: a millionth of a row is none. */
static const double nothing = 1e-6;

static const double slowest = 0.1, fastest = 1e5; /* for notches; options may go beyond */

/* While paused the clock stands at 0, and the anchor is as far before it as it was at the pause. */
static int64_t
clock_of(const struct pacer *p, int64_t now)
{
	return p->paused ? 0 : now;
}

/* Moves the anchor to the clock, the debt with it. */
static void
settle(struct pacer *p, int64_t clock)
{
	p->debt -= (double)(clock - p->anchor) * 1e-9 * p->rate;
	if (p->debt < -p->rate * (double)CATCH_UP * 1e-9)
		p->debt = -p->rate * (double)CATCH_UP * 1e-9;
	p->anchor = clock;
}

void
pacer_rate(struct pacer *p, double rows_a_second, int64_t now)
{
	assert(rows_a_second > 0);
	if (p->pace != PACE_RATE || p->rate == rows_a_second)
		p->fresh = true;
	else if (!p->fresh)
		settle(p, clock_of(p, now));
	p->debt = fmax(p->debt, 0); /* what was overdue at the old rate is not hurried at the new */
	p->pace = PACE_RATE;
	p->rate = rows_a_second;
	p->speed = 0;
}

/* Clock at which a row with this stamp is due; the first one is at once. */
static int64_t
due_clock(const struct pacer *p, int64_t stamp, int64_t clock)
{
	int64_t due;
	double wait;

	if (p->stamp == TIME_NONE)
		return clock;
	if (stamp <= p->stamp)
		return p->anchor;
	wait = elapsed_ns(p->stamp, stamp) / p->speed;
	if (wait >= 9e18 || __builtin_add_overflow(p->anchor, (int64_t)wait, &due))
		return INT64_MAX;
	return due;
}

void
pacer_speed(struct pacer *p, double times, int64_t now)
{
	int64_t clock = clock_of(p, now);

	assert(times > 0);
	if (p->pace != PACE_SPEED || p->speed == times) {
		p->stamp = TIME_NONE;
		p->late = 0;
	} else if (p->stamp != TIME_NONE && clock > p->anchor) {
		/* that part of the gap is over at the old speed */
		double gone = (double)(clock - p->anchor) * p->speed;

		if (gone < 9e18 && !__builtin_add_overflow(p->stamp, (int64_t)gone, &p->stamp))
			p->anchor = clock;
		else
			p->stamp = TIME_NONE;
	}
	p->pace = PACE_SPEED;
	p->speed = times;
	p->rate = 0;
}

void
pacer_max(struct pacer *p)
{
	p->pace = PACE_MAX;
}

void
pacer_pause(struct pacer *p, bool paused, int64_t now)
{
	if (p->paused == paused)
		return;
	p->anchor += paused ? -now : now;
	p->paused = paused;
	p->steps = 0;
}

void
pacer_step(struct pacer *p, int rows)
{
	if (p->paused)
		p->steps += rows;
}

/* The next of ... 1, 2, 5, 10 ... above or below v. */
static double
next_notch(double v, int direction)
{
	double ten = pow(10, floor(log10(v) + 1e-9)), m = v / ten;

	if (direction > 0)
		return m < 1.999 ? 2 * ten : m < 4.999 ? 5 * ten : 10 * ten;
	return m > 5.001 ? 5 * ten : m > 2.001 ? 2 * ten : m > 1.001 ? ten : 0.5 * ten;
}

void
pacer_notch(struct pacer *p, int direction, int64_t now)
{
	bool by_speed = p->speed > 0; /* also at max: the way that it was before */
	double v = by_speed ? p->speed : p->rate;

	if (p->pace == PACE_MAX) {
		if (direction > 0)
			return;
		v = fastest;
	} else {
		v = next_notch(v, direction);
	}
	if (direction > 0 && v > fastest * 1.001)
		pacer_max(p);
	else if (direction < 0 && v < slowest * 0.999)
		return;
	else if (by_speed)
		pacer_speed(p, v, now);
	else
		pacer_rate(p, v, now);
}

static int
allow_rate(struct pacer *p, int n, int64_t now, int64_t *wake)
{
	double due;

	if (p->fresh) {
		p->anchor = now;
		p->debt = 0;
		p->fresh = false;
	}
	settle(p, now);
	due = p->debt <= nothing ? floor(nothing - p->debt) + 1 : 0;
	if (due > n)
		due = n;
	p->debt += due;
	if (due < n)
		*wake = now + (int64_t)fmin(ceil(p->debt / p->rate * 1e9), 1e18);
	return (int)due;
}

/* Row with this stamp goes, due when it was. */
static void
stamp_goes(struct pacer *p, int64_t stamp, int64_t due, int64_t clock)
{
	if (p->stamp == TIME_NONE || stamp >= p->stamp) {
		p->stamp = stamp;
		p->anchor = due > clock - CATCH_UP ? due : clock - CATCH_UP;
		p->late = 0;
		return;
	}
	if (elapsed_ns(stamp, p->stamp) < p->speed * (double)CATCH_UP)
		return; /* a little out of order */
	if (++p->late >= LATE_MAX) {
		p->stamp = stamp;
		p->anchor = clock;
		p->late = 0;
	}
}

static int
allow_speed(struct pacer *p, const int64_t *stamps, int n, int64_t now, int64_t *wake)
{
	for (int i = 0; i < n; i++) {
		int64_t due = due_clock(p, stamps[i], now);

		if (due > now) {
			*wake = due;
			return i;
		}
		stamp_goes(p, stamps[i], due, now);
	}
	return n;
}

/* Rows that were stepped to are where the pace goes on from. */
static int
allow_steps(struct pacer *p, const int64_t *stamps, int n)
{
	if (n > p->steps)
		n = (int)p->steps;
	p->steps -= n;
	if (p->pace == PACE_SPEED && n > 0) {
		p->stamp = stamps[n - 1];
		p->anchor = 0;
		p->late = 0;
	}
	return n;
}

int
pacer_allow(struct pacer *p, const int64_t *stamps, int n, int64_t now, int64_t *wake)
{
	*wake = INT64_MAX;
	if (n <= 0)
		return 0;
	if (p->paused)
		return allow_steps(p, stamps, n);
	switch (p->pace) {
	case PACE_RATE:
		return allow_rate(p, n, now, wake);
	case PACE_SPEED:
		return allow_speed(p, stamps, n, now, wake);
	default:
		return n;
	}
}
