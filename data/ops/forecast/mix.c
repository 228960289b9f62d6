/* mix.c - which expert to believe: their recent errors at each lead, and weights from them.
 *
 * A weight falls with a high power of the expert's recent error relative to the best one's, and is
 * 0 from twice the best error on: between picking the best, which jumps about, and averaging, which
 * listens to those that know nothing. With few errors seen the power is low. */
#include "data/ops/forecast/mix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/power.h"

static const double FORGET_NEXT = 0.97, FORGET_FAR = 0.993, SOME = 4, MUCH = 16, CUT = 0.5;

static size_t
kept_size(const struct leads *l)
{
	return (size_t)l->slots * (size_t)(l->h - 1) * EXPERTS;
}

void
mix_init(struct mix *mix, int horizon)
{
	*mix = (struct mix){ 0 };
	leads_init(&mix->leads, horizon);
	mix->bucket = memory_zero((size_t)mix->leads.buckets, sizeof *mix->bucket);
	mix->kept = memory_zero(kept_size(&mix->leads), sizeof *mix->kept);
	mix->origin = memory_zero((size_t)mix->leads.slots, sizeof *mix->origin);
	for (int k = 0; k < EXPERTS; k++)
		mix->next[k] = NAN;
}

void
mix_done(struct mix *mix)
{
	free(mix->bucket);
	free(mix->kept);
	free(mix->origin);
}

void
mix_forget(struct mix *mix, int from, int to)
{
	size_t i, n = kept_size(&mix->leads);
	int b, k;

	for (k = from; k < to; k++) {
		mix->next[k] = NAN;
		for (b = 0; b < mix->leads.buckets; b++)
			mix->bucket[b].loss[k] = mix->bucket[b].mass[k] = 0;
		for (i = (size_t)k; i < n; i += EXPERTS)
			mix->kept[i] = NAN;
	}
}

/* No error counts for more than 300 usual ones: a spike, which nobody can forecast, would otherwise
 * drown for hundreds of points what sets the experts apart. */
static double
cap_of(const struct mix_bucket *b)
{
	return b->count > 10 && b->usual > 0 ? 300 * b->usual : HUGE_VAL;
}

/* Adds one error of each expert; those of the silent are NaN. */
WIDE static void
add_errors(struct mix_bucket *restrict b, const double *restrict e)
{
	double capped[EXPERTS], cap = cap_of(b), best = cap;
	int k;

	for (k = 0; k < EXPERTS; k++)
		capped[k] = e[k] < cap ? e[k] : cap;
	for (k = 0; k < EXPERTS; k++)
		capped[k] = e[k] == e[k] ? capped[k] : 0;
	for (k = 0; k < EXPERTS; k++)
		b->loss[k] += capped[k];
	for (k = 0; k < EXPERTS; k++)
		b->mass[k] += e[k] == e[k] ? 1 : 0;
	for (k = 0; k < EXPERTS; k++)
		best = e[k] < best ? e[k] : best;
	if (best == HUGE_VAL)
		return;
	b->count++;
	b->usual += (best - b->usual) / (b->count < 33 ? b->count : 33);
}

WIDE static void
forget_some(struct mix_bucket *b, double share)
{
	int k;

	for (k = 0; k < EXPERTS; k++)
		b->loss[k] *= share;
	for (k = 0; k < EXPERTS; k++)
		b->mass[k] *= share;
}

static void
score_next(struct mix *mix, double y)
{
	double e[EXPERTS];
	int k;

	for (k = 0; k < EXPERTS; k++)
		e[k] = fabs(y - mix->next[k]);
	forget_some(&mix->bucket[0], FORGET_NEXT);
	add_errors(&mix->bucket[0], e);
}

static void
score_kept(struct mix_bucket *b, const float *forecast, double change)
{
	double e[EXPERTS];
	int k;

	for (k = 0; k < EXPERTS; k++)
		e[k] = fabs(change - (double)forecast[k]);
	add_errors(b, e);
}

double
mix_cap(const struct mix *mix)
{
	return cap_of(&mix->bucket[0]);
}

void
mix_score(struct mix *mix, uint64_t t, double y)
{
	const struct leads *l = &mix->leads;
	int b, slot;
	uint64_t lead;

	score_next(mix, y);
	for (b = 1; b < l->buckets; b++)
		forget_some(&mix->bucket[b], FORGET_FAR);
	if (l->h == 1)
		return;
	for (slot = 0; slot < l->slots; slot++) {
		lead = t + 1 - mix->origin[slot].at;
		if (mix->origin[slot].at != 0 && lead >= 2 && lead <= (uint64_t)l->h)
			score_kept(&mix->bucket[leads_bucket(l, (int)lead)],
			    mix->kept + ((size_t)slot * (size_t)(l->h - 1) + lead - 2) * EXPERTS,
			    y - mix->origin[slot].value);
	}
}

float *
mix_keep(struct mix *mix, uint64_t t, double value)
{
	const struct leads *l = &mix->leads;
	uint64_t slot;

	if (l->h == 1 || t % (uint64_t)l->stride != 0)
		return NULL;
	slot = t / (uint64_t)l->stride % (uint64_t)l->slots;
	mix->origin[slot] = (struct mix_origin){ t, value };
	return mix->kept + slot * (size_t)(l->h - 1) * EXPERTS;
}

/* Mean recent errors; infinite where an expert is silent or not known yet. */
WIDE static void
errors_of(const struct mix *mix, int bucket, double *restrict error)
{
	const double *loss = mix->bucket[bucket].loss, *mass = mix->bucket[bucket].mass;
	int k;

	for (k = 0; k < EXPERTS; k++)
		error[k] = loss[k] / (mass[k] + 1e-300);
	for (k = 0; k < EXPERTS; k++)
		error[k] = mass[k] > 1e-9 ? error[k] : HUGE_VAL;
	for (k = 0; k < EXPERTS; k++)
		error[k] = mix->next[k] == mix->next[k] ? error[k] : HUGE_VAL;
}

/* All that speak alike: nothing is known of any. */
static void
equal_weights(const struct mix *mix, double *w)
{
	double speak = 0;
	int k;

	for (k = 0; k < EXPERTS; k++)
		speak += w[k] = isnan(mix->next[k]) ? 0 : 1;
	for (k = 0; k < EXPERTS && speak > 0; k++)
		w[k] /= speak;
}

WIDE void
mix_weights(const struct mix *mix, int bucket, double *w)
{
	double error[EXPERTS], best = HUGE_VAL, sum = 0;
	const double *mass = mix->bucket[bucket].mass;
	int k;

	errors_of(mix, bucket, error);
	for (k = 0; k < EXPERTS; k++)
		best = error[k] < best ? error[k] : best;
	if (best == HUGE_VAL) {
		if (bucket > 0)
			mix_weights(mix, bucket - 1, w);
		else
			equal_weights(mix, w);
		return;
	}
	/* how much better than the best it could be: 1, and 0 below the cut */
	for (k = 0; k < EXPERTS; k++)
		w[k] = (best + 1e-300) / (error[k] + 1e-300);
	for (k = 0; k < EXPERTS; k++)
		w[k] = w[k] >= CUT ? w[k] : 0;
	/* to the power of 2, 4 or 8, the more is known */
	for (k = 0; k < EXPERTS; k++)
		w[k] *= w[k];
	for (k = 0; k < EXPERTS; k++)
		w[k] = mass[k] > SOME ? w[k] * w[k] : w[k];
	for (k = 0; k < EXPERTS; k++)
		w[k] = mass[k] > MUCH ? w[k] * w[k] : w[k];
	for (k = 0; k < EXPERTS; k++)
		sum += w[k];
	sum = 1 / sum;
	for (k = 0; k < EXPERTS; k++)
		w[k] *= sum;
}

double
mix_error(const struct mix *mix, int expert)
{
	double error[EXPERTS];

	errors_of(mix, 0, error);
	return error[expert] < HUGE_VAL ? error[expert] : NAN;
}

void
mix_save(const struct mix *mix, struct buffer *b)
{
	buffer_put(b, &mix->leads, sizeof mix->leads);
	buffer_put(b, mix->next, sizeof mix->next);
	buffer_put(b, mix->bucket, (size_t)mix->leads.buckets * sizeof *mix->bucket);
	buffer_put(b, mix->kept, kept_size(&mix->leads) * sizeof *mix->kept);
	buffer_put(b, mix->origin, (size_t)mix->leads.slots * sizeof *mix->origin);
}

int
mix_load(struct mix *mix, struct reader *r)
{
	struct leads saved;

	if (reader_get(r, &saved, sizeof saved) != 0 || saved.h != mix->leads.h ||
	    reader_get(r, mix->next, sizeof mix->next) != 0 ||
	    reader_get(r, mix->bucket, (size_t)mix->leads.buckets * sizeof *mix->bucket) != 0 ||
	    reader_get(r, mix->kept, kept_size(&mix->leads) * sizeof *mix->kept) != 0)
		return -1;
	return reader_get(r, mix->origin, (size_t)mix->leads.slots * sizeof *mix->origin);
}

size_t
mix_held(const struct mix *mix)
{
	return (size_t)mix->leads.buckets * sizeof *mix->bucket +
	       kept_size(&mix->leads) * sizeof *mix->kept +
	       (size_t)mix->leads.slots * sizeof *mix->origin;
}
