/* engine_load.c - an engine out of the bytes that engine_save.c made of one. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"
#include "data/query/query_state.h"

static int
load_counts(struct counts *c, struct reader *in)
{
	return reader_u64(in, &c->rows) != 0 || reader_u64(in, &c->bad) != 0 ||
		       reader_u64(in, &c->late) != 0 || reader_u64(in, &c->dropped) != 0 ||
		       reader_u64(in, &c->skipped) != 0 || reader_u64(in, &c->headers) != 0
		   ? -1
		   : 0;
}

struct loading { /* what has to wait until the columns of all sources are known */
	struct engine *engine;
	struct saved_query asked; /* then */
	uint64_t *fired;          /* of its rules */
	int *was;                 /* of each rule of the query */
	bool *same;               /* of its joined columns: those that are what they were */
	struct reader *keys;
	int nsources;
	bool back; /* the engine itself goes back: all but the places is known */
	struct error *err;
};

static bool
same(const char *is, const char *was, size_t n)
{
	is = is != NULL ? is : "";
	return strlen(is) == n && memcmp(is, was, n) == 0;
}

static int
load_fired(struct loading *l, struct reader *in)
{
	int status = 0;

	l->fired = memory_zero((size_t)l->asked.nrules + 1, sizeof *l->fired);
	for (int i = 0; i < l->asked.nrules && status == 0; i++)
		status = reader_u64(in, &l->fired[i]);
	return status;
}

/* A rule with another condition under the same name starts inactive. */
static void
match_rules(struct loading *l)
{
	struct engine *e = l->engine;

	engine_follow(e); /* a rule may just have been added */
	assert(l->fired != NULL && e->nfired == e->query->nrules);
	l->was = memory_new((size_t)e->query->nrules + 1, sizeof *l->was);
	for (int i = 0; i < e->query->nrules; i++) {
		l->was[i] = saved_query_rule(&l->asked, e->query, i);
		if (l->was[i] >= 0)
			e->fired[i] = l->fired[l->was[i]];
	}
}

/* A column that is computed otherwise now has no value until its source's next row. */
static void
match_joined(struct loading *l, uint32_t to, const char *name, size_t n, uint64_t means,
    const struct joined_value *v)
{
	struct engine *e = l->engine;

	for (int j = 0; j < e->njoined; j++) {
		if (e->query->joined[j].to != (int)to || !same(e->query->joined[j].name, name, n) ||
		    query_joined_means(e->query, j) != means)
			continue;
		joined_value_copy(&e->joined[j], v);
		l->same[j] = true;
	}
}

static int
load_joined(struct loading *l, struct reader *in)
{
	size_t n;

	l->same = memory_zero((size_t)l->engine->njoined + 1, sizeof *l->same);
	if (reader_count(in, 4 * sizeof(uint32_t), &n) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct joined_value v = { .missing = true };
		const char *name, *text;
		size_t nname, ntext;
		uint32_t to, missing;
		uint64_t means;

		if (reader_below(in, (uint32_t)l->engine->nstreams, &to) != 0 ||
		    reader_text(in, &name, &nname) != 0 || reader_u64(in, &means) != 0 ||
		    reader_below(in, 1, &missing) != 0 || reader_double(in, &v.number) != 0 ||
		    reader_i64(in, &v.time) != 0 || reader_text(in, &text, &ntext) != 0)
			return -1;
		v.missing = missing;
		text_addn(&v.text, text, ntext);
		match_joined(l, to, name, nname, means, &v);
		text_done(&v.text);
	}
	return 0;
}

static int
other_source(const struct stream *s, const char *name, size_t n, struct error *err)
{
	return error_set(err,
	    "saved state: is of the source '%.*s', not of '%s' (give the same sources in the same "
	    "order)",
	    (int)(n < 100 ? n : 100), name, s->own->source);
}

/* One that was ended is ended again. */
static int
load_gone(struct stream *s, const char *name, size_t n, struct reader *piece, struct error *err)
{
	if (load_counts(&s->counts, piece) != 0)
		return state_damaged("source", err);
	stream_end_named(s, name, n);
	return 0;
}

/* The source goes to its place; its keys wait, for they need plans. */
static int
load_stream(struct loading *l, struct stream *s, struct reader *in, struct reader *keys)
{
	struct error *err = l->err;
	const char *name;
	uint32_t held, late_told, other_told, gone;
	size_t n;

	if (state_piece(in, "source", ENGINE_STATE, keys, err) != 0)
		return -1;
	if (reader_text(keys, &name, &n) != 0 || reader_below(keys, 1, &gone) != 0)
		return state_damaged("source", err);
	if (gone)
		return load_gone(s, name, n, keys, err);
	if (reader_u64(keys, &s->row) != 0 || reader_i64(keys, &s->time) != 0 ||
	    reader_below(keys, 1, &late_told) != 0 || reader_below(keys, 1, &other_told) != 0 ||
	    reader_u32(keys, &s->set_backs) != 0 || reader_u64(keys, &s->read) != 0 ||
	    reader_i64(keys, &s->read_time) != 0 || load_counts(&s->counts, keys) != 0 ||
	    reader_u64(keys, &s->nfaults) != 0)
		return state_damaged("source", err);
	s->late_told = late_told;
	s->other_told = other_told;
	if (l->back ? feed_go_back(s->feed, keys, err) != 0 : feed_load(s->feed, keys, err) != 0)
		return -1;
	if (s->most_faults < s->nfaults)
		s->most_faults = s->nfaults;
	s->own = feed_schema(s->feed);
	s->before = s->read_time;
	if (!same(s->own->source, name, n))
		return other_source(s, name, n, err);
	if (reader_below(keys, 1, &held) != 0)
		return state_damaged("source", err);
	if (!held)
		return 0;
	s->reorder = reorder_new(s->own, l->engine->options.lateness);
	return reorder_load(s->reorder, keys, err);
}

static int
load_sources(struct loading *l, struct reader *in)
{
	struct engine *e = l->engine;

	l->keys = memory_zero((size_t)e->nstreams + 1, sizeof *l->keys);
	for (int i = 0; i < l->nsources; i++)
		if (load_stream(l, e->streams[i], in, &l->keys[i]) != 0)
			return -1;
	if (l->nsources < e->nstreams)
		engine_set_aside(e); /* they had no rows yet */
	return 0;
}

static int
load_keys(struct loading *l)
{
	struct engine *e = l->engine;

	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];
		struct keys_asked asked = { e->query, i, l->was, (size_t)l->asked.nrules,
			query_nodes_with(e->query, i, l->same) };
		int status = s->gone ? 0 : key_states_load(&s->states, &asked, &l->keys[i], l->err);

		free(asked.same);
		if (status != 0 || state_piece_done(&l->keys[i], "source", l->err) != 0)
			return -1;
		s->now = s->states.newest;
	}
	return 0;
}

/* There is no state of the keys that are asked for. */
static int
other_keys(const struct loading *l, const char *by, size_t n)
{
	const char *is = l->engine->query->by;

	if (n == 0)
		return error_set(l->err,
		    "saved state: is one for all rows, not for keys by '%s' (leave --by out, or "
		    "start anew)",
		    is);
	return error_set(l->err,
	    "saved state: is of keys by '%.*s'%s%s%s (give --by %.*s, or start anew)",
	    (int)(n < 100 ? n : 100), by, is != NULL ? ", not by '" : "", is != NULL ? is : "",
	    is != NULL ? "'" : "", (int)(n < 100 ? n : 100), by);
}

/* Rows are held back that are to go later. */
static int
other_lateness(int64_t was, struct error *err)
{
	char text[TIME_CHARS];

	duration_format(was, text);
	return error_set(err,
	    "saved state: holds rows back for %s to put them in order (give --lateness %s, or "
	    "start "
	    "anew)",
	    text, text);
}

static int
load_head(struct loading *l, struct reader *pieces, struct reader *piece)
{
	int64_t lateness;
	const char *by;
	size_t nby;

	if (state_piece(pieces, "engine", ENGINE_STATE, piece, l->err) != 0 ||
	    saved_order_take(l->engine, l->back, piece, &l->nsources, l->err) != 0)
		return -1;
	if (reader_u64(piece, &l->engine->lap) != 0 || reader_u64(piece, &l->engine->gone) != 0 ||
	    reader_text(piece, &by, &nby) != 0 || reader_i64(piece, &lateness) != 0 ||
	    lateness < 0 || saved_query_get(&l->asked, piece) != 0 || load_fired(l, piece) != 0)
		return state_damaged("engine", l->err);
	if (!same(l->engine->query->by, by, nby))
		return other_keys(l, by, nby);
	return lateness == 0 || lateness == l->engine->options.lateness
		   ? 0
		   : other_lateness(lateness, l->err);
}

static int
load_all(struct loading *l, struct reader *pieces)
{
	struct reader piece;

	if (load_head(l, pieces, &piece) != 0 || load_sources(l, pieces) != 0 ||
	    (!l->back && engine_bind(l->engine, l->err) != 0))
		return -1;
	match_rules(l);
	if (load_joined(l, &piece) != 0)
		return state_damaged("engine", l->err);
	return state_piece_done(&piece, "engine", l->err) != 0 ? -1 : load_keys(l);
}

/* "from row 801 on: kept ...; new ...", with the row of each source where there are more. */
static void
compare_asked(struct loading *l)
{
	struct engine *e = l->engine;
	struct text what = { 0 };

	text_clear(&e->changes);
	if (saved_query_differs(&l->asked, e->query, &what)) {
		text_add(&e->changes, "goes on with other expressions than before; from row ");
		for (int i = 0, n = 0; i < e->nstreams; i++) {
			const struct stream *s = e->streams[i];

			if (s->gone)
				continue;
			text_addf(&e->changes, "%s%llu", n++ > 0 ? ", " : "",
			    (unsigned long long)s->row + 1);
			if (e->nstreams > 1)
				text_addf(&e->changes, " of %s", s->own->source);
		}
		text_addf(&e->changes, " on: %s", text_get(&what));
	}
	text_done(&what);
}

static int
load(struct loading *l, struct reader *pieces)
{
	int status = load_all(l, pieces);

	if (status == 0 && !l->back)
		compare_asked(l);
	saved_query_done(&l->asked);
	free(l->fired);
	free(l->was);
	free(l->same);
	free(l->keys);
	return status;
}

/* As before the first row went. */
static void
forget(struct engine *e, struct stream *s)
{
	key_states_set_aside(&s->states, &e->aside);
	s->now = NULL;
	reorder_free(s->reorder);
	s->reorder = NULL;
	s->block = NULL;
	s->at = s->end = s->fault = 0;
	s->pushed = s->ended = s->failed = s->more = s->stopped = s->late = false;
	s->pulse.n = 0;
}

int
engine_load_back(struct engine *e, struct reader *pieces, struct error *err)
{
	struct loading l = { .engine = e, .back = true, .err = err };

	e->saving.out = NULL;
	rewind_lost(e);
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone)
			forget(e, e->streams[i]);
	for (int i = 0; i < e->nfired; i++)
		e->fired[i] = 0;
	if (load(&l, pieces) != 0)
		return -1;
	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];

		if (s->row < s->first)
			s->first = 0;
		if (!s->gone && stream_open(e, s, err) != 0)
			return -1;
		stream_watch(e, s, true);
	}
	e->followed = 0; /* feeds read all columns again until they are told */
	engine_follow(e);
	e->state = ENGINE_RUNNING;
	return 0;
}

const char *
engine_changes(const struct engine *e)
{
	return e->changes.len > 0 ? text_get(&e->changes) : NULL;
}

int
engine_load(struct engine *e, const void *bytes, size_t n, struct error *err)
{
	struct loading l = { .engine = e, .err = err };
	struct reader pieces;
	int status = -1;

	if (state_open(bytes, n, &pieces, err) == 0)
		status = load(&l, &pieces);
	if (status != 0)
		return -1;
	e->state = ENGINE_RUNNING;
	e->resumed = true;
	e->most_gone = e->gone;
	return 0;
}
