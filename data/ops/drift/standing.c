/* standing.c - mean, deviation and memory of a stream since its last change. */
#include "data/ops/drift/standing.h"

#include <math.h>

static const double FAR = 4, MEMORY_MOST = 0.98;

void
standing_add(struct standing *s, double x)
{
	double d = x - s->mean;

	s->n++;
	s->mean += d / s->n;
	s->spread += d * (x - s->mean);
	if (s->n > 1)
		s->products += (s->last - s->mean) * (x - s->mean);
	s->last = x;
}

double
standing_scale(const struct standing *s)
{
	double sd, r;

	if (s->n < 2 || !(s->spread > 0))
		return 0;
	sd = sqrt(s->spread / (s->n - 1));
	/* what rounding leaves of equal values is no deviation */
	if (sd <= 1e-12 * fabs(s->mean))
		return 0;
	r = fmin(MEMORY_MOST, fmax(0, s->products / s->spread));
	return sd * sqrt((1 + r) / (1 - r));
}

double
standing_deviation(const struct standing *s, double x)
{
	double scale = standing_scale(s), d = x - s->mean;

	if (!(scale > 0))
		return fabs(d) <= 1e-12 * fabs(s->mean) ? 0 : d > 0 ? FAR : -FAR;
	return fmax(-FAR, fmin(FAR, d / scale));
}

void
excess_add(struct excess *e, double deviation, double x)
{
	e->sum += deviation;
	if (!(e->sum > 0)) {
		*e = (struct excess){ 0 };
		return;
	}
	e->n++;
	e->values += x;
}
