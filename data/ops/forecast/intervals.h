/* intervals.h - how wide an interval must be to keep its word, for each lead and coverage. */
#ifndef WEIR_FORECAST_INTERVALS_H
#define WEIR_FORECAST_INTERVALS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/ops/forecast/series/leads.h"

enum { LEVELS = 4 };
extern const double interval_levels[LEVELS]; /* .5 .8 .95 .99 */

struct intervals {
	struct leads leads;
	struct interval_bucket {
		double count, scale;   /* mean size of the errors, large ones clipped */
		double factor[LEVELS]; /* half width = scale * factor */
	} * bucket;                    /* leads.buckets of them */
	/* combined paths [slot][lead - 1], as changes since the value at their origin */
	float *kept;
	struct interval_origin {
		uint64_t at;
		double value;
	} * origin; /* of each slot; at 0: empty */
};

void intervals_init(struct intervals *, int horizon);
void intervals_done(struct intervals *);

/* Point t is y and was forecast as next; range: of all values so far. as_next: 1, or after a gap
 * the share of that error which it would have been one step ahead. */
void intervals_score(
    struct intervals *, uint64_t t, double y, double next, double as_next, double range);
/* The level of the series is ratio times what it was, and errors are expected to grow with it. */
void intervals_grow(struct intervals *, double ratio);
/* Is a path from origin t to be kept? */
bool intervals_due(const struct intervals *, uint64_t t);
void intervals_keep(struct intervals *, uint64_t t, double value, const double *path);

/* Half widths at lead h, one for each of interval_levels. */
void intervals_widths(const struct intervals *, int h, double *widths);

/* The half width at coverage c, .5 to .99, from those at interval_levels, stride apart: between two
 * of them as the quantiles of a distribution whose tail falls like a power of the share outside. */
double widths_at(const double *widths, int stride, double c);

void intervals_save(const struct intervals *, struct buffer *);
int intervals_load(struct intervals *, struct reader *);
size_t intervals_held(const struct intervals *);

#endif
