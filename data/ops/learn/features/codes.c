/* codes.c - texts among the features, as numbers: how much each speaks for a class, smoothed
 * towards saying nothing while it is new (Micci-Barreca 2001), from rows before alone. */
#include "data/ops/learn/features/codes.h"

#include <math.h>

enum { SLOTS = 1024, TABLE = 8192 /* numbers of one text's table, beyond few classes */ };
static const double lean = 2, fade_from = 2000;

static int
width(const struct codes *c) /* numbers of a place */
{
	return c->k == 0 ? 2 : c->k;
}

void
codes_fields(struct codes *c, struct fields *f)
{
	size_t n = (size_t)c->texts, w = (size_t)width(c);
	void *at = c->at;

	c->slots = TABLE / width(c) < SLOTS ? TABLE / width(c) : SLOTS;
	fields_doubles(f, &c->total, n > 0 ? w : 0);
	fields_floats(f, &c->sums, n * (size_t)c->slots * w);
	fields_room(f, &at, n, sizeof *c->at);
	c->at = at;
}

static uint64_t
scatter(double id)
{
	uint64_t h = isnan(id) ? 0 : (uint64_t)(int64_t)(fabs(id) < 0x1p53 ? id : 0);

	h = (h ^ (h >> 31)) * 0x9e3779b97f4a7c15U;
	return h ^ (h >> 29);
}

static float *
place(const struct codes *c, int text)
{
	return c->sums + ((size_t)text * (size_t)c->slots + (size_t)c->at[text]) * (size_t)width(c);
}

static void
speak_for_classes(const struct codes *c, const float *counts, double *out)
{
	double n = 0, total = 0;
	int first = c->k == 2, last = c->k == 2 ? 2 : codes_width(c->k) - 1;

	for (int i = 0; i < c->k; i++) {
		n += (double)counts[i];
		total += c->total[i];
	}
	for (int i = first; i < last; i++) {
		double share = (c->total[i] + 0.5) / (total + 0.5 * c->k);
		double own = ((double)counts[i] + lean * share) / (n + lean);

		*out++ = log(own / (1 - own)) - log(share / (1 - share));
	}
}

void
codes_read(struct codes *c, int text, double id, double *out)
{
	uint64_t h = scatter(id);
	const float *sums;

	c->at[text] = (int)(h % (uint64_t)c->slots);
	sums = place(c, text);
	if (c->k > 0)
		speak_for_classes(c, sums, out);
	else
		out[0] = ((double)sums[1] + 0.0) / ((double)sums[0] + lean);
	out[codes_width(c->k) - 1] = (double)(h >> 11) * 0x1p-53;
}

void
codes_learn_class(struct codes *c, int class)
{
	double sum = 0;

	if (c->texts == 0)
		return;
	c->total[class] += 1;
	for (int i = 0; i < c->k; i++)
		sum += c->total[i];
	for (int i = 0; i < c->k && sum > fade_from; i++)
		c->total[i] /= 2;
	for (int t = 0; t < c->texts; t++) {
		float *counts = place(c, t), n = 0;

		counts[class] += 1;
		for (int i = 0; i < c->k; i++)
			n += counts[i];
		for (int i = 0; i < c->k && n > (float)fade_from; i++)
			counts[i] /= 2;
	}
}

void
codes_learn_number(struct codes *c, double y)
{
	double e;

	if (c->texts == 0)
		return;
	c->total[0] = fmin(c->total[0] + 1, fade_from);
	e = y - c->total[1];
	c->total[1] += e / c->total[0];
	for (int t = 0; t < c->texts; t++) {
		float *sums = place(c, t);

		sums[0] += 1;
		sums[1] += (float)fmax(-1e30, fmin(1e30, e));
		if (sums[0] <= (float)fade_from)
			continue;
		sums[0] /= 2;
		sums[1] /= 2;
	}
}
