/* seasonal.c - the value of the same point last season; the last value while no season is known. */
#include <stdlib.h>

#include "data/base/error.h"
#include "data/ops/forecast/models/method.h"

struct seasonal {
	struct series *series;
	int m;
};

static void *
seasonal_open(const struct forecast_setup *setup)
{
	struct seasonal *s = memory_zero(1, sizeof *s);

	s->series = setup->series;
	return s;
}

static void
seasonal_restart(void *self, struct seasons seasons)
{
	struct seasonal *s = self;

	s->m = seasons.m;
}

static void
seasonal_score(void *self, double y)
{
	(void)self;
	(void)y;
}

static void
seasonal_learn(void *self)
{
	(void)self;
}

static void
seasonal_path(void *self, int h, double *path, bool keep)
{
	const struct seasonal *s = self;
	int i, lag = s->m > 0 && s->series->len >= s->m ? s->m : 1;

	(void)keep;
	for (i = 0; i < h; i++)
		path[i] = i < lag ? s->series->z[s->series->len - lag + i] : path[i - lag];
}

static void
seasonal_save(const void *self, struct buffer *b)
{
	const struct seasonal *s = self;

	buffer_put(b, &s->m, sizeof s->m);
}

static int
seasonal_load(void *self, struct reader *r)
{
	struct seasonal *s = self;

	if (reader_get(r, &s->m, sizeof s->m) != 0)
		return -1;
	return s->m >= 0 ? 0 : -1;
}

static size_t
seasonal_held(const void *self)
{
	(void)self;
	return sizeof(struct seasonal);
}

const struct forecast_method forecast_seasonal = {
	.name = "seasonal",
	.help = "the same point last season",
	.seasonal = true,
	.bounded = true,
	.open = seasonal_open,
	.close = free,
	.restart = seasonal_restart,
	.score = seasonal_score,
	.learn = seasonal_learn,
	.skip = seasonal_learn,
	.path = seasonal_path,
	.save = seasonal_save,
	.load = seasonal_load,
	.held = seasonal_held,
};
