/* leads.c - how far ahead: buckets of leads, and the origins from which paths are kept. */
#include "data/ops/forecast/series/leads.h"

#include "data/graph/op.h"

/* Short paths are cheap and mostly wanted of short series, where every error counts. */
enum { SLOTS_MIN = 4, KEPT_LEADS = 768 };

/* The last lead of each bucket. */
static const unsigned char LAST[LEAD_BUCKETS] = { 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 136,
	HORIZON_MAX };

void
leads_init(struct leads *l, int h)
{
	int most = KEPT_LEADS / h > SLOTS_MIN ? KEPT_LEADS / h : SLOTS_MIN;

	*l = (struct leads){ .h = h };
	l->buckets = leads_bucket(l, h) + 1;
	l->stride = (h + 11) / 12 + 2 * (h / 24);
	if (l->stride < 2)
		l->stride = 2;
	if (l->stride * most < h)
		l->stride = (h + most - 1) / most;
	l->slots = h == 1 ? 0 : (h + l->stride - 1) / l->stride;
}

int
leads_bucket(const struct leads *l, int h)
{
	int b = 0;

	if (h > l->h)
		h = l->h;
	while (LAST[b] < h)
		b++;
	return b;
}

double
leads_middle(const struct leads *l, int bucket)
{
	int last = LAST[bucket] < l->h ? LAST[bucket] : l->h;

	return bucket == 0 ? 1 : 0.5 * (LAST[bucket - 1] + 1 + last);
}

struct lead_blend
leads_blend(const struct leads *l, int h)
{
	int b = leads_bucket(l, h);
	double middle = leads_middle(l, b), other;
	struct lead_blend blend = { b, b, 0 };

	if (h > middle && b + 1 < l->buckets)
		blend.other = b + 1;
	else if (h < middle && b > 0)
		blend.other = b - 1;
	else
		return blend;
	other = leads_middle(l, blend.other);
	blend.share = (h - middle) / (other - middle);
	return blend;
}
