/* zone_rule.h - "CET-1CEST,M3.5.0,M10.5.0/3": the rule for the years that tz data does not list.
 * Private to data/base. */
#ifndef WEIR_ZONE_RULE_H
#define WEIR_ZONE_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone_day { /* the day of a year on which clocks change */
	enum { RULE_WEEKDAY, RULE_DAY, RULE_DAY_OF_365 } kind;
	int month, week, day; /* weekday 0-6 of the 1st to 4th or last (5) week, or a day */
	int second;           /* of that day, by the clocks before the change */
};

struct zone_rule {
	int east;    /* of standard time, seconds */
	bool summer; /* there is summer time, too: */
	int summer_east;
	struct zone_day begin, end;
};

/* POSIX.1-2017, chapter 8.3, and hours from -167 to 167 as in RFC 9636. false: it is none. */
bool zone_rule_parse(struct zone_rule *, const char *s, size_t n);

struct zone_change {
	int64_t at; /* s since 1970 */
	int east;   /* from then on */
};
/* Both changes of a year, the earlier one first; only where there is summer time. */
void zone_rule_year(const struct zone_rule *, int year, struct zone_change out[2]);

#endif
