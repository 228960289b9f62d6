/* auto.c - the mixture: 24 small experts, weighted by their recent errors at each lead.
 *
 * No single method is best on all series, and none stays best on one. So all of them run: rows of
 * exponential smoothing (es.h), seasonal naive, and autoregressions by recursive least squares
 * (rls.h), in three families: without a season, with the season, with a second season. Each costs
 * some tens of nanoseconds a point. When the seasons change, a family starts anew on the points
 * kept, a portion at each row, and is silent until it has caught up. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/es.h"
#include "data/ops/forecast/method.h"
#include "data/ops/forecast/mix.h"
#include "data/ops/forecast/rls.h"

enum {
	PORTION = 512, /* points that an expert may catch up with at one row */
	FAMILIES = 3,
	LAGGED = 2,    /* seasonal naive at either season */
	RLS_ROWS = 6,
	/* of the compact form: the first regressions, and season tables of so many points */
	COMPACT_RLS_ROWS = 4, COMPACT_SEASON = 32
};

/* Where the experts of a kind begin. Family 0 of the smoothing rows comes first. */
enum { AT_LAGGED = 16, AT_RLS = 18 };

/* name, alpha, beta, phi, gamma, ar, rho, drift */
static const struct es_row LEVEL_ROWS[] = {
	{ "slow average", 0.05, 0, 0, 0, 0, 0, 0 },
	{ "average", 0.4, 0, 0, 0, 0, 0, 0 },
	{ "last value", 1, 0, 0, 0, 0, 0, 0 },
	{ "fading trend", 0.6, 0.1, 0.9, 0, 0, 0, 0 },
	{ "fast fading trend", 0.9, 0.05, 0.98, 0, 0, 0, 0 },
	{ "average with drift", 0.8, 0, 0, 0, 0, 0, 0.5 },
	{ "back to the mean", 0.02, 0, 0, 0, 0.8, 0.95, 0 },
};
static const struct es_row SEASON_ROWS[] = {
	{ "season, slow level", 0.01, 0, 0, 0.08, 0, 0, 0 },
	{ "season, level", 0.1, 0, 0, 0.3, 0, 0, 0 },
	{ "season, back to the mean", 0.02, 0, 0, 0.3, 0.7, 0.9, 0 },
	{ "season, fading trend", 0.2, 0.02, 0.95, 0.3, 0, 0, 0 },
	{ "season, fast level", 0.8, 0.05, 0.95, 0.02, 0, 0, 0 },
	{ "season, trend", 0.2, 0.005, 1, 0.1, 0, 0, 0 },
	{ "season with drift", 0.4, 0, 0, 0.08, 0, 0, 0.5 },
};
static const struct es_row LONG_ROWS[] = {
	{ "long season", 0.01, 0, 0, 0.3, 0, 0, 0 },
	{ "long season, back to the mean", 0.02, 0, 0, 0.3, 0.8, 0.95, 0 },
};

static const struct {
	const struct es_row *row;
	int rows, at; /* its experts' numbers begin here */
} FAMILY[FAMILIES] = { { LEVEL_ROWS, 7, 0 }, { SEASON_ROWS, 7, 7 }, { LONG_ROWS, 2, 14 } };

static const char *const LAGGED_NAME[LAGGED] = { "same point last season",
	"same point last long season" };

static const struct {
	const char *name;
	enum rls_kind kind;
	int family;
	double lambda;
} RLS_ROW[RLS_ROWS] = {
	{ "regression on the last changes", RLS_LAST, 0, 0.9985 },
	{ "regression on the season", RLS_SEASON, 1, 0.9985 },
	{ "regression on the last changes, quick", RLS_LAST, 0, 0.99 },
	{ "regression on the long season", RLS_LONG, 2, 0.995 },
	{ "regression on the season, quick", RLS_SEASON, 1, 0.99 },
	{ "regression on both seasons", RLS_SHORT_LONG, 2, 0.995 },
};

/* Shares of the way from the last value to the mixture's forecast, see trust(); until errors tell, the
 * whole way is preferred as if it had been better by so many mean errors. */
enum { SHARES = 5 };
static const double SHARE[SHARES] = { 0, 0.25, 0.5, 0.75, 1 };
static const double TRUST_FORGET = 0.99, TRUST_PRIOR = 0.4;

struct mixture {
	struct series *series;
	struct seasons seasons;
	bool log;          /* the series' units when the experts started */
	bool compact;
	struct es *family[FAMILIES]; /* NULL: not used */
	int rls_rows;
	struct rls *rls;
	struct mix mix;
	double mixed;        /* the mixture's forecast of the next point; NaN: none */
	double loss[SHARES]; /* discounted sums of the absolute errors of going that share, ... */
	double points;       /* ... and of how many */
};

static int
season_of(const struct mixture *a, int family)
{
	return family == 0 ? 0 : family == 1 ? a->seasons.m : a->seasons.M;
}

/* The first point for experts that start now: the oldest kept, less some that may go meanwhile. */
static uint64_t
first_point(const struct series *s)
{
	uint64_t spare = s->n > (uint64_t)s->keep ? (uint64_t)(s->keep / 16) : 0;

	return series_oldest(s) + spare;
}

static bool
family_used(const struct mixture *a, int f)
{
	return f == 0 || season_of(a, f) > 1;
}

static void
end_family(struct mixture *a, int f)
{
	if (a->family[f] == NULL)
		return;
	es_done(a->family[f]);
	free(a->family[f]);
	a->family[f] = NULL;
}

static void
begin_family(struct mixture *a, int f)
{
	int i;

	end_family(a, f);
	if (family_used(a, f) && (!a->compact || season_of(a, f) <= COMPACT_SEASON)) {
		a->family[f] = memory_new(1, sizeof *a->family[f]);
		es_init(a->family[f], FAMILY[f].row, FAMILY[f].rows, season_of(a, f));
	}
	mix_forget(&a->mix, FAMILY[f].at, FAMILY[f].at + FAMILY[f].rows);
	if (f > 0)
		mix_forget(&a->mix, AT_LAGGED + f - 1, AT_LAGGED + f);
	for (i = 0; i < a->rls_rows; i++)
		if (RLS_ROW[i].family == f) {
			rls_init(&a->rls[i], RLS_ROW[i].kind, a->seasons.m, a->seasons.M,
			    RLS_ROW[i].lambda);
			mix_forget(&a->mix, AT_RLS + i, AT_RLS + i + 1);
		}
}

static void *
mixture_open(const struct forecast_setup *setup)
{
	struct mixture *a = memory_zero(1, sizeof *a);
	int f;

	a->series = setup->series;
	a->compact = setup->compact;
	a->rls_rows = a->compact ? COMPACT_RLS_ROWS : RLS_ROWS;
	a->rls = memory_zero((size_t)a->rls_rows, sizeof *a->rls);
	a->mixed = NAN;
	a->log = a->series->log;
	mix_init(&a->mix, setup->horizon);
	for (f = 0; f < FAMILIES; f++)
		begin_family(a, f);
	return a;
}

static void
mixture_close(void *self)
{
	struct mixture *a = self;
	int f;

	for (f = 0; f < FAMILIES; f++)
		end_family(a, f);
	free(a->rls);
	mix_done(&a->mix);
	free(a);
}

static void mixture_learn(void *);

static void
mixture_restart(void *self, struct seasons seasons)
{
	struct mixture *a = self;
	bool all = a->log != a->series->log;
	struct seasons old = a->seasons;

	a->seasons = seasons;
	a->log = a->series->log;
	if (all)
		begin_family(a, 0);
	if (all || seasons.m != old.m)
		begin_family(a, 1);
	if (all || seasons.m != old.m || seasons.M != old.M)
		begin_family(a, 2);
	mixture_learn(a);
}

static double
last_value(const struct mixture *a)
{
	return series_value(a->series, a->series->z[a->series->len - 1]);
}

/* What the last point says about trust. */
static void
learn_trust(struct mixture *a, double y)
{
	double last = last_value(a), forecast = a->mixed - last, cap = mix_cap(&a->mix);
	int i;

	if (isnan(a->mixed))
		return;
	for (i = 0; i < SHARES; i++)
		a->loss[i] = TRUST_FORGET * a->loss[i] +
		    fmin(cap, fabs(y - last - SHARE[i] * forecast));
	a->points = TRUST_FORGET * a->points + 1;
}

/* How much of the forecast change is to be believed: the shares that would have been best lately. Where
 * nothing can be forecast, as on a random walk, the experts still say something, and following
 * them costs some per cent. */
static double
trust(const struct mixture *a)
{
	double best = HUGE_VAL, prior = a->points > 0 ? TRUST_PRIOR * a->loss[0] / a->points : 0;
	double loss[SHARES], w, sum = 0, share = 0;
	int i, k;

	for (i = 0; i < SHARES; i++) {
		loss[i] = a->loss[i] + prior * (1 - SHARE[i]) + 1e-300;
		best = fmin(best, loss[i]);
	}
	for (i = 0; i < SHARES; i++) {
		w = best / loss[i];
		for (k = 0; k < 6; k++)
			w *= w; /* to the power of 64 */
		sum += w;
		share += w * SHARE[i];
	}
	return share / sum;
}

static void
mixture_score(void *self, double y)
{
	struct mixture *a = self;

	learn_trust(a, y);
	mix_score(&a->mix, a->series->n, y);
}

static void
mixture_learn(void *self)
{
	struct mixture *a = self;
	const struct series *s = a->series;
	int f, i;

	for (f = 0; f < FAMILIES; f++)
		if (a->family[f] != NULL &&
		    (a->family[f]->ready || es_start(a->family[f], s, first_point(s))))
			es_learn(a->family[f], s, PORTION);
	for (i = 0; i < a->rls_rows; i++)
		if (family_used(a, RLS_ROW[i].family) &&
		    (a->rls[i].ready || rls_start(&a->rls[i], s, first_point(s))))
			rls_learn(&a->rls[i], s, PORTION);
}

static void
mixture_skip(void *self)
{
	struct mixture *a = self;
	int f, i;

	for (f = 0; f < FAMILIES; f++)
		if (a->family[f] != NULL)
			es_skip(a->family[f], a->series);
	for (i = 0; i < a->rls_rows; i++)
		rls_skip(&a->rls[i], a->series);
}

/* Is a unit that learns point by point at the newest? */
static bool
caught_up(const struct mixture *a, bool ready, uint64_t at)
{
	return ready && at == a->series->n;
}

static bool
lagged_speaks(const struct mixture *a, int family)
{
	int m = season_of(a, family);

	return m > 1 && a->series->len >= m;
}

/* All experts' forecasts of the next point; NaN: silent. */
static void
next_all(struct mixture *a)
{
	const struct series *s = a->series;
	double slope = s->slope, row[ES_ROWS], f[EXPERTS] = { 0 };
	const double *z = s->z + s->len;
	bool speaks[EXPERTS] = { false };
	int i, k;

	for (i = 0; i < FAMILIES; i++) {
		if (a->family[i] == NULL || !caught_up(a, a->family[i]->ready, a->family[i]->at))
			continue;
		es_next(a->family[i], slope, row);
		memcpy(f + FAMILY[i].at, row, (size_t)FAMILY[i].rows * sizeof *f);
		memset(speaks + FAMILY[i].at, true, (size_t)FAMILY[i].rows);
	}
	for (i = 0; i < LAGGED; i++)
		if ((speaks[AT_LAGGED + i] = lagged_speaks(a, i + 1)))
			f[AT_LAGGED + i] = z[-season_of(a, i + 1)];
	for (i = 0; i < a->rls_rows; i++)
		if ((speaks[AT_RLS + i] = caught_up(a, a->rls[i].ready, a->rls[i].at)))
			f[AT_RLS + i] = rls_next(&a->rls[i], s);
	series_values(s, a->mix.next, f, EXPERTS);
	for (k = 0; k < EXPERTS; k++)
		if (!speaks[k])
			a->mix.next[k] = NAN;
}

/* The path of an expert that speaks, as working values. */
static void
expert_path(const struct mixture *a, const struct series *s, int k, int h, double *path)
{
	int f, i, m;

	if (k >= AT_RLS) {
		rls_path(&a->rls[k - AT_RLS], s, h, path);
		return;
	}
	if (k >= AT_LAGGED) {
		m = season_of(a, k - AT_LAGGED + 1);
		for (i = 0; i < h; i++)
			path[i] = i < m ? s->z[s->len - m + i] : path[i - m];
		return;
	}
	for (f = FAMILIES - 1; k < FAMILY[f].at; f--)
		;
	es_path(a->family[f], k - FAMILY[f].at, s->slope, h, path);
}

/* Adds each expert's path, weighted by lead, to path; keeps them for scoring when they are due. */
static void
combine(struct mixture *a, int h, double *path, bool keep)
{
	const struct mix *mix = &a->mix;
	double w[LEAD_BUCKETS][EXPERTS], z[LEADS_MAX] = { 0 }, y[LEADS_MAX];
	const struct series *s = a->series, *past = s;
	double last = last_value(a);
	struct lead_blend blend[LEADS_MAX];
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
		expert_path(a, past, k, h, z);
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
	double w[EXPERTS], sum = 0;
	int i, k;

	if (keep)
		next_all(a);
	mix_weights(&a->mix, 0, w);
	for (i = 0; i < h; i++)
		path[i] = 0;
	for (k = 0; k < EXPERTS; k++) {
		sum += w[k];
		if (w[k] > 0)
			path[0] += w[k] * a->mix.next[k];
	}
	if (sum == 0) /* all are catching up */
		for (i = 0; i < h; i++)
			path[i] = last_value(a);
	else if (h > 1)
		combine(a, h, path, keep);
	if (keep)
		a->mixed = path[0];
	path[0] = last_value(a) + trust(a) * (path[0] - last_value(a));
}

/* What the experts of a family have in common, for views; f: as in FAMILY. */
static enum forecast_family
family_of(int f, int k)
{
	const struct es_row *row;

	if (k >= AT_RLS)
		return RLS_ROW[k - AT_RLS].kind == RLS_LAST ? FAMILY_LAGS : FAMILY_SEASON_LAGS;
	if (k >= AT_LAGGED)
		return k == AT_LAGGED ? FAMILY_SEASON : FAMILY_LONG_SEASON;
	if (f > 0)
		return f == 1 ? FAMILY_SEASON : FAMILY_LONG_SEASON;
	row = &FAMILY[0].row[k];
	if (row->beta > 0 || row->drift > 0)
		return FAMILY_TREND;
	return row->alpha < 1 ? FAMILY_AVERAGE : FAMILY_LAST;
}

static int
mixture_experts(const void *self, struct forecast_expert *out, int most)
{
	const struct mixture *a = self;
	double w[EXPERTS];
	int f, k, n = 0;

	mix_weights(&a->mix, 0, w);
	for (k = 0; k < EXPERTS && n < most; k++) {
		if (isnan(a->mix.next[k]))
			continue;
		for (f = FAMILIES - 1; f > 0 && k < FAMILY[f].at; f--)
			;
		out[n++] = (struct forecast_expert){
			k < AT_LAGGED ? FAMILY[f].row[k - FAMILY[f].at].name :
			    k < AT_RLS ? LAGGED_NAME[k - AT_LAGGED] : RLS_ROW[k - AT_RLS].name,
			family_of(f, k), w[k], mix_error(&a->mix, k)
		};
	}
	return n;
}

static void
mixture_save(const void *self, struct buffer *b)
{
	const struct mixture *a = self;
	int f;

	buffer_put(b, &a->seasons, sizeof a->seasons);
	buffer_put(b, &a->log, sizeof a->log);
	for (f = 0; f < FAMILIES; f++)
		if (a->family[f] != NULL)
			es_save(a->family[f], b);
	buffer_put(b, a->rls, (size_t)a->rls_rows * sizeof *a->rls);
	buffer_put(b, &a->mixed, sizeof *a - offsetof(struct mixture, mixed));
	mix_save(&a->mix, b);
}

static int
mixture_load(void *self, struct reader *r)
{
	struct mixture *a = self;
	int f;

	if (reader_get(r, &a->seasons, sizeof a->seasons) != 0 ||
	    reader_get(r, &a->log, sizeof a->log) != 0)
		return -1;
	for (f = 0; f < FAMILIES; f++)
		begin_family(a, f); /* makes those that the seasons ask for */
	for (f = 0; f < FAMILIES; f++)
		if (a->family[f] != NULL && es_load(a->family[f], r) != 0)
			return -1;
	if (reader_get(r, a->rls, (size_t)a->rls_rows * sizeof *a->rls) != 0 ||
	    reader_get(r, &a->mixed, sizeof *a - offsetof(struct mixture, mixed)) != 0)
		return -1;
	return mix_load(&a->mix, r);
}

static size_t
mixture_held(const void *self)
{
	const struct mixture *a = self;
	size_t n = sizeof *a + mix_held(&a->mix) + (size_t)a->rls_rows * sizeof *a->rls;
	int f;

	for (f = 0; f < FAMILIES; f++)
		if (a->family[f] != NULL)
			n += sizeof *a->family[f] + es_held(a->family[f]);
	return n;
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
