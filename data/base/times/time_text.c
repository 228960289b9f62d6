/* time_text.c - a time as people write it, taken apart: its date, its clock, its zone.
 *
 *     TIME  = [weekday] DATE [("T" | blanks | ":") CLOCK [ZONE]] | CLOCK [ZONE]
 *     DATE  = 2026-01-31 | 31.12.2025 | 12/31/25 | 20260131 (before a clock) | 2026-01 | 2026-W05-6
 *           | 2026Q1 | 2026-Q1 | Jan-26 (as spreadsheets write a month)
 *           | 31 Jan 2026 | 17/May/2015 | 2015-May-17 | Jan 31[,] 2026 | Jan 31 CLOCK [ZONE] 2026
 *     CLOCK = 10 | 10:15 | 10:15:00.5 | 10.15.00 | 101500 (behind T) | 3:05 PM
 *     ZONE  = Z | UTC | GMT | +02 | +0200 | +02:00 | UTC+2
 *
 * Read by hand: strptime knows no alternatives, no fractions and no order that is still to be
 * found, follows the locale, and is seven times slower. */
#include <string.h>

#include "data/base/times/civil.h"
#include "data/base/times/time_text_parts.h"

/* --- names ------------------------------------------------------------------------------------ */

/* The number (from 1) of a name in a list, whole or by its first three letters (four of "Sept");
 * 0: it is none of them. */
static int
read_name(struct cursor *c, const char *const *names, int n)
{
	const char *p = c->p;
	size_t len;

	while (p < c->end && is_letter(*p))
		p++;
	len = (size_t)(p - c->p);
	for (int i = 0; i < n && len >= 3; i++) {
		size_t whole = strlen(names[i]), k = 0;

		while (k < len && k < whole && (c->p[k] | 32) == names[i][k])
			k++;
		if (k == len && (len == whole || len == 3 || (len == 4 && whole == 9 && i == 8))) {
			c->p = p;
			return i + 1;
		}
	}
	return 0;
}

static int
read_month(struct cursor *c)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december" };
	int month = read_name(c, names, 12);

	if (month > 0)
		skip(c, '.'); /* Jan. 31 */
	return month;
}

static void
skip_weekday(struct cursor *c)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };

	if (read_name(c, names, 7) > 0) {
		skip(c, ',');
		skip_blanks(c);
	}
}

/* --- the date --------------------------------------------------------------------------------- */

static void
set_date(struct time_text *t, int year, int month, int day)
{
	t->date = t->sure = true;
	t->part[0] = year;
	t->part[1] = month;
	t->part[2] = day;
}

static int
whole_year(int year, int digits)
{
	if (digits > 2)
		return year;
	return year < 69 ? 2000 + year : 1900 + year;
}

/* Jan 31, 2026; Jan 2026; Jan 31 10:15:00 UTC 2026 as ctime and date write it. */
static bool
read_month_first(struct cursor *c, struct time_text *t)
{
	int month = read_month(c), day, year, digits;
	bool dash = next(c) == '-';

	if (month == 0 || (!skip_blanks(c) && !skip(c, '-') && !skip(c, '/')))
		return false;
	digits = read_digits(c, 4, &day);
	if (digits == 4 || (digits == 2 && dash && ended(c))) {
		set_date(t, whole_year(day, digits), month, 1);
		return true;
	}
	if (digits == 0 || digits > 2)
		return false;
	if (!skip(c, ',') && !skip(c, '-') && !skip(c, '/') && next(c) != ' ')
		return false;
	skip_blanks(c);
	if (c->end - c->p > 2 && (c->p[1] == ':' || c->p[2] == ':')) {
		if (!clock_text(c, t, CLOCK_BEHIND) || !zone_text(c, t) || !skip_blanks(c))
			return false;
	}
	digits = read_digits(c, 4, &year);
	set_date(t, whole_year(year, digits), month, day);
	return digits == 4 || (digits == 2 && !t->clock);
}

/* Behind the first number: -Jan-2026, " January 2026", and 2026-Jan-31. */
static bool
read_month_second(struct cursor *c, struct time_text *t, int first, int first_digits)
{
	char sign = next(c);
	int month, last, digits;

	if (sign == '.' && first_digits <= 2) { /* 31. Jan 2026 */
		skip(c, '.');
		sign = ' ';
	}
	if (sign == ' ')
		skip_blanks(c);
	else if (sign == '-' || sign == '/')
		skip(c, sign);
	month = read_month(c);
	if (month == 0)
		return false;
	if (sign == ' '     ? skip(c, ','),
	    !skip_blanks(c) : (sign == '-' || sign == '/') && !skip(c, sign))
		return false;
	digits = read_digits(c, 4, &last);
	if (first_digits == 4 && (digits == 1 || digits == 2))
		set_date(t, first, month, last);
	else if (first_digits <= 2 && (digits == 2 || digits == 4))
		set_date(t, whole_year(last, digits), month, first);
	else
		return false;
	return true;
}

/* Behind 2026-: W05-6 or W05, its Monday. The week 1 is that of the 4th of January. */
static bool
read_week(struct cursor *c, struct time_text *t, int year)
{
	int week, day = 1, month;
	int64_t days;

	if (!skip(c, 'W') || !read_two(c, &week) || week < 1 || week > 53 || year < 1)
		return false;
	if (skip(c, '-') && (read_digits(c, 1, &day) != 1 || day < 1 || day > 7))
		return false;
	days = civil_days(year, 1, 4);
	days += (week - 1) * 7 + day - 1 - (civil_weekday(days) + 6) % 7;
	if (week == 53) { /* few years have one */
		int of_thursday;

		civil_date(days - (day - 1) + 3, &of_thursday, &month, &(int){ 0 });
		if (of_thursday != year)
			return false;
	}
	civil_date(days, &year, &month, &day);
	set_date(t, year, month, day);
	return true;
}

/* Behind 2026 or 2026-: Q1, the first day of that quarter. */
static bool
read_quarter(struct cursor *c, struct time_text *t, int year)
{
	int quarter;

	if (!skip(c, 'Q') || read_digits(c, 1, &quarter) != 1 || quarter < 1 || quarter > 4)
		return false;
	set_date(t, year, 3 * quarter - 2, 1);
	return true;
}

/* Behind the first number and its sign: what is left of three numbers, or the month of 2026-01. */
static bool
read_numbers(struct cursor *c, struct time_text *t, char sign)
{
	t->digits[1] = (unsigned char)read_digits(c, 2, &t->part[1]);
	if (t->digits[1] == 0)
		return false;
	if (!skip(c, sign)) {
		if (t->digits[0] != 4 || t->digits[1] != 2 || sign == '.' || !ended(c))
			return false;
		set_date(t, t->part[0], t->part[1], 1);
		return true;
	}
	t->digits[2] = (unsigned char)read_digits(c, 4, &t->part[2]);
	t->date = true;
	t->sign = sign;
	t->sure = t->digits[0] == 4;
	if (t->sure)
		return t->digits[2] == 1 || t->digits[2] == 2;
	return t->digits[0] <= 2 && (t->digits[2] == 2 || t->digits[2] == 4);
}

/* 20260131 before a clock, and 20260131T101500Z. */
static bool
split_whole(struct time_text *t, int v)
{
	set_date(t, v / 10000, v / 100 % 100, v % 100);
	return true;
}

static bool
read_date(struct cursor *c, struct time_text *t)
{
	int digits;
	char sign;

	if (is_letter(next(c)))
		return read_month_first(c, t);
	digits = read_digits(c, 8, &t->part[0]);
	t->digits[0] = (unsigned char)digits;
	sign = next(c);
	if (digits == 8)
		return (sign == 'T' || sign == ' ' || sign == 't') && split_whole(t, t->part[0]);
	if (digits == 0 || digits == 3 || digits > 4 || ended(c))
		return false;
	if ((sign == '-' || sign == '/' || sign == '.') && c->end - c->p > 1) {
		if (is_digit(c->p[1]))
			return skip(c, sign) && read_numbers(c, t, sign);
		if (sign == '-' && digits == 4 && c->p[1] == 'W')
			return skip(c, sign) && read_week(c, t, t->part[0]);
		if (sign == '-' && digits == 4 && c->p[1] == 'Q')
			return skip(c, sign) && read_quarter(c, t, t->part[0]);
	}
	if (sign == 'Q' && digits == 4)
		return read_quarter(c, t, t->part[0]);
	return read_month_second(c, t, t->part[0], digits);
}

/* Between a date and its clock. A colon as web servers write it stands behind names alone. */
static bool
skip_between(struct cursor *c, const struct time_text *t, enum clock_place *place)
{
	*place = skip(c, 'T') || skip(c, 't') ? CLOCK_COMPACT : CLOCK_BEHIND;
	if (*place == CLOCK_COMPACT || (t->sign == 0 && skip(c, ':')))
		return true;
	skip(c, ',');
	return skip_blanks(c);
}

/* --- the whole -------------------------------------------------------------------------------- */

enum { SHORTEST = 4 };

/* A cursor over the text without the blanks around it; false: it is too short or long for a
 * time. */
static bool
begin(struct cursor *c, struct time_text *t, const char *s, size_t n)
{
	*t = (struct time_text){ 0 };
	*c = (struct cursor){ s, s, s + n };
	while (c->p < c->end && (*c->p == ' ' || *c->p == '\t'))
		c->p++;
	while (c->p < c->end && (c->end[-1] == ' ' || c->end[-1] == '\t'))
		c->end--;
	return c->end - c->p >= SHORTEST && c->end - s <= TIME_LONGEST;
}

bool
time_text_clock(struct time_text *t, const char *s, size_t n)
{
	struct cursor c;

	return begin(&c, t, s, n) && clock_text(&c, t, CLOCK_ALONE) && zone_text(&c, t) &&
	       ended(&c);
}

bool
time_text_date(struct time_text *t, const char *s, size_t n)
{
	struct cursor c;
	enum clock_place place;

	if (!begin(&c, t, s, n))
		return false;
	skip_weekday(&c);
	if (!read_date(&c, t))
		return false;
	if (ended(&c) || t->clock)
		return ended(&c);
	return skip_between(&c, t, &place) && clock_text(&c, t, place) && zone_text(&c, t) &&
	       ended(&c);
}

bool
time_text_days(const struct time_text *t, enum date_order order, int64_t *days)
{
	/* where the year, the month and the day stand */
	static const unsigned char place[DATE_ORDERS][3] = { { 0, 1, 2 }, { 2, 1, 0 },
		{ 2, 0, 1 } };
	const unsigned char *at = place[t->sure ? DATE_YMD : order];
	int year = t->part[at[0]], month = t->part[at[1]], day = t->part[at[2]];

	if (!t->date)
		return false;
	if (!t->sure) {
		if (t->digits[at[0]] < 2 || t->digits[at[1]] > 2 || t->digits[at[2]] > 2)
			return false;
		year = whole_year(year, t->digits[at[0]]);
	}
	if (!civil_valid(year, month, day))
		return false;
	*days = civil_days(year, month, day);
	return true;
}
