/* turns.c - whose turn it is.
 *
 * Recordings side by side are merged in one order that depends on their rows alone: by event time
 * when all of them have it, else row by row in turn. For that the next row of each must be known,
 * so a recording that is not ready holds the others. Live sources go as they come, in turns; those
 * that always have rows keep no recording back. */
#include "data/engine/engine_parts.h"

/* Does a's next row go before b's? The one added first goes first where nothing else tells. */
static bool
goes_before(const struct stream *a, const struct stream *b, bool by_time)
{
	if (by_time)
		return a->block->time[a->at] < b->block->time[b->at];
	return a->counts.rows + a->ahead < b->counts.rows + b->ahead;
}

/* How many of a's rows go before b's next one. */
static int
rows_before(const struct stream *a, const struct stream *b, bool by_time)
{
	int64_t until = b->block->time[b->at];
	int n = 1, most = a->end - a->at;

	if (!by_time)
		return 1;
	while (n < most && (a->block->time[a->at + n] < until ||
			       (a->block->time[a->at + n] == until && a->index < b->index)))
		n++;
	return n;
}

static bool
all_have_times(const struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone && !feed_live(e->streams[i]->feed) &&
		    e->streams[i]->own->n > 0 && e->streams[i]->own->time < 0)
			return false;
	return true;
}

static struct turn
next_recording(struct engine *e)
{
	bool by_time = all_have_times(e);
	struct turn turn = { 0 };

	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];

		if (feed_live(s->feed) || stream_peek(e, s) != PEEK_ROWS)
			continue;
		if (turn.stream == NULL || goes_before(s, turn.stream, by_time))
			turn.stream = s;
	}
	if (turn.stream == NULL)
		return turn;
	turn.n = turn.stream->end - turn.stream->at;
	for (int i = 0; i < e->nstreams; i++) {
		const struct stream *s = e->streams[i];
		int n;

		if (s == turn.stream || feed_live(s->feed) || s->block == NULL || s->at >= s->end)
			continue;
		n = rows_before(turn.stream, s, by_time);
		turn.n = n < turn.n ? n : turn.n;
	}
	return turn;
}

/* Live sources go in turns: whose turn was longest ago. */
static bool
goes_next(const struct engine *e, const struct stream *s, const struct stream *other)
{
	int n = e->nstreams;

	return other == NULL ||
	       (s->index - e->last - 1 + n) % n < (other->index - e->last - 1 + n) % n;
}

struct turn
next_turn(struct engine *e, struct stream **failed, struct turn *before)
{
	struct turn turn = { 0 };
	bool holds = false;

	*failed = NULL;
	*before = (struct turn){ 0 };
	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];
		bool live = feed_live(s->feed);
		enum peek peek = stream_peek(e, s);

		turn.waits |= peek == PEEK_WAIT;
		turn.more |= peek == PEEK_MORE;
		holds |= (peek == PEEK_WAIT || peek == PEEK_MORE) && !live;
		if (peek == PEEK_FAIL)
			*failed = s;
		if (peek == PEEK_ROWS && live && goes_next(e, s, turn.stream))
			turn = (struct turn){ s, s->end - s->at, turn.waits, turn.more };
	}
	if (turn.stream == NULL && !holds && *failed == NULL) {
		bool waits = turn.waits, more = turn.more;

		turn = next_recording(e);
		turn.waits = waits;
		turn.more = more;
	} else if (e->live_went && !holds && *failed == NULL) {
		*before = next_recording(e);
	}
	return turn;
}
