/* pacer.h - when the next row may go: by rate, by the time column, paused, or step by step.
 *
 * The pacer knows a monotonic clock in nanoseconds that its caller passes in, and nothing of rows
 * but how many went and the stamp of the next. It never lets a burst follow a pause or a change of
 * rate. */
#ifndef WEIR_PACER_H
#define WEIR_PACER_H

#include <stdbool.h>
#include <stdint.h>

enum pace { PACE_MAX, PACE_RATE, PACE_SPEED };

struct pacer { /* zeroed: as fast as can be */
	enum pace pace;
	double rate;  /* rows a second */
	double speed; /* times as fast as recorded */
	bool paused;
	bool fresh;     /* PACE_RATE: the clock starts with the next row */
	int64_t steps;  /* rows that may go though paused */
	int64_t anchor; /* clock at which the debt or stamp below held; paused: minus the clock */
	double debt;    /* PACE_RATE: rows let go beyond those due at the anchor; behind: below 0 */
	int64_t stamp;  /* PACE_SPEED: latest event time that went; TIME_NONE: not yet */
	int late;       /* PACE_SPEED: how many rows in a row had a much earlier stamp */
};

/* Set anew to what they are, rate and speed count from the next row on: after a seek, or when a
 * recording starts over. */
void pacer_rate(struct pacer *, double rows_a_second, int64_t now);
void pacer_speed(struct pacer *, double times, int64_t now);
void pacer_max(struct pacer *);
void pacer_pause(struct pacer *, bool paused, int64_t now);
void pacer_step(struct pacer *, int rows); /* when paused */
/* One notch of 1, 2, 5, 10 ... up (+1) or down (-1), past the fastest to max. */
void pacer_notch(struct pacer *, int direction, int64_t now);

/* How many of the n rows with these stamps may go at now (0..n): they count as gone. When fewer
 * than n, *wake is the clock at which the next may go, INT64_MAX when only a key can tell. */
int pacer_allow(struct pacer *, const int64_t *stamps, int n, int64_t now, int64_t *wake);

#endif
