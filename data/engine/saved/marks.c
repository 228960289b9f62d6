/* marks.c - when sources of messages are told that their messages were processed.
 *
 * Without a store that is when the rows went; where rows are held back to be put in order, when
 * those that came later in time went. With a store it is when the checkpoint behind them is on the
 * disk. */
#include "data/engine/engine_parts.h"

void
engine_hold_places(struct engine *e)
{
	e->holds_places = true;
	for (int i = 0; i < e->nstreams; i++)
		feed_hold_places(e->streams[i]->feed);
}

void
engine_mark(struct engine *e, uint64_t number)
{
	for (int i = 0; i < e->nstreams; i++)
		feed_mark(e->streams[i]->feed, stream_row(e->streams[i]), number);
}

void
engine_marks_done(struct engine *e, uint64_t number)
{
	for (int i = 0; i < e->nstreams; i++)
		feed_marks_done(e->streams[i]->feed, number);
}

/* Times before 1970, too, as numbers that grow with them. */
static uint64_t
number_of(int64_t time)
{
	return (uint64_t)time ^ (uint64_t)1 << 63;
}

void
stream_mark_pushed(const struct engine *e, struct stream *s, const struct block *b)
{
	if (e->holds_places)
		return;
	feed_hold_places(s->feed);
	for (int i = 0; i < b->n; i++)
		if (number_of(b->time[i]) > s->marked)
			s->marked = number_of(b->time[i]);
	feed_mark(s->feed, s->read, s->marked);
}

void
stream_mark_popped(const struct engine *e, struct stream *s, const struct block *b)
{
	if (e->holds_places)
		return;
	feed_marks_done(s->feed, b != NULL && b->n > 0 ? number_of(b->time[0]) - 1 : s->marked);
}
