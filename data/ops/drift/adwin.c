/* adwin.c - ADWIN: a window that is cut where the means of its two parts differ too much.
 *
 * Bifet and Gavalda, "Learning from time-changing data with adaptive windowing" (SDM 2007). The
 * window is kept as buckets of 1, 2, 4 ... values, at most BUCKETS of a size, so cuts are tried at
 * about BUCKETS log2(n / BUCKETS) places. The oldest bucket is dropped while at some cut the means
 * differ by more than
 *
 *	eps = sqrt(2 m v D) + 2/3 m D s,  m = 1 / (n0 - 4) + 1 / (n1 - 4),  D = ln(2 ln(n) / delta)
 *
 * with v the variance of the window. s is its standard deviation where the paper, which knows that
 * values lie in [0, 1], has 1: so nothing depends on the unit. After each bucket dropped the sums
 * of the window are taken anew, so no rounding stays of what has left.
 *
 * A few of the values before a change stay, as too few to tell apart from the recent part, until
 * that has grown. What is cut off then is still the same change: it is declared once, and a new one
 * where the cut at which the means differ most lies well behind these. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"

enum {
	BUCKETS = 5, /* of a size, before two are merged */
	SIZES = 40,  /* the largest holds 2^39 values */
	PART_LEAST = 5,
	CLOCK = 16, /* cuts are looked for at every so many values */
	GRACE = 10,
	NEWS = 32 /* values behind twice those left over, where a cut is of a new change */
};

struct bucket {
	double mean, spread; /* sum of squared deviations from the mean */
};

struct adwin {
	struct drift_options options;
	struct bucket row[SIZES][BUCKETS + 1]; /* the oldest first */
	uint8_t count[SIZES];
	uint32_t sizes; /* rows in use */
	uint32_t tick;
	double n, mean, spread; /* of the window */
	double left_over;       /* values in it from before the last change declared */
	struct drift_change last;
	double apart; /* the means at the last cut, in eps */
};

/* Both as one: Chan, Golub, LeVeque (1983). */
static void
merge(double *n, double *mean, double *spread, double n2, struct bucket b)
{
	double d = b.mean - *mean, all = *n + n2;

	*spread += b.spread + d * d * (*n * n2 / all);
	*mean += d * (n2 / all);
	*n = all;
}

/* Two of a size become one of twice that; of the greatest size, the oldest goes. */
static void
compress(struct adwin *a)
{
	for (uint32_t i = 0; i < a->sizes && a->count[i] > BUCKETS; i++) {
		double n = ldexp(1, (int)i);
		struct bucket two = a->row[i][0];

		merge(&n, &two.mean, &two.spread, n, a->row[i][1]);
		if (i + 1 < SIZES) {
			a->row[i + 1][a->count[i + 1]++] = two;
			if (i + 1 == a->sizes)
				a->sizes++;
		}
		a->count[i] = (uint8_t)(a->count[i] - 2);
		memmove(&a->row[i][0], &a->row[i][2], a->count[i] * sizeof a->row[i][0]);
	}
}

static void
sum_up(struct adwin *a)
{
	a->n = a->mean = a->spread = 0;
	for (uint32_t i = a->sizes; i-- > 0;)
		for (int k = 0; k < a->count[i]; k++)
			merge(&a->n, &a->mean, &a->spread, ldexp(1, (int)i), a->row[i][k]);
}

static void
drop_oldest(struct adwin *a)
{
	uint32_t i = a->sizes - 1;

	a->count[i]--;
	memmove(&a->row[i][0], &a->row[i][1], a->count[i] * sizeof a->row[i][0]);
	a->left_over = fmax(0, a->left_over - ldexp(1, (int)i));
	while (a->sizes > 0 && a->count[a->sizes - 1] == 0)
		a->sizes--;
	sum_up(a);
}

/* How far the means of the parts are apart, in eps, where n0 values of this mean are before the
 * cut: a change above 1. */
static double
distance(const struct adwin *a, double n0, double mean0, double D)
{
	double n1 = a->n - n0, m, v, eps;

	if (n0 < PART_LEAST || n1 < PART_LEAST)
		return 0;
	m = 1 / (n0 - PART_LEAST + 1) + 1 / (n1 - PART_LEAST + 1);
	v = a->spread / a->n;
	/* what rounding makes of equal values is no change */
	eps = sqrt(2 * m * v * D) + 2.0 / 3 * m * D * sqrt(v) + 1e-12 * fabs(a->mean) + 1e-300;
	return fabs(a->mean - mean0) * (a->n / n1) / eps;
}

/* How many values stand before the cut at which the parts differ most; 0: they do nowhere. */
static double
find_cut(struct adwin *a, struct drift_change *change)
{
	double n0 = 0, mean0 = 0, spread0 = 0, D = log(2 * log(a->n) / a->options.delta), most = 1,
	       cut = 0;

	for (uint32_t i = a->sizes; i-- > 0;)
		for (int k = 0; k < a->count[i]; k++) {
			double apart;

			merge(&n0, &mean0, &spread0, ldexp(1, (int)i), a->row[i][k]);
			apart = distance(a, n0, mean0, D);
			if (apart <= most)
				continue;
			most = apart;
			cut = n0;
			change->before = mean0;
			change->after = mean0 + (a->mean - mean0) * (a->n / (a->n - n0));
		}
	if (cut > 0)
		a->apart = most;
	return cut;
}

static void
adwin_open(void *self, const struct drift_options *o)
{
	struct adwin *a = self;

	a->options = *o;
}

static bool
adwin_step(void *self, double x, struct drift_change *change)
{
	struct adwin *a = self;
	struct drift_change found;
	bool any = false;

	if (a->sizes == 0)
		a->sizes = 1;
	a->row[0][a->count[0]++] = (struct bucket){ x, 0 };
	merge(&a->n, &a->mean, &a->spread, 1, (struct bucket){ x, 0 });
	compress(a);
	if (++a->tick < CLOCK)
		return false;
	a->tick = 0;
	for (double cut; a->n > GRACE && (cut = find_cut(a, &found)) > 0; drop_oldest(a)) {
		if (a->left_over > 0 && cut <= 2 * a->left_over + NEWS)
			continue;
		a->last = found; /* the whole past against what came then */
		a->left_over = cut;
		any = true;
	}
	*change = a->last;
	return any;
}

static bool
adwin_sound(const void *self)
{
	const struct adwin *a = self;
	double n = 0;

	if (a->sizes > SIZES || a->tick >= CLOCK)
		return false;
	for (uint32_t i = 0; i < SIZES; i++) {
		if (a->count[i] > BUCKETS || (i >= a->sizes && a->count[i] > 0))
			return false;
		n += ldexp(a->count[i], (int)i);
	}
	return n == a->n && a->left_over >= 0 && a->left_over <= n &&
	       (a->sizes == 0 || a->count[a->sizes - 1] > 0);
}

static struct drift_options *
adwin_options(void *self)
{
	return &((struct adwin *)self)->options;
}

static void
adwin_explain(const void *self, struct text *out)
{
	const struct adwin *a = self;

	explain_line(out, "window");
	text_addf(out, "%.0f values, mean %.6g, sd %.4g\n", a->n, a->mean,
	    a->n > 1 ? sqrt(a->spread / (a->n - 1)) : 0);
	if (a->apart > 0) {
		explain_line(out, "last cut");
		text_addf(out,
		    "%.6g before, %.6g after: %.3g times as far apart as chance has it\n",
		    a->last.before, a->last.after, a->apart);
	}
}

const struct drift_detector drift_adwin = {
	.name = "adwin",
	.help = "a window that is cut where the means of its parts differ; keeps the recent part",
	.delta = 0.002,
	.threshold = NAN,
	.size = sizeof(struct adwin),
	.open = adwin_open,
	.step = adwin_step,
	.sound = adwin_sound,
	.options = adwin_options,
	.explain = adwin_explain,
};
