/* zone_rule.c - "CET-1CEST,M3.5.0,M10.5.0/3": the rule for the years that tz data does not list. */
#include "data/base/times/zone_rule.h"

#include "data/base/times/civil.h"

struct cursor {
	const char *p, *end;
};

static bool
skip(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

static bool
read_number(struct cursor *c, int min, int max, int *out)
{
	const char *from = c->p;

	for (*out = 0; c->p < c->end && *c->p >= '0' && *c->p <= '9' && c->p - from < 4; c->p++)
		*out = *out * 10 + (*c->p - '0');
	return c->p > from && *out >= min && *out <= max;
}

/* CET, or <+03> where it is more than letters. */
static bool
skip_name(struct cursor *c)
{
	const char *from = c->p;

	if (skip(c, '<')) {
		while (c->p < c->end && *c->p != '>')
			c->p++;
		return skip(c, '>');
	}
	while (c->p < c->end && (*c->p | 32) >= 'a' && (*c->p | 32) <= 'z')
		c->p++;
	return c->p - from >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool
read_hours(struct cursor *c, int max, int *seconds)
{
	int sign = skip(c, '-') ? -1 : 1, hours, minutes = 0, rest = 0;

	if (sign > 0)
		skip(c, '+');
	if (!read_number(c, 0, max, &hours))
		return false;
	if (skip(c, ':') && !read_number(c, 0, 59, &minutes))
		return false;
	if (minutes >= 0 && skip(c, ':') && !read_number(c, 0, 59, &rest))
		return false;
	*seconds = sign * (hours * 3600 + minutes * 60 + rest);
	return true;
}

static bool
read_day(struct cursor *c, struct zone_day *day)
{
	bool ok;

	if (!skip(c, ','))
		return false;
	if (skip(c, 'M')) {
		day->kind = RULE_WEEKDAY;
		ok = read_number(c, 1, 12, &day->month) && skip(c, '.') &&
		     read_number(c, 1, 5, &day->week) && skip(c, '.') &&
		     read_number(c, 0, 6, &day->day);
	} else if (skip(c, 'J')) {
		day->kind = RULE_DAY_OF_365;
		ok = read_number(c, 1, 365, &day->day);
	} else {
		day->kind = RULE_DAY;
		ok = read_number(c, 0, 365, &day->day);
	}
	day->second = 2 * 3600;
	return ok && (!skip(c, '/') || read_hours(c, 167, &day->second));
}

bool
zone_rule_parse(struct zone_rule *rule, const char *s, size_t n)
{
	struct cursor c = { s, s + n };
	int west;

	*rule = (struct zone_rule){ 0 };
	if (!skip_name(&c) || !read_hours(&c, 24, &west))
		return false;
	rule->east = -west;
	if (c.p == c.end)
		return true;
	rule->summer = true;
	rule->summer_east = rule->east + 3600;
	if (!skip_name(&c))
		return false;
	if (c.p < c.end && *c.p != ',') {
		if (!read_hours(&c, 24, &west))
			return false;
		rule->summer_east = -west;
	}
	return read_day(&c, &rule->begin) && read_day(&c, &rule->end) && c.p == c.end;
}

/* The day of the year's change, in days since 1970. */
static int64_t
change_day(const struct zone_day *day, int year)
{
	int64_t first = civil_days(year, 1, 1);
	int of_month;

	if (day->kind == RULE_DAY)
		return first + day->day;
	if (day->kind == RULE_DAY_OF_365) /* the leap day is not counted */
		return first + day->day - 1 + (day->day > 59 && civil_month_days(year, 2) == 29);
	first = civil_days(year, day->month, 1);
	of_month = (day->day - civil_weekday(first) + 7) % 7 + (day->week - 1) * 7;
	if (of_month >= civil_month_days(year, day->month))
		of_month -= 7;
	return first + of_month;
}

void
zone_rule_year(const struct zone_rule *rule, int year, struct zone_change out[2])
{
	struct zone_change begin = { change_day(&rule->begin, year) * DAY_SECONDS +
					 rule->begin.second - rule->east,
		rule->summer_east };
	struct zone_change end = { change_day(&rule->end, year) * DAY_SECONDS + rule->end.second -
				       rule->summer_east,
		rule->east };
	bool north = begin.at < end.at;

	out[0] = north ? begin : end;
	out[1] = north ? end : begin;
}
