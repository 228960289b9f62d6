/* auto.c - the mixture: 24 small experts, weighted by their recent errors at each lead.
 *
 * No single method is best on all series, and none stays best on one. So all of them run
 * (experts.h), each is scored on every point before it learns it, and at each lead those that were
 * best lately make the forecast (mix.h); one point ahead only as much of it as has lately been
 * worth following (trust.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/graph/op.h"
#include "data/ops/forecast/models/experts.h"
#include "data/ops/forecast/models/method.h"
#include "data/ops/forecast/series/shrinkage.h"

struct mixture {
	struct series *series;
	struct experts experts;
	struct mix mix;
	double mixed; /* the mixture's forecast of the next point; NaN: none */
	struct shrinkage trust;
};

static void *
mixture_open(const struct forecast_setup *setup)
{
	struct mixture *a = memory_zero(1, sizeof *a);

	a->series = setup->series;
	a->mixed = NAN;
	mix_init(&a->mix, setup->horizon);
	experts_init(&a->experts, setup->series, setup->compact, &a->mix);
	return a;
}

static void
mixture_close(void *self)
{
	struct mixture *a = self;

	experts_done(&a->experts);
	mix_done(&a->mix);
	free(a);
}

static void
mixture_restart(void *self, struct seasons seasons)
{
	struct mixture *a = self;

	experts_restart(&a->experts, seasons, &a->mix);
}

static double
last_value(const struct mixture *a)
{
	return series_value(a->series, a->series->z[a->series->len - 1]);
}

static void
mixture_score(void *self, double y)
{
	struct mixture *a = self;

	if (!isnan(a->mixed))
		shrinkage_learn(&a->trust, last_value(a), a->mixed, y, mix_cap(&a->mix));
	mix_score(&a->mix, a->series->n, y);
}

static void
mixture_learn(void *self)
{
	struct mixture *a = self;

	experts_learn(&a->experts);
}

static void
mixture_skip(void *self)
{
	struct mixture *a = self;

	experts_skip(&a->experts);
}

/* Adds each expert's path, weighted by lead, to path; keeps them for scoring when they are due. */
static void
combine(struct mixture *a, int h, double *path, bool keep)
{
	const struct mix *mix = &a->mix;
	double w[LEAD_BUCKETS][EXPERTS], z[HORIZON_MAX] = { 0 }, y[HORIZON_MAX];
	const struct series *s = a->series, *past = s;
	double last = last_value(a);
	struct lead_blend blend[HORIZON_MAX];
	struct series room;
	double copy[SERIES_SMALL + SERIES_PATH];
	float *kept = keep ? mix_keep(&a->mix, a->series->n, last) : NULL;
	int b, i, k;

	if (s->spare < h) { /* of the compact form */
		room = *s;
		room.z = memcpy(copy, s->z, (size_t)s->len * sizeof *copy);
		past = &room;
	}
	for (b = 0; b < mix->leads.buckets; b++)
		mix_weights(mix, b, w[b]);
	for (i = 1; i < h; i++)
		blend[i] = leads_blend(&mix->leads, i + 1);
	for (k = 0; k < EXPERTS; k++) {
		if (isnan(mix->next[k])) {
			for (i = 1; i < h && kept != NULL; i++)
				kept[(i - 1) * EXPERTS + k] = NAN;
			continue;
		}
		experts_path(&a->experts, past, k, h, z);
		series_values(a->series, y, z, h);
		for (i = 1; i < h; i++)
			path[i] += y[i] * ((1 - blend[i].share) * w[blend[i].own][k] +
					      blend[i].share * w[blend[i].other][k]);
		for (i = 1; i < h && kept != NULL; i++)
			kept[(i - 1) * EXPERTS + k] = leads_float(y[i] - last);
	}
}

static void
mixture_path(void *self, int h, double *path, bool keep)
{
	struct mixture *a = self;
	double w[EXPERTS], last = last_value(a);
	bool silent = true;
	int i;

	if (keep)
		experts_next(&a->experts, a->mix.next);
	mix_weights(&a->mix, 0, w);
	for (i = 0; i < EXPERTS && silent; i++)
		silent = !(w[i] > 0);
	path[0] = silent ? last : mix_next(&a->mix, w);
	for (i = 1; i < h; i++)
		path[i] = silent ? last : 0;
	if (h > 1 && !silent)
		combine(a, h, path, keep);
	if (keep)
		a->mixed = path[0];
	path[0] = shrinkage_apply(&a->trust, last, path[0]);
}

static int
mixture_experts(const void *self, struct forecast_expert *out, int most)
{
	const struct mixture *a = self;
	double w[EXPERTS];
	int k, n = 0;

	mix_weights(&a->mix, 0, w);
	for (k = 0; k < EXPERTS && n < most; k++)
		if (!isnan(a->mix.next[k]))
			out[n++] = (struct forecast_expert){ experts_name(k), experts_family(k),
				w[k], mix_error(&a->mix, k) };
	return n;
}

static void
mixture_save(const void *self, struct buffer *b)
{
	const struct mixture *a = self;

	experts_save(&a->experts, b);
	buffer_put(b, &a->mixed, sizeof a->mixed);
	buffer_put(b, &a->trust, sizeof a->trust);
	mix_save(&a->mix, b);
}

static int
mixture_load(void *self, struct reader *r)
{
	struct mixture *a = self;

	if (experts_load(&a->experts, r, &a->mix) != 0 ||
	    reader_get(r, &a->mixed, sizeof a->mixed) != 0 ||
	    reader_get(r, &a->trust, sizeof a->trust) != 0)
		return -1;
	return mix_load(&a->mix, r);
}

static size_t
mixture_held(const void *self)
{
	const struct mixture *a = self;

	return sizeof *a + experts_held(&a->experts) + mix_held(&a->mix);
}

const struct forecast_method forecast_auto = {
	.name = "auto",
	.help = "24 experts weighted by their recent errors",
	.logs = true,
	.seasonal = true,
	.bounded = true,
	.open = mixture_open,
	.close = mixture_close,
	.restart = mixture_restart,
	.score = mixture_score,
	.learn = mixture_learn,
	.skip = mixture_skip,
	.path = mixture_path,
	.experts = mixture_experts,
	.save = mixture_save,
	.load = mixture_load,
	.held = mixture_held,
};
