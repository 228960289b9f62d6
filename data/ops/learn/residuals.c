/* residuals.c - the sizes of the last errors, in order (split conformal prediction: Vovk et al.
 * 2005). */
#include "data/ops/learn/residuals.h"

#include <math.h>
#include <string.h>

enum { WIDTHS_FROM = 10 };

static int
residuals_kept(const struct residuals *r)
{
	return r->n < RESIDUALS ? (int)r->n : RESIDUALS;
}

static int
place(const struct residuals *r, int n, double e)
{
	int lo = 0;

	while (lo < n) {
		int mid = lo + (n - lo) / 2;

		if (r->sorted[mid] < e)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

void
residuals_add(struct residuals *r, double e)
{
	int n = residuals_kept(r), at;

	if (n == RESIDUALS) {
		at = place(r, n, r->row[r->n % RESIDUALS]);
		at = at < n ? at : n - 1;
		n--;
		memmove(r->sorted + at, r->sorted + at + 1, (size_t)(n - at) * sizeof *r->sorted);
	}
	at = place(r, n, e);
	memmove(r->sorted + at + 1, r->sorted + at, (size_t)(n - at) * sizeof *r->sorted);
	r->sorted[at] = e;
	r->row[r->n++ % RESIDUALS] = e;
}

double
residuals_width(const struct residuals *r, double level)
{
	int n = residuals_kept(r), at = (int)ceil((n + 1) * level) - 1;

	if (n < WIDTHS_FROM)
		return NAN;
	return r->sorted[at < 0 ? 0 : at < n ? at : n - 1];
}
