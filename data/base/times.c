/* times.c - instants and durations read and written by hand: strptime is seven times slower, knows
 * no fractions and no zones, and follows the locale.
 *
 * Days are counted by the civil calendar with years that start in March, so that the leap day comes
 * last (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
#include "data/base/times.h"

#include <string.h>

#include "data/base/powers.h"

enum { DAY_SECONDS = 86400, ERA_DAYS = 146097 /* in 400 years */ };

struct cursor { /* what is left to read */
	const char *p, *end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
skip(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

/* Exactly two digits: all parts of a time are made of such. */
static inline bool
read_two(struct cursor *c, int *out)
{
	unsigned tens, ones;

	if (c->end - c->p < 2)
		return false;
	tens = (unsigned)c->p[0] - '0';
	ones = (unsigned)c->p[1] - '0';
	if (tens > 9 || ones > 9)
		return false;
	*out = (int)(tens * 10 + ones);
	c->p += 2;
	return true;
}

/* Digits behind a point or comma, as ns; what is finer than that is cut off. */
static bool
read_fraction(struct cursor *c, int64_t *ns)
{
	const char *from = c->p;
	int64_t unit = TIME_SECOND;

	for (*ns = 0; c->p < c->end && is_digit(*c->p); c->p++) {
		unit /= 10;
		*ns += (*c->p - '0') * unit;
	}
	return c->p > from;
}

static int64_t
days_from_date(int year, int month, int day)
{
	int y = month > 2 ? year : year - 1;
	int from_march = (month + 9) % 12;
	int era = y / 400, of_era = y % 400;

	return (int64_t)era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	       (153 * from_march + 2) / 5 + day - 1 - 719468;
}

static int
month_days(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static bool
read_date(struct cursor *c, int64_t *days)
{
	int century, year, month, day;

	if (!read_two(c, &century) || !read_two(c, &year) || !skip(c, '-') ||
	    !read_two(c, &month) || !skip(c, '-') || !read_two(c, &day))
		return false;
	year += century * 100;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
		return false;
	*days = days_from_date(year, month, day);
	return true;
}

/* HH:MM[:SS[.frac]]; 24:00 is the end of the day, and a leap second the second after. */
static bool
read_clock(struct cursor *c, int64_t *seconds, int64_t *ns)
{
	int hour, minute, second = 0;

	*ns = 0;
	if (!read_two(c, &hour) || !skip(c, ':') || !read_two(c, &minute))
		return false;
	if (skip(c, ':')) {
		if (!read_two(c, &second))
			return false;
		if ((skip(c, '.') || skip(c, ',')) && !read_fraction(c, ns))
			return false;
	}
	if (hour > 24 || minute > 59 || second > 60 ||
	    (hour == 24 && (minute > 0 || second > 0 || *ns > 0)))
		return false;
	*seconds = hour * 3600 + minute * 60 + second;
	return true;
}

/* Z, +HH, +HHMM, +HH:MM or nothing: seconds east of UTC. */
static bool
read_zone(struct cursor *c, int64_t *east)
{
	int hours, minutes = 0, sign;

	*east = 0;
	if (c->p == c->end || skip(c, 'Z') || skip(c, 'z'))
		return true;
	skip(c, ' ');
	sign = skip(c, '+') ? 1 : -1;
	if ((sign < 0 && !skip(c, '-')) || !read_two(c, &hours))
		return false;
	if (c->p < c->end) {
		skip(c, ':');
		if (!read_two(c, &minutes))
			return false;
	}
	if (hours > 23 || minutes > 59)
		return false;
	*east = sign * (hours * 3600 + minutes * 60);
	return true;
}

/* Seconds since 1970 and the ns after them, when they fit. */
static bool
join(int64_t seconds, int64_t ns, int64_t *out)
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

static bool
iso_parse(struct cursor c, int64_t *out)
{
	int64_t days, seconds = 0, ns = 0, east = 0;

	if (!read_date(&c, &days))
		return false;
	if (c.p < c.end) {
		if (!skip(&c, 'T') && !skip(&c, ' ') && !skip(&c, 't'))
			return false;
		if (!read_clock(&c, &seconds, &ns) || !read_zone(&c, &east) || c.p != c.end)
			return false;
	}
	return join(days * DAY_SECONDS + seconds - east, ns, out);
}

/* Sizes that tell the unit: 1e11 s is the year 5138, 1e11 ms is 1973; so for the finer units. */
static bool
whole_epoch(int64_t v, int64_t *out)
{
	int64_t size = v < 0 ? -v : v, unit = 1;

	if (size < INT64_C(100000000000))
		unit = TIME_SECOND;
	else if (size < INT64_C(100000000000000))
		unit = 1000000;
	else if (size < INT64_C(100000000000000000))
		unit = 1000;
	return !__builtin_mul_overflow(v, unit, out);
}

static bool
epoch_parse(struct cursor c, int64_t *out)
{
	bool negative = skip(&c, '-');
	const char *from = c.p;
	int64_t v = 0, ns = 0;

	for (; c.p < c.end && is_digit(*c.p); c.p++)
		if (__builtin_mul_overflow(v, INT64_C(10), &v) ||
		    __builtin_add_overflow(v, (int64_t)(*c.p - '0'), &v))
			return false;
	if (c.p == from)
		return false;
	if (c.p == c.end)
		return whole_epoch(negative ? -v : v, out);
	if (!skip(&c, '.') || !read_fraction(&c, &ns) || c.p != c.end)
		return false;
	return join(negative ? -v : v, negative ? -ns : ns, out);
}

bool
time_parse(const char *s, size_t n, bool epoch, int64_t *ns)
{
	struct cursor c = { s, s + n };

	while (c.p < c.end && (*c.p == ' ' || *c.p == '\t'))
		c.p++;
	while (c.p < c.end && (c.end[-1] == ' ' || c.end[-1] == '\t'))
		c.end--;
	if (iso_parse(c, ns))
		return true;
	return epoch && epoch_parse(c, ns);
}

static inline char *
put_digits(char *out, int64_t v, int n)
{
	uint32_t left = (uint32_t)v;

	for (int i = n - 1; i >= 0; i--, left /= 10)
		out[i] = (char)('0' + left % 10);
	return out + n;
}

static char *
put_date(char *out, int64_t days)
{
	/* years from 1677 to 2262: never negative from here */
	int64_t z = days + 719468, era = z / ERA_DAYS, of_era = z % ERA_DAYS;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t from_march = (5 * of_year + 2) / 153;
	int64_t day = of_year - (153 * from_march + 2) / 5 + 1;
	int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;

	year += era * 400 + (month <= 2);
	out = put_digits(out, year, 4);
	*out++ = '-';
	out = put_digits(out, month, 2);
	*out++ = '-';
	return put_digits(out, day, 2);
}

int
time_format(int64_t ns, char *out)
{
	char *p = out;
	int64_t fraction = ns % TIME_SECOND, seconds = ns / TIME_SECOND, of_day;

	if (ns == TIME_NONE)
		return 0;
	if (fraction < 0) {
		fraction += TIME_SECOND;
		seconds--;
	}
	of_day = (seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
	p = put_date(p, (seconds - of_day) / DAY_SECONDS);
	*p++ = 'T';
	p = put_digits(p, of_day / 3600, 2);
	*p++ = ':';
	p = put_digits(p, of_day / 60 % 60, 2);
	*p++ = ':';
	p = put_digits(p, of_day % 60, 2);
	if (fraction != 0) {
		int n = 9;

		for (; n > 3 && fraction % 1000 == 0; n -= 3)
			fraction /= 1000;
		*p++ = '.';
		p = put_digits(p, fraction, n);
	}
	*p++ = 'Z';
	return (int)(p - out);
}

struct unit {
	const char *name;
	int64_t ns;
};

/* From the longest. Both ways to write microseconds are read; the first is written. */
static const struct unit units[] = {
	{ "w", TIME_SECOND * 7 * DAY_SECONDS },
	{ "d", TIME_SECOND *DAY_SECONDS },
	{ "h", 3600 * TIME_SECOND },
	{ "m", 60 * TIME_SECOND },
	{ "s", TIME_SECOND },
	{ "ms", 1000000 },
	{ "us", 1000 },
	{ "\xc2\xb5s", 1000 },
	{ "ns", 1 },
};
enum { UNITS = sizeof units / sizeof units[0] };

/* A unit that no letter or sign of a name follows: 5m is a duration, 5mean is none. */
static const struct unit *
read_unit(struct cursor *c)
{
	for (int i = 0; i < UNITS; i++) {
		size_t n = strlen(units[i].name);
		const char *next = c->p + n;

		if ((size_t)(c->end - c->p) < n || memcmp(c->p, units[i].name, n) != 0)
			continue;
		if (next < c->end && ((*next | 32) >= 'a' && (*next | 32) <= 'z'))
			continue;
		if (next < c->end && (*next == '_' || (unsigned char)*next >= 0x80))
			continue;
		c->p = next;
		return &units[i];
	}
	return NULL;
}

/* One "1.5s" of a sum. Digits are taken as one whole number and a power of ten, so that decimals
 * are exact; 18 of them are more than 292 years in ns have. */
static bool
read_part(struct cursor *c, int64_t *ns)
{
	uint64_t digits = 0, scale = 1;
	const struct unit *unit;
	bool point = false, any = false;
	uint128 v;

	for (; c->p < c->end; c->p++) {
		if (*c->p == '.' && any && !point) {
			point = true;
			continue;
		}
		if (!is_digit(*c->p))
			break;
		any = true;
		if (digits > UINT64_C(100000000000000000) || scale > UINT64_C(100000000000000000))
			return false;
		digits = digits * 10 + (uint64_t)(*c->p - '0');
		scale *= point ? 10 : 1;
	}
	if (!any || c->p[-1] == '.' || (unit = read_unit(c)) == NULL)
		return false;
	v = (uint128)digits * (uint64_t)unit->ns / scale;
	*ns = (int64_t)v;
	return v <= INT64_MAX;
}

size_t
duration_parse(const char *s, size_t n, int64_t *ns)
{
	struct cursor c = { s, s + n };
	const char *taken = s;
	int64_t sum = 0, part;

	while (read_part(&c, &part)) {
		if (__builtin_add_overflow(sum, part, &sum))
			return 0;
		taken = c.p;
	}
	if (taken > s)
		*ns = sum;
	return (size_t)(taken - s);
}

int
duration_format(int64_t ns, char *out)
{
	uint64_t left = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	char *p = out;

	if (ns < 0)
		*p++ = '-';
	if (ns == 0)
		return (int)(stpcpy(out, "0s") - out);
	for (int i = 0; i < UNITS; i++) {
		uint64_t count = left / (uint64_t)units[i].ns;
		int digits = 1;

		if (count == 0)
			continue;
		left -= count * (uint64_t)units[i].ns;
		for (uint64_t c = count; c >= 10; c /= 10)
			digits++;
		p = put_digits(p, (int64_t)count, digits);
		p = stpcpy(p, units[i].name);
	}
	return (int)(p - out);
}
