/* time_text_parts.h - what the files that take times apart share; nobody else includes it.
 *
 * time_text.c   dates, and the whole
 * clock_text.c  clocks, fractions and zones
 * times.c       whole numbers as times */
#ifndef WEIR_TIME_TEXT_PARTS_H
#define WEIR_TIME_TEXT_PARTS_H

#include "data/base/times/time_text.h"

struct cursor { /* what is left to read */
	const char *start, *p, *end;
};

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline bool
ended(const struct cursor *c)
{
	return c->p == c->end;
}

static inline char
next(const struct cursor *c)
{
	return ended(c) ? '\0' : *c->p;
}

static inline bool
skip(struct cursor *c, char want)
{
	if (ended(c) || *c->p != want)
		return false;
	c->p++;
	return true;
}

static inline bool
skip_blanks(struct cursor *c)
{
	const char *from = c->p;

	while (c->p < c->end && *c->p == ' ')
		c->p++;
	return c->p > from;
}

static inline bool
skip_letter(struct cursor *c, char small)
{
	if (ended(c) || (*c->p | 32) != small)
		return false;
	c->p++;
	return true;
}

/* At most `most` digits; returns how many there were. */
static inline int
read_digits(struct cursor *c, int most, int *v)
{
	const char *from = c->p;

	for (*v = 0; c->p < c->end && is_digit(*c->p) && c->p - from < most; c->p++)
		*v = *v * 10 + (*c->p - '0');
	return (int)(c->p - from);
}

static inline bool
read_two(struct cursor *c, int *v)
{
	return read_digits(c, 2, v) == 2;
}

/* Where a clock stands, and so how short it may be. */
enum clock_place {
	CLOCK_ALONE,
	CLOCK_BEHIND, /* a date: 10 may be meant, and 10.15 */
	CLOCK_COMPACT /* behind a T: 101500, too */
};

bool clock_text(struct cursor *, struct time_text *, enum clock_place);
/* Digits behind a point or comma, as ns; what is finer is cut off. false: there are none. */
bool fraction_text(struct cursor *, int64_t *ns);
/* A zone, or nothing at all. */
bool zone_text(struct cursor *, struct time_text *);

#endif
