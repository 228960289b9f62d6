/* naive.c - the last value. Hard to beat on prices, and what every other method is measured by. */
#include <stdlib.h>

#include "data/base/error.h"
#include "data/ops/forecast/models/method.h"

struct naive {
	struct series *series;
};

static void *
naive_open(const struct forecast_setup *setup)
{
	struct naive *n = memory_new(1, sizeof *n);

	n->series = setup->series;
	return n;
}

static void
naive_restart(void *self, struct seasons seasons)
{
	(void)self;
	(void)seasons;
}

static void
naive_score(void *self, double y)
{
	(void)self;
	(void)y;
}

static void
naive_learn(void *self)
{
	(void)self;
}

static void
naive_path(void *self, int h, double *path, bool keep)
{
	const struct naive *n = self;
	int i;

	(void)keep;
	for (i = 0; i < h; i++)
		path[i] = n->series->z[n->series->len - 1];
}

static void
naive_save(const void *self, struct buffer *b)
{
	(void)self;
	(void)b;
}

static int
naive_load(void *self, struct reader *r)
{
	(void)self;
	(void)r;
	return 0;
}

static size_t
naive_held(const void *self)
{
	(void)self;
	return sizeof(struct naive);
}

const struct forecast_method forecast_naive = {
	.name = "naive",
	.help = "the last value",
	.bounded = true,
	.open = naive_open,
	.close = free,
	.restart = naive_restart,
	.score = naive_score,
	.learn = naive_learn,
	.skip = naive_learn,
	.path = naive_path,
	.save = naive_save,
	.load = naive_load,
	.held = naive_held,
};
