/* engine_save.c - an engine between two rows as bytes, in slices where there are many keys.
 *
 * Rows that were read and have not gone are not saved: each source goes on from the place behind
 * the last row that went. Only rows that are held to be put in order are, for those behind them
 * went. */
#include <string.h>

#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"
#include "data/query/query_state.h"

enum { HASH_AT_ONCE = 1 << 18 };

/* --- one source ------------------------------------------------------------------------------- */

struct place { /* where a source goes on */
	struct position at;
	uint64_t row; /* the last one that went, or was taken in to be put in order */
	int64_t time; /* its time, as mended; TIME_NONE */
};

/* The time of the row of a block that was the last to go; of the row before the block. */
static int64_t
time_behind(const struct stream *s, const struct block *b, uint64_t row)
{
	return b != NULL && row >= b->first_row ? b->time[row - b->first_row] : s->before;
}

static struct place
place_of(const struct stream *s)
{
	struct place p = { .time = s->read_time };

	if (s->reorder != NULL && reorder_taken(s->reorder, &p.row, &p.at)) {
		p.time = time_behind(s, s->pushed ? feed_block(s->feed) : NULL, p.row);
	} else if (s->reorder == NULL && s->block != NULL) {
		p.at = *block_position(s->block, s->at);
		p.row = s->block->first_row + (uint64_t)s->at - 1;
		p.time = time_behind(s, s->block, p.row);
	} else {
		p.at = feed_position(s->feed, &p.row);
	}
	return p;
}

uint64_t
stream_row(const struct stream *s)
{
	return s->own != NULL ? place_of(s).row : 0;
}

struct feed_place
stream_place(const struct stream *s)
{
	struct place p = place_of(s);

	return feed_place(s->feed, &p.at);
}

static void
save_counts(const struct counts *c, struct buffer *out)
{
	buffer_u64(out, c->rows);
	buffer_u64(out, c->bad);
	buffer_u64(out, c->late);
	buffer_u64(out, c->dropped);
	buffer_u64(out, c->skipped);
	buffer_u64(out, c->headers);
}

/* --- what is one for all ---------------------------------------------------------------------- */

static void
save_text(const char *s, struct buffer *out)
{
	buffer_text(out, s != NULL ? s : "", s != NULL ? strlen(s) : 0);
}

static void
save_joined(const struct engine *e, struct buffer *out)
{
	buffer_u64(out, (uint64_t)e->njoined);
	for (int i = 0; i < e->njoined; i++) {
		const struct joined_value *v = &e->joined[i];

		buffer_u32(out, (uint32_t)e->query->joined[i].to);
		save_text(e->query->joined[i].name, out);
		buffer_u64(out, query_joined_means(e->query, i));
		buffer_u32(out, v->missing);
		buffer_double(out, v->number);
		buffer_i64(out, v->time);
		buffer_text(out, text_get(&v->text), v->text.len);
	}
}

/* --- in slices -------------------------------------------------------------------------------- */

/* What stands before the keys. */
static void
open_source(const struct engine *e, struct saving *sv)
{
	const struct stream *s = e->streams[sv->source];
	struct buffer *out = sv->out;
	struct place p = place_of(s);

	buffer_u64(out, s->row);
	buffer_i64(out, s->time);
	buffer_u32(out, s->late_told);
	buffer_u32(out, s->other_told);
	buffer_u32(out, s->set_backs);
	buffer_u64(out, p.row);
	buffer_i64(out, p.time);
	save_counts(&s->counts, out);
	buffer_u64(out, s->nfaults);
	if (sv->whole)
		feed_save(s->feed, &p.at, p.row, out);
	else
		feed_save_place(s->feed, &p.at, p.row, out);
	buffer_u32(out, s->reorder != NULL);
	if (s->reorder != NULL)
		reorder_save(s->reorder, s->at, out);
	sv->keys = key_states_save_begin(&s->states, out);
	sv->key = s->states.oldest;
	sv->opened = true;
}

static bool
is_over(int64_t until)
{
	return until != INT64_MAX && engine_clock() >= until;
}

/* At least one key, however little time there is. */
static bool
save_source(const struct engine *e, struct saving *sv, int64_t until)
{
	const struct stream *s = e->streams[sv->source];

	if (!sv->opened) {
		sv->piece = state_piece_begin(sv->out, "source", ENGINE_STATE);
		save_text(s->own->source, sv->out);
		buffer_u32(sv->out, s->gone);
		if (s->gone) {
			save_counts(&s->counts, sv->out);
			state_piece_end(sv->out, sv->piece);
			return true;
		}
		open_source(e, sv);
	}
	while (sv->key != NULL) {
		key_state_save(sv->key, e->query, sv->source, sv->out);
		sv->key = sv->key->newer;
		if (is_over(until))
			return false;
	}
	state_piece_end(sv->out, sv->keys);
	state_piece_end(sv->out, sv->piece);
	sv->opened = false;
	return true;
}

static void
save_head(const struct engine *e, bool whole, struct buffer *out)
{
	size_t piece = state_piece_begin(out, "engine", ENGINE_STATE);

	saved_order_put(e, out);
	buffer_u64(out, e->lap);
	buffer_u64(out, e->gone);
	save_text(e->query->by, out);
	buffer_i64(out, e->options.lateness);
	if (whole && e->asked.len > 0)
		buffer_put(out, e->asked.data, e->asked.len);
	else
		saved_query_put(e->query, whole, out);
	for (int i = 0; i < e->nfired; i++)
		buffer_u64(out, e->fired[i]);
	save_joined(e, out);
	state_piece_end(out, piece);
}

static bool
save_sources(const struct engine *e, struct saving *sv, int64_t until)
{
	for (; sv->source < e->nstreams; sv->source++)
		if (!save_source(e, sv, until))
			return false;
	return true;
}

/* The checksum takes its time, too: that of 30 MB as long as two slices. */
static bool
seal(struct saving *sv, int64_t until)
{
	if (!sv->sealing)
		sv->sum = state_sum_begin(sv->out, sv->begun);
	sv->sealing = true;
	while (sv->sum.left > 0) {
		state_sum_on(&sv->sum, sv->out, HASH_AT_ONCE);
		if (is_over(until))
			return false;
	}
	state_sum_end(&sv->sum, sv->out, sv->begun);
	return true;
}

struct saving
engine_saving(const struct engine *e, bool whole, struct buffer *out)
{
	struct saving sv = { .out = out, .whole = whole };

	save_head(e, whole, out);
	return sv;
}

bool
engine_saving_on(struct engine *e, struct saving *sv, int64_t until)
{
	engine_follow(e); /* a rule may just have been added */
	return save_sources(e, sv, until);
}

/* What is asked for is followed by now. Of many thousand columns it takes its time to be written
 * down, and is seldom another. */
static void
note_asked(struct engine *e)
{
	query_move_all(e);
	engine_follow(e);
	if (e->asked.len > 0 && e->asked_version == e->query->version)
		return;
	e->asked.len = 0;
	e->asked_version = e->query->version;
	saved_query_put(e->query, true, &e->asked);
}

void
engine_save(struct engine *e, struct buffer *out)
{
	size_t begun = state_begin(out);
	struct saving sv;

	note_asked(e);
	sv = engine_saving(e, true, out);
	engine_saving_on(e, &sv, INT64_MAX);
	state_end(out, begun);
}

void
engine_save_begin(struct engine *e, struct buffer *out)
{
	size_t begun = state_begin(out);

	note_asked(e);
	e->saving = engine_saving(e, true, out);
	e->saving.begun = begun;
}

enum engine_saved
engine_save_on(struct engine *e, int64_t budget)
{
	int64_t until = engine_clock() + budget;

	if (e->saving.out == NULL)
		return ENGINE_SAVED_LOST;
	if (!engine_saving_on(e, &e->saving, until) || !seal(&e->saving, until))
		return ENGINE_SAVED_PART;
	e->saving.out = NULL;
	return ENGINE_SAVED_WHOLE;
}
