/* intervals.c - how wide an interval must be to keep its word, for each lead and coverage.
 *
 * Each width is a multiple of the mean error of its bucket of leads, and the multiple learns from
 * its own misses: a miss makes it wider by a little, a hit narrower by less, in the proportion that
 * leaves it still exactly when the wanted share misses (adaptive conformal inference, Gibbs &
 * Candes 2021, on a log scale). So over any stretch the share of misses is off by at most the
 * change of ln factor over (gain x points), whatever the data do; no distribution is assumed. */
#include "data/ops/forecast/intervals.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

const double interval_levels[LEVELS] = { 0.5, 0.8, 0.95, 0.99 };

/* Factors to begin with, near those of a normal distribution: long series move them to where they
 * belong, short ones live with them. */
static const double START[LEVELS] = { 0.77, 1.55, 2.46, 3.7 };

/* How fast the mean error follows in the long run, one step ahead and further; before, as a mean of
 * all errors in which the later ones count more, by the square of their number: the first were made
 * by those who knew nothing yet. */
static const double RATE[2] = { 0.05, 0.015 }, LATER = 3;

/* A scale that is known from n errors needs a quantile z of the t distribution, about
 * z (1 + (z^2 + 1) / 4n); half as much again for what the errors do not know of. */
static const double FEW[LEVELS] = { 0.54, 0.99, 1.8, 2.9 };

/* What a miss and a hit do to the factor of each level: exp(gain c) and exp(-gain (1 - c)), so that
 * they balance when a share c of the values are hits. Gain .04 one step ahead, .015 further, where
 * c is .5, .8, .96 and .994: errors far ahead overlap, misses come in runs, and what has just been
 * learned from is a little kinder than what comes next. */
static const double STEPS[2][LEVELS][2] = {
	{
	    { 1.0202013400267558, 0.98019867330675525 },
	    { 1.0325175053051183, 0.99203191483706066 },
	    { 1.0387312328784977, 0.99800199866733308 },
	    { 1.0403945331364723, 0.99960007998933442 },
	},
	{
	    { 1.0075281954445339, 0.99252805481913842 },
	    { 1.0120722888660778, 0.997004495503373 },
	    { 1.0145041794607625, 0.99940017996400543 },
	    { 1.0150217085509881, 0.99991000404987851 },
	},
};

static size_t
kept_size(const struct leads *l)
{
	return (size_t)l->slots * (size_t)l->h;
}

void
intervals_init(struct intervals *iv, int horizon)
{
	int b;

	*iv = (struct intervals){ 0 };
	leads_init(&iv->leads, horizon);
	iv->bucket = memory_zero((size_t)iv->leads.buckets, sizeof *iv->bucket);
	for (b = 0; b < iv->leads.buckets; b++)
		memcpy(iv->bucket[b].factor, START, sizeof START);
	if (iv->leads.slots > 0) {
		iv->kept = memory_zero(kept_size(&iv->leads), sizeof *iv->kept);
		iv->origin = memory_zero((size_t)iv->leads.slots, sizeof *iv->origin);
	}
}

void
intervals_done(struct intervals *iv)
{
	free(iv->bucket);
	free(iv->kept);
	free(iv->origin);
}

static void
score(struct interval_bucket *b, double error, double tiny, double range, bool near)
{
	double rate = RATE[near ? 0 : 1], r, most;
	int k;

	if (b->count > 0) {
		r = error / (b->scale + tiny);
		r = r < 50 ? r : 50;
		for (k = 0; k < LEVELS; k++)
			b->factor[k] *= STEPS[near ? 0 : 1][k][r > b->factor[k] ? 0 : 1];
	}
	most = 8 * b->scale + 0.01 * range;
	if (b->count > 10 && error > most)
		error = most;
	if (rate < LATER / (b->count + LATER))
		rate = LATER / (b->count + LATER);
	b->scale += rate * (error - b->scale);
	b->count++;
}

void
intervals_score(
    struct intervals *iv, uint64_t t, double y, double next, double as_next, double range)
{
	const struct leads *l = &iv->leads;
	double tiny = 1e-9 * (fabs(next) + range) + 1e-300, change;
	uint64_t lead;
	int slot;

	if (t > 1)
		score(&iv->bucket[0], as_next * fabs(y - next), tiny, range, true);
	if (l->h == 1)
		return;
	for (slot = 0; slot < l->slots; slot++) {
		lead = t + 1 - iv->origin[slot].at;
		if (iv->origin[slot].at == 0 || lead < 2 || lead > (uint64_t)l->h || t <= lead + 1)
			continue;
		change = (double)iv->kept[(uint64_t)slot * (uint64_t)l->h + lead - 1];
		score(&iv->bucket[leads_bucket(l, (int)lead)],
		    fabs(y - iv->origin[slot].value - change), tiny, range, false);
	}
}

void
intervals_grow(struct intervals *iv, double ratio)
{
	for (int b = 0; b < iv->leads.buckets; b++)
		iv->bucket[b].scale *= ratio;
}

bool
intervals_due(const struct intervals *iv, uint64_t t)
{
	return iv->leads.h > 1 && t % (uint64_t)iv->leads.stride == 0;
}

void
intervals_keep(struct intervals *iv, uint64_t t, double value, const double *path)
{
	const struct leads *l = &iv->leads;
	uint64_t slot = t / (uint64_t)l->stride % (uint64_t)l->slots;
	float *kept = iv->kept + slot * (uint64_t)l->h;
	int i;

	iv->origin[slot] = (struct interval_origin){ t, value };
	for (i = 0; i < l->h; i++)
		kept[i] = leads_float(path[i] - value);
}

/* The mean error of one bucket; with few errors seen it leans on that one step ahead. What lies
 * further ahead is no surer. */
static double
bucket_scale(const struct intervals *iv, int bucket)
{
	const struct interval_bucket *b = &iv->bucket[bucket];
	double near = iv->bucket[0].scale, u = b->count / (b->count + 5);

	if (bucket == 0)
		return near;
	return fmax(near, u * b->scale + (1 - u) * near * sqrt(leads_middle(&iv->leads, bucket)));
}

static void
bucket_widths(const struct intervals *iv, int bucket, double *widths)
{
	double scale = bucket_scale(iv, bucket);
	int k;

	for (k = 0; k < LEVELS; k++) {
		widths[k] = scale * iv->bucket[bucket].factor[k];
		if (k > 0 && widths[k] < widths[k - 1])
			widths[k] = widths[k - 1];
	}
}

/* How many errors at lead h tell something new. Those of one origin after the other share h - 1 of
 * their h steps: where errors add up on the way, as on a random walk, they are nearly the same
 * ones, and where they do not grow with the lead each stands for itself. */
static double
independent(const struct intervals *iv, struct lead_blend blend, int h)
{
	double near = bucket_scale(iv, 0), far = bucket_scale(iv, blend.own), shared = 0;

	far += blend.share * (bucket_scale(iv, blend.other) - far);
	if (h > 1 && near > 0)
		shared = fmax(0, fmin(1, (far / near - 1) / (sqrt(h) - 1)));
	return (iv->bucket[0].count + 1) / (1 + (h - 1) * shared);
}

void
intervals_widths(const struct intervals *iv, int h, double *widths)
{
	struct lead_blend blend = leads_blend(&iv->leads, h);
	const struct leads *l = &iv->leads;
	double other[LEVELS], beyond = 1, n = independent(iv, blend, h);
	int k;

	bucket_widths(iv, blend.own, widths);
	if (blend.share > 0) {
		bucket_widths(iv, blend.other, other);
		for (k = 0; k < LEVELS; k++)
			widths[k] += blend.share * (other[k] - widths[k]);
	}
	if (blend.own == l->buckets - 1 && h > leads_middle(l, blend.own))
		beyond = sqrt(h / leads_middle(l, blend.own));
	for (k = 0; k < LEVELS; k++)
		widths[k] *= beyond * (1 + FEW[k] / n);
}

double
widths_at(const double *widths, int stride, double c)
{
	double near, far, share;
	int k = 0;

	while (k < LEVELS - 1 && c > interval_levels[k])
		k++;
	far = widths[k * stride];
	if (c == interval_levels[k])
		return far;
	assert(k > 0); /* nobody may ask for less than the least of them */
	near = widths[(k - 1) * stride];
	if (!(near > 0))
		return far;
	share = log((1 - interval_levels[k - 1]) / (1 - c)) /
		log((1 - interval_levels[k - 1]) / (1 - interval_levels[k]));
	return near * pow(far / near, share);
}

void
intervals_save(const struct intervals *iv, struct buffer *b)
{
	buffer_put(b, &iv->leads, sizeof iv->leads);
	buffer_put(b, iv->bucket, (size_t)iv->leads.buckets * sizeof *iv->bucket);
	buffer_put(b, iv->kept, kept_size(&iv->leads) * sizeof *iv->kept);
	buffer_put(b, iv->origin, (size_t)iv->leads.slots * sizeof *iv->origin);
}

int
intervals_load(struct intervals *iv, struct reader *r)
{
	struct leads saved;

	if (reader_get(r, &saved, sizeof saved) != 0 || saved.h != iv->leads.h ||
	    reader_get(r, iv->bucket, (size_t)iv->leads.buckets * sizeof *iv->bucket) != 0 ||
	    reader_get(r, iv->kept, kept_size(&iv->leads) * sizeof *iv->kept) != 0)
		return -1;
	return reader_get(r, iv->origin, (size_t)iv->leads.slots * sizeof *iv->origin);
}

size_t
intervals_held(const struct intervals *iv)
{
	return (size_t)iv->leads.buckets * sizeof *iv->bucket +
	       kept_size(&iv->leads) * sizeof *iv->kept +
	       (size_t)iv->leads.slots * sizeof *iv->origin;
}
