/* forecaster.c - one method on one stream of values: predict, score, then learn.
 *
 * The order is the point: at each row the forecast made before it is scored first, and only then
 * does the method see the value, so that every figure shown is an honest one. Around the method it
 * keeps what all methods need: the past, the seasons, the intervals, and a guard that notices a
 * method that has diverged - one that does worse than both the last value and the recent mean. */
#include "data/ops/forecast/forecaster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/forecast/series/power.h"

enum {
	KEEP = 4096,
	KEEP_COMPACT = 676, /* two days of 288 to learn, two weeks of 336 to find */
	KEEP_LITTLE = 16,
	HOLE_MOST = 1024 /* missing points filled one by one */
};

static const int64_t GAP_MOST = INT64_C(1) << 53;
static const double VALUE_MAX = 1e150; /* so that squares stay finite */
static const double RECENT = 0.02;
/* The level is the mean of the last five values or so, of two seasons where these are longer; one
 * value moves it by no more than if it were so many times as large or as small. */
static const double LEVEL = 0.2, SEASONS = 2, LEVEL_MOST = 4;

static int
points_kept(const struct forecaster_options *o)
{
	if (!o->method->seasonal)
		return KEEP_LITTLE;
	return o->compact ? KEEP_COMPACT : KEEP;
}

void
forecaster_init(struct forecaster *f, const struct forecaster_options *o)
{
	struct forecast_setup setup = { &f->series, o->horizon, o->compact, o->alpha, o->beta,
		o->gamma };
	int k;

	*f = (struct forecaster){ .options = *o, .next = NAN };
	for (k = 0; k < LEVELS; k++)
		f->widths[k] = NAN;
	series_init(&f->series, points_kept(o), o->method->logs);
	season_search_init(&f->search, points_kept(o));
	intervals_init(&f->intervals, o->horizon);
	f->self = o->method->open(&setup);
	if (!o->told || !o->method->seasonal)
		return;
	f->seasons = o->seasons;
	o->method->restart(f->self, f->seasons);
}

void
forecaster_done(struct forecaster *f)
{
	f->options.method->close(f->self);
	intervals_done(&f->intervals);
	season_search_done(&f->search);
	series_done(&f->series);
}

void
forecaster_widths(const struct forecaster *f, int h, double *widths)
{
	double tiny = 1e-9 * (fabs(f->next) + f->series.hi - f->series.lo);
	int64_t lead = h + f->gap < HORIZON_MAX ? h + f->gap : HORIZON_MAX;
	int k;

	intervals_widths(&f->intervals, (int)lead, widths);
	for (k = 0; k < LEVELS; k++)
		widths[k] = f->intervals.bucket[0].count > 0 ? widths[k] + tiny : NAN;
}

/* What the method says of the next point; at origins that are due, of all leads. */
static void
predict(struct forecaster *f, bool keep_path)
{
	const struct forecast_method *m = f->options.method;
	double path[HORIZON_MAX];
	bool due = keep_path && intervals_due(&f->intervals, f->series.n);

	m->path(f->self, due ? f->options.horizon : 1, path, true);
	if (due)
		intervals_keep(&f->intervals, f->series.n, f->last, path);
	f->next = path[0];
	forecaster_widths(f, 1, f->widths);
}

/* A point without a value: the clock goes on, filled with what was forecast. */
static void
skip_point(struct forecaster *f)
{
	struct series *s = &f->series;

	if (s->seen == 0)
		return;
	if (s->log && !(f->next > 0))
		series_skip(s, s->z[s->len - 1]);
	else
		series_skip(s, s->log ? power_log(f->next) : f->next);
	f->options.method->skip(f->self);
	f->gap++;
	predict(f, false);
}

/* New seasons, from the step or found: the method starts anew on what is kept. */
static void
use_seasons(struct forecaster *f, struct seasons s, enum forecast_event why)
{
	if (s.m == f->seasons.m && s.M == f->seasons.M)
		return;
	f->seasons = s;
	f->happened = why;
	if (f->series.n > 0)
		f->options.method->restart(f->self, s);
}

void
forecaster_time(struct forecaster *f, int64_t time)
{
	int64_t missing = clock_row(&f->clock, time), longest;
	struct seasons s;

	f->happened = FORECAST_NOTHING;
	if (!f->options.timed || !f->options.method->seasonal)
		return;
	longest = f->seasons.M > 0 ? f->seasons.M : f->seasons.m > 0 ? f->seasons.m : 1;
	if (missing > HOLE_MOST)
		missing %= longest;
	if (missing > HOLE_MOST && f->seasons.m > 0)
		missing %= f->seasons.m;
	while (missing-- > 0)
		skip_point(f);
	if (f->options.told || f->clock.usual == f->step)
		return;
	f->step = f->clock.usual;
	s = seasons_of_step(f->step, f->series.keep);
	f->from_step = s.m > 0;
	if (f->from_step)
		use_seasons(f, s, FORECAST_SEASON_OF_STEP);
}

/* The forecast of the point that has come, scored before anyone learns from it. */
static void
score(struct forecaster *f, double y)
{
	double e = fabs(y - f->next), jump = fabs(y - f->last), unit[LEVELS];
	double range = f->series.hi - f->series.lo, as_next = 1;
	double rate = f->n < 1 / RECENT ? 1 / (f->n + 1) : RECENT;
	double usual = f->naive_error > f->error ? f->naive_error : f->error;
	double cap = f->n > 30 ? 20 * usual + 1e-300 : HUGE_VAL;

	if (f->series.seen == 0)
		return;
	f->n++;
	f->absolute += e;
	f->square += e * e;
	f->naive += jump;
	if (!isnan(f->widths[2])) {
		f->judged++;
		f->covered += e <= f->widths[2];
	}
	f->naive_error += rate * ((jump < cap ? jump : cap) - f->naive_error);
	f->error += rate * ((e < cap ? e : cap) - f->error);
	if (f->gap > 0) { /* after a gap errors are larger: in units of the width at this lead */
		intervals_widths(&f->intervals, 1, unit);
		as_next = f->widths[2] > 0 ? unit[2] / f->widths[2] : 1;
	}
	intervals_score(&f->intervals, f->series.n, y, f->next, as_next, range);
	f->options.method->score(f->self, y);
}

/* Has the method diverged? Then it starts anew, with smaller gains where it can. */
static bool
diverged(struct forecaster *f)
{
	const struct forecast_method *m = f->options.method;

	if (m->bounded || f->series.n < f->calm_until || f->series.seen < 30)
		return false;
	return f->error > f->spread && f->error > 3 * f->naive_error;
}

static void
learn(struct forecaster *f, double y)
{
	const struct forecast_method *m = f->options.method;
	struct seasons s = f->seasons;
	bool changed = series_push(&f->series, y);

	if (changed)
		season_search_stop(&f->search);
	if (m->seasonal && !f->options.told && !f->from_step &&
	    season_search_step(&f->search, &f->series, f->series.keep, &s)) {
		use_seasons(f, s, FORECAST_SEASON_FOUND);
	} else if (changed) {
		m->restart(f->self, f->seasons);
	} else if (diverged(f)) {
		f->happened = FORECAST_DIVERGED;
		f->calm_until = f->series.n + 30 + 2 * (uint64_t)f->seasons.m;
		f->error = f->naive_error;
		if (m->calm != NULL)
			m->calm(f->self);
		m->restart(f->self, f->seasons);
	} else {
		m->learn(f->self);
	}
}

/* The recent mean and the mean deviation from it, spikes clipped. */
static void
learn_spread(struct forecaster *f, double y)
{
	double most = f->series.seen > 30 ? 20 * f->spread + 1e-300 : HUGE_VAL;
	double off = y - f->center;

	off = off < -most ? -most : off > most ? most : off;
	f->center += RECENT * off;
	f->spread += RECENT * (fabs(off) - f->spread);
}

/* What grows by some per cent a year has errors that grow as well: what was an error years ago is a
 * larger one today. Of values that may be below 0 there is no such level. */
static void
learn_level(struct forecaster *f, double y)
{
	const struct seasons *s = &f->seasons;
	double rate = 1 / (SEASONS * (s->M > 0 ? s->M : s->m) + 1), old = f->level;

	if (!f->series.log)
		return;
	if (!(old > 0)) {
		f->level = y;
		return;
	}
	rate = rate > LEVEL ? LEVEL : rate;
	rate = rate < 1 / (f->n + 1) ? 1 / (f->n + 1) : rate;
	y = y > old * LEVEL_MOST ? old * LEVEL_MOST : y < old / LEVEL_MOST ? old / LEVEL_MOST : y;
	f->level += rate * (y - old);
	intervals_grow(&f->intervals, f->level / old);
}

void
forecaster_value(struct forecaster *f, double y)
{
	if (isnan(y)) {
		skip_point(f);
		return;
	}
	y = y < -VALUE_MAX ? -VALUE_MAX : y > VALUE_MAX ? VALUE_MAX : y;
	score(f, y);
	if (f->series.seen == 0)
		f->center = y;
	learn_spread(f, y);
	f->gap = 0;
	learn(f, y);
	learn_level(f, y);
	f->last = y;
	predict(f, true);
}

void
forecaster_ahead(struct forecaster *f, int h, double *path)
{
	int i;

	if (f->series.seen > 0) {
		f->options.method->path(f->self, h, path, false);
		return;
	}
	for (i = 0; i < h; i++)
		path[i] = NAN;
}

void
forecaster_save(const struct forecaster *f, struct buffer *b)
{
	series_save(&f->series, b);
	season_search_save(&f->search, b);
	intervals_save(&f->intervals, b);
	buffer_put(b, &f->seasons, sizeof f->seasons);
	buffer_put(b, &f->from_step, sizeof f->from_step);
	buffer_put(b, &f->clock, sizeof f->clock);
	buffer_put(
	    b, &f->next, offsetof(struct forecaster, happened) - offsetof(struct forecaster, next));
	f->options.method->save(f->self, b);
}

int
forecaster_load(struct forecaster *f, struct reader *r)
{
	if (series_load(&f->series, r) != 0 || season_search_load(&f->search, &f->series, r) != 0 ||
	    intervals_load(&f->intervals, r) != 0 ||
	    reader_get(r, &f->seasons, sizeof f->seasons) != 0 ||
	    reader_get(r, &f->from_step, sizeof f->from_step) != 0 ||
	    reader_get(r, &f->clock, sizeof f->clock) != 0 ||
	    reader_get(r, &f->next,
		offsetof(struct forecaster, happened) - offsetof(struct forecaster, next)) != 0)
		return -1;
	if (!seasons_right(f->seasons) || !bytes_bool(&f->from_step) || !clock_right(&f->clock) ||
	    f->gap < 0 || f->gap > GAP_MOST)
		return -1;
	return f->options.method->load(f->self, r);
}

size_t
forecaster_held(const struct forecaster *f)
{
	return sizeof *f + series_held(&f->series) + season_search_held(&f->search) +
	       intervals_held(&f->intervals) + f->options.method->held(f->self);
}
