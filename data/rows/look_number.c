/* look_number.c - a number as people write it: signs between thousands, a comma for decimals, a
 * currency before it, a unit behind. */
#include "data/rows/look.h"

#include <ctype.h>
#include <string.h>

enum { PARTS = 8 };

struct parts { /* runs of digits, and the signs between them */
	int n; /* runs */
	int digits[PARTS];
	char sign[PARTS]; /* the one behind a run: . , ' or a blank; 0 behind the last */
	bool zero;        /* the first run begins with 0: so it is no thousands */
};

/* How long is the sign between digits at s; 0: there is none. *sign: no-break blanks are blanks. */
static size_t
sign_at(const char *s, const char *end, char *sign)
{
	if (s == end)
		return 0;
	if (*s == '.' || *s == ',' || *s == '\'' || *s == ' ') {
		*sign = *s;
		return 1;
	}
	*sign = ' ';
	if (end - s >= 2 && memcmp(s, "\xc2\xa0", 2) == 0)
		return 2;
	if (end - s >= 3 && memcmp(s, "\xe2\x80\xaf", 3) == 0)
		return 3;
	return 0;
}

/* Digits and signs from s on, as far as they go; NULL: no number begins here. */
static const char *
take_parts(const char *s, const char *end, struct parts *parts)
{
	int total = 0;

	*parts = (struct parts){ .zero = s < end && *s == '0' };
	for (;;) {
		int *digits = &parts->digits[parts->n];
		size_t n;
		char sign;

		for (; s < end && isdigit((unsigned char)*s); s++)
			++*digits;
		total += *digits;
		n = sign_at(s, end, &sign);
		if (n > 0 && s + n == end && sign == '.' && *digits > 0) { /* 2. */
			parts->n++;
			return end;
		}
		if (n == 0 || s + n >= end || !isdigit((unsigned char)s[n]) ||
		    (*digits == 0 && sign != '.' && sign != ',') || parts->n + 1 == PARTS)
			break;
		parts->sign[parts->n++] = sign;
		s += n;
	}
	parts->n++;
	return total > 0 ? s : NULL;
}

/* Do the signs fit, groups of thousands by `group`, the last sign being `decimal`? */
static bool
fits(const struct parts *parts, char group, char decimal)
{
	int last = parts->n - 1; /* the run of decimals; one more: there are none */
	bool grouped;

	if (last > 0 && parts->sign[last - 1] == decimal)
		last--;
	grouped = last > 0;
	for (int i = 0; i < last; i++)
		if (parts->sign[i] != group || parts->digits[i + 1] != 3)
			return false;
	return !grouped || (parts->digits[0] >= 1 && parts->digits[0] <= 3 && !parts->zero);
}

static unsigned
ways_of(const struct parts *parts)
{
	unsigned ways = 0;

	if (parts->n == 1)
		return WAY_ALL;
	ways |= fits(parts, '\0', '.') ? WAY_POINT : 0;
	ways |= fits(parts, '\0', ',') ? WAY_COMMA : 0;
	ways |= fits(parts, ',', '.') ? WAY_COMMAS_POINT : 0;
	ways |= fits(parts, '.', ',') ? WAY_POINTS_COMMA : 0;
	ways |= fits(parts, ' ', '.') ? WAY_BLANKS_POINT : 0;
	ways |= fits(parts, ' ', ',') ? WAY_BLANKS_COMMA : 0;
	ways |= fits(parts, '\'', '.') ? WAY_TICKS_POINT : 0;
	return ways;
}

static const char *
skip_exponent(const char *s, const char *end)
{
	const char *p = s;

	if (p == end || (*p != 'e' && *p != 'E'))
		return s;
	p++;
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	if (p == end || !isdigit((unsigned char)*p))
		return s;
	while (p < end && isdigit((unsigned char)*p))
		p++;
	return p;
}

static const char *
skip_sign(const char *s, const char *end)
{
	return s < end && (*s == '-' || *s == '+') ? s + 1 : s;
}

/* The minus of typesetters, as pages and PDFs have it. */
static bool
is_minus(const char *s, size_t n)
{
	return n >= 3 && memcmp(s, "\xe2\x88\x92", 3) == 0;
}

/* What stands before the number, up to its sign, first digit or point. */
static const char *
skip_before(const char *s, const char *end, struct number_look *look)
{
	const char *p = s;

	while (p < end && p - s <= 8 && !isdigit((unsigned char)*p) && *p != '-' && *p != '+' &&
	       *p != '.')
		p++;
	look->before = s;
	look->nbefore = (size_t)(p - s);
	look_trim(s, &look->nbefore);
	return p;
}

/* The number in (12.50), behind that minus, or before the one of 12.50-. */
static const char *
take_minus(const char *s, size_t *n, bool *minus)
{
	*minus = *n > 2 && s[0] == '(' && s[*n - 1] == ')';
	if (*minus) {
		*n -= 2;
		return look_trim(s + 1, n);
	}
	*minus = is_minus(s, *n);
	if (*minus) {
		*n -= 3;
		return look_trim(s + 3, n);
	}
	*minus = *n > 1 && s[*n - 1] == '-' && isdigit((unsigned char)s[*n - 2]);
	*n -= *minus;
	return s;
}

bool
look_at_number(const char *s, size_t n, struct number_look *look)
{
	const char *end;
	struct parts parts;

	*look = (struct number_look){ 0 };
	s = look_trim(s, &n);
	if (n == 0 || n > 64)
		return false;
	s = take_minus(s, &n, &look->minus);
	end = s + n;
	if (look->minus && (n == 0 || *s == '-' || *s == '+'))
		return false;
	s = skip_sign(s, end);
	if (s < end && !isdigit((unsigned char)*s) && *s != '.' && *s != ',')
		s = skip_sign(skip_before(s, end, look), end);
	s = take_parts(s, end, &parts);
	if (s == NULL)
		return false;
	s = skip_exponent(s, end);
	look->nafter = (size_t)(end - s);
	look->after = look_trim(s, &look->nafter);
	if (look->nafter > 12 || (look->nafter > 0 && look->nbefore > 0))
		return false;
	for (size_t i = 0; i < look->nafter; i++)
		if (isdigit((unsigned char)look->after[i]))
			return false;
	look->ways = ways_of(&parts);
	return look->ways != 0;
}
