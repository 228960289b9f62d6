/* z.c - standard deviations from the mean of the last w values, without the newest.
 *
 * The window is two stacks of moments: the front holds those of its values from each on, the back
 * those of all since, and both are merged for each row. So no value is ever taken out of a sum, and
 * a spike that has left leaves nothing behind. */
#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"
#include "data/graph/explain.h"
#include "data/ops/anomaly/scorer.h"

enum { WINDOW = 60, LEAST = 10 };
static const double LIMIT = 4;

struct part { /* of the window: how many values, their mean, sum of squared deviations */
	double n, mean, spread;
};

struct z {
	int w, n, at; /* rows; values held; where the next goes */
	int front;    /* values of the front left */
	double limit;
	double *values;      /* ring */
	struct part *fronts; /* [i]: of the last i + 1 values of the front */
	struct part back;
	double x, mean, sd; /* at the last row */
};

static void *
z_open(const struct scorer_setup *setup)
{
	struct z *z = memory_new(1, sizeof *z);

	*z = (struct z){ .w = setup->window > 0 ? setup->window : WINDOW,
		.limit = isnan(setup->limit) ? LIMIT : setup->limit };
	z->values = memory_zero((size_t)z->w, sizeof *z->values);
	z->fronts = memory_new((size_t)z->w, sizeof *z->fronts);
	return z;
}

static void
z_close(void *self)
{
	struct z *z = self;

	free(z->values);
	free(z->fronts);
	free(z);
}

static struct part
merge(struct part a, struct part b)
{
	double n = a.n + b.n, d = b.mean - a.mean;

	if (a.n == 0)
		return b;
	if (b.n == 0)
		return a;
	return (struct part){ n, a.mean + d * (b.n / n),
		a.spread + b.spread + d * d * (a.n * b.n / n) };
}

/* All values become the front, so that the oldest can go. */
static void
turn(struct z *z)
{
	struct part sum = { 0 };

	for (int i = 0; i < z->n; i++) {
		int at = z->at - 1 - i;

		sum = merge((struct part){ 1, z->values[at < 0 ? at + z->w : at], 0 }, sum);
		z->fronts[i] = sum;
	}
	z->front = z->n;
	z->back = (struct part){ 0 };
}

static void
push(struct z *z, double x)
{
	if (z->n == z->w) {
		if (z->front == 0)
			turn(z);
		z->front--;
		z->n--;
	}
	z->values[z->at] = x;
	z->at = z->at + 1 < z->w ? z->at + 1 : 0;
	z->n++;
	z->back = merge(z->back, (struct part){ 1, x, 0 });
}

static double
z_step(void *self, const double *x, int64_t time)
{
	struct z *z = self;
	struct part all = z->front > 0 ? merge(z->fronts[z->front - 1], z->back) : z->back;
	double off = fabs(*x - all.mean), score = 0;

	(void)time;
	z->x = *x;
	z->mean = all.mean;
	z->sd = all.n > 1 ? sqrt(all.spread / (all.n - 1)) : 0;
	/* what rounding leaves of equal values is no deviation */
	if (all.n >= LEAST && off > 1e-12 * fabs(all.mean))
		score = off / (off + z->limit * fmax(z->sd, 1e-12 * fabs(all.mean)));
	push(z, *x);
	return score;
}

static void
z_save(const void *self, struct buffer *b)
{
	const struct z *z = self;

	buffer_u32(b, (uint32_t)z->n);
	buffer_u32(b, (uint32_t)z->at);
	buffer_u32(b, (uint32_t)z->front);
	buffer_put(b, &z->back, sizeof z->back);
	buffer_put(b, z->values, (size_t)z->w * sizeof *z->values);
	buffer_put(b, z->fronts, (size_t)z->front * sizeof *z->fronts);
	buffer_double(b, z->x);
	buffer_double(b, z->mean);
	buffer_double(b, z->sd);
}

static int
z_load(void *self, struct reader *r)
{
	struct z *z = self;
	uint32_t n, at, front;

	if (reader_below(r, (uint32_t)z->w, &n) < 0 ||
	    reader_below(r, (uint32_t)z->w - 1, &at) < 0 || reader_below(r, n, &front) < 0 ||
	    reader_get(r, &z->back, sizeof z->back) < 0 ||
	    reader_get(r, z->values, (size_t)z->w * sizeof *z->values) < 0 ||
	    reader_get(r, z->fronts, front * sizeof *z->fronts) < 0 ||
	    reader_double(r, &z->x) < 0 || reader_double(r, &z->mean) < 0 ||
	    reader_double(r, &z->sd) < 0)
		return -1;
	z->n = (int)n;
	z->at = (int)at;
	z->front = (int)front;
	return 0;
}

static size_t
z_held(const void *self)
{
	const struct z *z = self;

	return sizeof *z + (size_t)z->w * (sizeof *z->values + sizeof *z->fronts);
}

static void
z_explain(const void *self, struct text *out)
{
	const struct z *z = self;

	explain_line(out, "z");
	if (z->n <= LEAST)
		text_addf(out, "%d values; scores begin after %d\n", z->n, LEAST);
	else
		text_addf(out, "(%.6g - %.6g) / %.4g = %.3g of the %d values before; 0.5 at %g\n",
		    z->x, z->mean, z->sd, z->sd > 0 ? (z->x - z->mean) / z->sd : 0, z->w, z->limit);
}

const struct scorer anomaly_z = {
	.name = "z",
	.help = "standard deviations from the mean of the last w rows (60): 0.5 at 4",
	.inputs = 1,
	.looks_back = true,
	.has_limit = true,
	.open = z_open,
	.close = z_close,
	.step = z_step,
	.save = z_save,
	.load = z_load,
	.held = z_held,
	.explain = z_explain,
};
