/* experts.c - the mixture's 24 experts: what they are, learning, and what each says.
 *
 * Rows of exponential smoothing (es.h), seasonal naive, and autoregressions by recursive least
 * squares (rls.h), in three families: without a season, with the season, with a second season. Each
 * costs some tens of nanoseconds a point. When the seasons change, a family starts anew on the
 * points kept, a portion at each row, and is silent until it has caught up. */
#include "data/ops/forecast/models/experts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/forecast/series/lanes.h"

enum {
	PORTION = 512,      /* points that an expert may catch up with at one row */
	LAGGED = 2,         /* seasonal naive at either season */
	COMPACT_TABLE = 384 /* season values in the compact form */
};

/* The experts' numbers: each smoothing family has eight, of which the last may be another's. */
enum { AT_RLS = 18 };
static const int AT_LAGGED[LAGGED] = { 7, 15 };

static const struct es_rows LEVEL_ROWS = {
	.rows = 7,
	.name = { "slow average", "average", "last value", "fading trend", "fast fading trend",
	    "average with drift", "back to the mean" },
	.alpha = { 0.05, 0.4, 1, 0.6, 0.9, 0.8, 0.02 },
	.beta = { 0, 0, 0, 0.1, 0.05, 0, 0 },
	.phi = { 0, 0, 0, 0.9, 0.98, 0, 0 },
	.ar = { 0, 0, 0, 0, 0, 0, 0.8 },
	.rho = { 0, 0, 0, 0, 0, 0, 0.95 },
	.drift = { 0, 0, 0, 0, 0, 0.5, 0 },
};
static const struct es_rows SEASON_ROWS = {
	.rows = 7,
	.name = { "season, slow level", "season, level", "season, back to the mean",
	    "season, fading trend", "season, fast level", "season, trend", "season with drift" },
	.alpha = { 0.01, 0.1, 0.02, 0.2, 0.8, 0.2, 0.4 },
	.beta = { 0, 0, 0, 0.02, 0.05, 0.005, 0 },
	.phi = { 0, 0, 0, 0.95, 0.95, 1, 0 },
	.gamma = { 0.08, 0.3, 0.3, 0.3, 0.02, 0.1, 0.08 },
	.ar = { 0, 0, 0.7, 0, 0, 0, 0 },
	.rho = { 0, 0, 0.9, 0, 0, 0, 0 },
	.drift = { 0, 0, 0, 0, 0, 0, 0.5 },
};
static const struct es_rows LONG_ROWS = {
	.rows = 2,
	.name = { "long season", "long season, back to the mean" },
	.alpha = { 0.01, 0.02 },
	.gamma = { 0.3, 0.3 },
	.ar = { 0, 0.8 },
	.rho = { 0, 0.95 },
};

static const struct {
	const struct es_rows *gains;
	int at; /* its experts' numbers begin here */
} FAMILY[FAMILIES] = { { &LEVEL_ROWS, 0 }, { &SEASON_ROWS, 8 }, { &LONG_ROWS, 16 } };

static const char *const LAGGED_NAME[LAGGED] = { "same point last season",
	"same point last long season" };

static const struct {
	const char *name;
	enum rls_kind kind;
	int family, wait;
	double lambda;
	bool one, two; /* in the compact form, too: with one season at most, with two */
} REGRESSION[REGRESSIONS] = {
	{ "regression on the last changes", RLS_LAST, 0, 0, 0.9985, true, true },
	{ "regression on the season", RLS_SEASON, 1, 0, 0.9985, true, true },
	{ "regression on the last changes, quick", RLS_LAST, 0, 0, 0.99, true, false },
	{ "regression on the long season", RLS_LONG, 2, 0, 0.995, false, true },
	{ "regression on the season, quick", RLS_SEASON, 1, 1, 0.99, false, false },
	{ "regression on both seasons", RLS_SHORT_LONG, 2, 0, 0.995, false, false },
};

static int
season_of(const struct experts *e, int family)
{
	return family == 0 ? 0 : family == 1 ? e->seasons.m : e->seasons.M;
}

/* The first point for experts that start now: the oldest kept, less some that may go meanwhile.
 * They catch up faster than points go. */
static uint64_t
first_point(const struct series *s)
{
	uint64_t spare =
	    s->n > (uint64_t)s->keep && s->keep > 2 * PORTION ? (uint64_t)s->keep / 16 : 0;

	return series_oldest(s) + spare;
}

static bool
family_used(const struct experts *e, int f)
{
	return f == 0 || season_of(e, f) > 1;
}

/* How many of a family's smoothing rows there are: all, or as many as fit the table: of two seasons
 * one of the long one, and more of the other. */
static int
rows_of(const struct experts *e, int f)
{
	int m = e->seasons.m, M = e->seasons.M, most = COMPACT_TABLE;

	if (!family_used(e, f))
		return 0;
	if (!e->compact || f == 0)
		return FAMILY[f].gains->rows;
	if (f == 2)
		return m + M <= COMPACT_TABLE ? 1 : 0;
	if (ES_ROWS * m <= COMPACT_TABLE && M == 0)
		return FAMILY[f].gains->rows;
	if (m + M <= COMPACT_TABLE)
		most -= M;
	return most / m < LANES ? most / m : LANES;
}

static bool
regression_used(const struct experts *e, int i)
{
	if (!family_used(e, REGRESSION[i].family))
		return false;
	return !e->compact || (e->seasons.M > 0 ? REGRESSION[i].two : REGRESSION[i].one);
}

static void
end_regression(struct experts *e, int i)
{
	free(e->rls[i]);
	e->rls[i] = NULL;
}

static void
end_family(struct experts *e, int f)
{
	if (e->family[f] != NULL)
		es_done(e->family[f]);
	free(e->family[f]);
	e->family[f] = NULL;
	for (int i = 0; i < REGRESSIONS; i++)
		if (REGRESSION[i].family == f)
			end_regression(e, i);
}

static void
begin_regression(struct experts *e, int i, struct mix *mix)
{
	mix_forget(mix, AT_RLS + i, AT_RLS + i + 1);
	if (!regression_used(e, i))
		return;
	e->rls[i] = memory_new(1, sizeof *e->rls[i]);
	rls_init(e->rls[i], REGRESSION[i].kind, e->seasons.m, e->seasons.M, REGRESSION[i].lambda,
	    REGRESSION[i].wait);
}

static void
begin_family(struct experts *e, int f, struct mix *mix)
{
	int rows = rows_of(e, f), at = FAMILY[f].at;

	end_family(e, f);
	if (rows > 0) {
		e->family[f] = memory_new(1, sizeof *e->family[f]);
		es_init(e->family[f], FAMILY[f].gains, rows, season_of(e, f));
	}
	mix_forget(mix, at, at + FAMILY[f].gains->rows);
	if (f > 0)
		mix_forget(mix, AT_LAGGED[f - 1], AT_LAGGED[f - 1] + 1);
	for (int i = 0; i < REGRESSIONS; i++)
		if (REGRESSION[i].family == f)
			begin_regression(e, i, mix);
}

void
experts_init(struct experts *e, struct series *series, bool compact, struct mix *mix)
{
	int f;

	*e = (struct experts){ .series = series, .compact = compact, .log = series->log };
	for (f = 0; f < FAMILIES; f++)
		begin_family(e, f, mix);
}

void
experts_done(struct experts *e)
{
	int f;

	for (f = 0; f < FAMILIES; f++)
		end_family(e, f);
}

void
experts_restart(struct experts *e, struct seasons seasons, struct mix *mix)
{
	bool all = e->log != e->series->log, m = seasons.m != e->seasons.m,
	     M = seasons.M != e->seasons.M;
	int i;

	e->seasons = seasons;
	e->log = e->series->log;
	if (all)
		begin_family(e, 0, mix);
	if (all || m || (M && e->compact)) /* where it has what the long season leaves */
		begin_family(e, 1, mix);
	if (all || m || M)
		begin_family(e, 2, mix);
	for (i = 0; i < REGRESSIONS; i++) /* of family 0, in the compact form */
		if ((e->rls[i] != NULL) != regression_used(e, i)) {
			end_regression(e, i);
			begin_regression(e, i, mix);
		}
	experts_learn(e);
}

void
experts_learn(struct experts *e)
{
	const struct series *s = e->series;
	int f, i;

	for (f = 0; f < FAMILIES; f++)
		if (e->family[f] != NULL &&
		    (e->family[f]->ready || es_start(e->family[f], s, first_point(s))))
			es_learn(e->family[f], s, PORTION);
	for (i = 0; i < REGRESSIONS; i++)
		if (e->rls[i] != NULL &&
		    (e->rls[i]->ready || rls_start(e->rls[i], s, first_point(s))))
			rls_learn(e->rls[i], s, PORTION);
}

void
experts_skip(struct experts *e)
{
	int f, i;

	for (f = 0; f < FAMILIES; f++)
		if (e->family[f] != NULL)
			es_skip(e->family[f], e->series, PORTION);
	for (i = 0; i < REGRESSIONS; i++)
		if (e->rls[i] != NULL)
			rls_skip(e->rls[i], e->series, PORTION);
}

/* What learns point by point is silent until it is at the newest. */
static bool
family_speaks(const struct experts *e, int f)
{
	return e->family[f] != NULL && e->family[f]->ready && e->family[f]->at == e->series->n;
}

static bool
rls_speaks(const struct experts *e, int i)
{
	return e->rls[i] != NULL && e->rls[i]->ready && e->rls[i]->at == e->series->n;
}

static bool
lagged_speaks(const struct experts *e, int family)
{
	int m = season_of(e, family);

	return m > 1 && e->series->len >= m;
}

void
experts_next(const struct experts *e, double *next)
{
	const struct series *s = e->series;
	const double *z = s->z + s->len;
	int f, i, k;

	for (f = 0; f < FAMILIES; f++) {
		k = FAMILY[f].at;
		if (family_speaks(e, f)) {
			es_next(e->family[f], s->slope, next + k);
			k += e->family[f]->rows;
		}
		while (k < FAMILY[f].at + FAMILY[f].gains->rows)
			next[k++] = NAN;
	}
	for (i = 0; i < LAGGED; i++)
		next[AT_LAGGED[i]] = lagged_speaks(e, i + 1) ? z[-season_of(e, i + 1)] : NAN;
	for (i = 0; i < REGRESSIONS; i++)
		next[AT_RLS + i] = rls_speaks(e, i) ? rls_next(e->rls[i], s) : NAN;
	series_values(s, next, next, EXPERTS);
}

/* Which of its kind expert k is: of a smoothing family, else of the lagged or the regressions. */
static int
family_of(int k)
{
	return k / ES_ROWS;
}

static bool
is_lagged(int k)
{
	return k == AT_LAGGED[0] || k == AT_LAGGED[1];
}

void
experts_path(const struct experts *e, const struct series *s, int k, int h, double *path)
{
	int i, m;

	if (k >= AT_RLS) {
		rls_path(e->rls[k - AT_RLS], s, h, path);
	} else if (is_lagged(k)) {
		m = season_of(e, k == AT_LAGGED[0] ? 1 : 2);
		for (i = 0; i < h; i++)
			path[i] = i < m ? s->z[s->len - m + i] : path[i - m];
	} else {
		es_path(e->family[family_of(k)], k % ES_ROWS, s->slope, h, path);
	}
}

const char *
experts_name(int k)
{
	if (k >= AT_RLS)
		return REGRESSION[k - AT_RLS].name;
	if (is_lagged(k))
		return LAGGED_NAME[k == AT_LAGGED[0] ? 0 : 1];
	return FAMILY[family_of(k)].gains->name[k % ES_ROWS];
}

enum forecast_family
experts_family(int k)
{
	if (k >= AT_RLS)
		return REGRESSION[k - AT_RLS].kind == RLS_LAST ? FAMILY_LAGS : FAMILY_SEASON_LAGS;
	if (is_lagged(k))
		return k == AT_LAGGED[0] ? FAMILY_SEASON : FAMILY_LONG_SEASON;
	if (family_of(k) > 0)
		return family_of(k) == 1 ? FAMILY_SEASON : FAMILY_LONG_SEASON;
	if (LEVEL_ROWS.beta[k] > 0 || LEVEL_ROWS.drift[k] > 0)
		return FAMILY_TREND;
	return LEVEL_ROWS.alpha[k] < 1 ? FAMILY_AVERAGE : FAMILY_LAST;
}

void
experts_save(const struct experts *e, struct buffer *b)
{
	int f, i;

	buffer_put(b, &e->seasons, sizeof e->seasons);
	buffer_put(b, &e->log, sizeof e->log);
	for (f = 0; f < FAMILIES; f++)
		if (e->family[f] != NULL)
			es_save(e->family[f], b);
	for (i = 0; i < REGRESSIONS; i++)
		if (e->rls[i] != NULL)
			buffer_put(b, e->rls[i], sizeof *e->rls[i]);
}

int
experts_load(struct experts *e, struct reader *r, struct mix *mix)
{
	int f, i;

	struct seasons seasons;

	if (reader_get(r, &seasons, sizeof seasons) != 0 ||
	    reader_get(r, &e->log, sizeof e->log) != 0)
		return -1;
	if (!bytes_bool(&e->log) || !seasons_right(seasons)) {
		e->log = false;
		return -1;
	}
	e->seasons = seasons;
	for (f = 0; f < FAMILIES; f++)
		begin_family(e, f, mix); /* makes those that the seasons ask for */
	for (f = 0; f < FAMILIES; f++)
		if (e->family[f] != NULL && es_load(e->family[f], e->series, r) != 0)
			return -1;
	for (i = 0; i < REGRESSIONS; i++)
		if (e->rls[i] != NULL && rls_load(e->rls[i], e->series, r) != 0)
			return -1;
	return 0;
}

size_t
experts_held(const struct experts *e)
{
	size_t n = 0;
	int f, i;

	for (f = 0; f < FAMILIES; f++)
		if (e->family[f] != NULL)
			n += sizeof *e->family[f] + es_held(e->family[f]);
	for (i = 0; i < REGRESSIONS; i++)
		n += e->rls[i] != NULL ? sizeof *e->rls[i] : 0;
	return n;
}
