/* hampel.c - deviations from the median of the last w values, by their median (Hampel 1974).
 *
 * Half of the window may be outliers before median and MAD follow them. Where more than half of it
 * is one value the MAD is 0, and any other value would be infinitely odd: the mean deviation from
 * the median then takes its place. */
#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"
#include "data/graph/explain.h"
#include "data/ops/anomaly/scorer.h"
#include "data/ops/anomaly/sorted.h"

enum { WINDOW = 60, LEAST = 10 };
static const double LIMIT = 5;
static const double MAD_OF_SD = 1.4826, MEAN_OF_SD = 1.2533; /* of normal values */

struct hampel {
	double limit;
	struct sorted_ring window;
	double x, median, scale; /* at the last row */
};

static void *
hampel_open(const struct scorer_setup *setup)
{
	struct hampel *h = memory_new(1, sizeof *h);

	*h = (struct hampel){ .limit = isnan(setup->limit) ? LIMIT : setup->limit };
	sorted_ring_init(&h->window, setup->window > 0 ? setup->window : WINDOW);
	return h;
}

static void
hampel_close(void *self)
{
	struct hampel *h = self;

	sorted_ring_done(&h->window);
	free(h);
}

static double
scale_of(const struct sorted_ring *s, double median)
{
	double mad = MAD_OF_SD * sorted_ring_mad(s, median), sum = 0;

	if (mad > 0)
		return mad;
	for (int i = 0; i < s->n; i++)
		sum += fabs(s->sorted[i] - median) / s->n;
	return MEAN_OF_SD * sum;
}

static double
hampel_step(void *self, const double *x, int64_t time)
{
	struct hampel *h = self;
	double score = 0, off;

	(void)time;
	h->x = *x;
	if (h->window.n >= LEAST) {
		h->median = sorted_ring_median(&h->window);
		h->scale = scale_of(&h->window, h->median);
		off = fabs(*x - h->median);
		if (off > 1e-12 * fabs(h->median))
			score = off / (off + h->limit * fmax(h->scale, 1e-12 * fabs(h->median)));
	}
	sorted_ring_push(&h->window, *x);
	return score;
}

static void
hampel_save(const void *self, struct buffer *b)
{
	const struct hampel *h = self;

	sorted_ring_save(&h->window, b);
	buffer_double(b, h->x);
	buffer_double(b, h->median);
	buffer_double(b, h->scale);
}

static int
hampel_load(void *self, struct reader *r)
{
	struct hampel *h = self;

	if (sorted_ring_load(&h->window, r) < 0 || reader_double(r, &h->x) < 0 ||
	    reader_double(r, &h->median) < 0 || reader_double(r, &h->scale) < 0)
		return -1;
	return 0;
}

static size_t
hampel_held(const void *self)
{
	const struct hampel *h = self;

	return sizeof *h + 2 * (size_t)h->window.w * sizeof *h->window.ring;
}

static void
hampel_explain(const void *self, struct text *out)
{
	const struct hampel *h = self;

	explain_line(out, "deviation");
	if (h->window.n <= LEAST)
		text_addf(out, "%d values; scores begin after %d\n", h->window.n, LEAST);
	else
		text_addf(out, "|%.6g - median %.6g| / (1.4826 MAD) = %.3g; 0.5 at %g\n", h->x,
		    h->median, h->scale > 0 ? fabs(h->x - h->median) / h->scale : 0, h->limit);
}

const struct scorer anomaly_hampel = {
	.name = "hampel",
	.help = "deviations from the median of the last w rows (60), by their MAD: 0.5 at 5",
	.inputs = 1,
	.looks_back = true,
	.has_limit = true,
	.open = hampel_open,
	.close = hampel_close,
	.step = hampel_step,
	.save = hampel_save,
	.load = hampel_load,
	.held = hampel_held,
	.explain = hampel_explain,
};
