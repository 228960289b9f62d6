/* es.c - exponential smoothing: up to eight rows of one recursion, updated together.
 *
 * Naive, SES, damped trends, Holt-Winters, Theta (SES with half the drift) and mean reversion are
 * one recursion with other gains (error-correction form; Hyndman, Koehler, Ord & Snyder 2008), so a
 * row is nothing but its gains. The rows stand side by side in arrays of a fixed length: unused
 * ones have gain 0 and cost less than a loop of unknown length would. Errors are clipped at 3.75
 * times their mean, so that a spike moves no level by more. */
#include "data/ops/forecast/es.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

static const double CLIP = 3.75, SCALE_GAIN = 0.03, SCALE_CLIP = 3;

void
es_init(struct es *es, const struct es_row *row, int rows, int m)
{
	int k;

	*es = (struct es){ .rows = rows, .m = m };
	for (k = 0; k < rows; k++) {
		es->alpha[k] = row[k].alpha;
		es->beta[k] = row[k].beta;
		es->phi[k] = row[k].phi;
		es->gamma[k] = row[k].gamma;
		es->ar[k] = row[k].ar;
		es->rho[k] = row[k].rho;
		es->drift[k] = row[k].drift;
	}
	if (m > 0)
		es->season = memory_zero((size_t)m * (size_t)rows, sizeof *es->season);
}

void
es_done(struct es *es)
{
	free(es->season);
	es->season = NULL;
}

/* The first two cycles: their means, and each slot's mean deviation from the mean of its cycle. */
static void
start_season(struct es *es, const double *z)
{
	double first = 0, second = 0, s;
	int i, k, m = es->m;

	for (i = 0; i < m; i++) {
		first += z[i] / m;
		second += z[i + m] / m;
	}
	for (i = 0; i < m; i++) {
		s = 0.5 * (z[i] - first + z[i + m] - second);
		for (k = 0; k < es->rows; k++)
			es->season[i * es->rows + k] = s;
	}
	for (k = 0; k < es->rows; k++) {
		es->level[k] = first;
		if (!es->plain || es->phi[k] == 0)
			continue;
		es->trend[k] = (second - first) / m;
		es->level[k] -= 0.5 * (m + 1) * es->trend[k];
	}
}

bool
es_start(struct es *es, const struct series *s, uint64_t t)
{
	uint64_t need = es->m > 0 ? 2 * (uint64_t)es->m : 1;
	int k;

	if (s->n < t + need)
		return false;
	for (k = 0; k < ES_ROWS; k++)
		es->level[k] = es->trend[k] = es->rest[k] = es->scale[k] = 0;
	if (es->m > 0)
		start_season(es, series_at(s, t));
	else
		for (k = 0; k < es->rows; k++)
			es->level[k] = *series_at(s, t);
	es->at = t;
	es->count = 0;
	es->slot = 0;
	es->ready = true;
	return true;
}

/* The season's gain is large while few cycles were seen: the mean of the cycles so far. */
static void
begin_cycle(struct es *es)
{
	double early, cycles = floor(es->count / es->m);
	int k;

	for (k = 0; k < es->rows; k++) {
		early = es->plain ? 0 : 0.5 * (1 - es->alpha[k]) / (cycles + 2);
		es->gain[k] = early > es->gamma[k] ? early : es->gamma[k];
	}
}

static inline void
season_read(const struct es *es, int slot, double *s)
{
	int k;

	for (k = 0; k < ES_ROWS; k++)
		s[k] = 0;
	if (es->m > 0)
		for (k = 0; k < es->rows; k++)
			s[k] = es->season[slot * es->rows + k];
}

static inline void
next_all(const struct es *es, double slope, const double *season, double *restrict f)
{
	int k;

	for (k = 0; k < ES_ROWS; k++)
		f[k] = es->level[k] + es->phi[k] * es->trend[k] + es->rho[k] * es->rest[k] +
		       es->drift[k] * slope + season[k];
}

/* One point: errors e of the forecasts, clipped once their scale is known, into the states. */
static void
update_all(struct es *restrict es, double *restrict e)
{
	double first = es->m > 0 || es->plain ? 0 : 1 / (es->count + 1);
	double gain = 1 / (es->count + 1) > SCALE_GAIN ? 1 / (es->count + 1) : SCALE_GAIN;
	double clip = es->count > 10 && !es->plain ? CLIP : HUGE_VAL;
	double size[ES_ROWS], limit, a;
	int k;

	for (k = 0; k < ES_ROWS; k++) {
		size[k] = fabs(e[k]);
		limit = clip * es->scale[k];
		e[k] = size[k] > limit ? copysign(limit, e[k]) : e[k];
		size[k] =
		    size[k] > SCALE_CLIP * limit + 1e-12 ? SCALE_CLIP * limit + 1e-12 : size[k];
		es->scale[k] += gain * (size[k] - es->scale[k]);
	}
	for (k = 0; k < ES_ROWS; k++) {
		a = es->alpha[k] > first ? es->alpha[k] : first;
		es->level[k] += es->phi[k] * es->trend[k] + a * e[k];
		es->trend[k] = es->phi[k] * es->trend[k] + es->beta[k] * e[k];
		es->rest[k] = es->rho[k] * es->rest[k] + es->ar[k] * e[k];
	}
}

static void
go_on(struct es *es)
{
	es->at++;
	if (es->m > 0 && ++es->slot == es->m)
		es->slot = 0;
}

static void
learn_one(struct es *es, double z, double slope)
{
	double s[ES_ROWS], e[ES_ROWS];
	int k;

	if (es->m > 0 && es->slot == 0)
		begin_cycle(es);
	season_read(es, es->slot, s);
	next_all(es, slope, s, e);
	for (k = 0; k < ES_ROWS; k++)
		e[k] = z - e[k];
	update_all(es, e);
	if (es->m > 0)
		for (k = 0; k < es->rows; k++)
			es->season[es->slot * es->rows + k] = s[k] + es->gain[k] * e[k];
	es->count++;
	go_on(es);
}

bool
es_learn(struct es *es, const struct series *s, int most)
{
	double slope = s->slope;

	while (es->at < s->n && most-- > 0)
		learn_one(es, *series_at(s, es->at), slope);
	return es->at == s->n;
}

void
es_skip(struct es *es, const struct series *s)
{
	double slope = s->slope;
	int k;

	if (!es->ready || es->at + 1 != s->n)
		return; /* still behind: the filled point is learned like any other */
	for (k = 0; k < ES_ROWS; k++) {
		es->trend[k] *= es->phi[k];
		es->level[k] += es->trend[k] + es->drift[k] * slope;
		es->rest[k] *= es->rho[k];
	}
	go_on(es);
}

void
es_next(const struct es *es, double slope, double *f)
{
	double s[ES_ROWS];

	season_read(es, es->slot, s);
	next_all(es, slope, s, f);
}

void
es_path(const struct es *es, int k, double slope, int h, double *path)
{
	double level = es->level[k], trend = es->trend[k], rest = es->rest[k];
	int i, slot = es->slot;

	for (i = 0; i < h; i++) {
		trend *= es->phi[k];
		rest *= es->rho[k];
		level += trend + es->drift[k] * slope;
		path[i] = level + rest;
		if (es->m > 0) {
			path[i] += es->season[slot * es->rows + k];
			if (++slot == es->m)
				slot = 0;
		}
	}
}

void
es_save(const struct es *es, struct buffer *b)
{
	struct es bytes = *es;

	bytes.season = NULL; /* an address says nothing to another process */
	buffer_put(b, &bytes, sizeof bytes);
	buffer_put(b, es->season, (size_t)(es->m * es->rows) * sizeof *es->season);
}

int
es_load(struct es *es, struct reader *r)
{
	struct es old = *es;

	if (reader_get(r, es, sizeof *es) != 0 || es->rows != old.rows || es->m < 0 ||
	    es->slot < 0 || (es->m > 0 && es->slot >= es->m) ||
	    (size_t)(r->end - r->p) / sizeof *es->season / (size_t)es->rows < (size_t)es->m) {
		*es = old;
		return -1;
	}
	free(old.season);
	es->season = es->m == 0 ? NULL : memory_new((size_t)(es->m * es->rows), sizeof *es->season);
	return reader_get(r, es->season, (size_t)(es->m * es->rows) * sizeof *es->season);
}

size_t
es_held(const struct es *es)
{
	return (size_t)(es->m * es->rows) * sizeof *es->season;
}
