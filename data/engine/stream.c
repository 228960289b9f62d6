/* stream.c - one source of the engine: its next rows, where they start and stop. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

struct stream *
stream_new(
    struct engine *e, const char *spec, const struct feed_options *options, struct error *err)
{
	struct feed *feed = feed_open(spec, options, e->loop, err);
	struct stream *s;

	if (feed == NULL)
		return NULL;
	s = memory_zero(1, sizeof *s);
	s->feed = feed;
	if (e->holds_places)
		feed_hold_places(feed);
	if (e->written)
		feed_keep_written(feed);
	s->spec = memory_text(spec, strlen(spec));
	s->time = s->read_time = s->before = TIME_NONE;
	return s;
}

void
stream_free(struct stream *s)
{
	if (s->own != NULL && s->reorder == NULL)
		feed_leave(s->feed, stream_row(s));
	key_states_done(&s->states);
	row_view_done(&s->view);
	reorder_free(s->reorder);
	feed_close(s->feed);
	free(s->none.source);
	free(s->looked);
	free(s->spec);
	free(s);
}

int
stream_check(const struct engine *e, const struct stream *s, struct error *err)
{
	enum error_subject subject = ERROR_NOTHING;

	if (e->options.loop && feed_live(s->feed))
		return error_set(
		    err, "--loop: '%s' cannot start over (give a file)", s->own->source);
	if (s->own->time >= 0)
		return 0;
	if (e->start.time != TIME_NONE)
		subject = ERROR_START;
	else if (e->stop.time != TIME_NONE)
		subject = ERROR_STOP;
	else if (e->pacer.pace == PACE_SPEED && !feed_live(s->feed))
		subject = ERROR_SPEED;
	if (subject == ERROR_NOTHING || s->own->n == 0)
		return 0;
	error_set(err, "'%s' has no time column (name it with -t COLUMN%s)", s->own->source,
	    e->pacer.pace == PACE_SPEED ? ", or use --rate" : ", or give a row number");
	return error_subject(err, subject, s->index, NULL);
}

int
stream_open(struct engine *e, struct stream *s, struct error *err)
{
	s->states.max = e->query->sources[s->index].by >= 0 ? e->options.max_keys : 1;
	if (s->reorder == NULL && e->options.lateness > 0 && s->own->time >= 0)
		s->reorder = reorder_new(s->own, e->options.lateness);
	s->lateness = e->options.lateness;
	return stream_check(e, s, err);
}

/* A time that is missing is the one of the row before: the row ages windows but moves no clock.
 * Stamps of arrival never go back, whatever the wall clock does. */
static void
mend_times(struct stream *s, struct block *b)
{
	const int64_t *cells = s->own->time >= 0 ? b->cells[s->own->time].time : NULL;
	int64_t before = s->read_time;

	s->before = before;
	for (int i = 0; i < b->n; i++) {
		if (before != TIME_NONE &&
		    (cells != NULL ? cells[i] == TIME_NONE : b->time[i] < before))
			b->time[i] = before;
		before = b->time[i];
	}
	s->read_time = before;
}

/* The next block of the feed, read if need be; NULL: s->ended, s->failed, or nothing yet, of which
 * s->more tells whether to ask again. */
static struct block *
feed_next(struct stream *s)
{
	struct block *b = feed_block(s->feed);

	s->more = false;
	if (b == NULL && !s->ended && !s->failed) {
		enum feed_state state = feed_fill(s->feed, &s->err);

		s->ended = state == FEED_END;
		s->failed = state == FEED_FAIL;
		b = feed_block(s->feed);
		s->more = b == NULL && state != FEED_WAIT;
	}
	if (b == NULL)
		return NULL;
	mend_times(s, b);
	s->read = b->first_row + (uint64_t)b->n - 1;
	if (s->reorder != NULL)
		s->arrived = engine_clock();
	return b;
}

/* At a live source that is silent nothing would ever let the rows go that are held back last. */
static bool
has_rested(const struct stream *s)
{
	return s->arrived > 0 && stream_has_ticks(s) && engine_clock() - s->arrived >= s->lateness;
}

/* Through the rows that are held to be put in order. */
static struct block *
next_ordered(const struct engine *e, struct stream *s)
{
	struct block *b = reorder_pop(s->reorder, false);

	if (b != NULL)
		return b;
	if (s->pushed)
		feed_drop(s->feed);
	b = feed_next(s);
	s->pushed = b != NULL;
	reorder_push(s->reorder, b);
	if (b != NULL) {
		stream_mark_pushed(e, s, b);
		b = reorder_pop(s->reorder, false);
		s->more = b == NULL; /* all of it is held back: the next block, when asked again */
		return b;
	}
	if (!s->ended && !s->failed && !has_rested(s))
		return NULL;
	b = reorder_pop(s->reorder, true);
	if (b == NULL)
		stream_mark_popped(e, s, NULL);
	return b;
}

static struct block *
next_block(const struct engine *e, struct stream *s)
{
	struct block *b;

	if (s->reorder == NULL)
		return feed_next(s);
	b = next_ordered(e, s);
	if (b != NULL)
		stream_mark_popped(e, s, b);
	return b;
}

static void
leave_block(struct engine *e, struct stream *s)
{
	if (s->block == NULL)
		return;
	dispatch_faults(e, s, INT_MAX);
	if (s->reorder == NULL)
		feed_drop(s->feed);
	s->block = NULL;
}

static bool
before_start(const struct engine *e, const struct stream *s, int i)
{
	if (e->start.row > 0)
		return s->block->first_row + (uint64_t)i < e->start.row;
	return e->start.time != TIME_NONE && s->block->time[i] < e->start.time;
}

static bool
after_stop(const struct engine *e, const struct stream *s, int i)
{
	if (e->stop.row > 0)
		return s->block->first_row + (uint64_t)i > e->stop.row;
	return e->stop.time != TIME_NONE && s->block->time[i] > e->stop.time;
}

/* Passes over the rows before --start, and finds how many may go before one that may not. */
static void
clip_block(const struct engine *e, struct stream *s)
{
	const struct block *b = s->block;
	int from = s->at;

	if (!e->limited) {
		s->end = b->n;
		return;
	}
	while (s->at < b->n && before_start(e, s, s->at))
		s->at++;
	if (s->at > from)
		while (s->fault < b->nfaults && b->faults[s->fault].row < s->at)
			s->fault++;
	s->end = s->at;
	while (s->end < b->n && !before_start(e, s, s->end) && !after_stop(e, s, s->end))
		s->end++;
	s->stopped = s->at < b->n && after_stop(e, s, s->at);
	if (s->stopped)
		s->fault = b->nfaults;
}

static void
tell_feed_news(struct engine *e, struct stream *s)
{
	struct event event = { .source = s->index, .time = TIME_NONE, .rule = -1, .column = -1 };
	bool doubt;

	while ((event.what = feed_note(s->feed, &doubt)) != NULL) {
		event.type = doubt ? EVENT_DOUBT : EVENT_NOTE;
		dispatch(e, &event);
	}
	s->counts.dropped = feed_report(s->feed).dropped;
	event.type = EVENT_BAD;
	while (feed_bad(s->feed, &event.what, &event.text)) {
		s->counts.bad++;
		dispatch(e, &event);
	}
}

void
tell_early_news(struct engine *e, struct stream *s)
{
	bool doubt, there = e->nstreams > s->index && e->streams[s->index] == s;
	struct event event = { .type = EVENT_NOTE,
		.source = there ? s->index : -1,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1 };

	while (feed_schema(s->feed) == NULL && (event.what = feed_note(s->feed, &doubt)) != NULL) {
		event.type = doubt ? EVENT_DOUBT : EVENT_NOTE;
		dispatch(e, &event);
	}
}

static enum peek
nothing_next(struct stream *s)
{
	s->silent = !s->failed && !s->ended && !s->more;
	s->caught_up = s->caught_up || (s->silent && s->row > 0);
	if (s->failed)
		return PEEK_FAIL;
	return s->ended ? PEEK_END : s->more ? PEEK_MORE : PEEK_WAIT;
}

/* The last row of --stop went, of a source that may not have another one for long. */
static bool
went_all(const struct engine *e, const struct stream *s)
{
	return e->stop.row > 0 && s->row >= e->stop.row && s->reorder == NULL && feed_live(s->feed);
}

/* At most one block is read in a call, whether its rows are before --start or not. */
enum peek
stream_peek(struct engine *e, struct stream *s)
{
	bool read = false;

	s->silent = false;
	while (!s->stopped) {
		if (s->block != NULL) {
			if (s->at < s->end)
				return PEEK_ROWS;
			if (s->at < s->block->n) {
				clip_block(e, s);
				continue;
			}
			leave_block(e, s);
			s->stopped = went_all(e, s);
			if (s->stopped)
				break;
		}
		if (read)
			return PEEK_MORE;
		read = true;
		s->block = next_block(e, s);
		tell_feed_news(e, s);
		s->at = s->end = s->fault = 0;
		if (s->block == NULL)
			return nothing_next(s);
	}
	return PEEK_END;
}

void
stream_watch(struct engine *e, struct stream *s, bool watched)
{
	struct key_state *k =
	    s->looked != NULL ? key_states_find(&s->states, s->looked, s->nlooked) : NULL;

	query_move_key(e, s->index, k);
	if (k != NULL)
		graph_watch(k->graph, watched);
}

int
stream_restart(struct engine *e, struct stream *s, struct error *err)
{
	leave_block(e, s);
	if (s->pushed)
		feed_drop(s->feed);
	s->pushed = false;
	if (feed_rewind(s->feed, err) != 0)
		return -1;
	key_states_set_aside(&s->states, &e->aside);
	s->now = NULL;
	if (s->reorder != NULL)
		reorder_clear(s->reorder);
	s->ended = s->stopped = false;
	s->time = s->read_time = TIME_NONE;
	s->row = s->read = s->first = 0;
	return 0;
}
