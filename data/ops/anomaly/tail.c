/* tail.c - a histogram of magnitudes by octaves, and the tail that its top share makes. */
#include "data/ops/anomaly/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

static const double SHARE = 0.05, WARM = 30, EVIDENCE_MOST = 1e6;

void
tail_init(struct tail *t, int bins)
{
	*t = (struct tail){ .bins = bins,
		.fine = bins == TAIL_BINS        ? 2
			: bins == TAIL_BINS_HALF ? 1
						 : 0 };
	t->count = memory_zero((size_t)bins, sizeof *t->count);
	t->sum = memory_zero((size_t)bins, sizeof *t->sum);
}

void
tail_done(struct tail *t)
{
	free(t->count);
	free(t->sum);
}

/* Bin 0 holds 0 and what is below 2^-64; the exponent and the first digits of the number tell the
 * rest. */
static int
bin_of(const struct tail *t, double g)
{
	uint64_t bits;
	int64_t bin;

	memcpy(&bits, &g, sizeof bits);
	bin = (int64_t)(bits >> (52 - t->fine)) - ((int64_t)(1023 - 64) << t->fine) + 1;
	return bin < 1 ? 0 : bin >= t->bins ? t->bins - 1 : (int)bin;
}

void
tail_add(struct tail *t, double g)
{
	int bin = bin_of(t, g);

	if (t->count[bin] < UINT32_MAX)
		t->count[bin]++;
	t->sum[bin] += g;
	t->rows++;
	if (bin > t->top)
		t->top = bin;
}

double
tail_evidence(const struct tail *t, double g, double least)
{
	double most = SHARE * t->rows, above = 0, sum = 0, u, mean;
	int bin = t->top;

	if (t->rows < WARM || !(g > 0))
		return 0;
	while (bin > 0 && above + t->count[bin] <= most) {
		above += t->count[bin];
		sum += t->sum[bin];
		bin--;
	}
	u = bin > 0 ? t->sum[bin] / t->count[bin] : 0;
	if (g <= u * (1 + 1e-9))
		return 0;
	mean = fmax((sum - above * u) / most, 1e-9 * u + least);
	return fmin(EVIDENCE_MOST, -log10(SHARE) + (g - u) / mean / M_LN10);
}

double
tail_as_large(const struct tail *t, double g)
{
	double n = 0;

	for (int bin = bin_of(t, g); bin <= t->top; bin++)
		n += t->count[bin];
	return n;
}

void
tail_save(const struct tail *t, struct buffer *b)
{
	buffer_double(b, t->rows);
	buffer_u32(b, (uint32_t)t->top);
	buffer_put(b, t->count, (size_t)t->bins * sizeof *t->count);
	buffer_put(b, t->sum, (size_t)t->bins * sizeof *t->sum);
}

int
tail_load(struct tail *t, struct reader *r)
{
	uint32_t top;

	if (reader_double(r, &t->rows) < 0 || reader_below(r, (uint32_t)t->bins - 1, &top) < 0 ||
	    reader_get(r, t->count, (size_t)t->bins * sizeof *t->count) < 0 ||
	    reader_get(r, t->sum, (size_t)t->bins * sizeof *t->sum) < 0)
		return -1;
	t->top = (int)top;
	return 0;
}
