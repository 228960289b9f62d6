/* ar.c - autoregression: least squares with forgetting, on the last changes or on the season's.
 *
 * The two rows of the mixture that forget slowly (rls.h), in the values' own units. With a season
 * both run, and the one with the smaller recent error speaks. */
#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"
#include "data/ops/forecast/models/method.h"
#include "data/ops/forecast/models/rls.h"
#include "data/ops/forecast/series/seasons.h"

enum { PORTION = 2048 };

static const double LAMBDA = 0.9985, FORGET = 0.99;

struct ar {
	struct series *series;
	int m;
	struct rls row[2]; /* on the last changes; on the season's */
	double next[2], loss[2];
};

static void
begin(struct ar *a, int m)
{
	a->m = m;
	rls_init(&a->row[0], RLS_LAST, 0, 0, LAMBDA, 0);
	rls_init(&a->row[1], RLS_SEASON, m, 0, LAMBDA, 0);
	a->next[0] = a->next[1] = NAN;
	a->loss[0] = a->loss[1] = 0;
}

static void *
ar_open(const struct forecast_setup *setup)
{
	struct ar *a = memory_zero(1, sizeof *a);

	a->series = setup->series;
	begin(a, 0);
	return a;
}

static bool
speaks(const struct ar *a, int k)
{
	return a->row[k].ready && a->row[k].at == a->series->n;
}

static void
ar_learn(void *self)
{
	struct ar *a = self;
	int k;

	for (k = 0; k < (a->m > 1 ? 2 : 1); k++)
		if (a->row[k].ready || rls_start(&a->row[k], a->series, series_oldest(a->series)))
			rls_learn(&a->row[k], a->series, PORTION);
}

static void
ar_restart(void *self, struct seasons seasons)
{
	begin(self, seasons.m);
	ar_learn(self);
}

static void
ar_score(void *self, double y)
{
	struct ar *a = self;
	int k;

	for (k = 0; k < 2; k++)
		if (!isnan(a->next[k]))
			a->loss[k] = FORGET * a->loss[k] + fabs(y - a->next[k]);
}

static void
ar_skip(void *self)
{
	struct ar *a = self;

	rls_skip(&a->row[0], a->series, PORTION);
	rls_skip(&a->row[1], a->series, PORTION);
}

static void
ar_path(void *self, int h, double *path, bool keep)
{
	struct ar *a = self;
	const struct series *s = a->series;
	int i, k, best = speaks(a, 1) && a->loss[1] <= a->loss[0];

	for (k = 0; k < 2 && keep; k++)
		a->next[k] = speaks(a, k) ? rls_next(&a->row[k], s) : NAN;
	if (speaks(a, best))
		rls_path(&a->row[best], s, h, path);
	else
		for (i = 0; i < h; i++)
			path[i] = s->z[s->len - 1];
	for (i = 0; i < h; i++)
		path[i] = series_value(s, path[i]);
}

static void
ar_save(const void *self, struct buffer *b)
{
	const struct ar *a = self;

	buffer_put(b, &a->m, sizeof a->m);
	for (int k = 0; k < 2; k++)
		buffer_put(b, &a->row[k], sizeof a->row[k]);
	buffer_put(b, a->next, sizeof a->next);
	buffer_put(b, a->loss, sizeof a->loss);
}

static int
ar_load(void *self, struct reader *r)
{
	struct ar *a = self;
	int m;

	if (reader_get(r, &m, sizeof m) != 0 || !seasons_right((struct seasons){ m, 0 }))
		return -1;
	begin(a, m);
	if (rls_load(&a->row[0], a->series, r) != 0 || rls_load(&a->row[1], a->series, r) != 0 ||
	    reader_get(r, a->next, sizeof a->next) != 0)
		return -1;
	return reader_get(r, a->loss, sizeof a->loss);
}

static size_t
ar_held(const void *self)
{
	(void)self;
	return sizeof(struct ar);
}

const struct forecast_method forecast_ar = {
	.name = "ar",
	.help = "autoregression by recursive least squares, with forgetting",
	.seasonal = true,
	.open = ar_open,
	.close = free,
	.restart = ar_restart,
	.score = ar_score,
	.learn = ar_learn,
	.skip = ar_skip,
	.path = ar_path,
	.save = ar_save,
	.load = ar_load,
	.held = ar_held,
};
