/* leads.h - how far ahead: buckets of leads, and the origins from which paths are kept.
 *
 * Errors grow with the lead, and other experts are best far ahead than near. So weights and widths
 * are learned for each bucket of leads, finer near than far, and blended between their middles.
 * Keeping every path of every expert for 200 rows would need megabytes, so only each stride'th
 * origin is kept; but then with all its leads: fixed leads at multiples of a season would make the
 * naive forecast look seasonal. */
#ifndef WEIR_FORECAST_LEADS_H
#define WEIR_FORECAST_LEADS_H

enum { LEAD_BUCKETS = 12 };

struct leads {
	int h;       /* the longest lead */
	int buckets; /* of which this many are in use */
	int stride;  /* a path is kept at each stride'th point */
	int slots;   /* paths kept at a time */
};

void leads_init(struct leads *, int h);
int leads_bucket(const struct leads *, int h);
double leads_middle(const struct leads *, int bucket); /* the mean lead of a bucket */

/* Kept paths are floats; what one cannot hold is as far off as can be. */
static inline float
leads_float(double change)
{
	return change > 3e38 ? 3e38f : change < -3e38 ? -3e38f : (float)change;
}

/* The share of a second bucket in what is said for lead h, besides that of its own. */
struct lead_blend {
	int own, other;
	double share; /* of other */
};
struct lead_blend leads_blend(const struct leads *, int h);

#endif
