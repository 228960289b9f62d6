/* screen_shift.c - what of a row only went to the left since it was drawn: charts that scroll.
 *
 * Curses writes anew what moved within a line. Two old escapes do it in a dozen bytes: characters
 * are deleted where the part begins (DCH), which brings the rest of the line nearer, and blanks
 * inserted where it ends (ICH), which puts that back. */
#include "app/screen/screen_shift.h"

#include "widgets/draw/runes.h"

enum {
	WORTH = 10,   /* cells that need not be written: the escapes cost about as much as five */
	BY_MOST = 16, /* columns: see motion.h */
	CHANGED_LEAST = WORTH
};

static bool
same(const struct cell *a, const struct cell *b)
{
	bool blank = a->rune == ' ' && b->rune == ' ' && !a->reverse && !b->reverse;

	return a->rune == b->rune && a->back == b->back && a->reverse == b->reverse &&
	       (blank || a->style == b->style);
}

/* The stretch in which a shift by so many columns puts the most cells right that are wrong, less
 * those that it puts wrong (Kadane's greatest sum). Returns how many. */
static int
best_stretch(const struct cell *new, const struct cell *old, int w, int by, struct shift *best)
{
	int most = 0, sum = 0, begun = 0;

	for (int x = 0; x + by < w; x++) {
		bool stays = same(&new[x], &old[x]), fits = same(&new[x], &old[x + by]);

		if (sum <= 0) {
			sum = 0;
			begun = x;
		}
		sum += fits && !stays ? 1 : stays && !fits ? -1 : 0;
		if (sum > most) {
			most = sum;
			*best = (struct shift){ begun, x + 1, by };
		}
	}
	return most;
}

/* Characters of two cells would be torn. */
static bool
has_wide(const struct cell *row, int w)
{
	for (int x = 0; x < w; x++)
		if (row[x].rune == 0)
			return true;
	return false;
}

static int
count_changed(const struct cell *new, const struct cell *old, int w)
{
	int n = 0;

	for (int x = 0; x < w; x++)
		n += !same(&new[x], &old[x]);
	return n;
}

struct shift
shift_find(const struct cell *new, const struct cell *old, int w)
{
	struct shift best = { 0, 0, 0 };
	int most = WORTH;

	if (count_changed(new, old, w) < CHANGED_LEAST || has_wide(new, w) || has_wide(old, w))
		return best;
	for (int by = 1; by <= BY_MOST; by *= 2) {
		struct shift found = { 0, 0, 0 };
		int saved = best_stretch(new, old, w, by, &found) - by;

		if (saved <= most)
			continue;
		most = saved;
		best = found;
	}
	return best;
}

void
shift_write(struct text *out, int y, struct shift s, bool to_column)
{
	text_addf(out, "\033[%d;%dH\033[%dP", y + 1, s.from + 1, s.by);
	if (to_column)
		text_addf(out, "\033[%dG\033[%d@", s.to + 1, s.by);
	else
		text_addf(out, "\033[%d;%dH\033[%d@", y + 1, s.to + 1, s.by);
}
