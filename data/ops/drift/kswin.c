/* kswin.c - the newest values against those before, by the test of Kolmogorov and Smirnov.
 *
 * Raab, Heusinger, Schleif, "Reactive soft prototype computing for concept drift streams" (2020).
 * All of the older values are compared, where the paper draws some of them at random: the same rows
 * give the same changes. Sees any change of the distribution, its spread too. The usual level 0.005
 * at each row is an alarm every few hundred rows of noise; 0.00001 is none in most of 10,000. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"

enum { WINDOW = 100, NEWEST = 30, OLDER = WINDOW - NEWEST };

struct kswin {
	struct drift_options options;
	double ring[WINDOW];
	double older[OLDER], newest[NEWEST]; /* in order; those that are full */
	uint32_t n, at;                      /* values held; where the oldest stands */
	double apart;
};

static void
kswin_open(void *self, const struct drift_options *o)
{
	struct kswin *k = self;

	k->options = *o;
}

/* First place whose value is not below x. */
static int
place_of(const double *sorted, int n, double x)
{
	int lo = 0;

	while (n > 0) {
		int half = n / 2;

		if (sorted[lo + half] < x) {
			lo += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return lo;
}

static void
insert(double *sorted, int n, double x)
{
	int i = place_of(sorted, n, x);

	memmove(&sorted[i + 1], &sorted[i], (size_t)(n - i) * sizeof *sorted);
	sorted[i] = x;
}

/* x is among them, but for states that were damaged. */
static void
take_out(double *sorted, int n, double x)
{
	int i = place_of(sorted, n, x);

	if (i >= n)
		i = n - 1;
	memmove(&sorted[i], &sorted[i + 1], (size_t)(n - 1 - i) * sizeof *sorted);
}

static double
ring_at(const struct kswin *k, uint32_t i)
{
	return k->ring[(k->at + i) % WINDOW];
}

/* The window is full at x: the oldest goes, the first of the newest becomes an older one. */
static void
slide(struct kswin *k, double x)
{
	double ages = ring_at(k, OLDER);

	take_out(k->older, OLDER, ring_at(k, 0));
	insert(k->older, OLDER - 1, ages);
	take_out(k->newest, NEWEST, ages);
	insert(k->newest, NEWEST - 1, x);
	k->ring[k->at] = x;
	k->at = (k->at + 1) % WINDOW;
}

static void
fill(struct kswin *k, double x)
{
	k->ring[(k->at + k->n) % WINDOW] = x;
	if (k->n < OLDER)
		insert(k->older, (int)k->n, x);
	else
		insert(k->newest, (int)k->n - OLDER, x);
	k->n++;
}

/* The greatest distance between the two distribution functions. */
static double
distance(const struct kswin *k)
{
	double most = 0;
	int i = 0, j = 0;

	while (i < OLDER && j < NEWEST) {
		double x = fmin(k->older[i], k->newest[j]), d;

		while (i < OLDER && k->older[i] <= x)
			i++;
		while (j < NEWEST && k->newest[j] <= x)
			j++;
		d = fabs((double)i / OLDER - (double)j / NEWEST);
		if (d > most)
			most = d;
	}
	return most;
}

static double
mean_of(const double *x, int n)
{
	double sum = 0;

	for (int i = 0; i < n; i++)
		sum += x[i] / n;
	return sum;
}

/* The newest values are what is known of the stream after the change. */
static void
keep_newest(struct kswin *k)
{
	double newest[NEWEST];

	for (uint32_t i = 0; i < NEWEST; i++)
		newest[i] = ring_at(k, OLDER + i);
	k->n = k->at = 0;
	for (int i = 0; i < NEWEST; i++)
		fill(k, newest[i]);
}

/* By the limit of the distribution for many values (Smirnov 1948). */
static double
critical(double alpha)
{
	return sqrt(-log(alpha / 2) / 2 * (1.0 / NEWEST + 1.0 / OLDER));
}

static bool
kswin_step(void *self, double x, struct drift_change *change)
{
	struct kswin *k = self;

	if (k->n < WINDOW) {
		fill(k, x);
		if (k->n < WINDOW)
			return false;
	} else {
		slide(k, x);
	}
	k->apart = distance(k);
	if (!(k->apart > critical(k->options.delta)))
		return false;
	*change = (struct drift_change){ mean_of(k->older, OLDER), mean_of(k->newest, NEWEST) };
	keep_newest(k);
	return true;
}

static bool
kswin_sound(const void *self)
{
	const struct kswin *k = self;

	return k->n <= WINDOW && k->at < WINDOW;
}

static struct drift_options *
kswin_options(void *self)
{
	return &((struct kswin *)self)->options;
}

static void
kswin_explain(const void *self, struct text *out)
{
	const struct kswin *k = self;

	explain_line(out, "distance");
	if (k->n < WINDOW)
		text_addf(out, "%u of %d values\n", (unsigned)k->n, WINDOW);
	else
		text_addf(out,
		    "%.3f between the newest %d and the %d before; a change above %.3f\n", k->apart,
		    NEWEST, OLDER, critical(k->options.delta));
}

const struct drift_detector drift_kswin = {
	.name = "kswin",
	.help = "the newest 30 values against the 70 before, by Kolmogorov and Smirnov",
	.delta = 0.00001,
	.threshold = NAN,
	.size = sizeof(struct kswin),
	.open = kswin_open,
	.step = kswin_step,
	.sound = kswin_sound,
	.options = kswin_options,
	.explain = kswin_explain,
};
