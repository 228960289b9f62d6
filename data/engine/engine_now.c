/* engine_now.c - how the sources of an engine are at this moment, and how much it keeps. */
#include <math.h>
#include <time.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

/* Rows that wait for their time, or while it is paused, are no silence. */
static int64_t
silence(const struct engine *e, const struct stream *s)
{
	if (!s->silent || s->came == 0 || s->gone || e->pacer.paused || e->state == ENGINE_END)
		return 0;
	return engine_clock() - s->came;
}

/* How long after its stamp the last row of a live source came. */
static double
lag(const struct stream *s)
{
	struct timespec t;
	int64_t wall, came;

	if (s->own == NULL || s->own->time < 0 || s->came == 0 || s->time == TIME_NONE ||
	    !feed_live(s->feed))
		return NAN;
	clock_gettime(CLOCK_REALTIME, &t);
	wall = (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec;
	came = wall - (engine_clock() - s->came);
	return elapsed_seconds(s->time, came);
}

static struct source_now
source_now(const struct engine *e, const struct stream *s)
{
	return (struct source_now){ .live = !s->gone && feed_live(s->feed),
		.ended = s->stopped || (s->ended && s->block == NULL),
		.lost = s->lost,
		.gone = s->gone,
		.err = s->lost ? error_what(&s->err) : NULL,
		.silent = silence(e, s),
		.lag = lag(s),
		.report = feed_report(s->feed) };
}

struct source_now
engine_source_now(const struct engine *e, int source)
{
	return source_now(e, e->streams[source]);
}

const char *
engine_source_name(const struct engine *e, int source)
{
	return e->query->bound ? e->query->sources[source].shown.source
			       : feed_name(e->streams[source]->feed);
}

const char *
engine_source_spec(const struct engine *e, int source)
{
	return e->streams[source]->spec;
}

bool
engine_source_follows(const struct engine *e, int source)
{
	return feed_follows(e->streams[source]->feed);
}

int
engine_source_given(const struct engine *e, int source)
{
	return e->streams[source]->given;
}

int
engine_joining(const struct engine *e)
{
	return e->njoining;
}

const char *
engine_joining_name(const struct engine *e, int i)
{
	return feed_name(e->joining[i]->feed);
}

const char *
engine_joining_spec(const struct engine *e, int i)
{
	return e->joining[i]->spec;
}

bool
engine_joining_added(const struct engine *e, int i)
{
	return e->joining[i]->added;
}

struct source_now
engine_joining_now(const struct engine *e, int i)
{
	return source_now(e, e->joining[i]);
}

int64_t
engine_silence_wake(const struct engine *e)
{
	int64_t wake = INT64_MAX;

	for (int i = 0; i < e->nstreams; i++) {
		const struct stream *s = e->streams[i];
		int64_t silent = feed_live(s->feed) ? silence(e, s) : 0;
		int64_t next = s->came + (silent / TIME_SECOND + 1) * TIME_SECOND;
		bool retries = !s->gone && feed_report(s->feed).retries && !e->pacer.paused;

		if (silent == 0 && retries)
			next = engine_clock() + TIME_SECOND;
		if ((silent > 0 || retries) && next < wake)
			wake = next;
	}
	for (int i = 0; i < e->njoining; i++) {
		int64_t next = engine_clock() + TIME_SECOND;

		if (feed_report(e->joining[i]->feed).retries && !e->pacer.paused && next < wake)
			wake = next;
	}
	return wake;
}

uint64_t
engine_keys_of_all(const struct engine *e)
{
	uint64_t n = 0;

	for (int i = 0; i < e->nstreams; i++)
		n += (uint64_t)e->streams[i]->states.n;
	return n;
}

uint64_t
engine_held(const struct engine *e)
{
	uint64_t n = 0;

	for (int i = 0; i < e->nstreams; i++)
		n += e->streams[i]->reorder != NULL ? reorder_held(e->streams[i]->reorder) : 0;
	return n;
}

uint64_t
engine_state_bytes(const struct engine *e)
{
	uint64_t bytes = 0;

	for (int i = 0; i < e->nstreams; i++) {
		const struct key_states *states = &e->streams[i]->states;

		if (states->newest != NULL)
			bytes += (uint64_t)states->n *
				 (sizeof *states->newest + graph_bytes(states->newest->graph));
	}
	return bytes;
}
