/* series.h - the recent past of a column, in the units in which methods work. */
#ifndef WEIR_FORECAST_SERIES_H
#define WEIR_FORECAST_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"

/* The working value z of a point y is log(y) as long as every point so far was above 0 (growth and
 * seasons of most measured things are proportional), else y itself. The first point that is not
 * above 0 ends that for good.
 *
 * Points are numbered by the clock n: gaps advance it too, filled with what was forecast. */
struct series {
	double *z;     /* the last points, oldest first; room for a path behind the newest */
	int len;       /* points in z */
	int keep;      /* at least so many are kept */
	int room;      /* points that z takes before it is moved up */
	int spare;     /* cells behind the newest point, for paths */
	uint64_t n;    /* the clock: points so far */
	uint64_t seen; /* of which were values, not gaps */
	bool log;
	double lo, hi;      /* of all values, in their own units, but for spikes */
	double low, high;   /* what forecasts may be at most: as values ... */
	double zlow, zhigh; /* ... and as working values */
	/* the line through all points; slope, of z a point, is the drift */
	double mean, cross, slope;
};

/* Spare cells behind the newest point: a short series has one, and needs copying for a path. */
enum { SERIES_PATH = 208, SERIES_SMALL = 768 };

void series_init(struct series *, int keep, bool log);
void series_done(struct series *);
/* Adds a value; true when it ended the logarithms: z has changed as a whole. */
bool series_push(struct series *, double y);
/* Adds what was forecast (a working value) for a point that is missing. */
void series_skip(struct series *, double z);

/* A forecast in the values' own units: finite, and never further outside of what was seen than the
 * range of what was seen; not below 0 when nothing was. */
double series_value(const struct series *, double z);
/* The same for n forecasts at once; both arrays have room for a multiple of LANES, and may be one.
 * What is missing stays so. */
void series_values(const struct series *, double *y, const double *z, int n);

/* Point t of the clock; t must still be kept (or lie in the spare cells). */
static inline double *
series_at(const struct series *s, uint64_t t)
{
	return s->z + s->len - (ptrdiff_t)(s->n - t);
}

/* The oldest point that is kept, however many more there are now. */
static inline uint64_t
series_lasting(const struct series *s)
{
	return s->n > (uint64_t)s->keep ? s->n - (uint64_t)s->keep : 0;
}

static inline uint64_t
series_oldest(const struct series *s)
{
	return s->n - (uint64_t)s->len;
}

void series_save(const struct series *, struct buffer *);
int series_load(struct series *, struct reader *);
size_t series_held(const struct series *);

#endif
