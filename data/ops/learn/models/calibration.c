/* calibration.c - chances as a model gives them, put right by how often they came true.
 *
 * A weighted sum may find the direction in which classes lie apart, and yet place the border beside
 * where it is: then half of the rows that it gives a chance of .3 are of the class. So chances are
 * counted in bins (Zadrozny and Elkan 2001), even in log odds, of each class against all others. A
 * row counts in the two bins that it lies between, and is read between them. Counts are of the last
 * rows: the border follows changes sooner than the weights do. */
#include "data/ops/learn/models/calibration.h"

#include <math.h>
#include <stdbool.h>

enum { BINS = 24 };
static const double far = 5;                /* log odds of the outermost bins */
static const double lean = 10, memory = 30; /* rows that the chance itself counts as; of a bin */

struct between { /* bins: low and the one above it, of which the latter has that share */
	int low;
	double share;
};

static struct between
place(double p)
{
	double odds = log((p + 1e-9) / (1 - p + 1e-9)), at;
	int low;

	odds = odds > far ? far : odds < -far ? -far : odds;
	at = (odds + far) / (2 * far) * (BINS - 1);
	low = at < BINS - 2 ? (int)at : BINS - 2;
	return (struct between){ low, at - low };
}

void
calibration_fields(struct calibration *m, struct fields *f)
{
	fields_floats(f, &m->n, (size_t)m->k * BINS);
	fields_floats(f, &m->hits, (size_t)m->k * BINS);
}

static double
came_true(const struct calibration *m, int at, double p)
{
	return ((double)m->hits[at] + lean * p) / ((double)m->n[at] + lean);
}

void
calibration_apply(const struct calibration *m, double *p)
{
	double sum = 0;

	for (int c = 0; c < m->k; c++) {
		struct between b = place(p[c]);
		int at = c * BINS + b.low;

		p[c] =
		    (1 - b.share) * came_true(m, at, p[c]) + b.share * came_true(m, at + 1, p[c]);
		sum += p[c];
	}
	for (int c = 0; c < m->k; c++)
		p[c] /= sum;
}

static void
count(struct calibration *m, int at, double weight, bool hit)
{
	double n = (double)m->n[at] + weight, hits = (double)m->hits[at] + (hit ? weight : 0);
	double share = n > memory ? memory / n : 1;

	m->n[at] = (float)(n * share);
	m->hits[at] = (float)(hits * share);
}

void
calibration_learn(struct calibration *m, const double *p, int class)
{
	for (int c = 0; c < m->k; c++) {
		struct between b = place(p[c]);
		int at = c * BINS + b.low;

		count(m, at, 1 - b.share, c == class);
		count(m, at + 1, b.share, c == class);
	}
}
