/* key_clock.c - the clock of a key: event time as windows and rules see it.
 *
 * The usual step, by which "far" is measured, is the median of the last steps forward: one wild
 * stamp does not move it. It is computed only for rows that are far from the clock. Memory grows
 * with the steps, for there may be many keys of a few rows each. */
#include "data/engine/clocks/key_clock.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/times/times.h"

/* A step ahead, which is never back, stays at the end of what can be said. */
static int64_t
add(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/* a - b, where a is not below b. */
static int64_t
ahead(int64_t a, int64_t b)
{
	int64_t difference;

	return __builtin_sub_overflow(a, b, &difference) ? INT64_MAX : difference;
}

static void
note_step(struct key_clock *c, int64_t step)
{
	if (c->nsteps < CLOCK_STEPS) {
		if (c->nsteps == c->room) {
			c->room = c->room > 0 ? (unsigned char)(2 * c->room) : 4;
			c->steps = memory_grow(c->steps, c->room, sizeof *c->steps);
		}
		c->steps[c->nsteps++] = step;
		return;
	}
	c->steps[c->next] = step;
	c->next = (unsigned char)((c->next + 1) % CLOCK_STEPS);
}

/* The median of the steps, of two in the middle the smaller one; 0: there are none. */
static int64_t
usual_step(const struct key_clock *c)
{
	int64_t sorted[CLOCK_STEPS];

	for (int i = 0; i < c->nsteps; i++) {
		int k = i;

		for (; k > 0 && sorted[k - 1] > c->steps[i]; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = c->steps[i];
	}
	return c->nsteps > 0 ? sorted[(c->nsteps - 1) / 2] : 0;
}

static int64_t
three_of(int64_t step)
{
	return step > INT64_MAX / 3 ? INT64_MAX : 3 * step;
}

/* A row behind the clock. Those that are far behind, and as many as make a habit of it, tell that
 * time was set back: the latest of them stands at the clock from then on. */
static void
fall_behind(struct key_clock *c, int64_t stamp, int64_t time, unsigned *news)
{
	int64_t by = ahead(c->at, time);

	*news = CLOCK_LATE;
	if (by <= 60 * TIME_SECOND || by - 60 * TIME_SECOND <= three_of(usual_step(c))) {
		c->behind = 0;
		return;
	}
	if (c->behind++ == 0 || stamp > c->greatest_behind)
		c->greatest_behind = stamp;
	if (c->behind < CLOCK_BEHIND)
		return;
	c->behind = 0;
	c->shift = ahead(c->at, c->greatest_behind);
	*news |= CLOCK_SET_BACK;
}

/* Where time was set back and now leaps to where it had been, or beyond, the leap is what is wrong:
 * the row stands one usual step after the clock's last place. */
static int64_t
catch_up(struct key_clock *c, int64_t stamp, int64_t time, unsigned *news)
{
	int64_t usual = usual_step(c), to = add(c->at, usual), shift;

	if (stamp < c->greatest || ahead(time, c->at) <= three_of(usual))
		return time;
	shift = to > stamp ? ahead(to, stamp) : 0;
	if (shift >= c->shift)
		return time;
	c->shift = shift;
	*news = CLOCK_CAUGHT_UP;
	return add(stamp, shift);
}

int64_t
key_clock_step(struct key_clock *c, int64_t stamp, unsigned *news)
{
	int64_t time = add(stamp, c->shift);

	*news = 0;
	if (!c->started) {
		c->started = true;
		c->at = c->greatest = stamp;
		return stamp;
	}
	if (time < c->at) {
		fall_behind(c, stamp, time, news);
		return c->at;
	}
	c->behind = 0;
	if (c->shift > 0)
		time = catch_up(c, stamp, time, news);
	if (time > c->at)
		note_step(c, ahead(time, c->at));
	if (stamp > c->greatest)
		c->greatest = stamp;
	return c->at = time;
}

void
key_clock_done(struct key_clock *c)
{
	free(c->steps);
	*c = (struct key_clock){ 0 };
}

struct key_clock *
key_clock_new(void)
{
	return memory_zero(1, sizeof(struct key_clock));
}

void
key_clock_free(struct key_clock *c)
{
	if (c == NULL)
		return;
	key_clock_done(c);
	free(c);
}

/* --- state ------------------------------------------------------------------------------------ */

void
key_clock_save(const struct key_clock *c, struct buffer *b)
{
	buffer_u32(b, c->started);
	buffer_u32(b, c->behind);
	buffer_i64(b, c->at);
	buffer_i64(b, c->shift);
	buffer_i64(b, c->greatest);
	buffer_i64(b, c->greatest_behind);
	buffer_u32(b, c->nsteps);
	/* from the oldest, so that equal clocks are equal bytes */
	for (int i = 0; i < c->nsteps; i++)
		buffer_i64(b, c->steps[(c->next + i) % c->nsteps]);
}

static int
load_steps(struct key_clock *c, struct reader *r, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		int64_t step;

		if (reader_i64(r, &step) < 0 || step <= 0)
			return -1;
		note_step(c, step);
	}
	return 0;
}

int
key_clock_load(struct key_clock *c, struct reader *r)
{
	uint32_t started, behind, n;

	if (reader_below(r, 1, &started) < 0 || reader_below(r, CLOCK_BEHIND - 1, &behind) < 0 ||
	    reader_i64(r, &c->at) < 0 || reader_i64(r, &c->shift) < 0 || c->shift < 0 ||
	    reader_i64(r, &c->greatest) < 0 || reader_i64(r, &c->greatest_behind) < 0 ||
	    reader_below(r, CLOCK_STEPS, &n) < 0 || load_steps(c, r, n) < 0) {
		key_clock_done(c);
		return -1;
	}
	c->started = started;
	c->behind = (unsigned char)behind;
	return 0;
}
