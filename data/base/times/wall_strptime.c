/* wall_strptime.c - a text by a format that the user told.
 *
 * The C library's strptime does it, but for fractions of the second (%f, %N), of which it knows
 * nothing: where one stands is found by reading up to it, then text and format are read anew
 * without it, for what belongs together (%I and %p) must be read at once. */
#include <limits.h>
#include <string.h>
#include <time.h>

#include "data/base/times/civil.h"
#include "data/base/times/time_form.h"
#include "data/base/times/wall.h"

enum { LONGEST = 128 };

static const char known[] = "%aAbBcCdDeFfgGhHIjklmMnNpPrRsStTuUVwWxXyYzZ";

int
time_format_check(const char *format, struct error *err)
{
	int conversions = 0;

	for (const char *p = format; (p = strchr(p, '%')) != NULL; p++, conversions++) {
		p += p[1] == 'E' || p[1] == 'O'; /* of other calendars and digits, as in %Ey */
		p++;
		if (*p == '\0')
			return error_set(err, "it ends with %% (%%%% is the sign itself)");
		if (strchr(known, *p) == NULL)
			return error_set(err,
			    "%%%.1s is no conversion (such as %%Y-%%m-%%d %%H:%%M:%%S; known are, "
			    "behind %%: %s)",
			    p, known);
	}
	if (conversions == 0)
		return error_set(err, "has no conversion (write it as %%Y-%%m-%%d %%H:%%M:%%S)");
	return 0;
}

/* Where %f or %N stands in the format; NULL: nowhere. */
static const char *
find_fraction(const char *format)
{
	for (const char *p = format; (p = strchr(p, '%')) != NULL && p[1] != '\0'; p += 2)
		if (p[1] == 'f' || p[1] == 'N')
			return p;
	return NULL;
}

/* Cuts the fraction out of both; false: the text does not fit up to it, or has none there. */
static bool
cut_fraction(char *format, char *text, int64_t *ns)
{
	char *at = strchr(format, '\0'), *digits, *p;
	const char *found = find_fraction(format);
	int64_t unit = TIME_SECOND;
	struct tm ignored = { 0 };

	*ns = 0;
	if (found == NULL)
		return true;
	at = format + (found - format);
	*at = '\0';
	digits = strptime(text, format, &ignored);
	if (digits == NULL || *digits < '0' || *digits > '9')
		return false;
	for (p = digits; *p >= '0' && *p <= '9'; p++) {
		unit /= 10;
		*ns += (*p - '0') * unit;
	}
	memmove(digits, p, strlen(p) + 1);
	memmove(at, at + 2, strlen(at + 2) + 1);
	return true;
}

bool
wall_strptime(const char *told, const char *s, size_t n, struct wall *wall)
{
	/* a zone is told by tm_gmtoff having changed */
	struct tm tm = { .tm_year = 70, .tm_mday = 1, .tm_gmtoff = LONG_MIN };
	char text[LONGEST + 1], format[LONGEST + 1];
	size_t length = strlen(told);
	const char *end;

	if (n == 0 || n > LONGEST || length > LONGEST || memchr(s, '\0', n) != NULL)
		return false;
	memcpy(text, s, n);
	text[n] = '\0';
	memcpy(format, told, length + 1);
	if (!cut_fraction(format, text, &wall->ns))
		return false;
	end = strptime(text, format, &tm);
	if (end == NULL || *(end + strspn(end, " \t")) != '\0')
		return false;
	if (tm.tm_sec > 60 || !civil_valid(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday))
		return false;
	wall->seconds = civil_days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * DAY_SECONDS +
			tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
	wall->zone = tm.tm_gmtoff != LONG_MIN;
	wall->east = wall->zone ? (int)tm.tm_gmtoff : 0;
	return true;
}
