/* civil.h - days, dates and instants: the arithmetic of the calendar. Private to data/base.
 *
 * Days are counted by the civil calendar with years that start in March, so that the leap day comes
 * last (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
#ifndef WEIR_CIVIL_H
#define WEIR_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/times/time_units.h"

enum { DAY_SECONDS = 86400, ERA_DAYS = 146097 /* in 400 years */ };

/* Days since 1970 of a date that there is, from the year 0 on. */
static inline int64_t
civil_days(int year, int month, int day)
{
	int y = month > 2 ? year : year - 1;
	int from_march = (month + 9) % 12;
	int era = y / 400, of_era = y % 400;

	return (int64_t)era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	       (153 * from_march + 2) / 5 + day - 1 - 719468;
}

/* How many days a month (1 to 12) of that year has. */
static inline int
civil_month_days(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static inline bool
civil_valid(int year, int month, int day)
{
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= civil_month_days(year, month);
}

/* The year, month (1 to 12) and day of so many days since 1970; from the year 1 on. */
static inline void
civil_date(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468, era = z / ERA_DAYS, of_era = z % ERA_DAYS;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t from_march = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
	*month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

/* 0 (Sunday) to 6 of so many days since 1970, which was a Thursday. */
static inline int
civil_weekday(int64_t days)
{
	int64_t of_week = (days + 4) % 7;

	return (int)(of_week < 0 ? of_week + 7 : of_week);
}

/* Seconds since 1970 and the ns after them as one, when they fit. */
static inline bool
civil_instant(int64_t seconds, int64_t ns, int64_t *out)
{
	int64_t v;

	if (seconds < 0 && ns > 0) { /* whole seconds before the first instant, not the sum */
		seconds++;
		ns -= TIME_SECOND;
	}
	if (__builtin_mul_overflow(seconds, TIME_SECOND, &v) || __builtin_add_overflow(v, ns, &v) ||
	    v == TIME_NONE)
		return false;
	*out = v;
	return true;
}

#endif
