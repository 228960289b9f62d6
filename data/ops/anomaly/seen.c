/* seen.c - "seen before?", the method that is taken where none is named.
 *
 * A value is surprising when the series has never been near it (see places.c). That is asked of the
 * value, of what it differs by from the profile of the week, and of the least of the last five
 * values, which a spike does not lift; of the last rows as a whole (see recent.c); and a further
 * view asks whether it stands still longer than ever.
 * The largest surprise counts, and only where it beats every surprise of the rows before by a
 * tenth, so that one event raises one alert, and at its beginning. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/times/times.h"
#include "data/ops/anomaly/seen_parts.h"

enum {
	HORIZON_LEAST = 30,
	HORIZON_MOST = 400,
	HORIZON_COMPACT = 60,
	STILL_LEAST = 4, /* rows without a move, before these are looked at */
	HITS_MOST = 10   /* the profile then learns by a tenth */
};
const double seen_weight[EVIDENCE_VIEWS] = {
	[EVIDENCE_VALUE] = 1,
	[EVIDENCE_WEEK] = 0.5,
	[EVIDENCE_LASTS] = 0.7,
	[EVIDENCE_STILL] = 0.1,
	[EVIDENCE_SPAN] = 0.5,
	[EVIDENCE_MOVE] = 0.5,
};
const double seen_level = 1.92, seen_beats = 1.1;
static const double STILL_RARE = 0.5, HORIZON = 0.05;

static void *
seen_open(const struct scorer_setup *setup)
{
	struct seen *s = memory_new(1, sizeof *s);

	*s = (struct seen){ .compact = setup->compact, .timed = setup->timed };
	s->ring = s->compact ? HORIZON_COMPACT : HORIZON_MOST;
	s->past = memory_new((size_t)s->ring, sizeof *s->past);
	places_init(&s->value, s->compact ? PLACES_FEW : PLACES_ALL);
	places_init(&s->week, s->compact ? PLACES_FEW : PLACES_ALL);
	if (s->compact)
		return s;
	places_init(&s->low, PLACES_ALL);
	s->recent = memory_new(1, sizeof *s->recent);
	recent_init(s->recent);
	s->history = memory_new(1, sizeof *s->history);
	evidence_init(s->history);
	return s;
}

static void
seen_close(void *self)
{
	struct seen *s = self;

	places_done(&s->value);
	places_done(&s->week);
	if (!s->compact) {
		places_done(&s->low);
		recent_done(s->recent);
		free(s->recent);
	}
	free(s->history);
	free(s->past);
	free(s);
}

/* The hour of the week; without times, runs of rows in its place. */
static int
hour_of(const struct seen *s, int64_t time)
{
	int64_t hour;

	if (!s->timed)
		return (int)((int64_t)s->rows / 60 % SEEN_HOURS);
	hour = time / (3600 * TIME_SECOND) - (time % (3600 * TIME_SECOND) < 0);
	return (int)((hour % SEEN_HOURS + SEEN_HOURS) % SEEN_HOURS);
}

/* From the profile of the week, which then learns it; missing at the first visit of an hour. */
static double
residual_of(struct seen *s, double x, int64_t time)
{
	int h = hour_of(s, time);
	double r = s->hits[h] > 0 ? x - s->mean[h] : NAN;

	if (s->hits[h] < HITS_MOST)
		s->hits[h]++;
	s->mean[h] += (x - s->mean[h]) / s->hits[h];
	return r;
}

/* A run without a move, longer than any before, against how often a value repeated the one before
 * until then. What grows row by row would be its own bar: so it is told once in a run. */
static double
still_step(struct still *s, double x)
{
	double p = (s->repeats + 1) / (s->rows + 2), evidence;

	if (s->any && x == s->x) {
		s->run++;
		evidence = -s->run * log10(p);
		if (s->told || s->run < STILL_LEAST || s->run <= 1.5 * s->longest ||
		    p > STILL_RARE || seen_weight[EVIDENCE_STILL] * evidence < 1.2 * seen_level)
			return 0;
		s->told = true;
		return evidence;
	}
	s->rows += s->run + 1;
	s->repeats += s->run;
	s->longest = fmax(s->longest, s->run);
	s->run = 0;
	s->told = false;
	s->any = true;
	s->x = x;
	return 0;
}

/* The least of the last few values. */
static double
low_of(struct seen *s, double x)
{
	double low = x;

	s->last[s->slot] = x;
	for (int i = 0; i < SEEN_LOW && i <= (int)s->rows; i++)
		low = fmin(low, s->last[i]);
	return low;
}

/* The greatest surprise of the rows that a new one has to beat. */
static double
bar_of(struct seen *s)
{
	double reach = fmax(HORIZON_LEAST, fmin(s->ring, HORIZON * s->rows));

	while (s->n > 0 && s->past[s->first].row < s->rows - reach) {
		s->first = s->first + 1 < s->ring ? s->first + 1 : 0;
		s->n--;
	}
	return s->n > 0 ? s->past[s->first].most : 0;
}

static struct surprise *
past_at(const struct seen *s, int i)
{
	int at = s->first + i;

	return &s->past[at < s->ring ? at : at - s->ring];
}

static void
keep(struct seen *s, double most)
{
	while (s->n > 0 && past_at(s, s->n - 1)->most <= most)
		s->n--;
	if (s->n == s->ring) /* rows of one surprise each: the oldest is about to leave */
		s->n--;
	*past_at(s, s->n++) = (struct surprise){ s->rows, most };
}

static void
remember(struct seen *s, double score)
{
	struct evidence_point p = { .score = (float)score };

	for (int i = 0; i < EVIDENCE_VIEWS && s->rows >= SEEN_WARM; i++)
		p.most[i] = (float)(s->evidence[i] / seen_level);
	evidence_row(s->history, &p);
}

/* All views at the row; of one of many keys, those that need little. */
static void
look(struct seen *s, double x, int64_t time)
{
	double *e = s->evidence;
	struct recent_evidence recent;

	s->x = x;
	s->residual = residual_of(s, x, time);
	e[EVIDENCE_VALUE] = places_step(&s->value, x);
	e[EVIDENCE_WEEK] = isnan(s->residual) ? 0 : places_step(&s->week, s->residual);
	e[EVIDENCE_STILL] = still_step(&s->still, x);
	if (!s->compact) {
		recent = recent_step(s->recent, x);
		e[EVIDENCE_LASTS] = places_step(&s->low, low_of(s, x));
		e[EVIDENCE_SPAN] = recent.span;
		e[EVIDENCE_MOVE] = recent.move;
	}
	for (int i = 0; i < EVIDENCE_VIEWS; i++)
		e[i] *= seen_weight[i];
}

static double
seen_step(void *self, const double *x, int64_t time)
{
	struct seen *s = self;
	double most = 0, score;

	look(s, *x, time);
	for (int i = 0; i < EVIDENCE_VIEWS && s->rows >= SEEN_WARM; i++)
		most = fmax(most, s->evidence[i]);
	s->bar = bar_of(s);
	score = most > seen_beats * s->bar ? anomaly_score(most, seen_level) : 0;
	if (s->history != NULL)
		remember(s, score);
	if (most > 0)
		keep(s, most);
	s->rows++;
	s->slot = s->slot + 1 < SEEN_LOW ? s->slot + 1 : 0;
	return score;
}

static void
seen_save(const void *self, struct buffer *b)
{
	const struct seen *s = self;

	buffer_double(b, s->rows);
	places_save(&s->value, b);
	places_save(&s->week, b);
	if (!s->compact) {
		places_save(&s->low, b);
		recent_save(s->recent, b);
	}
	buffer_put(b, s->last, sizeof s->last);
	buffer_put(b, s->mean, sizeof s->mean);
	buffer_put(b, s->hits, sizeof s->hits);
	buffer_put(b, &s->still, sizeof s->still);
	buffer_u32(b, (uint32_t)s->slot);
	buffer_u32(b, (uint32_t)s->n);
	for (int i = 0; i < s->n; i++)
		buffer_put(b, past_at(s, i), sizeof *s->past);
	buffer_put(b, s->evidence, sizeof s->evidence);
	buffer_double(b, s->bar);
	buffer_double(b, s->x);
	buffer_double(b, s->residual);
	if (s->history != NULL)
		evidence_save(s->history, b);
}

static int
load_past(struct seen *s, struct reader *r)
{
	uint32_t slot, n;

	if (reader_below(r, SEEN_LOW - 1, &slot) < 0 || reader_below(r, (uint32_t)s->ring, &n) < 0)
		return -1;
	s->slot = (int)slot;
	s->n = (int)n;
	s->first = 0;
	return reader_get(r, s->past, n * sizeof *s->past);
}

static int
seen_load(void *self, struct reader *r)
{
	struct seen *s = self;

	if (reader_double(r, &s->rows) < 0 || places_load(&s->value, r) < 0 ||
	    places_load(&s->week, r) < 0 ||
	    (!s->compact && (places_load(&s->low, r) < 0 || recent_load(s->recent, r) < 0)) ||
	    reader_get(r, s->last, sizeof s->last) < 0 ||
	    reader_get(r, s->mean, sizeof s->mean) < 0 ||
	    reader_get(r, s->hits, sizeof s->hits) < 0 ||
	    reader_get(r, &s->still, sizeof s->still) < 0 || load_past(s, r) < 0 ||
	    reader_get(r, s->evidence, sizeof s->evidence) < 0 || reader_double(r, &s->bar) < 0 ||
	    reader_double(r, &s->x) < 0 || reader_double(r, &s->residual) < 0 ||
	    (s->history != NULL && evidence_load(s->history, r) < 0))
		return -1;
	return s->rows >= 0 && s->rows < 1e15 ? 0 : -1;
}

static size_t
seen_held(const void *self)
{
	const struct seen *s = self;
	size_t full = s->compact ? 0
				 : places_held(&s->low) + sizeof *s->recent +
				       recent_held(s->recent) + sizeof *s->history;

	return sizeof *s + places_held(&s->value) + places_held(&s->week) + full +
	       (size_t)s->ring * sizeof *s->past;
}

static const struct evidence_history *
seen_evidence(const void *self)
{
	const struct seen *s = self;

	return s->history;
}

const struct scorer anomaly_auto = {
	.name = "auto",
	.help = "seen before? the gap to the nearest value ever seen, against all earlier gaps",
	.inputs = 1,
	.open = seen_open,
	.close = seen_close,
	.step = seen_step,
	.save = seen_save,
	.load = seen_load,
	.held = seen_held,
	.evidence = seen_evidence,
	.explain = seen_explain,
};
