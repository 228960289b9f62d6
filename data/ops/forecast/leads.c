/* leads.c - how far ahead: buckets of leads, and the origins from which paths are kept. */
#include "data/ops/forecast/leads.h"

/* Short paths are cheap and mostly wanted of short series, where every error counts. */
enum { SLOTS_MIN = 4, KEPT_LEADS = 768 };

void
leads_init(struct leads *l, int h)
{
	static const int last[LEAD_BUCKETS] = { 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 136, LEADS_MAX };
	int b, i, first = 1, most;

	*l = (struct leads){ .h = h };
	for (b = 0; first <= h; b++) {
		l->last[b] = last[b] < h ? last[b] : h;
		l->middle[b] = 0.5 * (first + l->last[b]);
		for (i = first; i <= l->last[b]; i++)
			l->bucket[i] = (unsigned char)b;
		first = l->last[b] + 1;
	}
	l->buckets = b;
	most = KEPT_LEADS / h > SLOTS_MIN ? KEPT_LEADS / h : SLOTS_MIN;
	l->stride = (h + 11) / 12 + 2 * (h / 24);
	if (l->stride < 2)
		l->stride = 2;
	if (l->stride * most < h)
		l->stride = (h + most - 1) / most;
	l->slots = (h + l->stride - 1) / l->stride;
}

struct lead_blend
leads_blend(const struct leads *l, int h)
{
	int b = h <= l->h ? l->bucket[h] : l->buckets - 1;
	struct lead_blend blend = { b, b, 0 };

	if (h > l->middle[b] && b + 1 < l->buckets) {
		blend.other = b + 1;
		blend.share = (h - l->middle[b]) / (l->middle[b + 1] - l->middle[b]);
	} else if (h < l->middle[b] && b > 0) {
		blend.other = b - 1;
		blend.share = (l->middle[b] - h) / (l->middle[b] - l->middle[b - 1]);
	}
	return blend;
}
