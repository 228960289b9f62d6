/* alarm.c - losses that are suddenly far beyond what they were: a chart of moving averages (EWMA,
 * Roberts 1959) whose middle follows as well, more slowly. */
#include "data/ops/learn/models/alarm.h"

#include <math.h>

static const double soon = 1.0 / 30, later = 1.0 / 500, far = 4.5 /* deviations of the mean */;

void
alarm_fields(struct alarm *a, struct fields *f)
{
	fields_double(f, &a->rows);
	fields_double(f, &a->now);
	fields_double(f, &a->usual);
	fields_double(f, &a->var);
}

bool
alarm_row(struct alarm *a, double loss)
{
	double e = loss - a->usual, step = fmax(later, 1 / ++a->rows);

	a->now += fmax(soon, 1 / a->rows) * (loss - a->now);
	a->usual += step * e;
	a->var += step * (e * e - a->var);
	if (a->rows * soon <= 2 || a->now <= a->usual + far * sqrt(a->var * soon / 2))
		return false;
	a->rows = 0;
	return true;
}
