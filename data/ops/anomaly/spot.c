/* spot.c - peaks over a threshold, with drift removed.
 *
 * Siffer, Fouque, Termier, Largouet, "Anomaly detection in streams with extreme value theory" (KDD
 * 2017), DSPOT on both sides: of the differences from the mean of the last w values, those beyond a
 * high quantile follow a generalized Pareto distribution, which tells the chance of one as large.
 * The first FIRST differences set the thresholds. The distribution is fitted by its moments, which
 * are sums, in the place of Grimshaw's search. A value that is an anomaly counts as one at the very
 * limit: so it does not spoil the fit, and yet a stream that is wilder for good is learned. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/graph/explain.h"
#include "data/ops/anomaly/scorer.h"

enum { FIRST = 300, PEAKS_FIRST = 15, DEPTH = 10, DEPTH_MOST = 1000 };
static const double LEVEL = 4, EVIDENCE_MOST = 300, SHAPE_MOST = 0.5;
/* A tail that is known from k peaks is heavier than the fitted one: what follows an exponential of
 * which k are known is Pareto's, of shape 1/k. Differences from a mean of few values depend on each
 * other, so that they tell less than so many peaks would. */
static const double CAUTION = 4;

struct peaks { /* of one side, as distances upward */
	double threshold;
	double n, sum, squares; /* of the excesses */
};

struct spot {
	int depth, held, at; /* values of the mean: most, now, where the next goes */
	double *last;
	double n; /* differences seen */
	double first[FIRST];
	struct peaks side[2]; /* above, below */
	double off, chance;   /* at the last row */
};

static void *
spot_open(const struct scorer_setup *setup)
{
	struct spot *s = memory_new(1, sizeof *s);

	*s = (struct spot){ .depth = setup->window > 0 ? setup->window : DEPTH };
	if (s->depth > DEPTH_MOST)
		s->depth = DEPTH_MOST;
	s->last = memory_zero((size_t)s->depth, sizeof *s->last);
	return s;
}

static void
spot_close(void *self)
{
	struct spot *s = self;

	free(s->last);
	free(s);
}

/* Shape and scale by the first two moments of the excesses. */
static void
fit(const struct peaks *p, double *shape, double *scale)
{
	double mean = p->sum / p->n, v = p->squares / p->n - mean * mean;
	double r = v > 0 ? mean * mean / v : 1;

	*shape = fmax(-SHAPE_MOST, fmin(SHAPE_MOST, (1 - r) / 2));
	*scale = mean * (1 - *shape); /* so that the mean is kept */
}

/* The chance of an excess as large, among all n differences. */
static double
chance_of(const struct peaks *p, double n, double excess)
{
	double shape, scale, base;

	if (excess < 0 || p->n == 0)
		return 1;
	fit(p, &shape, &scale);
	shape += CAUTION / p->n;
	if (!(scale > 0))
		return excess > 0 ? 0 : 1;
	base = 1 + shape * excess / scale;
	if (base <= 0)
		return 0;
	return p->n / n * (fabs(shape) < 1e-6 ? exp(-excess / scale) : pow(base, -1 / shape));
}

/* The excess whose chance is that of the level. */
static double
limit_of(const struct peaks *p, double n)
{
	double shape, scale, ratio = pow(10, -LEVEL) * n / p->n;

	fit(p, &shape, &scale);
	if (fabs(shape) < 1e-6)
		return -scale * log(ratio);
	return scale / shape * (pow(ratio, -shape) - 1);
}

static void
learn(struct peaks *p, double excess)
{
	p->n++;
	p->sum += excess;
	p->squares += excess * excess;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The thresholds leave as many of the first differences beyond them on each side. */
static void
begin(struct spot *s)
{
	qsort(s->first, FIRST, sizeof *s->first, ascending);
	s->side[0].threshold = s->first[FIRST - 1 - PEAKS_FIRST];
	s->side[1].threshold = -s->first[PEAKS_FIRST];
	for (int i = 0; i < PEAKS_FIRST; i++) {
		learn(&s->side[0], s->first[FIRST - 1 - i] - s->side[0].threshold);
		learn(&s->side[1], -s->first[i] - s->side[1].threshold);
	}
}

/* From the mean of the last values, of which this is then one. */
static double
difference(struct spot *s, double x)
{
	double mean = 0;

	for (int i = 0; i < s->held; i++)
		mean += s->last[i] / s->held;
	s->last[s->at] = x;
	s->at = s->at + 1 < s->depth ? s->at + 1 : 0;
	if (s->held == s->depth)
		return x - mean;
	s->held++;
	return NAN;
}

static double
judge(struct spot *s, struct peaks *p, double off)
{
	double excess = off - p->threshold, chance = chance_of(p, s->n, excess);

	if (excess > 0)
		learn(p, fmin(excess, fmax(limit_of(p, s->n), 1e-12 * fabs(off))));
	return chance;
}

static double
spot_step(void *self, const double *x, int64_t time)
{
	struct spot *s = self;
	double evidence, off = difference(s, *x);

	(void)time;
	s->chance = 1;
	if (isnan(off))
		return 0;
	/* what rounding leaves of equal values is no difference */
	s->off = fabs(off) <= 1e-12 * fabs(*x) ? 0 : off;
	if (s->n < FIRST) {
		s->first[(int)s->n++] = s->off;
		if (s->n == FIRST)
			begin(s);
		return 0;
	}
	s->n++;
	s->chance = fmin(judge(s, &s->side[0], s->off), judge(s, &s->side[1], -s->off));
	evidence = s->chance >= 1 ? 0 : s->chance > 0 ? -log10(s->chance) : EVIDENCE_MOST;
	return evidence / (evidence + LEVEL);
}

static void
spot_save(const void *self, struct buffer *b)
{
	const struct spot *s = self;

	buffer_u32(b, (uint32_t)s->held);
	buffer_u32(b, (uint32_t)s->at);
	buffer_put(b, s->last, (size_t)s->depth * sizeof *s->last);
	buffer_double(b, s->n);
	buffer_put(b, s->first, sizeof s->first);
	buffer_put(b, s->side, sizeof s->side);
	buffer_double(b, s->off);
	buffer_double(b, s->chance);
}

static int
spot_load(void *self, struct reader *r)
{
	struct spot *s = self;
	uint32_t held, at;

	if (reader_below(r, (uint32_t)s->depth, &held) < 0 ||
	    reader_below(r, (uint32_t)s->depth - 1, &at) < 0 ||
	    reader_get(r, s->last, (size_t)s->depth * sizeof *s->last) < 0 ||
	    reader_double(r, &s->n) < 0 || reader_get(r, s->first, sizeof s->first) < 0 ||
	    reader_get(r, s->side, sizeof s->side) < 0 || reader_double(r, &s->off) < 0 ||
	    reader_double(r, &s->chance) < 0)
		return -1;
	s->held = (int)held;
	s->at = (int)at;
	return s->n >= 0 ? 0 : -1;
}

static size_t
spot_held(const void *self)
{
	const struct spot *s = self;

	return sizeof *s + (size_t)s->depth * sizeof *s->last;
}

static void
spot_explain(const void *self, struct text *out)
{
	const struct spot *s = self;

	explain_line(out, "drift removed");
	if (s->n <= FIRST) {
		text_addf(out, "%.0f of the first %d differences\n", s->n, FIRST);
		return;
	}
	text_addf(out, "%+.6g from the mean of the %d values before\n", s->off, s->depth);
	explain_line(out, "peaks");
	text_addf(out, "beyond %+.4g: %.0f, beyond %+.4g: %.0f, of %.0f\n", s->side[0].threshold,
	    s->side[0].n, -s->side[1].threshold, s->side[1].n, s->n);
	explain_line(out, "chance");
	text_addf(out, "of one as large: %.3g; 0.5 at %g\n", s->chance, pow(10, -LEVEL));
}

const struct scorer anomaly_spot = {
	.name = "spot",
	.help = "peaks over a threshold with drift removed: 0.5 at a chance of 1 in 10,000",
	.inputs = 1,
	.looks_back = true,
	.open = spot_open,
	.close = spot_close,
	.step = spot_step,
	.save = spot_save,
	.load = spot_load,
	.held = spot_held,
	.explain = spot_explain,
};
