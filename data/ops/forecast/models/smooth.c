/* smooth.c - a method that is one smoothing row, or the best of a few: ses, holt, hw, theta.
 *
 * As methods by their names they follow the textbooks, in the values' own units and without the
 * mixture's clipping, so that a class sees what it read. That includes diverging with bad gains;
 * the forecaster notices, and the row starts anew with half the gains that feed back. Until a
 * seasonal row has seen two cycles, the forecast is the last value. */
#include "data/ops/forecast/models/smooth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { SMOOTH_PORTION = 4096 /* points learned at a restart: some tens of microseconds */ };

static const double FORGET = 0.99;

static void
begin(struct smooth *s, int m)
{
	es_done(&s->es);
	es_init(&s->es, &s->gains, s->gains.rows, m);
	s->es.plain = s->plain;
}

struct smooth *
smooth_open(const struct forecast_setup *setup, const struct es_rows *gains, bool plain)
{
	struct smooth *s = memory_zero(1, sizeof *s);
	int k;

	s->series = setup->series;
	s->gains = *gains;
	s->plain = plain;
	for (k = 0; k < gains->rows; k++) {
		if (!isnan(setup->alpha))
			s->gains.alpha[k] = setup->alpha;
		if (!isnan(setup->beta))
			s->gains.beta[k] = setup->beta;
		if (!isnan(setup->gamma))
			s->gains.gamma[k] = setup->gamma;
		s->gains.beta[k] *= s->gains.alpha[k];
	}
	begin(s, 0);
	return s;
}

void
smooth_close(void *self)
{
	struct smooth *s = self;

	es_done(&s->es);
	free(s);
}

void
smooth_restart(void *self, struct seasons seasons)
{
	struct smooth *s = self;

	begin(s, s->gains.gamma[0] > 0 ? seasons.m : 0);
	smooth_learn(s);
}

void
smooth_calm(void *self)
{
	struct smooth *s = self;
	uint64_t need = s->es.m > 0 ? 2 * (uint64_t)s->es.m : 1;
	int k;

	/* Learning the spike that made it diverge once more would make it diverge once more. */
	s->since = s->series->n > need ? s->series->n - need : 0;
	for (k = 0; k < s->gains.rows; k++) {
		s->gains.beta[k] *= 0.5;
		s->gains.gamma[k] *= 0.5;
	}
}

void
smooth_score(void *self, double y)
{
	struct smooth *s = self;
	int k;

	for (k = 0; k < s->gains.rows; k++)
		s->loss[k] = FORGET * s->loss[k] + (y - s->next[k]) * (y - s->next[k]);
}

static bool
speaks(const struct smooth *s)
{
	return s->es.ready && s->es.at == s->series->n;
}

void
smooth_learn(void *self)
{
	struct smooth *s = self;
	uint64_t oldest = series_oldest(s->series), from = s->since > oldest ? s->since : oldest;

	if (s->es.ready || es_start(&s->es, s->series, from))
		es_learn(&s->es, s->series, SMOOTH_PORTION);
}

void
smooth_skip(void *self)
{
	struct smooth *s = self;

	es_skip(&s->es, s->series, SMOOTH_PORTION);
}

static int
best_row(const struct smooth *s)
{
	int k, best = 0;

	for (k = 1; k < s->gains.rows; k++)
		if (s->loss[k] < s->loss[best])
			best = k;
	return best;
}

void
smooth_path(void *self, int h, double *path, bool keep)
{
	struct smooth *s = self;
	const struct series *past = s->series;
	double next[ES_ROWS], slope = past->slope;
	int i, k;

	if (speaks(s)) {
		es_path(&s->es, best_row(s), slope, h, path);
		es_next(&s->es, slope, next);
	} else {
		for (i = 0; i < h; i++)
			path[i] = past->z[past->len - 1];
		for (k = 0; k < ES_ROWS; k++)
			next[k] = path[0];
	}
	for (i = 0; i < h; i++)
		path[i] = series_value(past, path[i]);
	if (keep)
		memcpy(s->next, next, sizeof next);
}

void
smooth_save(const void *self, struct buffer *b)
{
	const struct smooth *s = self;

	es_save(&s->es, b);
	buffer_put(b, s->gains.beta, sizeof s->gains.beta);
	buffer_put(b, s->gains.gamma, sizeof s->gains.gamma);
	buffer_u64(b, s->since);
	buffer_put(b, s->next, sizeof s->next);
	buffer_put(b, s->loss, sizeof s->loss);
}

int
smooth_load(void *self, struct reader *r)
{
	struct smooth *s = self;

	if (es_load(&s->es, s->series, r) != 0 ||
	    reader_get(r, s->gains.beta, sizeof s->gains.beta) != 0 ||
	    reader_get(r, s->gains.gamma, sizeof s->gains.gamma) != 0 ||
	    reader_u64(r, &s->since) != 0)
		return -1;
	return reader_get(r, s->next, sizeof s->next) != 0 ? -1
							   : reader_get(r, s->loss, sizeof s->loss);
}

size_t
smooth_held(const void *self)
{
	const struct smooth *s = self;

	return sizeof *s + es_held(&s->es);
}
