/* look_time.c - does a cell look like a date, a clock, or both? Only the shape is judged, in any
 * order of day, month and year: which instant it is, is read when the column is known. */
#include "data/rows/look.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Digits from *s on; their number, and their value up to four of them. */
static int
take_digits(const char **s, const char *end, int *value)
{
	const char *from = *s;

	*value = 0;
	for (; *s < end && isdigit((unsigned char)**s); ++*s)
		if (*s - from < 4)
			*value = *value * 10 + (**s - '0');
	return (int)(*s - from);
}

static bool
take_month(const char **s, const char *end)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul",
		"aug", "sep", "oct", "nov", "dec" };

	if (end - *s < 3)
		return false;
	for (int i = 0; i < 12; i++) {
		if (strncasecmp(*s, months[i], 3) != 0)
			continue;
		while (*s < end && isalpha((unsigned char)**s))
			++*s;
		if (*s < end && **s == '.')
			++*s;
		return true;
	}
	return false;
}

static void
skip_any(const char **s, const char *end, const char *signs)
{
	while (*s < end && **s != '\0' && strchr(signs, **s) != NULL)
		++*s;
}

/* Jan 1 2000, Jan 1, 2000 */
static bool
take_named(const char **s, const char *end)
{
	int day, year, n;
	bool dash;

	if (!take_month(s, end))
		return false;
	dash = *s < end && **s == '-';
	skip_any(s, end, " -");
	n = take_digits(s, end, &day);
	if (n == 2 && dash && *s == end) /* Jan-26 */
		return true;
	if (n < 1 || n > 2 || day > 31)
		return false;
	skip_any(s, end, " ,-");
	n = take_digits(s, end, &year);
	return n == 4 || n == 2;
}

/* Is it a date of these three, a and c having so many digits? */
static bool
is_date(int a, int na, int b, int c, int nc)
{
	if (na == 4)
		return b >= 1 && b <= 12 && c >= 1 && c <= 31 && nc <= 2;
	return na <= 2 && (nc == 4 || nc == 2) && a >= 1 && a <= 31 && b >= 1 && b <= 31 &&
	       (a <= 12 || b <= 12);
}

/* The rest of a date whose first number was taken: -01-31, .12.2025, /May/2015, -01 */
static bool
take_rest(const char **s, const char *end, int a, int na)
{
	int b, c, nb, nc;
	char sign = *s < end ? **s : '\0';

	if (sign == '\0' || strchr("-/. ", sign) == NULL)
		return false;
	++*s;
	if (*s < end && isalpha((unsigned char)**s)) {
		if (na > 2 || !take_month(s, end))
			return false;
		skip_any(s, end, " ,-/");
		nc = take_digits(s, end, &c);
		return nc == 4 || nc == 2;
	}
	nb = take_digits(s, end, &b);
	if (sign == ' ' || nb < 1 || nb > 2)
		return false;
	if (*s == end) /* 2026-01 */
		return na == 4 && nb == 2 && sign != '.' && b >= 1 && b <= 12 && a >= 1000 &&
		       a < 2200;
	if (**s != sign)
		return false;
	++*s;
	nc = take_digits(s, end, &c);
	return is_date(a, na, b, c, nc);
}

/* Q1, -Q1: behind a year */
static bool
take_quarter(const char **s, const char *end)
{
	const char *q = *s < end && **s == '-' ? *s + 1 : *s;

	if (end - q != 2 || q[0] != 'Q' || q[1] < '1' || q[1] > '4')
		return false;
	*s = end;
	return true;
}

static bool
take_date(const char **s, const char *end)
{
	int value, n;

	if (*s < end && isalpha((unsigned char)**s))
		return take_named(s, end);
	n = take_digits(s, end, &value);
	if (n == 4 && take_quarter(s, end))
		return true;
	if (n == 8 && *s < end && (**s == 'T' || **s == ' ')) /* 20260131T101500Z */
		return true;
	return n >= 1 && n <= 4 && n != 3 && take_rest(s, end, value, n);
}

/* 10:15, 3:05 PM, 10:15:00.25, 10.15.00, 101500 */
static bool
take_clock(const char **s, const char *end, bool behind_date)
{
	int value, n = take_digits(s, end, &value);
	char sign = *s < end ? **s : '\0';

	if ((n == 6 || n == 4) && behind_date)
		return true;
	if (n < 1 || n > 2 || value > 24 || (sign != ':' && sign != '.'))
		return false;
	++*s;
	if (take_digits(s, end, &value) != 2 || value > 59)
		return false;
	if (*s < end && **s == sign) {
		++*s;
		if (take_digits(s, end, &value) != 2 || value > 60)
			return false;
		if (end - *s >= 2 && (**s == '.' || **s == ',') &&
		    isdigit((unsigned char)(*s)[1])) {
			++*s;
			take_digits(s, end, &value);
		}
	} else if (sign == '.') {
		return false; /* 10.15 is a number */
	}
	if (*s < end && **s == ' ' && end - *s >= 3 && strncasecmp(*s + 2, "m", 1) == 0)
		++*s;
	if (end - *s >= 2 && (strncasecmp(*s, "am", 2) == 0 || strncasecmp(*s, "pm", 2) == 0))
		*s += 2;
	return true;
}

static bool
is_zone(const char *s, size_t n)
{
	s = look_trim(s, &n);
	if ((n == 1 && (*s == 'Z' || *s == 'z')) ||
	    (n == 3 && (memcmp(s, "UTC", 3) == 0 || memcmp(s, "GMT", 3) == 0)))
		return true;
	if (n < 3 || n > 6 || (*s != '+' && *s != '-'))
		return false;
	for (size_t i = 1; i < n; i++)
		if (!isdigit((unsigned char)s[i]) && s[i] != ':')
			return false;
	return true;
}

static bool
is_rest(const char *s, const char *end)
{
	return s == end || is_zone(s, (size_t)(end - s));
}

bool
look_is_time(const char *s, size_t n)
{
	const char *end, *p;

	s = look_trim(s, &n);
	end = s + n;
	if (n < 4 || n > 40)
		return false;
	p = s;
	if (take_clock(&p, end, false) && is_rest(p, end))
		return true;
	p = s;
	if (!take_date(&p, end))
		return false;
	if (is_rest(p, end))
		return true;
	if (*p == '\0' || strchr("T :_,", *p) == NULL)
		return false;
	skip_any(&p, end, "T :_,");
	return take_clock(&p, end, true) && is_rest(p, end);
}

size_t
look_half_day(const char *s, const char *stop, const char *end)
{
	const char *p = s;

	if (end - stop < 3 || *stop != ' ' || strchr("aApP", stop[1]) == NULL ||
	    (stop[2] | ' ') != 'm' || !take_clock(&p, stop, false) || p != stop)
		return 0;
	return end - stop == 3 || strchr(" \t\r\n", stop[3]) != NULL ? 3 : 0;
}
