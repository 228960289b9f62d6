/* row_times.c - at what time of its key's clock each row is stepped, and what is told of those that
 * lie behind it. */
#include <assert.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

/* A row without a stamp of its own stands where the clock does. */
static void
find_one(struct row_times *t, struct key_clock *clock, int64_t stamp, bool own, int i)
{
	int64_t shift = clock->shift;
	unsigned news = 0;

	if (own || !clock->started)
		t->time[i] = key_clock_step(clock, stamp, &news);
	else
		t->time[i] = clock->at;
	t->shift[i] = clock->shift;
	t->set_back[i] = (news & CLOCK_SET_BACK) != 0;
	if ((news & CLOCK_LATE) == 0)
		t->by[i] = 0;
	else if (t->set_back[i])
		t->by[i] = elapsed(shift, clock->shift);
	else
		t->by[i] = elapsed(elapsed(-clock->shift, stamp), clock->at);
}

void
row_times_find(struct engine *e, struct stream *s, int n)
{
	const struct block *b = s->block;
	const int64_t *cells = s->own->time >= 0 ? b->cells[s->own->time].time : NULL;
	struct row_times *t = &e->times;
	struct key_clock *clock = s->now->clock;

	if (clock == NULL && cells != NULL)
		clock = s->now->clock = key_clock_new();
	assert(!s->late || clock != NULL);
	for (int i = s->at; i < s->at + n; i++) {
		if (cells != NULL && !s->late) {
			find_one(t, clock, b->time[i], cells[i] != TIME_NONE, i);
			continue;
		}
		/* rows that came too late move no clock; stamps of arrival are one */
		t->time[i] = s->late && clock->started ? clock->at : b->time[i];
		t->shift[i] = s->late ? clock->shift : 0;
		t->by[i] = 0;
		t->set_back[i] = false;
	}
}

/* --- telling ---------------------------------------------------------------------------------- */

static void
add_duration(struct text *out, int64_t ns)
{
	char text[TIME_CHARS];

	text_addn(out, text, (size_t)duration_brief(ns, text));
}

void
row_news_print(struct engine *e, const struct stream *s, const struct pending *p)
{
	text_clear(&e->note);
	if (p->news == ROW_BEHIND) {
		text_add(&e->note, "late by ");
		add_duration(&e->note, p->by);
		text_add(&e->note,
		    ", the first such row: rows go as they come, and time does not go back "
		    "(--lateness DUR puts them in order, --sort a recording)");
		return;
	}
	text_add(&e->note, "time was set back by ");
	add_duration(&e->note, p->by);
	text_add(&e->note, ", so the last rows say: windows go on with it from here");
	if (s->states.max > 1 && s->now != NULL && s->now->key != NULL)
		text_add(&e->note, " for this key");
}

void
tell_lateness(struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++) {
		const struct counts *c = &e->streams[i]->counts;
		struct event event = { .type = EVENT_DOUBT,
			.source = i,
			.time = TIME_NONE,
			.rule = -1,
			.column = -1 };

		if (c->late < 10 || c->late <= c->rows / 2)
			continue;
		text_clear(&e->note);
		text_addf(&e->note,
		    "%llu of %llu rows came late: they are hardly in the order of time "
		    "(--lateness DUR puts them in order, --sort a recording, --by COLUMN gives "
		    "each key a clock)",
		    (unsigned long long)c->late, (unsigned long long)c->rows);
		event.what = text_get(&e->note);
		dispatch(e, &event);
	}
}
