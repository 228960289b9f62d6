/* time_text.h - a time as people write it, taken apart: its date, its clock, its zone. Private to
 * data/base. */
#ifndef WEIR_TIME_TEXT_H
#define WEIR_TIME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/times/time_form.h"

struct time_text {
	bool date, clock, zone; /* which of them stand there */

	/* The date: three numbers, whose order nothing but a year of four digits tells. Parts that
	 * a name of a month or a short form (2026-01) tells are in order: order is DATE_YMD and
	 * sure. */
	int part[3];
	unsigned char digits[3];
	bool sure; /* part is year, month, day */
	char sign; /* between them; 0: none, or names */

	/* The clock: seconds of the day (24:00 and leap seconds go beyond), and ns of the
	 * second. */
	int seconds;
	int64_t ns;
	unsigned clock_at, clock_end; /* where HH:MM[:SS[.frac]] stands; 0 and 0: not so written */

	int east; /* the zone: seconds */
};

enum { TIME_LONGEST = 64 }; /* bytes of a text, without blanks behind it */

/* Take s apart (blanks around it are passed over): a date, perhaps with a clock; a clock alone.
 * false: it is none. 10.11.12 can be read as either. */
bool time_text_date(struct time_text *, const char *s, size_t n);
bool time_text_clock(struct time_text *, const char *s, size_t n);

/* Days since 1970 of its date when its parts stand in that order; false: they cannot. A year of two
 * digits is 1969 to 2068. */
bool time_text_days(const struct time_text *, enum date_order, int64_t *days);

#endif
