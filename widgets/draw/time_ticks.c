/* time_ticks.c - ticks of time at round instants: seconds, minutes, hours, days, months, years. */
#include "widgets/draw/time_ticks.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "data/base/times/times.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
#define DAY_NS (DAY * TIME_SECOND)
#define MONTH_NS (DAY_NS / 12 * 365)

static const int steps[] = { 1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE,
	15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY,
	7 * DAY };
static const int months[] = { 1, 3, 6, 12, 24, 60, 120, 240, 600, 1200 };

static struct time_step
step_below_second(int64_t least)
{
	int64_t ns = 1;

	while (ns < least)
		ns *= ns * 2 >= least ? 2 : ns * 5 >= least ? 5 : 10;
	return (struct time_step){ .ns = ns };
}

struct time_step
time_step_for(int64_t span, int n)
{
	int64_t least = span / (n > 0 ? n : 1) + 1;

	if (least <= TIME_SECOND / 2)
		return step_below_second(least);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i] * TIME_SECOND >= least)
			return (struct time_step){ .ns = steps[i] * TIME_SECOND };
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		if (months[i] * MONTH_NS >= least)
			return (struct time_step){ .months = months[i] };
	return (struct time_step){ .months = 2400 };
}

struct time_step
time_step_finer(struct time_step step)
{
	struct time_step finer = step;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (step.months > 0 || steps[i] * TIME_SECOND < step.ns)
			finer = (struct time_step){ .ns = steps[i] * TIME_SECOND };
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		if (months[i] < step.months)
			finer = (struct time_step){ .months = months[i] };
	return finer;
}

/* Rounds up to a multiple, below 1970 too; INT64_MAX: it is beyond all instants. */
static int64_t
multiple_up(int64_t v, int64_t step)
{
	int64_t rest = v % step, up;

	if (rest <= 0)
		return v - rest;
	return __builtin_add_overflow(v, step - rest, &up) ? INT64_MAX : up;
}

static int64_t
month_next(int step, int64_t t)
{
	time_t seconds = (time_t)(t / TIME_SECOND) - (t % TIME_SECOND < 0);
	struct tm tm;
	int64_t month, at;

	if (gmtime_r(&seconds, &tm) == NULL)
		return INT64_MAX;
	month = multiple_up((int64_t)tm.tm_year * 12 + tm.tm_mon, step);
	for (;; month += step) {
		tm = (struct tm){
			.tm_year = (int)(month / 12), .tm_mon = (int)(month % 12), .tm_mday = 1
		};
		if (__builtin_mul_overflow((int64_t)timegm(&tm), TIME_SECOND, &at))
			return INT64_MAX;
		if (at >= t)
			return at;
	}
}

int64_t
time_step_next(struct time_step step, int64_t t)
{
	return step.months > 0 ? month_next(step.months, t) : multiple_up(t, step.ns);
}

double
time_step_length(struct time_step step)
{
	return step.months > 0 ? (double)step.months * (double)MONTH_NS : (double)step.ns;
}

int
time_step_width(struct time_step step)
{
	if (step.months > 0)
		return step.months % 12 == 0 ? 4 : 7;
	if (step.ns >= DAY_NS)
		return 10;
	if (step.ns >= MINUTE * TIME_SECOND)
		return 5;
	return step.ns >= TIME_SECOND ? 8 : step.ns >= 1000000 ? 12 : 15;
}

/* A label is a slice of the instant in ISO 8601: 2026-01-02T12:03:20.5Z. */
int
time_step_label(struct time_step step, int64_t t, char *out)
{
	char iso[TIME_CHARS + 1], fraction[10];
	int n = time_format(t, iso), width = time_step_width(step);
	int64_t rest = t % TIME_SECOND;

	if (n < 20)
		return snprintf(out, TIME_LABEL, "?");
	iso[n] = '\0';
	if (width == 12 || width == 15) {
		snprintf(
		    fraction, sizeof fraction, "%09d", (int)(rest < 0 ? rest + TIME_SECOND : rest));
		return snprintf(out, TIME_LABEL, "%.8s.%.*s", iso + 11, width - 9, fraction);
	}
	if (step.months > 0 || step.ns >= DAY_NS)
		return snprintf(out, TIME_LABEL, "%.*s", width, iso);
	if (width == 5 && memcmp(iso + 11, "00:00", 5) == 0)
		return snprintf(out, TIME_LABEL, "%.5s", iso + 5);
	return snprintf(out, TIME_LABEL, "%.*s", width, iso + 11);
}
