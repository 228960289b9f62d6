/* look.h - what a cell looks like, before anything is known of its column. */
#ifndef WEIR_LOOK_H
#define WEIR_LOOK_H

#include <stdbool.h>
#include <stddef.h>

enum look {
	LOOK_EMPTY, /* blanks at most */
	LOOK_MARK,  /* NA, ? and others that say that there is none */
	LOOK_NUMBER,
	LOOK_TIME, /* a date, a clock, or both */
	LOOK_WORD, /* a name, an address, yes or no: what people write into a cell */
	LOOK_TEXT
};

enum look look_of(const char *s, size_t n);

static inline bool
look_is_value(enum look look)
{
	return look == LOOK_NUMBER || look == LOOK_TIME;
}

bool look_is_time(const char *s, size_t n); /* a date in any order, a clock, or both */
/* Bytes of the half of the day behind a clock among words, as in "12:10:01 AM": the word at s stops
 * there. 0: it is no clock, or has none. */
size_t look_half_day(const char *s, const char *stop, const char *end);
bool look_is_unit(const char *s, size_t n);     /* °C, m/s, (kWh), [hPa], %, € ... */
bool look_is_currency(const char *s, size_t n); /* $, EUR ...: what may stand before a number */

/* Is the line a rule between the rows of a drawn table: +----+----+, |----|:---:|, ----+---- ? */
bool look_is_rule(const char *s, size_t n);

/* The ways in which a number may be written: which sign parts thousands, which decimals. */
enum number_way {
	WAY_POINT = 1,         /* 1234.5 */
	WAY_COMMA = 2,         /* 1234,5 */
	WAY_COMMAS_POINT = 4,  /* 1,234.5 */
	WAY_POINTS_COMMA = 8,  /* 1.234,5 */
	WAY_BLANKS_POINT = 16, /* 1 234.5 */
	WAY_BLANKS_COMMA = 32, /* 1 234,5 */
	WAY_TICKS_POINT = 64,  /* 1'234.5 */
	WAY_ALL = 127
};

struct number_look {
	unsigned ways; /* those that it fits */
	bool minus;    /* below 0 as books have it: (12.50), 12.50- */
	const char *before, *after;
	size_t nbefore, nafter; /* its currency sign, unit or %; 0: none */
};

/* Is it a number with at most a few other characters before or behind it? */
bool look_at_number(const char *s, size_t n, struct number_look *);

/* s and n without the blanks around them. */
const char *look_trim(const char *s, size_t *n);

#endif
