/* mix.c - which expert to believe: their recent errors at each lead, and weights from them.
 *
 * A weight falls with a high power of the expert's recent error relative to the best one's, and is
 * 0 from twice the best error on: between picking the best, which jumps about, and averaging, which
 * listens to those that know nothing. With few errors seen the power is low. */
#include "data/ops/forecast/models/mix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/series/lanes.h"

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
	if (mix->leads.slots > 0) { /* each of many keys keeps none */
		mix->kept = memory_zero(kept_size(&mix->leads), sizeof *mix->kept);
		mix->origin = memory_zero((size_t)mix->leads.slots, sizeof *mix->origin);
	}
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

/* After losses fall to a share, adds one error of each expert; those of the silent are NaN. */
WIDE static void
add_errors(struct mix_bucket *b, double share, const double *error)
{
	lanes cap = (lanes){ 0 } + cap_of(b), least = (lanes){ 0 } + HUGE_VAL, e, one;
	lanes_bits known, some;
	double best = HUGE_VAL;
	int k;

	for (k = 0; k < EXPERTS; k += LANES) {
		e = *lanes_of(error + k);
		some = e < least;
		lanes_set(&least, &some, &e);
		known = e == e;
		some = e > cap;
		lanes_set(&e, &some, &cap);
		lanes_keep(&e, &known);
		one = (lanes){ 1, 1, 1, 1 };
		lanes_keep(&one, &known);
		*lanes_at(b->loss + k) = *lanes_of(b->loss + k) * share + e;
		*lanes_at(b->mass + k) = *lanes_of(b->mass + k) * share + one;
	}
	for (k = 0; k < LANES; k++)
		best = least[k] < best ? least[k] : best;
	if (best == HUGE_VAL)
		return;
	best = best < cap[0] ? best : cap[0];
	b->count++;
	b->usual += (best - b->usual) / (b->count < 33 ? b->count : 33);
}

WIDE static void
forget_some(struct mix_bucket *b)
{
	int k;

	for (k = 0; k < EXPERTS; k += LANES) {
		*lanes_at(b->loss + k) *= FORGET_FAR;
		*lanes_at(b->mass + k) *= FORGET_FAR;
	}
}

WIDE static void
score_next(struct mix *mix, double y)
{
	double error[EXPERTS];
	lanes e;
	int k;

	for (k = 0; k < EXPERTS; k += LANES) {
		e = y - *lanes_of(mix->next + k);
		lanes_abs(&e);
		*lanes_at(error + k) = e;
	}
	add_errors(&mix->bucket[0], FORGET_NEXT, error);
}

WIDE static void
score_kept(struct mix_bucket *b, const float *forecast, double change)
{
	double error[EXPERTS];
	lanes_float f;
	lanes e;
	int k;

	for (k = 0; k < EXPERTS; k += LANES) {
		memcpy(&f, forecast + k, sizeof f);
		e = change - __builtin_convertvector(f, lanes);
		lanes_abs(&e);
		*lanes_at(error + k) = e;
	}
	add_errors(b, 1, error);
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
		forget_some(&mix->bucket[b]);
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

/* The reciprocal of each expert's mean recent error; 0 where it is silent or not known yet. Returns
 * the largest. */
WIDE static double
merits_of(const struct mix *mix, int bucket, double *merit)
{
	const struct mix_bucket *b = &mix->bucket[bucket];
	lanes most = { 0 }, mass, next, m;
	lanes_bits some;
	double best = 0;
	int k;

	for (k = 0; k < EXPERTS; k += LANES) {
		mass = *lanes_of(b->mass + k);
		next = *lanes_of(mix->next + k);
		m = mass / (*lanes_of(b->loss + k) + 1e-300);
		some = (mass > 1e-9) & (next == next);
		lanes_keep(&m, &some);
		some = m > most;
		lanes_set(&most, &some, &m);
		*lanes_at(merit + k) = m;
	}
	for (k = 0; k < LANES; k++)
		best = most[k] > best ? most[k] : best;
	return best;
}

WIDE void
mix_weights(const struct mix *mix, int bucket, double *w)
{
	double best = merits_of(mix, bucket, w), scale = 1 / best;
	lanes sum = { 0 }, mass, v, square;
	lanes_bits some;
	int k;

	if (best == 0) {
		if (bucket > 0)
			mix_weights(mix, bucket - 1, w);
		else
			equal_weights(mix, w);
		return;
	}
	for (k = 0; k < EXPERTS; k += LANES) {
		v = *lanes_of(w + k) * scale;
		some = v >= CUT;
		lanes_keep(&v, &some);
		/* to the power of 2, 4 or 8, the more is known */
		mass = *lanes_of(mix->bucket[bucket].mass + k);
		v *= v;
		square = v * v;
		some = mass > SOME;
		lanes_set(&v, &some, &square);
		square = v * v;
		some = mass > MUCH;
		lanes_set(&v, &some, &square);
		*lanes_at(w + k) = v;
		sum += v;
	}
	scale = 1 / lanes_sum(&sum);
	for (k = 0; k < EXPERTS; k += LANES)
		*lanes_at(w + k) *= scale;
}

WIDE double
mix_next(const struct mix *mix, const double *w)
{
	lanes sum = { 0 }, f;
	lanes_bits some;
	int k;

	for (k = 0; k < EXPERTS; k += LANES) {
		some = *lanes_of(w + k) > 0;
		f = *lanes_of(mix->next + k);
		lanes_keep(&f, &some);
		sum += *lanes_of(w + k) * f;
	}
	return lanes_sum(&sum);
}

double
mix_error(const struct mix *mix, int k)
{
	const struct mix_bucket *b = &mix->bucket[0];

	return b->mass[k] > 1e-9 && !isnan(mix->next[k]) ? b->loss[k] / b->mass[k] : NAN;
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
