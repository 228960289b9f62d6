/* engine_finish.c - what is told when all rows went. */
#include "data/engine/engine_parts.h"

/* Of each key, in the order in which they were last seen; the last key is the last one again. */
static void
tell_forecasts(struct engine *e)
{
	struct event event = { .type = EVENT_FORECAST, .rule = -1, .time = TIME_NONE };

	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];
		int columns = e->query->sources[i].shown.n;

		for (struct key_state *k = s->states.oldest; k != NULL; k = k->newer) {
			event.source = i;
			event.row = s->row;
			event.key = k->key;
			event.state_of = k;
			for (event.column = 0; event.column < columns; event.column++)
				if (column_forecaster(e, i, k, event.column) != NULL)
					dispatch(e, &event);
		}
	}
}

void
engine_finish(struct engine *e)
{
	struct event event = {
		.type = EVENT_SUMMARY, .source = -1, .time = TIME_NONE, .rule = -1, .column = -1
	};

	if (e->finished || !e->query->bound)
		return;
	e->finished = true;
	query_move_all(e); /* what is told of each key is of the query in force */
	tell_missed_seek(e);
	tell_no_rows(e);
	tell_last_doubts(e);
	tell_lateness(e);
	if ((e->wants & EVENT_FORECAST) != 0)
		tell_forecasts(e);
	dispatch(e, &event);
}
