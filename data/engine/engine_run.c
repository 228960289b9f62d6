/* engine_run.c - running in slices: how many of the rows whose turn it is may go, by the pace, the
 * place that is gone to, and the rows that it is held at. */
#include <time.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum {
	RUN_NS = 4000000,
	MOVE_NS = 2000000,
	FREED = 2 * BLOCK_ROWS /* keys that were set aside: more than come meanwhile */
};

int64_t
engine_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec;
}

static bool
is_seeking(const struct engine *e)
{
	return e->seek.row > 0 || e->seek.time != TIME_NONE || e->seek_gone > 0;
}

/* Has the row that was gone to, or the first one at or after the time, gone? */
static bool
has_arrived(const struct engine *e)
{
	const struct stream *s = engine_first(e);

	return (e->seek_gone > 0 && e->gone >= e->seek_gone) ||
	       (e->seek.row > 0 && s->row >= e->seek.row) ||
	       (e->seek.time != TIME_NONE && s->time != TIME_NONE && s->time >= e->seek.time);
}

/* Rows of a turn of the first source up to the one that is gone to; all when it is behind them. */
static int
rows_to_seek(const struct engine *e, const struct turn *turn)
{
	const struct stream *s = turn->stream;
	uint64_t next = s->block->first_row + (uint64_t)s->at;
	int n = 0;

	if (e->seek.row > 0)
		return e->seek.row - next < (uint64_t)turn->n ? (int)(e->seek.row - next) + 1
							      : turn->n;
	while (n < turn->n && s->block->time[s->at + n] < e->seek.time)
		n++;
	return n < turn->n ? n + 1 : turn->n;
}

static bool
any_recording(const struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone && !feed_live(e->streams[i]->feed))
			return true;
	return false;
}

/* Stamps of arrival are the clock itself: they pace nothing. Those that rows bring along do, as of
 * a recording that comes through a pipe, but where recordings beside a live source have the pace.
 * What stands in a followed file at first is replayed at a pace all the same; once it was caught up
 * with, its rows go as they come. */
static bool
goes_as_it_comes(const struct engine *e, const struct stream *s)
{
	if (!feed_live(s->feed) || e->pacer.paused)
		return false;
	if (any_recording(e))
		return true;
	return feed_follows(s->feed) ? s->caught_up
				     : e->pacer.pace == PACE_SPEED && s->own->time < 0;
}

/* How many of the rows whose turn it is may go at this time; 0: *wake tells when the next may. */
static int
paced(struct engine *e, const struct turn *turn, int64_t now, int64_t *wake)
{
	const struct stream *s = turn->stream;
	uint64_t next = s->block->first_row + (uint64_t)s->at;

	if (e->seek_gone > e->gone)
		return e->seek_gone - e->gone < (uint64_t)turn->n ? (int)(e->seek_gone - e->gone)
								  : turn->n;
	if (s == engine_first(e) && (e->seek.row >= next || e->seek.time != TIME_NONE))
		return rows_to_seek(e, turn);
	if (is_seeking(e) && s != engine_first(e))
		return turn->n;
	if (goes_as_it_comes(e, s))
		return turn->n;
	return pacer_allow(&e->pacer, s->block->time + s->at, turn->n, now, wake);
}

/* The pacer counts from here, so that no burst follows. */
static void
end_seek(struct engine *e, int64_t now)
{
	e->seek = (struct limit){ 0, TIME_NONE };
	e->seek_gone = 0;
	e->returning = false;
	if (e->pacer.pace == PACE_RATE)
		pacer_rate(&e->pacer, e->pacer.rate, now);
	else if (e->pacer.pace == PACE_SPEED)
		pacer_speed(&e->pacer, e->pacer.speed, now);
}

/* The rows that may go before the engine is held, at most turn->n. */
static int
rows_to_hold(const struct engine *e, const struct turn *turn)
{
	uint64_t next = turn->stream->block->first_row + (uint64_t)turn->stream->at;
	int i = 0;

	while (i < e->nholds && e->holds[i] < next)
		i++;
	if (turn->stream->index != 0 || e->returning || i == e->nholds ||
	    e->holds[i] - next >= (uint64_t)turn->n)
		return turn->n;
	return (int)(e->holds[i] - next) + 1;
}

static bool
holds_at(const struct engine *e, const struct stream *s)
{
	for (int i = 0; i < e->nholds && s->index == 0; i++)
		if (e->holds[i] == s->row)
			return true;
	return false;
}

/* A rule may pause the replay at any row of the source: which one, is known when the row has gone.
 */
static bool
may_stop(const struct engine *e, const struct stream *s)
{
	for (int i = 0; i < e->query->nrules && e->options.pauses; i++)
		if (e->query->rules[i].rule.pause && e->query->rules[i].source == s->index)
			return true;
	return false;
}

/* Held for a note, or by a rule, at the row that went. */
static bool
stops_at(const struct engine *e, const struct stream *s)
{
	return !e->returning && (e->stop_here || holds_at(e, s));
}

/* --- running ---------------------------------------------------------------------------------- */

static enum engine_state
start_over(struct engine *e, struct error *err)
{
	if (!e->options.loop || e->lap == 0)
		return ENGINE_END;
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone && stream_restart(e, e->streams[i], err) != 0)
			return ENGINE_FAILED;
	e->lap = 0;
	end_seek(e, engine_clock());
	return ENGINE_RUNNING;
}

/* How many rows may go in one run, by what the last n took: keys and signals are looked at in
 * between. Values do not depend on it. */
static void
fit_run(struct engine *e, int n, int64_t took)
{
	if (took > RUN_NS)
		e->most = (int)(n * (double)RUN_NS / (double)took);
	else if (took < RUN_NS / 4 && n == e->most)
		e->most *= 2;
	e->most = e->most < 1 ? 1 : e->most > BLOCK_ROWS ? BLOCK_ROWS : e->most;
}

/* How many of the rows of a turn may go in one run; 0: *wake tells when the next may. */
static int
rows_allowed(struct engine *e, struct turn *turn, int64_t now, int64_t *wake)
{
	if (turn->n > e->most)
		turn->n = e->most;
	if (e->again && e->most_gone - e->gone < (uint64_t)turn->n)
		turn->n = (int)(e->most_gone - e->gone);
	turn->n = may_stop(e, turn->stream) ? 1 : rows_to_hold(e, turn);
	return paced(e, turn, now, wake);
}

/* One that was added while rows went ends nobody else's. */
static void
fail_alone(struct engine *e, struct stream *s)
{
	struct event event = { .type = EVENT_DOUBT,
		.source = s->index,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = error_what(&s->err) };

	s->failed = false;
	s->lost = s->ended = true;
	dispatch(e, &event);
}

/* Rows keep coming while those of before are shown. */
static void
keep_ahead(struct engine *e)
{
	for (int i = 0; i < e->nstreams && engine_is_back(e); i++)
		if (!e->streams[i]->gone)
			feed_keep_ahead(e->streams[i]->feed);
}

/* n rows of a stream went: where it is now, and whether it is to stop there. */
static void
rows_went(struct engine *e, struct stream *s, int n, int64_t now)
{
	e->last = s->index;
	e->live_went = feed_live(s->feed);
	fit_run(e, n, engine_clock() - now);
	pulse_beat(&s->pulse, s->counts.rows, now);
	e->lap += (uint64_t)n;
	e->gone += (uint64_t)n;
	e->again = false;
	if (e->gone > e->most_gone)
		e->most_gone = e->gone;
	rewind_keep(e, engine_clock() - now);
	if (is_seeking(e) && (has_arrived(e) || stops_at(e, s)))
		end_seek(e, now);
	if (stops_at(e, s))
		pacer_pause(&e->pacer, true, now);
}

/* One run of rows. */
static enum engine_state
run_once(struct engine *e, int64_t now, int64_t *wake, struct error *err)
{
	struct stream *failed;
	struct turn before, turn = next_turn(e, &failed, &before);
	int64_t paced_at = INT64_MAX;
	int n = 0;

	e->now = now;
	*wake = ticks_run(e, now);
	if (failed != NULL && failed->added) {
		fail_alone(e, failed);
		return ENGINE_RUNNING;
	}
	if (failed != NULL && turn.stream == NULL) {
		*err = failed->err;
		return ENGINE_FAILED;
	}
	if (turn.stream == NULL && turn.more)
		return ENGINE_RUNNING;
	if (turn.stream == NULL)
		return turn.waits || e->njoining > 0 ? ENGINE_WAITING : start_over(e, err);
	rewind_keep_first(e);
	if (rewind_keeps(e))
		return ENGINE_RUNNING;
	e->again = e->gone < e->most_gone;
	if (before.stream != NULL)
		n = rows_allowed(e, &before, now, &paced_at);
	if (n > 0)
		turn = before;
	else
		n = rows_allowed(e, &turn, now, &paced_at);
	if (check_times(turn.stream, err) != 0)
		return ENGINE_WRONG;
	e->stop_here = false;
	if (n == 0) {
		keep_ahead(e);
		*wake = paced_at < *wake ? paced_at : *wake;
		return ENGINE_WAITING;
	}
	if (stream_go(e, turn.stream, n, err) != 0)
		return ENGINE_FAILED;
	rows_went(e, turn.stream, n, now);
	return ENGINE_RUNNING;
}

/* Some of what is left to do of very many keys. */
static void
tidy(struct engine *e)
{
	key_states_free(&e->aside, FREED);
	if (e->moving != NULL)
		query_move_on(e, engine_clock() + MOVE_NS);
}

enum engine_state
engine_run(struct engine *e, int64_t budget, int64_t *wake, struct error *err)
{
	int64_t now = engine_clock(), until = now + budget, joins;

	*wake = INT64_MAX;
	e->until = until;
	e->saving.out = NULL;
	if (e->began == 0)
		e->began = now;
	if (e->state == ENGINE_OPENING)
		e->state = engine_open(e, wake, err);
	if (e->resumed)
		tell_resumed(e);
	if (e->state == ENGINE_WAITING)
		e->state = ENGINE_RUNNING;
	if (e->state != ENGINE_FAILED && e->state != ENGINE_WRONG &&
	    engine_join(e, now, wake, err)) {
		e->state = ENGINE_RUNNING;
		e->finished = false; /* where all had ended */
	}
	joins = *wake;
	tidy(e);
	while (e->state == ENGINE_RUNNING && now < until) {
		tidy(e);
		if (rewind_keeps(e))
			rewind_keep_on(e, until);
		else
			e->state = run_once(e, now, wake, err);
		now = engine_clock();
	}
	*wake = joins < *wake ? joins : *wake;
	if (e->aside != NULL)
		*wake = now;
	/* who draws what stands hears of the end of it */
	return e->moving != NULL && (e->state == ENGINE_WAITING || e->state == ENGINE_END)
		   ? ENGINE_RUNNING
		   : e->state;
}

struct pacer *
engine_pacer(struct engine *e)
{
	return &e->pacer;
}

void
engine_seek(struct engine *e, uint64_t row)
{
	if (e->nstreams == 0 || row <= engine_first(e)->row)
		return;
	e->seek = (struct limit){ row, TIME_NONE };
	e->seek_gone = 0;
	e->returning = false;
}

void
engine_seek_time(struct engine *e, int64_t time)
{
	if (e->nstreams == 0 || (engine_first(e)->row > 0 && time <= engine_first(e)->time))
		return;
	e->seek = (struct limit){ 0, time };
	e->seek_gone = 0;
	e->returning = false;
}

void
engine_hold_at(struct engine *e, const uint64_t *rows, int n)
{
	e->holds = rows;
	e->nholds = n;
}
