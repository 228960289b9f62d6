/* clock_text.c - the clock of a time as people write it, and its zone. */
#include <string.h>

#include "data/base/times/civil.h"
#include "data/base/times/time_text_parts.h"

bool
fraction_text(struct cursor *c, int64_t *ns)
{
	const char *from = c->p;
	int64_t unit = TIME_SECOND;

	for (*ns = 0; c->p < c->end && is_digit(*c->p); c->p++) {
		unit /= 10;
		*ns += (*c->p - '0') * unit;
	}
	return c->p > from;
}

/* AM, pm, p.m.: 1 or 2 and the half of the day; 0: none, and nothing is read. */
static int
read_half(struct cursor *c)
{
	struct cursor at = *c;
	int half;

	skip_blanks(&at);
	half = skip_letter(&at, 'a') ? 1 : skip_letter(&at, 'p') ? 2 : 0;
	if (half == 0)
		return 0;
	skip(&at, '.');
	if (!skip_letter(&at, 'm'))
		return 0;
	skip(&at, '.');
	*c = at;
	return half;
}

/* Behind the hour and a sign: minutes, seconds and their fraction. */
static bool
read_minutes(struct cursor *c, struct time_text *t, char sign, int *minute, int *second)
{
	if (!read_two(c, minute))
		return false;
	if (sign != 0 ? !skip(c, sign) : !is_digit(next(c)))
		return true;
	if (!read_two(c, second))
		return false;
	if ((skip(c, '.') || skip(c, ',')) && !fraction_text(c, &t->ns))
		return false;
	return true;
}

/* The hour of a half of the day (0: of the whole) as one of 24. */
static bool
whole_hour(int *hour, int half)
{
	if (half == 0)
		return true;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (half == 2 ? 12 : 0);
	return true;
}

bool
clock_text(struct cursor *c, struct time_text *t, enum clock_place place)
{
	const char *from = c->p;
	int hour, minute = 0, second = -1, half, digits = read_digits(c, 2, &hour);
	char sign = next(c);
	bool hour_alone = false;

	t->clock = true;
	if (digits == 0)
		return false;
	if (sign == ':' || sign == '.') {
		skip(c, sign);
		if (!read_minutes(c, t, sign, &minute, &second))
			return false;
	} else if (place == CLOCK_COMPACT && is_digit(sign)) {
		if (digits != 2 || !read_minutes(c, t, 0, &minute, &second))
			return false;
	} else {
		hour_alone = true;
	}
	if (sign == ':' && digits == 2) {
		t->clock_at = (unsigned)(from - c->start);
		t->clock_end = (unsigned)(c->p - c->start);
	}
	half = read_half(c);
	if (half > 0)
		t->clock_end = 0;
	if (hour_alone && half == 0 && (place == CLOCK_ALONE || digits != 2))
		return false;
	if (sign == '.' && second < 0 && place == CLOCK_ALONE) /* 10.15 is a number */
		return false;
	second = second < 0 ? 0 : second;
	if (!whole_hour(&hour, half) || hour > 24 || minute > 59 || second > 60 ||
	    (hour == 24 && (minute > 0 || second > 0 || t->ns > 0)))
		return false;
	t->seconds = hour * 3600 + minute * 60 + second;
	return true;
}

/* UTC, GMT, UT or Z. */
static bool
skip_zone_name(struct cursor *c)
{
	static const char *const names[] = { "utc", "gmt", "ut", "z" };

	for (int i = 0; i < 4; i++) {
		size_t n = strlen(names[i]), k = 0;

		while (k < n && c->p + k < c->end && (c->p[k] | 32) == names[i][k])
			k++;
		if (k == n && (c->p + n == c->end || !is_letter(c->p[n]))) {
			c->p += n;
			return true;
		}
	}
	return false;
}

bool
zone_text(struct cursor *c, struct time_text *t)
{
	struct cursor before = *c;
	int hours, minutes = 0, sign, digits;
	bool named;

	skip_blanks(c);
	named = skip_zone_name(c);
	t->zone = named;
	if (next(c) != '+' && next(c) != '-') {
		if (!named)
			*c = before;
		return true;
	}
	sign = skip(c, '+') ? 1 : -1;
	c->p += sign < 0;
	digits = read_digits(c, 2, &hours);
	if (digits == 0 || (digits == 1 && !named))
		return false;
	if ((skip(c, ':') || is_digit(next(c))) && !read_two(c, &minutes))
		return false;
	if (hours > 23 || minutes > 59)
		return false;
	t->zone = true;
	t->east = sign * (hours * 3600 + minutes * 60);
	return true;
}
