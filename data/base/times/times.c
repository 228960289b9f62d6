/* times.c - instants read where nothing is known of how they are written, and written. */
#include "data/base/times/times.h"

#include "data/base/times/civil.h"
#include "data/base/times/time_text_parts.h"

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
	if (!skip(&c, '.') || !fraction_text(&c, &ns) || c.p != c.end)
		return false;
	return civil_instant(negative ? -v : v, negative ? -ns : ns, out);
}

/* The day of a date whose order nothing tells, when there is but one way to read it. */
static bool
only_day(const struct time_text *t, int64_t *days)
{
	int ways = 0;

	for (int o = 0; o < DATE_ORDERS && !t->sure; o++)
		ways += time_text_days(t, (enum date_order)o, days);
	return t->sure ? time_text_days(t, DATE_YMD, days) : ways == 1;
}

bool
time_parse(const char *s, size_t n, bool epoch, int64_t *ns)
{
	struct time_text t;
	int64_t days;

	if (time_text_date(&t, s, n))
		return only_day(&t, &days) &&
		       civil_instant(days * DAY_SECONDS + t.seconds - t.east, t.ns, ns);
	return epoch && epoch_parse((struct cursor){ s, s, s + n }, ns);
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
	int year, month, day; /* years from 1677 to 2262 */

	civil_date(days, &year, &month, &day);
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
