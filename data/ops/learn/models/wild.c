/* wild.c - targets that are no part of the series: beyond ten times the range of the middle nine
 * tenths of the last 64. A level that is new is believed once a twentieth of these have it. */
#include "data/ops/learn/models/wild.h"

#include <math.h>
#include <string.h>

enum { JUDGE_FROM = 20 };
static const double ranges = 10;

void
wild_fields(struct wild *w, struct fields *f)
{
	double *row = w->row, *sorted = w->sorted;

	fields_u64(f, &w->n);
	for (int i = 0; i < WILD_ROWS; i++) {
		fields_double(f, &row[i]);
		fields_double(f, &sorted[i]);
	}
}

static int
place(const struct wild *w, int n, double y)
{
	int at = 0;

	while (at < n && w->sorted[at] < y)
		at++;
	return at;
}

static bool
is_wild(const struct wild *w, int n, double y)
{
	int edge = n / 20;
	double low = w->sorted[edge], high = w->sorted[n - 1 - edge], range = high - low;

	return n >= JUDGE_FROM && range > 0 &&
	       (y < low - ranges * range || y > high + ranges * range);
}

bool
wild_next(struct wild *w, double y)
{
	int n = w->n < WILD_ROWS ? (int)w->n : WILD_ROWS, at;
	bool wild = n > 0 && is_wild(w, n, y);

	if (n == WILD_ROWS) {
		at = place(w, n, w->row[w->n % WILD_ROWS]);
		at = at < n ? at : n - 1;
		n--;
		memmove(w->sorted + at, w->sorted + at + 1, (size_t)(n - at) * sizeof *w->sorted);
	}
	at = place(w, n, y);
	memmove(w->sorted + at + 1, w->sorted + at, (size_t)(n - at) * sizeof *w->sorted);
	w->sorted[at] = y;
	w->row[w->n++ % WILD_ROWS] = y;
	return wild;
}
