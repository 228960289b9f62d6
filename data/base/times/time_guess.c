/* time_guess.c - how the times of a column are written, from a sample of its cells.
 *
 * Each kind is tried on each cell, dates in each order of day, month and year; the kind that reads
 * the most wins. What leaves the order open is settled by what recordings are like: they go on,
 * in even steps, and over no longer a time than they must. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/civil.h"
#include "data/base/times/time_form.h"
#include "data/base/times/time_text.h"
#include "data/base/times/times.h"

enum date_order
date_order_parse(const char *name)
{
	for (int o = 0; o < DATE_ORDERS; o++)
		if (strcmp(name, date_order_name((enum date_order)o)) == 0)
			return (enum date_order)o;
	return DATE_ORDERS;
}

const char *
date_order_name(enum date_order order)
{
	static const char *const names[] = { "ymd", "dmy", "mdy" };

	return order < DATE_ORDERS ? names[order] : "";
}

static int
count(const struct time_cell *cells, int n, const struct time_form *form)
{
	struct time_reader reader = time_reader_of(form);
	int64_t ns;
	int times = 0;

	for (int i = 0; i < n; i++)
		times += time_read(&reader, cells[i].s, cells[i].n, &ns) != TIME_BAD;
	return times;
}

/* --- the order of day, month and year --------------------------------------------------------- */

struct order_trial { /* the sample, read in one order */
	int read;
	bool back;         /* a time is before the one above it */
	double unevenness; /* how far steps lie from their median, as a share of all of them */
	double span;       /* s */
};

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of steps in the order of rows, which are put in order. */
static double
unevenness(double *steps, int n)
{
	double median, all = 0, off = 0;

	if (n < 2)
		return 0;
	qsort(steps, (size_t)n, sizeof *steps, compare);
	median = steps[n / 2];
	for (int i = 0; i < n; i++) {
		all += fabs(steps[i]);
		off += fabs(steps[i] - median);
	}
	return all > 0 ? off / all : 0;
}

static struct order_trial
try_order(const struct time_text *texts, int n, enum date_order order, double *steps)
{
	struct order_trial trial = { 0 };
	double last = 0, low = 0, high = 0;
	int64_t days;

	for (int i = 0; i < n; i++) {
		double t;

		if (!time_text_days(&texts[i], order, &days))
			continue;
		t = (double)(days * DAY_SECONDS + texts[i].seconds - texts[i].east);
		if (trial.read++ == 0)
			last = low = high = t;
		else
			steps[trial.read - 2] = t - last;
		trial.back = trial.back || t < last;
		last = t;
		low = fmin(low, t);
		high = fmax(high, t);
	}
	trial.span = high - low;
	trial.unevenness = unevenness(steps, trial.read - 1);
	return trial;
}

/* A year of four digits at the end leaves no place for one in front. */
static bool
year_may_lead(const struct time_text *texts, int n)
{
	for (int i = 0; i < n; i++)
		if (!texts[i].sure && texts[i].digits[0] == 2 && texts[i].digits[2] == 2)
			return true;
	return false;
}

/* Month first with slashes, day first with dots and dashes. */
static enum date_order
custom(const struct time_text *texts, int n)
{
	for (int i = 0; i < n; i++)
		if (!texts[i].sure)
			return texts[i].sign == '/' ? DATE_MDY : DATE_DMY;
	return DATE_DMY;
}

/* The better of two orders that read the same number of cells, and why. Steps do not speak for an
 * order in which time goes back, if it does not in the other: days 1 to 12 of each month, read the
 * wrong way, are even steps of months with a leap back behind each twelve. */
static enum order_reason
judge(const struct order_trial *a, const struct order_trial *b, bool *first_is_better)
{
	if (fabs(a->unevenness - b->unevenness) > 1e-9) {
		bool even = a->unevenness < b->unevenness;

		*first_is_better = a->back == b->back ? even : b->back;
		return *first_is_better == even ? ORDER_STEPS : ORDER_AHEAD;
	}
	*first_is_better = a->span < b->span;
	return a->span < b->span || a->span > b->span ? ORDER_SPAN : ORDER_SIGN;
}

static void
find_order(struct time_guess *guess, const struct time_text *texts, int n)
{
	double *steps = memory_new((size_t)n + 1, sizeof *steps);
	struct order_trial trials[DATE_ORDERS];
	enum date_order best = custom(texts, n);
	int from = year_may_lead(texts, n) ? DATE_YMD : DATE_DMY;

	for (int o = from; o < DATE_ORDERS; o++)
		trials[o] = try_order(texts, n, (enum date_order)o, steps);
	free(steps);
	guess->reason = ORDER_PLAIN;
	for (int o = from; o < DATE_ORDERS; o++) {
		bool better = trials[o].read > trials[best].read;
		enum order_reason reason = ORDER_PART;

		if (o == (int)best)
			continue;
		if (trials[o].read == trials[best].read)
			reason = judge(&trials[o], &trials[best], &better);
		if (reason > guess->reason)
			guess->reason = reason;
		if (better)
			best = (enum date_order)o;
	}
	guess->form.order = best;
	guess->form.settled = guess->reason == ORDER_PART;
}

/* Do all cells tell their order themselves? */
static bool
all_sure(const struct time_text *texts, int n)
{
	for (int i = 0; i < n; i++)
		if (!texts[i].sure)
			return false;
	return true;
}

static void
guess_order(struct time_guess *guess, const struct time_cell *cells, int n)
{
	struct time_text *texts = memory_new((size_t)n + 1, sizeof *texts);
	int dates = 0;

	for (int i = 0; i < n; i++)
		dates += time_text_date(&texts[dates], cells[i].s, cells[i].n);
	if (dates > 0 && !all_sure(texts, dates))
		find_order(guess, texts, dates);
	free(texts);
}

/* 10.11.12 is a date or a clock: when all cells are, what goes on in more even steps. Nobody writes
 * the month first with dots. */
static bool
rather_clocks(const struct time_cell *cells, int n, const struct time_form *dates,
    const struct time_form *clocks)
{
	struct time_reader reader[2] = { time_reader_of(dates), time_reader_of(clocks) };
	double *steps = memory_new((size_t)n, sizeof *steps), uneven[2];

	for (int k = 0; k < 2; k++) {
		int64_t ns, last = 0;
		int read = 0;

		for (int i = 0; i < n; i++) {
			if (time_read(&reader[k], cells[i].s, cells[i].n, &ns) == TIME_BAD)
				continue;
			if (read++ > 0)
				steps[read - 2] = time_seconds(ns) - time_seconds(last);
			last = ns;
		}
		uneven[k] = unevenness(steps, read - 1);
	}
	free(steps);
	return dates->order == DATE_MDY || uneven[1] < uneven[0] - 1e-9;
}

/* --- the kind --------------------------------------------------------------------------------- */

/* Takes a kind that reads more cells than the best so far. */
static void
try_kind(struct time_guess *best, const struct time_cell *cells, int n, struct time_guess trial)
{
	trial.times = count(cells, n, &trial.form);
	if (trial.form.kind == TIME_DAYS && trial.times < n)
		return; /* other whole numbers stand there, too */
	if (trial.times > best->times)
		*best = trial;
}

struct time_guess
time_form_guess(const struct time_cell *cells, int n, const struct time_told *told)
{
	struct time_form form = { .zone = told->zone, .order = DATE_DMY };
	struct time_guess best = { .form = form }, dates = { .form = form },
			  clocks = { .form = form };

	if (told->format != NULL) {
		form.kind = TIME_STRPTIME;
		form.format = told->format;
		try_kind(&best, cells, n, (struct time_guess){ .form = form });
		return best;
	}
	dates.form.kind = TIME_DATES;
	if (told->order) {
		dates.form.order = told->dates;
		dates.form.settled = true;
	} else {
		guess_order(&dates, cells, n);
	}
	try_kind(&best, cells, n, dates);
	clocks.form.kind = TIME_CLOCKS;
	try_kind(&clocks, cells, n, clocks);
	if (clocks.times > best.times || (clocks.times == best.times && best.times > 0 &&
					     rather_clocks(cells, n, &best.form, &clocks.form)))
		best = clocks;
	form.kind = TIME_DAYS;
	try_kind(&best, cells, n, (struct time_guess){ .form = form });
	form.kind = TIME_EPOCHS;
	if (told->epochs)
		try_kind(&best, cells, n, (struct time_guess){ .form = form });
	return best;
}
