/* seasons.c - how long the season is: told by the step of the time stamps, or found in the data.
 *
 * Found: the highest peaks of the autocorrelation of the detrended series, with large values
 * clipped. The smallest lag whose peak comes near the best one is the season, as all its multiples
 * are peaks too; a longer one must be clearly better to count as a second season. Where the points
 * show nothing, because they follow some curve, their changes are looked at. A search looks at
 * up to 840 lags of 2048 points, some millions of products: at each row it does a portion that
 * takes a fraction of a millisecond. */
#include "data/ops/forecast/series/seasons.h"

#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"
#include "data/base/times/times.h"
#include "data/ops/forecast/series/lanes.h"

static const int64_t MINUTE = 60 * TIME_SECOND, HOUR = 60 * 60 * TIME_SECOND,
		     DAY = 24 * 60 * 60 * TIME_SECOND;
enum { PORTION = 300000, SEARCHES = 30 };
/* Points between searches: more and more of them while nothing new is found. */
enum { PAUSE = 1024, PAUSE_MOST = 8192 };
static const float GONE = 0.1f;
static const double TWICE = 2.7;

static struct seasons
seasons_fitting(int64_t m, int64_t M, int most)
{
	struct seasons s = { 0, 0 };

	if (m > 1 && 2 * m + 3 < most)
		s.m = (int)m;
	if (s.m > 0 && M > m && m + M + 1 < most)
		s.M = (int)M;
	return s;
}

struct seasons
seasons_of_step(int64_t step, int most)
{
	if (step >= 28 * DAY && step <= 31 * DAY)
		return seasons_fitting(12, 0, most);
	if (step >= 90 * DAY && step <= 92 * DAY)
		return seasons_fitting(4, 0, most);
	if (step == 7 * DAY)
		return seasons_fitting(52, 0, most);
	if (step == DAY)
		return seasons_fitting(7, 0, most);
	if (step >= 5 * MINUTE && step < DAY && DAY % step == 0)
		return seasons_fitting(DAY / step, 7 * DAY / step, most);
	if (step >= MINUTE && step < 5 * MINUTE && HOUR % step == 0)
		return seasons_fitting(HOUR / step, DAY / step, most);
	return (struct seasons){ 0, 0 };
}

/* Room for all lags, and for those that are done along with the last. */
static size_t
heights(const struct season_search *q)
{
	return (size_t)q->most + 9;
}

void
season_search_init(struct season_search *q, int keep)
{
	*q = (struct season_search){ .next = 24, .pause = PAUSE };
	q->most = keep / 2 < SEASON_LAGS ? keep / 2 : SEASON_LAGS;
	q->at_once = keep * q->most <= PORTION;
	q->a = q->at_once ? NULL : memory_zero(heights(q), sizeof *q->a);
}

void
season_search_done(struct season_search *q)
{
	free(q->a);
	q->a = NULL;
}

void
season_search_stop(struct season_search *q)
{
	q->points = 0;
}

/* Point i of the search, before the line is taken off. */
static inline double
point(const struct season_search *q, const double *z, int i)
{
	return q->changes ? z[i] - z[i - 1] : z[i];
}

static void
begin(struct season_search *q, const struct series *s, bool changes)
{
	/* of those that stay: a search may go on when there are more */
	int i, len = s->len < s->keep ? s->len : s->keep - 1, most = changes ? len - 1 : len,
	       n = most < SEASON_POINTS ? most : SEASON_POINTS;
	const double *z = s->z + s->len - n;
	double mean = 0, cross = 0, size = 0, t = 0.5 * (n - 1), v;

	q->changes = changes;
	for (i = 0; i < n; i++)
		mean += point(q, z, i) / n;
	for (i = 0; i < n; i++)
		cross += (i - t) * (point(q, z, i) - mean);
	q->slope = cross / ((double)n * ((double)n * n - 1) / 12);
	q->level = mean - q->slope * t;
	for (i = 0; i < n; i++)
		size += fabs(point(q, z, i) - q->level - q->slope * i) / n;
	q->clip = 4 * size;
	q->power = 0;
	for (i = 0; i < n; i++) {
		v = fmin(fabs(point(q, z, i) - q->level - q->slope * i), q->clip);
		q->power += v * v / n;
	}
	q->first = s->n - (uint64_t)n;
	q->points = n;
	q->lag = 1;
	q->lags = n / 2 - 1 < q->most ? n / 2 - 1 : q->most;
}

/* Autocovariances at lags L .. L+7 at once: eight sums that depend on nothing but themselves. */
WIDE static void
eight_lags(const double *v, int n, int L, double *restrict sum)
{
	int i, j;

	for (j = 0; j < 8; j++)
		sum[j] = 0;
	for (i = L + 7; i < n; i++)
		for (j = 0; j < 8; j++)
			sum[7 - j] += v[i] * v[i - L - 7 + j];
	for (j = 0; j < 7; j++)
		for (i = L + j; i < L + 7 && i < n; i++)
			sum[j] += v[i] * v[i - L - j];
}

static void
go_on(struct season_search *q, const struct series *s)
{
	const double *z = series_at(s, q->first);
	double v[SEASON_POINTS], sum[8];
	int i, j, done = 0;

	q->a[0] = 1;
	for (i = 0; i < q->points; i++) {
		v[i] = point(q, z, i) - q->level - q->slope * i;
		v[i] = fmax(-q->clip, fmin(q->clip, v[i]));
	}
	for (; q->lag <= q->lags && done < PORTION; q->lag += 8) {
		eight_lags(v, q->points, q->lag, sum);
		for (j = 0; j < 8; j++)
			q->a[q->lag + j] =
			    (float)(q->power > 0 && q->lag + j < q->points
					? sum[j] / (q->points - q->lag - j) / q->power
					: 0);
		done += 8 * (q->points - q->lag);
	}
}

/* What the highest of so many lags of noise stays below, in all searches to come: at a lag of which
 * only few pairs are known, more; less where twice the lag is high as well, as noise seldom is.
 * Changes of noise vary by half as much again (Bartlett 1946). */
static float
height_of_noise(const struct season_search *q, int L)
{
	double each = q->changes ? sqrt(1.5) : 1, z = sqrt(2 * log(SEARCHES * q->lags));

	if (2 * L <= q->lags && q->a[2 * L] > TWICE * each / sqrt(q->points - 2 * L))
		z = TWICE;
	return (float)fmax(0.3, z * each / sqrt(q->points - L));
}

/* Is lag L a peak: high, well above a valley before it, and the highest of its surroundings? */
static bool
is_peak(const struct season_search *q, int L, float valley)
{
	float height = height_of_noise(q, L), a = q->a[L];
	int i, w = L / 8 > 1 ? L / 8 : 1;

	if (!(a > height) || !(a - valley > 0.12f))
		return false;
	for (i = L - w > 1 ? L - w : 1; i <= L + w && i <= q->lags; i++)
		if (q->a[i] > a)
			return false;
	return true;
}

static int
find_peaks(const struct season_search *q, int *peak, int most)
{
	float valley = 1;
	int L, n = 0;

	for (L = 1; L <= q->lags && n < most; L++) {
		if (is_peak(q, L, valley))
			peak[n++] = L;
		if (q->a[L] < valley)
			valley = q->a[L];
	}
	return n;
}

static struct seasons
choose(const struct season_search *q, struct seasons old, int most)
{
	int i, n, peak[SEASON_LAGS];
	float best = 0, best_long = 0;
	struct seasons s = { 0, 0 };

	n = find_peaks(q, peak, SEASON_LAGS);
	while (n > 0 && 2 * peak[n - 1] + 3 >= most)
		n--;
	if (n == 0) /* it stays, unless nothing is left of it */
		return old.m > 0 && old.m <= q->lags && q->a[old.m] < GONE ? s : old;
	for (i = 0; i < n; i++)
		if (q->a[peak[i]] > best)
			best = q->a[peak[i]];
	for (i = 0; i < n && s.m == 0; i++)
		if (q->a[peak[i]] >= 0.6f * best && q->a[peak[i]] >= best - 0.35f)
			s.m = peak[i];
	for (i = 0; i < n; i++)
		if (peak[i] > 1.5 * s.m && q->a[peak[i]] > q->a[s.m] + 0.04f &&
		    q->a[peak[i]] > best_long + 0.03f && s.m + peak[i] + 1 < most) {
			s.M = peak[i];
			best_long = q->a[peak[i]];
		}
	if (s.m == old.m && old.M > 0 && old.M <= q->lags && q->a[old.M] >= best_long - 0.1f)
		s.M = old.M;
	return s;
}

static bool
search(struct season_search *q, const struct series *s, int most, struct seasons *found)
{
	struct seasons old = *found;
	uint64_t n = s->n;

	if (q->points == 0) {
		if (n < q->next)
			return false;
		q->next = n + (n / 4 + 1 < q->pause ? n / 4 + 1 : q->pause);
		q->pause = q->pause < PAUSE_MOST && n >= 4096 ? 2 * q->pause : q->pause;
		begin(q, s, false);
	}
	go_on(q, s);
	if (q->lag <= q->lags)
		return false;
	*found = choose(q, old, most);
	q->points = 0;
	if (found->m == 0 && old.m == 0 && !q->changes)
		begin(q, s, true);
	if (found->m != old.m || found->M != old.M)
		q->pause = PAUSE;
	return found->m != old.m || found->M != old.M;
}

bool
season_search_step(struct season_search *q, const struct series *s, int most, struct seasons *found)
{
	float a[SEASON_LAGS + 9];
	bool changed;

	if (!q->at_once)
		return search(q, s, most, found);
	q->a = a;
	changed = search(q, s, most, found);
	q->a = NULL;
	return changed;
}

void
season_search_save(const struct season_search *q, struct buffer *b)
{
	struct season_search bytes = *q;

	bytes.a = NULL;
	buffer_put(b, &bytes, sizeof bytes);
	if (!q->at_once)
		buffer_put(b, q->a, heights(q) * sizeof *q->a);
}

bool
seasons_right(struct seasons s)
{
	if (s.M != 0 && (s.M <= s.m || s.M > SEASON_LONGEST))
		return false;
	return s.m >= 0 && s.m <= SEASON_LONGEST && (s.m > 0 || s.M == 0);
}

/* The points of a search under way must stay as long as it takes. */
static bool
search_right(
    const struct season_search *q, const struct season_search *here, const struct series *s)
{
	if (!bytes_bool(&q->at_once) || !bytes_bool(&q->changes) || q->most != here->most ||
	    q->at_once != here->at_once)
		return false;
	if (q->points == 0)
		return true;
	return q->points > 2 && q->points <= SEASON_POINTS && q->lag >= 1 && q->lags <= q->most &&
	       q->lags < q->points && q->lag <= q->lags + 8 && (q->lag == 1 || !q->at_once) &&
	       q->first >= series_lasting(s) + q->changes && q->first <= s->n &&
	       (uint64_t)q->points <= s->n - q->first;
}

int
season_search_load(struct season_search *q, const struct series *s, struct reader *r)
{
	struct season_search old = *q;

	if (reader_get(r, q, sizeof *q) != 0 || !search_right(q, &old, s)) {
		*q = old;
		return -1;
	}
	q->a = old.a;
	return q->at_once ? 0 : reader_get(r, q->a, heights(q) * sizeof *q->a);
}

size_t
season_search_held(const struct season_search *q)
{
	return q->at_once ? 0 : heights(q) * sizeof *q->a;
}
