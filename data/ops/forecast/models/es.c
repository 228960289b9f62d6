/* es.c - exponential smoothing: up to eight rows of one recursion, updated together.
 *
 * Naive, SES, damped trends, Holt-Winters, Theta (SES with half the drift) and mean reversion are
 * one recursion with other gains (error-correction form; Hyndman, Koehler, Ord & Snyder 2008), so a
 * row is nothing but its gains. The rows stand side by side in arrays of a fixed length: unused
 * ones have gain 0 and cost less than a loop of unknown length would. Errors are clipped at 3.75
 * times their mean, so that a spike moves no level by more. */
#include "data/ops/forecast/models/es.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/series/lanes.h"
#include "data/ops/forecast/series/seasons.h"

static const double CLIP = 3.75, SCALE_GAIN = 0.03, SCALE_CLIP = 3;

/* Season values of a slot: read four at a time, which may be more than there are. */
static size_t
season_cells(const struct es *es)
{
	return es->m > 0 ? (size_t)es->m * (size_t)es->stride + LANES : 0;
}

void
es_init(struct es *es, const struct es_rows *gains, int rows, int m)
{
	*es = (struct es){ .gains = gains, .rows = rows, .m = m };
	es->stride = rows > LANES ? ES_ROWS : rows;
	if (m > 0)
		es->season = memory_zero(season_cells(es), sizeof *es->season);
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
			es->season[i * es->stride + k] = (float)s;
	}
	for (k = 0; k < es->rows; k++) {
		es->level[k] = first;
		if (!es->plain || es->gains->phi[k] == 0)
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
		early = es->plain ? 0 : 0.5 * (1 - es->gains->alpha[k]) / (cycles + 2);
		es->gain[k] = early > es->gains->gamma[k] ? early : es->gains->gamma[k];
	}
}

/* Of four rows from k on; unused ones read what belongs to others, to no effect. */
INLINED void
season_read(const struct es *es, int k, lanes *s)
{
	lanes_float table;

	memcpy(&table, es->season + es->slot * es->stride + k, sizeof table);
	*s = __builtin_convertvector(table, lanes);
}

INLINED void
season_write(struct es *es, int k, const lanes *s)
{
	lanes_float table = __builtin_convertvector(*s, lanes_float);
	float *at = es->season + es->slot * es->stride + k;
	int i;

	if (es->stride - k >= LANES)
		memcpy(at, &table, sizeof table);
	else
		for (i = 0; i < es->stride; i++)
			at[i] = table[i];
}

INLINED void
next_lanes(const struct es *es, int k, double slope, lanes *f)
{
	const struct es_rows *g = es->gains;

	*f = *lanes_of(es->level + k) + *lanes_of(g->phi + k) * *lanes_of(es->trend + k) +
	     *lanes_of(g->rho + k) * *lanes_of(es->rest + k) + *lanes_of(g->drift + k) * slope;
}

struct es_point { /* what all rows have in common at one point */
	double z, slope;
	double first; /* the least gain of a level */
	double rate;  /* of the scales */
	double clip;
};

/* Errors are clipped to so many scales; the scales follow them, clipped further out. */
INLINED void
clip_errors(struct es *es, int k, const struct es_point *p, lanes *e)
{
	lanes *scale = lanes_at(es->scale + k), size = *e, limit = *scale * p->clip, most;
	lanes_bits beyond;

	lanes_abs(&size);
	most = limit * SCALE_CLIP + 1e-12;
	beyond = size > limit;
	limit =
	    (lanes)((lanes_bits)limit | ((lanes_bits)*e & INT64_MIN)); /* with the error's sign */
	lanes_set(e, &beyond, &limit);
	beyond = size > most;
	lanes_set(&size, &beyond, &most);
	*scale += (size - *scale) * p->rate;
}

/* One point for four rows from k on. */
INLINED void
learn_lanes(struct es *es, int k, const struct es_point *p)
{
	const struct es_rows *g = es->gains;
	lanes *level = lanes_at(es->level + k), *trend = lanes_at(es->trend + k),
	      *rest = lanes_at(es->rest + k), alpha = *lanes_of(g->alpha + k),
	      first = (lanes){ 0 } + p->first, e, s = { 0 };
	lanes_bits early = alpha < first;

	next_lanes(es, k, p->slope, &e);
	if (es->m > 0)
		season_read(es, k, &s);
	e = p->z - (e + s);
	clip_errors(es, k, p, &e);
	lanes_set(&alpha, &early, &first);
	*trend *= *lanes_of(g->phi + k);
	*level += *trend + alpha * e;
	*trend += *lanes_of(g->beta + k) * e;
	*rest = *lanes_of(g->rho + k) * *rest + *lanes_of(g->ar + k) * e;
	if (es->m == 0)
		return;
	s += *lanes_of(es->gain + k) * e;
	season_write(es, k, &s);
}

static inline void
go_on(struct es *es)
{
	es->at++;
	if (es->m > 0 && ++es->slot == es->m)
		es->slot = 0;
}

WIDE static void
learn_points(struct es *es, const double *z, int n, double slope)
{
	struct es_point p = { .slope = slope };

	for (; n-- > 0; z++) {
		if (es->m > 0 && es->slot == 0)
			begin_cycle(es);
		p.z = *z;
		p.rate = 1 / (es->count + 1);
		p.first = es->m > 0 || es->plain ? 0 : p.rate;
		p.rate = p.rate > SCALE_GAIN ? p.rate : SCALE_GAIN;
		p.clip = es->count > 10 && !es->plain ? CLIP : HUGE_VAL;
		learn_lanes(es, 0, &p);
		if (es->rows > LANES)
			learn_lanes(es, LANES, &p);
		es->count++;
		go_on(es);
	}
}

bool
es_learn(struct es *es, const struct series *s, int most)
{
	uint64_t left = s->n - es->at;
	int n = left < (uint64_t)most ? (int)left : most;

	assert(es->at >= series_oldest(s));
	learn_points(es, series_at(s, es->at), n, s->slope);
	return es->at == s->n;
}

void
es_skip(struct es *es, const struct series *s, int most)
{
	double slope = s->slope;
	int k;

	if (!es->ready)
		return;
	if (es->at + 1 !=
	    s->n) { /* the filled point is learned like any other, and none may be lost */
		es_learn(es, s, most);
		return;
	}
	for (k = 0; k < ES_ROWS; k++) {
		es->trend[k] *= es->gains->phi[k];
		es->level[k] += es->trend[k] + es->gains->drift[k] * slope;
		es->rest[k] *= es->gains->rho[k];
	}
	go_on(es);
}

WIDE void
es_next(const struct es *es, double slope, double *f)
{
	lanes s;
	int k;

	for (k = 0; k < es->rows; k += LANES) {
		next_lanes(es, k, slope, lanes_at(f + k));
		if (es->m == 0)
			continue;
		season_read(es, k, &s);
		*lanes_at(f + k) += s;
	}
}

void
es_path(const struct es *es, int k, double slope, int h, double *path)
{
	double level = es->level[k], trend = es->trend[k], rest = es->rest[k];
	int i, slot = es->slot;

	for (i = 0; i < h; i++) {
		trend *= es->gains->phi[k];
		rest *= es->gains->rho[k];
		level += trend + es->gains->drift[k] * slope;
		path[i] = level + rest;
		if (es->m > 0) {
			path[i] += (double)es->season[slot * es->stride + k];
			if (++slot == es->m)
				slot = 0;
		}
	}
}

void
es_save(const struct es *es, struct buffer *b)
{
	struct es bytes = *es;

	bytes.season = NULL; /* addresses say nothing to another process */
	bytes.gains = NULL;
	buffer_put(b, &bytes, sizeof bytes);
	buffer_put(b, es->season, season_cells(es) * sizeof *es->season);
}

/* The points that it has still to learn must be there. */
static bool
es_right(const struct es *es, const struct es *here, const struct series *s)
{
	if (!bytes_bool(&es->ready) || !bytes_bool(&es->plain) || es->rows != here->rows ||
	    es->stride != here->stride || es->m < 0 || es->m > SEASON_LONGEST || es->slot < 0 ||
	    (es->m > 0 && es->slot >= es->m))
		return false;
	return !es->ready || (es->at >= series_lasting(s) && es->at <= s->n);
}

int
es_load(struct es *es, const struct series *s, struct reader *r)
{
	struct es old = *es;

	if (reader_get(r, es, sizeof *es) != 0 || !es_right(es, &old, s) ||
	    (size_t)(r->end - r->p) / sizeof *es->season / (size_t)es->stride < (size_t)es->m) {
		*es = old;
		return -1;
	}
	es->gains = old.gains;
	free(old.season);
	es->season = es->m == 0 ? NULL : memory_new(season_cells(es), sizeof *es->season);
	return reader_get(r, es->season, season_cells(es) * sizeof *es->season);
}

size_t
es_held(const struct es *es)
{
	return season_cells(es) * sizeof *es->season;
}
