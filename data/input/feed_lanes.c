/* feed_lanes.c - a feed whose source has several lanes: files of a glob, clients, partitions.
 *
 * Until the columns are known, the bytes of each lane wait. The first one with rows among its bytes
 * tells what the columns are; from then on each lane has a format of its own (lane.h), and its
 * records come to the one decoder whole (gather.h). */
#include "data/input/feed_parts.h"

#include <string.h>

#include "data/base/error.h"
#include "data/input/lanes/lane.h"

enum {
	SLICE = 1 << 12,
	LOOK = 1 << 16,    /* bytes that are enough to tell the columns */
	HELD_MAX = 4 << 20 /* bytes that wait in all, before it is told what they are */
};

/* --- reading ---------------------------------------------------------------------------------- */

/* The lane that the source speaks of. */
static struct lane *
lane_of(struct feed *feed, uint32_t number, const struct field *tags)
{
	struct lane *lane = lanes_find(feed->lanes, number);

	if (lane == NULL)
		lane = lanes_add(feed->lanes, number, source_tags(feed->source));
	if (lane->ntags > 0 && tags != NULL)
		lane_tags(lane, tags);
	return lane;
}

static void
take_bytes(struct feed *feed, const struct piece *piece)
{
	struct lane *lane = lane_of(feed, piece->lane, piece->tags);

	if (!lane->refused)
		lane_push(feed->lanes, lane, piece->bytes, piece->n);
	feed->turn = lane->number;
	lane->before = piece->before;
	lane->before.lane = lane->number;
	if (piece->over) {
		lane->ends = lane->placed = true;
		lane->place = piece->place;
	}
}

bool
feed_lanes_read(struct feed *feed, struct piece *piece)
{
	struct source *source = feed->source;
	uint64_t size;
	long n;

	source->message = false;
	n = source->class->read(source, feed->bytes, FEED_READ, &feed->why);
	feed->received += n > 0 ? (uint64_t)n : 0;
	if (n == SOURCE_NEW)
		lane_of(feed, source->lane, source->tags)->ends = true;
	else if (n == SOURCE_GONE)
		lane_of(feed, source->lane, source->tags)->gone = true;
	feed->dry = n == SOURCE_AGAIN;
	feed->over = n == SOURCE_END || n == SOURCE_FAIL;
	feed->failed = n == SOURCE_FAIL;
	if (source->class->progress != NULL)
		source->class->progress(source, &feed->read_to, &size);
	if (feed->decoder != NULL && n > 0)
		decoder_arrival(feed->decoder, arrival_clock_now(&feed->arrival));
	if (n <= 0)
		return false;
	*piece = (struct piece){ source->lane, source->tags, feed->bytes, (size_t)n,
		feed_has_messages(feed) && source->message, source->before, source->place };
	return true;
}

/* What was held while it was looked at goes first. */
static void
read_lane(struct feed *feed)
{
	struct piece piece;

	if ((feed->held.n > 0 && held_messages_give(&feed->held, &piece)) ||
	    (!feed->over && feed_lanes_read(feed, &piece)))
		take_bytes(feed, &piece);
}

/* --- what the columns are --------------------------------------------------------------------- */

static void
refuse(struct feed *feed, struct lane *lane, const char *why)
{
	source_bad(feed->source, "no rows in it", why, strlen(why));
	lane_clear(feed->lanes, lane);
	lane->refused = true;
}

bool
feed_lanes_sample(struct feed *feed, const char *bytes, size_t n, bool whole)
{
	bool over = feed->over;
	const struct format_class *class;

	memcpy(feed->bytes, bytes, n);
	feed->at = 0;
	feed->len = n;
	feed_open_format(feed, whole);
	if (feed->verdict == FEED_READY) {
		class = feed->format.class;
		class->feed(&feed->format, feed->bytes + feed->at, feed->len - feed->at);
		if (whole)
			class->finish(&feed->format);
		format_close(&feed->format);
		feed->format.class = class;
		feed->body = (struct position){ 0 };
	}
	feed->at = feed->len = feed->fresh = 0;
	feed->over = over;
	return feed->verdict == FEED_READY;
}

/* Do the bytes of the lane tell the columns? */
static bool
look_at(struct feed *feed, struct lane *lane)
{
	size_t n = lane_waits(lane) < LOOK ? lane_waits(lane) : LOOK;
	bool whole = lane->gone || lane->ends || feed->over;

	lane->looked = lane_waits(lane);
	if (feed_lanes_sample(feed, text_get(&lane->pending) + lane->at, n, whole))
		return inference_rows(feed->inference) > 0;
	refuse(feed, lane, feed->why.text);
	feed->verdict = FEED_READY;
	return false;
}

static void
look_again_later(struct feed *feed)
{
	inference_free(feed->inference);
	feed->inference = NULL;
	feed->phase = PHASE_BYTES;
}

static bool
enough(const struct feed *feed, const struct lane *lane)
{
	return lane_waits(lane) >= LOOK || lane->gone || lane->ends || feed->over;
}

/* The lanes from which the columns may be told by now, one after the other. */
static void
look(struct feed *feed, bool wait)
{
	for (int i = 0; i < feed->lanes->n && feed->phase == PHASE_BYTES; i++) {
		struct lane *lane = feed->lanes->at[i];

		if (lane_waits(lane) <= lane->looked || !lane_tells(lane) ||
		    (wait && !enough(feed, lane)))
			continue;
		if (look_at(feed, lane))
			feed_settle(feed);
		else
			look_again_later(feed);
	}
}

static bool
some_tell(const struct feed *feed)
{
	for (int i = 0; i < feed->lanes->n; i++)
		if (lane_waits(feed->lanes->at[i]) > feed->lanes->at[i]->looked &&
		    lane_tells(feed->lanes->at[i]))
			return true;
	return false;
}

void
feed_lanes_end(struct feed *feed)
{
	const struct lane *lane = NULL;
	size_t n = 0;

	for (int i = 0; i < feed->lanes->n && n == 0; i++) {
		lane = feed->lanes->at[i];
		n = lane_waits(lane) < LOOK ? lane_waits(lane) : LOOK;
	}
	if (feed->failed) {
		feed->verdict = FEED_FAIL;
	} else if (feed_lanes_sample(
		       feed, n > 0 ? text_get(&lane->pending) + lane->at : "", n, true)) {
		feed_settle(feed);
		feed_lanes_begin(feed);
		decoder_finish(feed->decoder);
		feed->verdict = FEED_END;
	}
}

static void
step_before(struct feed *feed)
{
	bool waited = some_tell(feed) && feed_waited(feed);

	look(feed, !waited);
	if (feed->phase != PHASE_BYTES || feed->verdict != FEED_READY)
		return;
	if (waited)
		feed->ringing = feed->rung = false;
	if (feed->lanes->held > HELD_MAX)
		for (int i = 0; i < feed->lanes->n; i++)
			if (lane_waits(feed->lanes->at[i]) >= LOOK)
				refuse(feed, feed->lanes->at[i], "1 MiB of it, and not one row");
	if (feed->over)
		feed_lanes_end(feed);
	else
		read_lane(feed);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
open_lane(struct feed *feed, struct lane *lane)
{
	if (lane->gather.map == NULL)
		gather_init(&lane->gather, &feed->map, decoder_sink(feed->decoder),
		    feed->format.class->named, lane->number, lane->tags);
	if (feed_has_messages(feed) && !lane->gather.messages)
		feed_messages_open(feed, lane);
	lane_open(lane, feed_has_messages(feed) ? feed_messages_format(feed, lane) : feed->class,
	    feed->format.class, &feed->dialect, &feed->options.dialect, feed->source->spec);
}

/* A document is over: the next bytes of the lane are another's. */
static void
end_document(struct feed *feed, struct lane *lane)
{
	lane_finish(lane);
	if (lane->placed && lane->gather.records > 0)
		decoder_set_after(feed->decoder, &lane->place);
	if (lane->placed)
		lane->gather.place = lane->place;
	lane->placed = false;
}

/* The lane stays until its rows have been used: a state needs its place. */
static void
end_lane(struct feed *feed, struct lane *lane)
{
	if (lane->last > 0)
		return;
	end_document(feed, lane);
	lane->last = decoder_rows(feed->decoder);
	if (lane->last == 0)
		lanes_remove(feed->lanes, lane);
}

static bool
has_work(const struct feed *feed, const struct lane *lane)
{
	if (lane->last > 0 || lane->refused)
		return false;
	if (lane->open)
		return lane_waits(lane) > 0 || lane->ends || lane->gone;
	return lane_tells(lane) || lane->ends || lane->gone || (feed->over && lane_waits(lane) > 0);
}

/* As a rule the lane that was read from last has work alone. When the columns have just become
 * known all of them may: then in their order. */
static struct lane *
next_with_work(struct feed *feed)
{
	struct lane *lane;

	for (int i = 0; feed->lanes->busy && i < feed->lanes->n; i++)
		if (has_work(feed, feed->lanes->at[i]))
			return feed->lanes->at[i];
	feed->lanes->busy = feed->over;
	lane = lanes_find(feed->lanes, feed->turn);
	return lane != NULL && has_work(feed, lane) ? lane : NULL;
}

static void
work(struct feed *feed, struct lane *lane)
{
	if (!lane->open && lane_waits(lane) > 0)
		open_lane(feed, lane);
	else if (lane_waits(lane) > 0)
		lane_parse(feed->lanes, lane, SLICE);
	if (lane_waits(lane) > 0)
		return;
	if (lane->gone)
		end_lane(feed, lane);
	else if (lane->ends)
		end_document(feed, lane);
}

static void
finish(struct feed *feed)
{
	for (int i = 0; i < feed->lanes->n; i++)
		if (!feed->failed)
			lane_finish(feed->lanes->at[i]);
	decoder_finish(feed->decoder);
	feed->verdict = feed->failed ? FEED_FAIL : FEED_END;
}

void
feed_lanes_step(struct feed *feed)
{
	struct lane *lane;

	if (feed->phase == PHASE_BYTES) {
		if (feed_has_messages(feed))
			feed_messages_step(feed);
		else
			step_before(feed);
		return;
	}
	lane = next_with_work(feed);
	if (lane != NULL)
		work(feed, lane);
	else if (!feed->over || feed->held.n > 0)
		read_lane(feed);
	else
		finish(feed);
	if (feed->dry)
		feed->lanes->busy = false;
	else if (feed->held.n == 0 && (feed->source->lane != feed->turn || feed->over))
		feed->lanes->busy = true;
}

void
feed_lanes_begin(struct feed *feed)
{
	record_log_cut(&feed->head, 0); /* it is read again with the rows */
	inference_free(feed->inference);
	feed->inference = NULL;
	feed->lanes->busy = true;
	feed->phase = PHASE_ROWS;
}

void
feed_lanes_dropped(struct feed *feed, const struct block *block)
{
	uint64_t row = block->first_row + (uint64_t)block->n - 1;
	struct lane *lane = NULL;

	for (int i = 0; i < block->n && !feed_has_messages(feed); i++) {
		const struct position *after = &block->after[i];

		if (lane == NULL || lane->number != after->lane)
			lane = lanes_find(feed->lanes, after->lane);
		if (lane != NULL)
			lane->passed = *after;
	}
	if (feed_has_messages(feed))
		feed_messages_dropped(feed, block);
	for (int i = feed->lanes->n - 1; i >= 0; i--)
		if (feed->lanes->at[i]->last > 0 && feed->lanes->at[i]->last <= row)
			lanes_remove(feed->lanes, feed->lanes->at[i]);
}
