/* pacer.h - when the next row may go: by rate, by the time column, paused, or step by step.
 *
 * The pacer knows a monotonic clock in nanoseconds that its caller passes in, and nothing of rows but
 * how many went and the stamp of the next. It never lets a burst follow a pause or a change of rate. */
#ifndef WEIR_PACER_H
#define WEIR_PACER_H

#include <stdbool.h>
#include <stdint.h>

enum pace { PACE_MAX, PACE_RATE, PACE_SPEED };

struct pacer {
	enum pace pace;
	double rate;    /* rows a second */
	double speed;   /* times as fast as recorded */
	bool paused;
	int64_t steps;  /* rows that may go though paused */
	int64_t anchor; /* clock at which the count or the stamps below began */
	double gone;    /* PACE_RATE: rows let go since the anchor */
	int64_t stamp;  /* PACE_SPEED: event time at the anchor; TIME_NONE: not yet */
};

void pacer_rate(struct pacer *, double rows_a_second, int64_t now);
void pacer_speed(struct pacer *, double times, int64_t now);
void pacer_max(struct pacer *);
void pacer_pause(struct pacer *, bool paused, int64_t now);
void pacer_step(struct pacer *, int rows);
/* One notch of 1, 2, 5, 10 ... up (+1) or down (-1), past the fastest to max. */
void pacer_notch(struct pacer *, int direction, int64_t now);

/* How many of the n rows with these stamps may go at now (0..n). When fewer than n, *wake is the clock
 * at which the next may go, INT64_MAX when only a key can tell. */
int pacer_allow(struct pacer *, const int64_t *stamps, int n, int64_t now, int64_t *wake);

#endif
