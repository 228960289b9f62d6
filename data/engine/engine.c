/* engine.c - making an engine, and following what it is asked for. */
#include "data/engine/engine.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/engine/engine_parts.h"

enum { MAX_KEYS = 10000 };

struct engine *
engine_new(const struct engine_options *options, struct uv_loop_s *loop, struct error *err)
{
	struct engine *e = memory_zero(1, sizeof *e);

	e->options = *options;
	e->most = FIRST_RUN;
	e->seek.time = TIME_NONE;
	e->loop = loop;
	if (e->options.max_keys <= 0)
		e->options.max_keys = MAX_KEYS;
	e->names = names_new();
	e->query = query_new(&options->query, e->names);
	e->missing = memory_new(BLOCK_ROWS, sizeof *e->missing);
	e->all_late = memory_new(BLOCK_ROWS, sizeof *e->all_late);
	memset(e->all_late, true, BLOCK_ROWS);
	for (int i = 0; i < BLOCK_ROWS; i++)
		e->missing[i] = NAN;
	if (row_range_parse(e, err) != 0) {
		engine_free(e);
		return NULL;
	}
	return e;
}

void
engine_free(struct engine *e)
{
	if (e == NULL)
		return;
	for (int i = 0; i < e->nstreams; i++) /* graphs before their plans ... */
		key_states_set_aside(&e->streams[i]->states, &e->aside);
	key_states_free(&e->aside, INT_MAX);
	query_move_free(e);
	query_free(e->query); /* ... and these before the columns that they are about */
	for (int i = 0; i < e->nstreams; i++)
		stream_free(e->streams[i]);
	for (int i = 0; i < e->njoining; i++)
		stream_free(e->joining[i]);
	for (int i = 0; i < e->njoined; i++)
		joined_value_done(&e->joined[i]);
	for (int i = 0; i < e->nnotes; i++)
		free(e->notes[i]);
	free(e->notes);
	free(e->joined);
	free(e->fired);
	names_free(e->names);
	free(e->streams);
	free(e->joining);
	free(e->listeners);
	free(e->missing);
	free(e->all_late);
	free(e->keys);
	free(e->pending.all);
	rewind_free(e->rewind);
	text_done(&e->note);
	text_done(&e->changes);
	buffer_done(&e->asked);
	free(e);
}

int
engine_add_source(
    struct engine *e, const char *source, const struct feed_options *options, struct error *err)
{
	struct stream *s = stream_new(e, source, options, err);

	if (s == NULL)
		return -1;
	s->index = s->given = e->nstreams;
	e->streams = memory_grow(e->streams, (size_t)e->nstreams + 1, sizeof(struct stream *));
	e->streams[e->nstreams++] = s;
	feed_on_ready(s->feed, e->ready, e->ready_arg);
	rewind_source(e, s);
	return 0;
}

struct stream *
engine_first(const struct engine *e)
{
	int i = 0;

	while (i < e->nstreams - 1 && e->streams[i]->gone)
		i++;
	return e->streams[i];
}

struct query *
engine_ask(struct engine *e)
{
	return e->query;
}

void
engine_note(struct engine *e, const char *what)
{
	e->notes = memory_grow(e->notes, (size_t)e->nnotes + 1, sizeof(char *));
	e->notes[e->nnotes++] = memory_text(what, strlen(what));
}

void
engine_listen(struct engine *e, const struct listener *listener)
{
	e->listeners = memory_grow(e->listeners, (size_t)e->nlisteners + 1, sizeof *e->listeners);
	e->listeners[e->nlisteners++] = *listener;
	e->wants |= listener->wants;
	e->followed = 0; /* it may read other columns */
	e->written = e->written || listener->written;
	for (int i = 0; i < e->nstreams && e->written; i++)
		feed_keep_written(e->streams[i]->feed);
}

void
engine_on_ready(struct engine *e, void (*ready)(void *), void *arg)
{
	e->ready = ready;
	e->ready_arg = arg;
	for (int i = 0; i < e->nstreams; i++)
		feed_on_ready(e->streams[i]->feed, ready, arg);
	for (int i = 0; i < e->njoining; i++)
		feed_on_ready(e->joining[i]->feed, ready, arg);
}

bool
engine_look_at(struct engine *e, int source, const char *key, size_t n)
{
	struct stream *s = e->streams[source];

	if (engine_by(e, source) < 0 || key_states_find(&s->states, key, n) == NULL)
		return false;
	stream_watch(e, s, false);
	free(s->looked);
	s->looked = memory_text(key, n);
	s->nlooked = n;
	stream_watch(e, s, true);
	return true;
}

/* --- following the query ---------------------------------------------------------------------- */

/* Who follows rows, as a screen and row events do, may read any column. */
static bool
rows_are_followed(const struct engine *e)
{
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].rows != NULL)
			return true;
	return (e->wants & EVENT_ROW) != 0;
}

static void
use_columns(const struct engine *e, const struct stream *s, bool all)
{
	bool *used = NULL;

	if (s->own->n == 0)
		return;
	if (!all) {
		used = memory_zero((size_t)s->own->n + (size_t)e->query->njoined + 1, sizeof *used);
		query_reads(e->query, s->index, used);
	}
	feed_use(s->feed, used);
	free(used);
}

static void
grow_joined(struct engine *e)
{
	e->joined = memory_grow(e->joined, (size_t)e->query->njoined + 1, sizeof *e->joined);
	for (; e->njoined < e->query->njoined; e->njoined++)
		joined_value_init(&e->joined[e->njoined]);
}

static void
grow_rules(struct engine *e)
{
	int n = e->query->nrules;

	if (n == e->nfired)
		return;
	for (int i = 0; i < e->nstreams; i++)
		key_states_grow(&e->streams[i]->states, e->nfired, n);
	e->fired = memory_grow(e->fired, (size_t)n, sizeof *e->fired);
	for (; e->nfired < n; e->nfired++)
		e->fired[e->nfired] = 0;
}

void
engine_follow(struct engine *e)
{
	bool all = rows_are_followed(e);

	if (e->followed == e->query->version)
		return;
	grow_joined(e);
	grow_rules(e);
	for (int i = 0; i < e->query->nsources; i++) { /* one that is being added is none yet */
		row_view_fit(&e->streams[i]->view, &e->query->sources[i]);
		use_columns(e, e->streams[i], all);
	}
	e->followed = e->query->version;
}
