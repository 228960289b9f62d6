/* time_form.h - how the times of a column are written, found from a sample, and their reader. */
#ifndef WEIR_TIME_FORM_H
#define WEIR_TIME_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/times/zone.h"

enum date_order { DATE_YMD, DATE_DMY, DATE_MDY, DATE_ORDERS };
enum date_order date_order_parse(const char *name); /* dmy, mdy, ymd; else DATE_ORDERS */
const char *date_order_name(enum date_order);

enum time_kind {
	TIME_NO_FORM, /* no times */
	TIME_DATES,   /* a date, perhaps with a clock and a zone */
	TIME_CLOCKS,  /* a clock alone: of the first of January 1970 */
	TIME_DAYS,    /* YYYYMMDD */
	TIME_EPOCHS,  /* s, ms, us or ns since 1970, from 1990 to 2100 */
	TIME_STRPTIME /* as told */
};

/* What is told of times; zeroed: nothing. */
struct time_told {
	const char *format; /* --time-format; NULL */
	bool order;         /* --dates: */
	enum date_order dates;
	struct zone *zone; /* of times that have none of their own; NULL: UTC */
	bool epochs;       /* numbers may be epochs: the column is named so, or -t names it */
};

struct error;
/* Is it a format as of strptime? Else -1. */
int time_format_check(const char *format, struct error *);

struct time_form {
	enum time_kind kind;
	enum date_order order; /* of day, month and year where nothing else tells it */
	bool settled;          /* a cell, or the user, told that order */
	const char *format;    /* borrowed, as zone is */
	struct zone *zone;
};

enum order_reason {  /* why the order is what it is */
	ORDER_PLAIN, /* no cell leaves it open, or the user told it */
	ORDER_PART,  /* a part above 12 */
	ORDER_AHEAD, /* time never goes back in it, but in another of more even steps */
	ORDER_STEPS, /* its steps are the most even */
	ORDER_SPAN,  /* its times span less */
	ORDER_SIGN   /* it is the custom with such signs */
};

struct time_cell { /* a cell of a sample that is not missing; no NUL behind it */
	const char *s;
	size_t n;
};

struct time_guess {
	struct time_form form;
	int times; /* how many cells of the sample it reads */
	enum order_reason reason;
};
/* The form that reads the most of n cells in the order of their rows. */
struct time_guess time_form_guess(const struct time_cell *, int n, const struct time_told *);

enum time_result {
	TIME_BAD, /* no time of that form */
	TIME_READ,
	TIME_SETTLED, /* read; its parts told that the order is another one, from here on */
	TIME_TWICE,   /* read; clocks showed it twice, the first is taken */
	TIME_SKIPPED  /* read; clocks left it out, it is moved on */
};

enum { TIME_HEAD = 40, TIME_TAIL = 16 };
enum time_news {              /* bits: what a reader has met so far */
	TIME_NEWS_ORDER = 1,  /* a part that settled the order */
	TIME_NEWS_TURNED = 2, /* ... to another than was taken before */
	TIME_NEWS_TWICE = 4,
	TIME_NEWS_SKIPPED = 8,
	TIME_NEWS_ALL = 15
};

struct time_reader {
	struct time_form form;
	unsigned char news;
	/* The last text that has an instant of its own whatever its clock, HH:MM[:SS[.frac]],
	 * shows. */
	char head[TIME_HEAD], tail[TIME_TAIL]; /* before the clock, behind it */
	unsigned nhead, ntail;
	enum { TIME_CACHE_NONE, TIME_CACHE_DAY, TIME_CACHE_CLOCK } cache; /* DAY: it has no clock */
	int64_t midnight; /* ns since 1970 of that day's 00:00 */
};

struct time_reader time_reader_of(const struct time_form *);
/* Reads a cell; *ns is set unless TIME_BAD. */
enum time_result time_read(struct time_reader *, const char *s, size_t n, int64_t *ns);
/* A date from one cell and its clock from another. A zone in either holds for both. */
enum time_result time_read_both(struct time_reader *date, const char *s, size_t n,
    struct time_reader *clock, const char *s2, size_t n2, int64_t *ns);

#endif
