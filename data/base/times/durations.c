/* durations.c - durations read and written: "1h30m". */
#include <stdio.h>
#include <string.h>

#include "data/base/times/civil.h"
#include "data/base/numbers/powers.h"
#include "data/base/times/times.h"

struct cursor { /* what is left to read */
	const char *p, *end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
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
		for (int k = digits - 1; k >= 0; k--, count /= 10)
			p[k] = (char)('0' + count % 10);
		p += digits;
		p = stpcpy(p, units[i].name);
	}
	return (int)(p - out);
}

int
duration_brief(int64_t ns, char *out)
{
	int64_t left = ns;

	for (int i = 0; i + 1 < UNITS; i++)
		if (ns / units[i].ns != 0) {
			left -= ns % units[i + 1].ns;
			break;
		}
	return duration_format(left, out);
}

void
duration_words(int64_t ns, char out[TIME_CHARS + 1])
{
	if (ns >= TIME_SECOND && ns < 10 * TIME_SECOND && ns % TIME_SECOND != 0) {
		snprintf(out, TIME_CHARS + 1, "%.1fs", time_seconds(ns));
		return;
	}
	if (ns >= 10 * TIME_SECOND)
		ns -= ns % TIME_SECOND;
	out[duration_brief(ns, out)] = '\0';
}
