/* time_read.c - reads the cells of a column whose form is known.
 *
 * Rows come many to a day: so what stood before and behind the clock of the last text is kept with
 * its instant, and a text that begins and ends alike costs two comparisons and the digits of its
 * clock. */
#include <string.h>

#include "data/base/times/civil.h"
#include "data/base/times/time_form.h"
#include "data/base/times/time_text.h"
#include "data/base/times/wall.h"

/* --- the same day ----------------------------------------------------------------------------- */

static inline uint64_t
load(const char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof v);
	return v;
}

/* Eight bytes at a time, of which the last ones may be compared twice. */
static inline bool
same_bytes(const char *a, const char *b, size_t n)
{
	uint64_t differ = 0;

	if (n < 8) {
		for (size_t i = 0; i < n; i++)
			differ |= (uint64_t)(a[i] ^ b[i]);
		return differ == 0;
	}
	for (size_t i = 0; i + 8 <= n; i += 8)
		differ |= load(a + i) ^ load(b + i);
	return (differ | (load(a + n - 8) ^ load(b + n - 8))) == 0;
}

/* Two digits below 10 * tens; false: they are not. */
static inline bool
two_digits(const char *p, unsigned tens, unsigned *v)
{
	unsigned a = (unsigned)p[0] - '0', b = (unsigned)p[1] - '0';

	*v = a * 10 + b;
	return a < tens && b <= 9;
}

static inline bool
read_fraction(const char *p, const char *end, int64_t *ns)
{
	int64_t unit = TIME_SECOND;

	if ((*p != '.' && *p != ',') || ++p == end)
		return false;
	for (*ns = 0; p < end; p++) {
		unsigned digit = (unsigned)*p - '0';

		if (digit > 9)
			return false;
		unit /= 10;
		*ns += digit * unit;
	}
	return true;
}

/* HH:MM[:SS[.frac]] of a day in ns. Hours beyond it and leap seconds are left to others. */
static inline bool
read_plain_clock(const char *p, const char *end, int64_t *ns)
{
	unsigned hour, minute, second = 0;
	int64_t fraction = 0;

	if (end - p < 5 || !two_digits(p, 3, &hour) || hour > 23 || p[2] != ':' ||
	    !two_digits(p + 3, 6, &minute))
		return false;
	p += 5;
	if (p < end) {
		if (end - p < 3 || *p != ':' || !two_digits(p + 1, 6, &second))
			return false;
		p += 3;
		if (p < end && !read_fraction(p, end, &fraction))
			return false;
	}
	*ns = (int64_t)(hour * 3600 + minute * 60 + second) * TIME_SECOND + fraction;
	return true;
}

static inline bool
same_day(const struct time_reader *r, const char *s, size_t n, int64_t *ns)
{
	int64_t clock = 0;

	if (r->cache == TIME_CACHE_NONE || n > TIME_LONGEST || n < r->nhead + r->ntail ||
	    !same_bytes(s, r->head, r->nhead) || !same_bytes(s + n - r->ntail, r->tail, r->ntail))
		return false;
	if (r->cache == TIME_CACHE_DAY ? n > r->nhead
				       : !read_plain_clock(s + r->nhead, s + n - r->ntail, &clock))
		return false;
	*ns = r->midnight + clock;
	return true;
}

/* Whether the zone adds the same all through the day that begins at that wall time. */
static bool
steady(const struct time_form *form, const struct time_text *t, int64_t midnight)
{
	int64_t from, until;

	if (t->zone || form->zone == NULL)
		return true;
	zone_stretch(form->zone, &from, &until);
	return midnight >= from && midnight + DAY_SECONDS <= until;
}

/* Keeps what was read for the texts that follow. wall: of the text, in seconds. */
static void
remember(struct time_reader *r, const struct time_text *t, const char *s, size_t n, int64_t wall,
    int64_t ns)
{
	size_t head = t->clock ? t->clock_at : n, tail = t->clock ? n - t->clock_end : 0;

	r->cache = TIME_CACHE_NONE;
	if ((t->clock && t->clock_end == 0) || head > TIME_HEAD || tail > TIME_TAIL ||
	    !steady(&r->form, t, wall - t->seconds) || ns < INT64_MIN / 2 || ns > INT64_MAX / 2)
		return;
	r->cache = t->clock ? TIME_CACHE_CLOCK : TIME_CACHE_DAY;
	r->nhead = (unsigned)head;
	r->ntail = (unsigned)tail;
	memcpy(r->head, s, head);
	memcpy(r->tail, s + n - tail, tail);
	r->midnight = ns - t->seconds * TIME_SECOND - t->ns;
}

/* --- each kind -------------------------------------------------------------------------------- */

/* A wall time to an instant, by its own zone, else the form's. */
static enum time_result
place(const struct time_form *form, const struct wall *wall, int64_t *ns)
{
	enum zone_fit fit = ZONE_ONCE;
	int64_t utc = wall->seconds - wall->east;

	if (!wall->zone && form->zone != NULL)
		fit = zone_utc(form->zone, wall->seconds, &utc);
	if (!civil_instant(utc, wall->ns, ns))
		return TIME_BAD;
	return fit == ZONE_ONCE ? TIME_READ : fit == ZONE_TWICE ? TIME_TWICE : TIME_SKIPPED;
}

/* Whether no other order of the parts gives a date. */
static bool
tells_order(const struct time_text *t, enum date_order order)
{
	int64_t ignored;

	for (int o = 0; o < DATE_ORDERS; o++)
		if (o != (int)order && time_text_days(t, (enum date_order)o, &ignored))
			return false;
	return true;
}

/* The day of a date in the form's order; or, while nothing has settled that, in another one, which
 * then is the form's. The year goes first in a short date but seldom. */
static bool
find_day(struct time_form *form, const struct time_text *t, int64_t *days, bool *turned)
{
	static const enum date_order others[] = { DATE_DMY, DATE_MDY, DATE_YMD };

	if (time_text_days(t, form->order, days)) {
		if (!form->settled && !t->sure)
			form->settled = tells_order(t, form->order);
		return true;
	}
	for (int i = 0; i < DATE_ORDERS && !form->settled; i++)
		if (time_text_days(t, others[i], days)) {
			form->order = others[i];
			form->settled = *turned = true;
		}
	return *turned;
}

static enum time_result
read_text(struct time_reader *r, const char *s, size_t n, int64_t *ns)
{
	enum time_result result;
	struct time_text t;
	struct wall wall;
	int64_t days = 0;
	bool turned = false;

	if (r->form.kind == TIME_CLOCKS ? !time_text_clock(&t, s, n) : !time_text_date(&t, s, n))
		return TIME_BAD;
	if (r->form.kind == TIME_DATES && !find_day(&r->form, &t, &days, &turned))
		return TIME_BAD;
	wall = (struct wall){ days * DAY_SECONDS + t.seconds, t.ns, t.zone, t.east };
	result = place(&r->form, &wall, ns);
	if (result != TIME_BAD)
		remember(r, &t, s, n, wall.seconds, *ns);
	return turned && result != TIME_BAD ? TIME_SETTLED : result;
}

static bool
trim(const char **s, size_t *n)
{
	for (; *n > 0 && (**s == ' ' || **s == '\t'); ++*s)
		--*n;
	while (*n > 0 && ((*s)[*n - 1] == ' ' || (*s)[*n - 1] == '\t'))
		--*n;
	return *n > 0;
}

/* As many digits as there are, up to 19; returns how many. */
static size_t
read_whole(const char *s, size_t n, uint64_t *v)
{
	size_t i;

	*v = 0;
	for (i = 0; i < n && i < 19 && s[i] >= '0' && s[i] <= '9'; i++)
		*v = *v * 10 + (uint64_t)(s[i] - '0');
	return i;
}

/* 1990 to 2100 in any unit lie apart: so their size tells it. A fraction is one of that unit. */
static enum time_result
read_epoch(const char *s, size_t n, int64_t *ns)
{
	static const uint64_t from = 631152000, until = 4102444800; /* s */
	uint64_t v, unit = 1, fraction = 0;
	size_t i;

	if (!trim(&s, &n) || (i = read_whole(s, n, &v)) < 9)
		return TIME_BAD;
	while (unit < 1000000000 && v >= until * unit)
		unit *= 1000;
	if (v < from * unit || v >= until * unit)
		return TIME_BAD;
	unit = 1000000000 / unit; /* ns */
	if (i < n) {
		uint64_t place = 1000000000;

		if (s[i++] != '.' || i == n)
			return TIME_BAD;
		for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
			place /= 10;
			fraction += (uint64_t)(s[i] - '0') * place;
		}
	}
	if (i < n)
		return TIME_BAD;
	*ns = (int64_t)(v * unit + fraction / (1000000000 / unit));
	return TIME_READ;
}

static bool
day_of(const char *s, size_t n, int64_t *seconds)
{
	uint64_t v;
	int year, month, day;

	if (!trim(&s, &n) || n != 8 || read_whole(s, n, &v) != 8)
		return false;
	year = (int)(v / 10000);
	month = (int)(v / 100 % 100);
	day = (int)(v % 100);
	if (!civil_valid(year, month, day))
		return false;
	*seconds = civil_days(year, month, day) * DAY_SECONDS;
	return true;
}

static enum time_result
read_day(const struct time_form *form, const char *s, size_t n, int64_t *ns)
{
	struct wall wall = { 0 };

	return day_of(s, n, &wall.seconds) ? place(form, &wall, ns) : TIME_BAD;
}

static enum time_result
read_told(const struct time_form *form, const char *s, size_t n, int64_t *ns)
{
	struct wall wall;

	return trim(&s, &n) && wall_strptime(form->format, s, n, &wall) ? place(form, &wall, ns)
									: TIME_BAD;
}

/* --- the reader ------------------------------------------------------------------------------- */

struct time_reader
time_reader_of(const struct time_form *form)
{
	return (struct time_reader){ .form = *form };
}

static enum time_result
read_kind(struct time_reader *r, const char *s, size_t n, int64_t *ns)
{
	switch (r->form.kind) {
	case TIME_DATES:
	case TIME_CLOCKS:
		return read_text(r, s, n, ns);
	case TIME_DAYS:
		return read_day(&r->form, s, n, ns);
	case TIME_EPOCHS:
		return read_epoch(s, n, ns);
	case TIME_STRPTIME:
		return read_told(&r->form, s, n, ns);
	case TIME_NO_FORM:
		break;
	}
	return TIME_BAD;
}

static enum time_result
take_news(struct time_reader *r, bool settled, enum time_result result)
{
	if (r->form.settled && !settled)
		r->news |= TIME_NEWS_ORDER;
	if (result == TIME_SETTLED)
		r->news |= TIME_NEWS_TURNED;
	else if (result == TIME_TWICE)
		r->news |= TIME_NEWS_TWICE;
	else if (result == TIME_SKIPPED)
		r->news |= TIME_NEWS_SKIPPED;
	return result;
}

enum time_result
time_read(struct time_reader *r, const char *s, size_t n, int64_t *ns)
{
	bool settled = r->form.settled;

	if (same_day(r, s, n, ns))
		return TIME_READ;
	return take_news(r, settled, read_kind(r, s, n, ns));
}

/* What a cell says before zones are looked at: they are looked for when date and clock are one. */
static bool
read_wall(struct time_form *form, const char *s, size_t n, struct wall *wall, bool *turned)
{
	struct time_text t;
	int64_t days = 0;

	*wall = (struct wall){ 0 };
	if (form->kind == TIME_DAYS)
		return day_of(s, n, &wall->seconds);
	if (form->kind == TIME_STRPTIME)
		return trim(&s, &n) && wall_strptime(form->format, s, n, wall);
	if (form->kind == TIME_CLOCKS ? !time_text_clock(&t, s, n)
				      : form->kind != TIME_DATES || !time_text_date(&t, s, n))
		return false;
	if (form->kind == TIME_DATES && !find_day(form, &t, &days, turned))
		return false;
	*wall = (struct wall){ days * DAY_SECONDS + t.seconds, t.ns, t.zone, t.east };
	return true;
}

enum time_result
time_read_both(struct time_reader *date, const char *s, size_t n, struct time_reader *clock,
    const char *s2, size_t n2, int64_t *ns)
{
	bool turned = false, settled = date->form.settled;
	struct wall day, of_day;
	enum time_result result;

	if (!read_wall(&date->form, s, n, &day, &turned) ||
	    !read_wall(&clock->form, s2, n2, &of_day, &(bool){ false }))
		return TIME_BAD;
	day.seconds += of_day.seconds;
	day.ns = of_day.ns;
	if (of_day.zone) {
		day.zone = true;
		day.east = of_day.east;
	}
	result = place(&date->form, &day, ns);
	return take_news(date, settled, turned && result != TIME_BAD ? TIME_SETTLED : result);
}
